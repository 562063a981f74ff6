import {
  getNullableType,
  getVariableValues,
  GraphQLError,
  isListType,
  Kind,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
// Its other build takes the ESM build of graphql, whose types are not those of the schema.
import complexity, { type ComplexityEstimator } from 'graphql-query-complexity/cjs';
import { LRUCache } from 'lru-cache';
import { sizeAsked } from '../schema/cost.js';

/** How many values an operation may ask for, about. */
export const COST_AT_MOST = 20_000;
/** How many fields and fragments may be looked at for that, each as often as it is spread. */
const NODES_AT_MOST = 10_000;
/** How many mistakes in variables whoever carries it out may name: each shows all that was sent. */
export const MISTAKES_AT_MOST = 10;
/** How long a list is that has no page. */
const LIST_ABOUT = 3;
/** How many costs of one operation are remembered, each for other variables. */
const COSTS_KEPT = 32;
/** The arguments that a cost depends on: how many are asked for, and whether a part is left out. */
const DECISIVE: ReadonlySet<string> = new Set(['first', 'last', 'buckets', 'if']);

type Variables = Readonly<Record<string, unknown>>;

export interface Asked {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables?: Variables | null | undefined;
}

/** Why a valid operation asks for too much, if it does. */
export function tooCostly(
  schema: GraphQLSchema,
  { document, operation, variables }: Asked,
): GraphQLError | null {
  const given = variables ?? {};
  const { errors, coerced } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    given,
    { maxErrors: MISTAKES_AT_MOST },
  );
  if (errors) return errors.length > MISTAKES_AT_MOST ? tooManyMistakes() : null;
  const cost = costsOf(schema, document, operation).of(given, coerced);
  if (cost <= COST_AT_MOST) return null;
  const some = Number.isFinite(cost) ? `some ${cost}` : 'very many';
  const message = `The operation asks for ${some} values, and may ask for ${COST_AT_MOST}. Ask for smaller pages.`;
  return new GraphQLError(message, {
    extensions: { code: 'OPERATION_TOO_COSTLY', http: { status: 400 } },
  });
}

const known = new WeakMap<OperationDefinitionNode, Costs>();

function costsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Costs {
  const costs = known.get(operation) ?? new Costs(schema, document, operation);
  known.set(operation, costs);
  return costs;
}

/** What one operation costs, looked at once for all requests that differ only in what does not count. */
class Costs {
  readonly #decisive: readonly string[];
  readonly #known = new LRUCache<string, number>({ max: COSTS_KEPT });

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
  ) {
    this.#decisive = decisiveVariables(document);
  }

  /** Infinite where that many nodes are not looked at. `coerced`: with defaults, and what is declared alone. */
  of(variables: Variables, coerced: Variables): number {
    // One that is left out is not one that is null.
    const decisive = this.#decisive.filter((name) => Object.hasOwn(coerced, name));
    const key = JSON.stringify(decisive.map((name) => [name, coerced[name]]));
    const cost = this.#known.get(key) ?? this.#look(variables);
    this.#known.set(key, cost);
    return cost;
  }

  #look(variables: Variables): number {
    const { schema, document, operation } = this;
    try {
      return complexity.getComplexity({
        schema,
        query: document,
        ...(operation.name !== undefined && { operationName: operation.name.value }),
        variables: { ...variables },
        maxQueryNodes: NODES_AT_MOST,
        estimators: [complexity.fieldExtensionsEstimator(), estimate],
      });
    } catch (error) {
      if (error instanceof GraphQLError) return Number.POSITIVE_INFINITY;
      throw error;
    }
  }
}

/** The names of the variables that may change what an operation of a document costs. */
function decisiveVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Argument({ name, value }) {
      if (value.kind === Kind.VARIABLE && DECISIVE.has(name.value)) names.add(value.name.value);
    },
  });
  return [...names];
}

const tooManyMistakes = (): GraphQLError =>
  new GraphQLError(`The variables have more than ${MISTAKES_AT_MOST} mistakes.`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });

/** A page costs what is asked of each on it; the connection around has counted its list by then. */
const estimate: ComplexityEstimator = ({ args, childComplexity, field, type }) => {
  const isPage = field.args.some(({ name }) => name === 'first' || name === 'last');
  if (isPage) return 1 + sizeAsked(args) * childComplexity;
  const isList = isListType(getNullableType(field.type)) && !type.name.endsWith('Connection');
  return 1 + (isList ? LIST_ABOUT : 1) * childComplexity;
};
