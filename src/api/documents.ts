import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { MISTAKES_AT_MOST, tooCostly } from './cost.js';
import { AT_MOST, tooDeep, tooMuchIn } from './measure.js';
import type { Named, TrustedDocuments } from './trusted.js';

const BYTES_KEPT = 32 << 20;
/** What a parsed document takes for each of its characters, about. */
const BYTES_FOR_A_CHARACTER = 64;
const BYTES_AT_LEAST = 200;
/** What is longer than a person would write is not kept. */
const CHARACTERS_KEPT = 10_000;

/** An operation as it comes, from whichever door. */
export interface OperationRequest extends Named {
  readonly query?: string | undefined;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** A request that the schema can answer. */
export interface Understood {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

type Errors = readonly GraphQLError[];

export interface DocumentsSettings {
  readonly schema: GraphQLSchema;
  /** Whether clients may ask for the schema. */
  readonly introspection: boolean;
  /** Null lets clients send any document; only those are measured. */
  readonly trusted: TrustedDocuments | null;
}

/** Understands requests as Apollo does, and says what is wrong with them by the same codes. */
export class Documents {
  readonly #known = new LRUCache<string, DocumentNode | Errors>({ maxSize: BYTES_KEPT });
  readonly #measured = new LRUCache<string, { readonly error: GraphQLError | null }>({
    maxSize: BYTES_KEPT,
    sizeCalculation: (_, text) => BYTES_AT_LEAST + text.length,
  });

  constructor(private readonly settings: DocumentsSettings) {}

  /** The text that a request means; undefined where it has none. */
  textOf(request: Named): string | undefined | GraphQLError {
    const { trusted } = this.settings;
    if (trusted !== null) return trusted.find(request);
    return typeof request.query === 'string' ? request.query : undefined;
  }

  /** What a text has too much of to be looked at, if anything; its mistakes are not named. */
  tooMuchIn(text: string): GraphQLError | null {
    if (this.settings.trusted !== null) return null;
    const known = this.#measured.get(text);
    if (known !== undefined) return known.error;
    const error = measure(text);
    if (text.length <= CHARACTERS_KEPT) this.#measured.set(text, { error });
    return error;
  }

  #read(text: string): DocumentNode | Errors {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const read = this.#parseAndValidate(text);
    if (text.length <= CHARACTERS_KEPT) {
      this.#known.set(text, read, { size: (1 + text.length) * BYTES_FOR_A_CHARACTER });
    }
    return read;
  }

  understand(request: OperationRequest): Understood | Errors {
    const text = this.textOf(request);
    if (text instanceof GraphQLError) return [text];
    const document = this.#read(text ?? '');
    if (!('kind' in document)) return document;
    const { operationName, variables } = request;
    const operation = getOperationAST(document, operationName);
    if (!operation) {
      const error = new GraphQLError('The request does not say which operation is meant.');
      return [withCode('OPERATION_RESOLUTION_FAILURE', error)];
    }
    const { schema } = this.settings;
    const definitions = operation.variableDefinitions ?? [];
    const { errors } = getVariableValues(schema, definitions, variables ?? {}, {
      maxErrors: MISTAKES_AT_MOST,
    });
    if (errors) return errors.map((error) => withCode('BAD_USER_INPUT', error));
    const costly = tooCostly(schema, { document, operation, variables });
    return costly === null ? { document, operation } : [costly];
  }

  #parseAndValidate(text: string): DocumentNode | Errors {
    const { schema, introspection, trusted } = this.settings;
    const rules = introspection
      ? specifiedRules
      : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    try {
      const document = parse(text, { maxTokens: AT_MOST.tokens });
      const tooMuch = trusted === null ? tooMuchIn(document) : null;
      if (tooMuch !== null) return [tooMuch];
      const errors = validate(schema, document, rules);
      if (errors.length === 0) return document;
      return errors.map((error) => withCode('GRAPHQL_VALIDATION_FAILED', error));
    } catch (error) {
      if (error instanceof GraphQLError) return [withCode('GRAPHQL_PARSE_FAILED', error)];
      // The parser goes as deep as the document does, until there is no stack left.
      if (error instanceof RangeError) return [tooDeep()];
      throw error;
    }
  }
}

function measure(text: string): GraphQLError | null {
  try {
    return tooMuchIn(parse(text, { maxTokens: AT_MOST.tokens }));
  } catch (error) {
    // Whoever is to carry it out says what is wrong with it.
    return error instanceof RangeError ? tooDeep() : null;
  }
}

function withCode(code: string, error: GraphQLError): GraphQLError {
  const { message, nodes, source, positions, extensions } = error;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions: { code, ...extensions },
  });
}
