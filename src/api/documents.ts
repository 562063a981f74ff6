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

/** How much a document may hold, over HTTP, WebSocket and streams alike. */
export const TOKENS_AT_MOST = 10_000;

const BYTES_KEPT = 32 << 20;
/** What a parsed document takes for each of its characters, about. */
const BYTES_FOR_A_CHARACTER = 64;
/** What is longer than a person would write is not kept. */
const CHARACTERS_KEPT = 10_000;

/** An operation as it comes over WebSocket or to a stream. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** A request that the schema can answer. */
export interface Understood {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

type Errors = readonly GraphQLError[];

/** Understands requests as Apollo does, and says what is wrong with them by the same codes. */
export class Documents {
  readonly #known = new LRUCache<string, DocumentNode | Errors>({ maxSize: BYTES_KEPT });

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly introspection: boolean,
  ) {}

  understand({ query, operationName, variables }: OperationRequest): Understood | Errors {
    const document = this.#read(query);
    if (!('kind' in document)) return document;
    const operation = getOperationAST(document, operationName);
    if (!operation) {
      const error = new GraphQLError('The request does not say which operation is meant.');
      return [withCode('OPERATION_RESOLUTION_FAILURE', error)];
    }
    const definitions = operation.variableDefinitions ?? [];
    const { errors } = getVariableValues(this.schema, definitions, variables ?? {});
    if (errors) return errors.map((error) => withCode('BAD_USER_INPUT', error));
    return { document, operation };
  }

  #read(query: string): DocumentNode | Errors {
    const known = this.#known.get(query);
    if (known !== undefined) return known;
    const read = this.#parseAndValidate(query);
    if (query.length <= CHARACTERS_KEPT) {
      this.#known.set(query, read, { size: (1 + query.length) * BYTES_FOR_A_CHARACTER });
    }
    return read;
  }

  #parseAndValidate(query: string): DocumentNode | Errors {
    const rules = this.introspection
      ? specifiedRules
      : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    try {
      const document = parse(query, { maxTokens: TOKENS_AT_MOST });
      const errors = validate(this.schema, document, rules);
      if (errors.length === 0) return document;
      return errors.map((error) => withCode('GRAPHQL_VALIDATION_FAILED', error));
    } catch (error) {
      if (error instanceof GraphQLError) return [withCode('GRAPHQL_PARSE_FAILED', error)];
      throw error;
    }
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
