import {
  getNullableType,
  getVariableValues,
  GraphQLError,
  isListType,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
// Its other build takes the ESM build of graphql, whose types are not those of the schema.
import complexity, { type ComplexityEstimator } from 'graphql-query-complexity/cjs';
import { sizeAsked } from '../schema/cost.js';

/** How many values an operation may ask for, about. */
export const COST_AT_MOST = 20_000;
/** How many fields and fragments may be looked at for that, each as often as it is spread. */
const NODES_AT_MOST = 10_000;
/** How many mistakes in variables whoever carries it out may name: each shows all that was sent. */
export const MISTAKES_AT_MOST = 10;
/** How long a list is that has no page. */
const LIST_ABOUT = 3;

export interface Asked {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

type Options = Parameters<typeof complexity.getComplexity>[0];

/** Infinite where that many nodes are not looked at. */
function complexityOf(options: Options): number {
  try {
    return complexity.getComplexity(options);
  } catch (error) {
    if (error instanceof GraphQLError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/** Why a valid operation asks for too much, if it does. */
export function tooCostly(
  schema: GraphQLSchema,
  { document, operation, variables }: Asked,
): GraphQLError | null {
  const { name, variableDefinitions = [] } = operation;
  const { errors } = getVariableValues(schema, variableDefinitions, variables ?? {}, {
    maxErrors: MISTAKES_AT_MOST,
  });
  if (errors) return errors.length > MISTAKES_AT_MOST ? tooManyMistakes() : null;
  const cost = complexityOf({
    schema,
    query: document,
    ...(name !== undefined && { operationName: name.value }),
    variables: { ...variables },
    maxQueryNodes: NODES_AT_MOST,
    estimators: [complexity.fieldExtensionsEstimator(), estimate],
  });
  if (cost <= COST_AT_MOST) return null;
  const some = Number.isFinite(cost) ? `some ${cost}` : 'very many';
  const message = `The operation asks for ${some} values, and may ask for ${COST_AT_MOST}. Ask for smaller pages.`;
  return new GraphQLError(message, {
    extensions: { code: 'OPERATION_TOO_COSTLY', http: { status: 400 } },
  });
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
