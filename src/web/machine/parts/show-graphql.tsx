import { inGraphiQL, type Operation } from '../api/graphiql';

interface Props {
  /** What the operation asks for; for those who only hear the link. */
  readonly of: string;
  readonly operation: Operation;
}

/** Leads to the very operation that a part was made with. */
export function ShowGraphQL({ of, operation }: Props) {
  return (
    <a
      class="show-graphql"
      href={inGraphiQL(operation)}
      target="_blank"
      rel="noopener"
      title="Open this operation in GraphiQL"
      aria-label={`Show GraphQL: ${of}`}
    >
      GraphQL
    </a>
  );
}
