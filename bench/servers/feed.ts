/**
 * What the two servers of a feed share: each is told how many events are to happen, lets them happen one
 * after the other, and tells the position of the last.
 */
import { on } from 'node:events';
import { createServer } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { listen } from './serve.js';

export const server = createServer();

/** Each has a turn of its own, as commands come that wait for the disk one after the other. */
export async function serveFeed(happen: (position: number) => Promise<void>): Promise<void> {
  await listen(server);
  let position = 0;
  for await (const [events] of on(process, 'message')) {
    for (const end = position + events; position < end;) {
      position += 1;
      await happen(position);
      await setImmediate();
    }
    process.send?.(position);
  }
}
