import { isDeepStrictEqual } from 'node:util';
import type { ListUsersQuery } from '../generated/graphql.js';
import { CreateUser, ListEvents, ListUsers } from '../support/documents.js';
import { factOf, type Fact, type StoredCommit } from './facts.js';
import type { Ask } from './http.js';
import { verdictOf } from './ledger.js';
import { ADDRESSES } from './population.js';
import { judgeRows, rowsOf, type Row } from './rows.js';

const PAGE = 500;

/** All that a server at rest shows of its log. */
export interface Shown {
  readonly events: readonly Fact[];
  readonly rows: readonly Row[];
  /** The addresses that nobody else could have now. */
  readonly taken: readonly string[];
}

export const inspect = async (ask: Ask): Promise<Shown> => ({
  events: await everyEvent(ask),
  rows: await everyUser(ask),
  taken: await takenAddresses(ask),
});

/** What is wrong with what a server shows, given its log. */
export function judgeShown({ events, rows, taken }: Shown, log: readonly StoredCommit[]): string[] {
  const faults = judgeRows(rows, log);
  if (!isDeepStrictEqual(events, log.flat())) {
    faults.push(`the ${events.length} events that are shown are not the log`);
  }
  const folded = rowsOf(log);
  for (const address of ADDRESSES) {
    const isHeld = folded.holdersOf(address).length > 0;
    if (isHeld !== taken.includes(address)) {
      faults.push(
        `${address} is ${isHeld ? '' : 'not '}held by the log, and by the claims otherwise`,
      );
    }
  }
  return faults;
}

async function everyEvent(ask: Ask): Promise<Fact[]> {
  const all: Fact[] = [];
  let after: string | null | undefined;
  for (;;) {
    const { events } = await ask(ListEvents, { first: PAGE, after });
    all.push(...events.nodes.map(factOf));
    if (!events.pageInfo.hasNextPage) return all;
    after = events.pageInfo.endCursor;
  }
}

async function everyUser(ask: Ask): Promise<ListUsersQuery['users']['edges'][number]['node'][]> {
  const all = [];
  let after: string | null | undefined;
  for (;;) {
    const { users }: ListUsersQuery = await ask(ListUsers, { first: PAGE, after });
    all.push(...users.edges.map(({ node }) => node));
    if (!users.pageInfo.hasNextPage) return all;
    after = users.pageInfo.endCursor;
  }
}

async function takenAddresses(ask: Ask): Promise<string[]> {
  const taken: string[] = [];
  for (const email of ADDRESSES) {
    const input = { name: 'Nobody yet', email };
    const { createUser } = await ask(CreateUser, { input, dryRun: true });
    if (verdictOf(createUser) === 'EMAIL_TAKEN') taken.push(email);
  }
  return taken;
}
