import { EventEmitter, once } from 'node:events';
import { onTestFinished } from 'vitest';
import { NodeSession } from '../../../src/api/node/session.js';
import { DOMAINS } from '../../../src/domains/index.js';
import type { EventStore } from '../../../src/core/event-store.js';
import { startUsers } from '../../engine/users.js';

/** A line as it was written, read. */
export interface Line {
  readonly type: string;
  readonly subscription?: string;
  readonly position?: number;
  readonly caughtUp?: boolean;
  readonly event?: { readonly eventType: string; readonly aggregateId: string } | null;
  readonly code?: number;
  readonly text?: string;
}

export interface Pipe {
  readonly session: NodeSession;
  /** All that was written, in order. */
  readonly lines: readonly Line[];
  readonly say: (...messages: readonly unknown[]) => Promise<void>;
  /** Resolves with the first line for which it is so, written or to come. */
  readonly until: (isIt: (line: Line) => boolean) => Promise<Line>;
  /** From now on no line is taken, until what this returns is called. */
  readonly hold: () => () => void;
  /** What an operator was told of. */
  readonly logged: readonly unknown[];
}

/** A session whose output is read, on a store of one's own; closed when the test ends. */
export async function openPipe(store: EventStore, envelope = false): Promise<Pipe> {
  const { app } = await startUsers(store);
  const lines: Line[] = [];
  const logged: unknown[] = [];
  const watchers = new Set<() => void>();
  let taken = Promise.resolve();
  const write = (line: string) => {
    lines.push(JSON.parse(line));
    for (const watch of watchers) watch();
    return taken;
  };
  const tell = (details: object) => void logged.push(details);
  const log = { info: tell, warn: tell, error: tell };
  const session = new NodeSession(app, DOMAINS, { envelope, log, write });
  onTestFinished(async () => {
    session.close();
    await app.close();
  });
  const say = async (...messages: readonly unknown[]) => {
    for (const message of messages) await session.take({ text: JSON.stringify(message) });
  };
  const until = (isIt: (line: Line) => boolean) =>
    new Promise<Line>((resolve) => {
      const watch = () => {
        const line = lines.find(isIt);
        if (line === undefined) return;
        watchers.delete(watch);
        resolve(line);
      };
      watchers.add(watch);
      watch();
    });
  const hold = () => {
    const gate = new EventEmitter();
    taken = once(gate, 'open').then(() => undefined);
    return () => void gate.emit('open');
  };
  return { session, lines, say, until, hold, logged };
}

/** The frames of a subscription. */
export const framesOf = ({ lines }: Pipe, subscription = 's1'): readonly Line[] =>
  lines.filter((line) => line.type === 'event' && line.subscription === subscription);

/** Where the events stood that a subscription was told of. */
export const positionsOf = (pipe: Pipe, subscription = 's1') =>
  framesOf(pipe, subscription).flatMap(({ event, position }) => (event === null ? [] : [position]));

export const at =
  (position: number, subscription = 's1') =>
  (line: Line) =>
    line.type === 'event' && line.subscription === subscription && line.position === position;
