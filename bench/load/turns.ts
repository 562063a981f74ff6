import { bodyOf, type Operation } from './operations.js';

/** What one connection sends, one request after the other. */
export interface Turns {
  next(): string;
  /** Before `next` is asked again: whether the last was answered as it is to be. */
  answered(well: boolean): void;
}

const ignore = (): void => undefined;

/** What a connection sends that has these users for itself. */
export function turnsOf(operation: Operation, prefix: string, users: readonly string[]): Turns {
  let count = 0;
  switch (operation) {
    case 'create':
      return {
        next: () => bodyOf('create', { id: `${prefix}-${(count += 1)}`, name: `Name ${count}` }),
        answered: ignore,
      };
    case 'rename':
      return renames(users);
    case 'user':
      return {
        next: () => bodyOf('user', { id: users[(count += 1) % users.length] ?? '' }),
        answered: ignore,
      };
    case 'page': {
      const body = bodyOf('page', {});
      return { next: () => body, answered: ignore };
    }
    default:
      return operation satisfies never;
  }
}

/** Each in turn from the version that it has. One that failed is left out: its version is not known. */
function renames(users: readonly string[]): Turns {
  const waiting = users.map((id) => ({ id, version: 1 }));
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
