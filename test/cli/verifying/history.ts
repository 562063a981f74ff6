import { expect, vi } from 'vitest';
import { textOf } from '../moving/held-log.js';
import { importInto } from '../moving/moves.js';
import { runVerify } from '../../../src/cli/verify.js';
import { Progress } from '../../../src/cli/moving/progress.js';
import type { Settings } from '../../../src/config.js';
import { ask } from '../../support/client.js';
import { CreateUser, RenameUser } from '../../support/documents.js';
import { configOf, startServer } from '../../support/server.js';

const event = (minute: number, aggregateId: string, type: string, data: object) => ({
  id: `event-${minute}`,
  aggregateType: 'User',
  aggregateId,
  recordedAt: `2026-01-01T00:0${minute}:00.000Z`,
  correlationId: `request-${minute}`,
  type,
  schemaVersion: type === 'UserCreated' ? 2 : 1,
  data,
});
const created = (minute: number, id: string, email: string | null) =>
  event(minute, id, 'UserCreated', { name: id, email, status: 'active' });

/** Six commits on three users; the position of each is its minute. */
const HISTORY = textOf([
  created(1, 'ada', 'ada@example.org'),
  created(2, 'bob', null),
  event(3, 'ada', 'UserRenamed', { name: 'Ada' }),
  event(4, 'bob', 'UserEmailChanged', { email: 'bob@example.org' }),
  created(5, 'eve', null),
  event(6, 'ada', 'UserRenamed', { name: 'Ada King' }),
]);

/** Puts the history where the settings say, and lets a server fold what follows from it. */
export async function tell<Place extends Settings>(place: Place): Promise<Place> {
  await importInto(place, HISTORY);
  const server = await startServer(place);
  await server.stop();
  return place;
}

export const SOUND = '6 events, 3 streams: every promise holds.';

/**
 * Verifies a log again and again while a server writes to it: each time there is more of it. Answers what
 * was found.
 */
export async function verifyWhileWriting(settings: Settings): Promise<readonly string[]> {
  const found: string[] = [];
  const { url } = await startServer(settings);
  const until = new AbortController();
  let written = 0;
  const writing = [0, 1, 2].map(async (writer) => {
    for (let n = 0; !until.signal.aborted; n += 1) {
      const id = `user-${writer}-${n}`;
      await ask(url, CreateUser, { input: { id, name: id, email: `${id}@example.org` } });
      const rename = { input: { id, name: 'Ann' }, expectedVersion: 1 };
      written = Number((await ask(url, RenameUser, rename)).renameUser.position);
    }
  });
  for (let [time, seen] = [0, 6]; time < 6; time += 1) {
    await vi.waitUntil(() => written > seen, { timeout: 10_000, interval: 5 });
    const least = written;
    const { lines } = await verifyOf(settings);
    found.push(...lines.slice(0, -1));
    seen = Number.parseInt((lines.at(-1) ?? '').replace(',', ''), 10);
    expect(seen).toBeGreaterThanOrEqual(least);
  }
  until.abort();
  await Promise.all(writing);
  return found;
}

export interface Told {
  readonly faults: number;
  readonly lines: readonly string[];
  readonly notes: readonly string[];
}

/** What `hindsight verify` finds and says. */
export async function verifyOf(settings: Settings): Promise<Told> {
  const [lines, notes]: [string[], string[]] = [[], []];
  const faults = await runVerify(await configOf(settings), {
    progress: new Progress({ write: () => undefined }),
    print: (line) => lines.push(line),
    note: (text) => notes.push(text),
  });
  return { faults, lines, notes };
}

/** What is told of these faults, and nothing else. */
export const toldOf = (lines: readonly string[], notes: readonly string[] = []) => ({
  faults: lines.length,
  lines: [...lines, expect.stringMatching(new RegExp(`: ${lines.length} faults?\\.$`))],
  notes,
});
