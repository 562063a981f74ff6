import type { IncomingMessage } from 'node:http';
import type { Caller } from '../../schema/caller.js';
import { Unreadable } from '../body.js';
import { TooMany, type Gate } from './gate.js';
import { CannotAuthenticate, NotAuthenticated } from './tokens.js';

/** Lets a request in over HTTP, and says who sent it. Rejects with {@link Unreadable}. */
export async function enter(gate: Gate, request: IncomingMessage): Promise<Caller> {
  const address = addressOf(request);
  try {
    const caller = await gate.identify(request.headers.authorization, address);
    await gate.count(caller, address);
    return caller;
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}

/** One network of IPv6 is one client: each has more addresses than could be counted. */
export function addressOf({ socket }: IncomingMessage): string {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '');
  return address.includes(':') ? networkOf(address) : address;
}

/** The first half of an address, its left out zeros put back. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').length;
  return [...groups, ...Array<string>(missing).fill('0'), ...(tail ?? '').split(':')]
    .slice(0, 4)
    .join(':');
}

function refusalOf(error: unknown): Unreadable | undefined {
  if (error instanceof NotAuthenticated) {
    return new Unreadable(401, error.message, { 'www-authenticate': 'Bearer' });
  }
  if (error instanceof CannotAuthenticate) return new Unreadable(503, error.message);
  if (error instanceof TooMany) {
    return new Unreadable(429, error.message, { 'retry-after': String(error.retryAfter) });
  }
  return undefined;
}
