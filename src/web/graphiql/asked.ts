/** An operation that somebody wants to see here. */
export interface Asked {
  readonly query: string;
  /** Empty for none; left out, they would be those of another tab. */
  readonly variables: string;
}

/**
 * What the fragment of the address asks for: `#query=…&variables=…`. It is taken out of the address, as
 * it would else be opened again by whoever reloads the page after a change.
 */
export function takeAsked(): Asked | undefined {
  const given = new URLSearchParams(location.hash.slice(1));
  const query = given.get('query');
  if (query === null || query === '') return undefined;
  history.replaceState(null, '', location.pathname + location.search);
  return { query, variables: given.get('variables') ?? '' };
}
