import type { Stored } from './order.js';
import { bodyOf, failureIn, type Operation, type Variables } from './operations.js';

const USERS = 1_000;
const AT_ONCE = 32;

/** Creates those that are renamed and asked for, and tells of them. */
export async function createUsers(url: string, prefix: string): Promise<Stored> {
  const ids = Array.from({ length: USERS }, (_, index) => `${prefix}-user-${index}`);
  const from = Date.now();
  const waiting = [...ids];
  const work = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const failure = await ask(url, 'create', { id, name: `First ${id}` });
      if (failure !== null) throw new Error(`user ${id} was not created: ${failure}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { users: ids.map((id) => ({ id, version: 1 })), between: [from, Date.now()] };
}

/** A server that forgets, or takes a stale version, does another job than the others. */
export async function checkKeeping(url: string, prefix: string): Promise<void> {
  const id = `${prefix}-probe`;
  const rename = (version: number) => ask(url, 'rename', { id, name: `Name ${version}`, version });
  const seen = [
    await ask(url, 'create', { id, name: 'First' }),
    await rename(1),
    await rename(1),
    await rename(2),
    await ask(url, 'user', { id }),
  ];
  const expected = [null, null, 'VERSION_CONFLICT', null, null];
  if (seen.some((failure, step) => failure !== expected[step])) {
    throw new Error(`it does not keep versions: ${JSON.stringify(seen)}`);
  }
}

async function ask(
  url: string,
  operation: Operation,
  variables: Variables,
): Promise<string | null> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: bodyOf(operation, variables),
  });
  return failureIn(operation, response.status, await response.text());
}
