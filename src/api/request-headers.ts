import type { IncomingHttpHeaders } from 'node:http';
import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { CALLERS_ID, CALLERS_ID_IS } from '../core/event.js';
import type { RequestFacts } from '../schema/context.js';
import { Unreadable } from './body.js';

/** Version ff and ids of zeros alone are invalid. */
const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;

/** What a request says of itself in its headers. Throws {@link Unreadable}. */
export function readHeaders(headers: IncomingHttpHeaders): RequestFacts {
  const correlationId = idFrom(headers, 'x-correlation-id');
  const causationId = idFrom(headers, 'x-causation-id') ?? null;
  const commandId = idFrom(headers, 'idempotency-key', unquoted) ?? null;
  const trace = headers['traceparent'];
  // W3C Trace Context has a malformed one ignored.
  const traceparent = typeof trace === 'string' && TRACEPARENT.test(trace) ? trace : null;
  const known = { causationId, commandId, traceparent };
  return correlationId === undefined ? known : { ...known, correlationId };
}

function idFrom(
  headers: IncomingHttpHeaders,
  name: string,
  read = (text: string) => text,
): string | undefined {
  const value = headers[name];
  // A proxy sends an empty one when it knows of none; an empty key is a client's mistake.
  if (value === undefined || (value === '' && name !== 'idempotency-key')) return undefined;
  const id = read(String(value));
  if (CALLERS_ID.test(id)) return id;
  throw new Unreadable(400, `The header ${name} must be ${CALLERS_ID_IS}.`);
}

/** The IETF's draft has the key as a quoted string; most clients send it bare. */
const unquoted = (text: string): string => /^"(.*)"$/.exec(text)?.[1] ?? text;

/** What is wrong with a request that has one key for several commands: it says nothing of which. */
export function severalCommands(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): GraphQLError | null {
  if (operation.operation !== OperationTypeNode.MUTATION) return null;
  if (rootFields(document, operation.selectionSet).size <= 1) return null;
  return new GraphQLError(
    'Idempotency-Key is for a request with one mutation field; give each its own commandId instead.',
    { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } },
  );
}

/** The names under which an operation answers, whatever @skip and @include say. */
function rootFields(document: DocumentNode, operation: SelectionSetNode): ReadonlySet<string> {
  const fragments = new Map(
    document.definitions
      .filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment.selectionSet]),
  );
  const names = new Set<string>();
  const seen = new Set<SelectionSetNode>();
  const collect = (selections: SelectionSetNode | undefined): void => {
    if (selections === undefined || seen.has(selections)) return;
    seen.add(selections);
    for (const selection of selections.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (selection.kind === Kind.FRAGMENT_SPREAD)
        collect(fragments.get(selection.name.value));
      else if (selection.name.value !== '__typename')
        names.add((selection.alias ?? selection.name).value);
    }
  };
  collect(operation);
  return names;
}
