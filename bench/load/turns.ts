import { bodyOf, type Operation } from './operations.js';
import type { Stored, StoredUser } from './order.js';

/** What one connection sends, one request after the other. */
export interface Turns {
  next(): string;
  /** Before `next` is asked again: whether the last was answered as it is to be. */
  answered(well: boolean): void;
}

/** What a connection sends that has these users for itself. */
export function turnsOf(operation: Operation, prefix: string, { users, between }: Stored): Turns {
  let count = 0;
  const nextId = () => users[(count += 1) % users.length]?.id ?? '';
  switch (operation) {
    case 'create':
      return asking(() =>
        bodyOf('create', { id: `${prefix}-${(count += 1)}`, name: `Name ${count}` }),
      );
    case 'rename':
      return renames(users);
    case 'user':
      return asking(() => bodyOf('user', { id: nextId() }));
    case 'moment':
      return asking(() => bodyOf('moment', { id: nextId(), at: randomTime(between) }));
    case 'asOf':
      return asking(() => bodyOf('asOf', { at: randomTime(between) }));
    case 'page': {
      const body = bodyOf('page', {});
      return asking(() => body);
    }
    default:
      return operation satisfies never;
  }
}

const asking = (next: () => string): Turns => ({ next, answered: () => undefined });

const randomTime = ([from, to]: Stored['between']): string =>
  new Date(from + Math.floor(Math.random() * (to - from + 1))).toISOString();

/** Each in turn from the version that it has. One that failed is left out: its version is not known. */
function renames(users: readonly StoredUser[]): Turns {
  const waiting = [...users];
  let [names, sent] = [0, waiting[0]];
  return {
    next() {
      sent = waiting.shift();
      if (sent === undefined) throw new Error('every user was lost to a failure');
      return bodyOf('rename', { ...sent, name: `Name ${(names += 1)}` });
    },
    answered(well) {
      if (well && sent !== undefined) waiting.push({ id: sent.id, version: sent.version + 1 });
    },
  };
}
