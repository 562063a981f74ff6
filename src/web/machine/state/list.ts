import { effect, signal } from '@preact/signals';
import {
  UsersDocument,
  UsersThenDocument,
  type UserOrder,
  type UserStatus,
} from '../../generated/graphql';
import { ask } from '../api/ask';
import { messageOf } from '../api/failure';
import { operation, type Operation } from '../api/graphiql';
import { latest } from '../api/latest';
import { moment, type Moment } from './place';
import { head } from './pulse';
import { viewer } from './viewer';

export interface Row {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly status: UserStatus;
  readonly version: number;
}

export interface UserPage {
  readonly rows: readonly Row[];
  /** On all pages; not known of the past. */
  readonly total: number | null;
  /** Where the next page begins; null for the last one. */
  readonly next: string | null;
  readonly operation: Operation;
  readonly trouble: string | null;
}

/** How the list may be ordered. */
export const ORDERS = {
  'Oldest first': { field: 'CREATED_AT', direction: 'ASC' },
  'Newest first': { field: 'CREATED_AT', direction: 'DESC' },
  'Changed last first': { field: 'UPDATED_AT', direction: 'DESC' },
  'By name': { field: 'NAME', direction: 'ASC' },
  'By name, from Z': { field: 'NAME', direction: 'DESC' },
} as const satisfies Readonly<Record<string, UserOrder>>;

export type Order = keyof typeof ORDERS;

export const isOrder = (words: string): words is Order => Object.hasOwn(ORDERS, words);

const FIRST = 50;
/** How often the list follows while a moment is moved, or the log grows; in milliseconds. */
const AT_LEAST = 150;

export const search = signal('');
export const status = signal<UserStatus | null>(null);
export const order = signal<Order>('Oldest first');
/** Where the pages before this one began, and this one; the first begins at null. */
export const trail = signal<readonly (string | null)[]>([null]);
export const page = signal<UserPage | null>(null);

export const toFirstPage = (): void => {
  trail.value = [null];
};

interface Wanted {
  readonly moment: Moment;
  readonly after: string | null;
  readonly search: string;
  readonly status: UserStatus | null;
  readonly order: Order;
}

const load = latest(async (wanted: Wanted) => {
  try {
    page.value = wanted.moment === null ? await present(wanted) : await past(wanted.moment, wanted);
  } catch (error) {
    page.value = { ...(page.peek() ?? NOTHING), trouble: messageOf(error) };
  }
});

const NOTHING = { rows: [], total: null, next: null, operation: { query: '', variables: {} } };

async function present({
  after,
  search: text,
  status: only,
  order: by,
}: Wanted): Promise<UserPage> {
  const variables = {
    first: FIRST,
    after,
    where: { ...searched(text.trim()), status: only },
    orderBy: ORDERS[by],
  };
  const { users } = await ask(UsersDocument, variables);
  return {
    rows: users.nodes,
    total: users.totalCount,
    next: nextOf(users.pageInfo),
    operation: operation(UsersDocument, variables),
    trouble: null,
  };
}

/** A whole address is found by itself, anything else in the names. */
function searched(text: string) {
  if (text === '') return {};
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? { email: text } : { nameContains: text };
}

async function past(position: number, { after }: Wanted): Promise<UserPage> {
  const variables = { first: FIRST, after, position: String(position) };
  const { users } = (await ask(UsersThenDocument, variables)).asOf;
  return {
    rows: users.nodes.map(({ userId: id, ...row }) => ({ id, ...row })),
    total: null,
    next: nextOf(users.pageInfo),
    operation: operation(UsersThenDocument, variables),
    trouble: null,
  };
}

const nextOf = (info: { readonly hasNextPage: boolean; readonly endCursor: string | null }) =>
  info.hasNextPage ? info.endCursor : null;

/** Keeps the list as it is asked for, in the world of the moment that is looked at. */
export function followList(): void {
  let timer: number | undefined;
  let wanted: Wanted | undefined;
  let wasPast = false;
  effect(() => {
    const isPast = moment.value !== null;
    // The past stays as it was, however the log grows.
    if (viewer.value === null || (!isPast && head.value === null)) return;
    // Cursors of the one list mean nothing in the other.
    if (isPast !== wasPast) toFirstPage();
    wasPast = isPast;
    wanted = {
      moment: moment.value,
      after: trail.value.at(-1) ?? null,
      search: search.value,
      status: status.value,
      order: order.value,
    };
    timer ??= window.setTimeout(() => {
      timer = undefined;
      if (wanted !== undefined) load(wanted);
    }, AT_LEAST);
  });
}
