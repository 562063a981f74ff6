import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { NO_VOCABULARY } from '../../../src/core/vocabulary.js';
import { openPostgres } from '../../../src/stores/postgres/open.js';
import { freshDatabase } from '../../support/postgres.js';
import { runNode } from '../../support/process.js';
import { append, commitOf, readAll } from '../commits.js';
import { COUNTS, type Counted } from './counts.js';

const PROJECTOR = fileURLToPath(new URL('dying-projector.ts', import.meta.url));
const THINGS = 13;
const EVENTS = 400;

/** Statements of the projector at which it is killed, before it sends them or after. */
const DEATHS = Array.from({ length: 30 }, (_, index) => ({
  statement: index + 1,
  when: index % 2 === 0 ? 'before' : 'after',
}));

it(
  'rows equal the fold, wherever between two statements the projector is killed',
  { timeout: 120_000 },
  async () => {
    const url = await freshDatabase();
    const { store, readModels } = await openPostgres({
      url,
      migrate: true,
      vocabulary: NO_VOCABULARY,
    });
    for (let event = 0; event < EVENTS; event += 1) {
      await append(store, commitOf(`thing-${event % THINGS}`, Math.floor(event / THINGS), {}));
    }
    const expected = new Map<string, Counted>();
    for (const event of await readAll(store)) {
      expected.set(event.aggregateId, COUNTS.apply(expected.get(event.aggregateId), event));
    }
    const ends: string[] = [];
    for (const { statement, when } of [...DEATHS, { statement: 0, when: 'never' }]) {
      const projector = runNode(['--import', 'tsx', PROJECTOR, url, `${statement}`, when]);
      await projector.exited;
      ends.push(projector.child.signalCode ?? projector.stderr());
    }
    // Some find too little left to do; the last one is to do the rest.
    expect(new Set(ends)).toEqual(new Set(['SIGKILL', '']));
    expect(ends.filter((end) => end !== '').length).toBeGreaterThan(DEATHS.length / 2);
    const model = await readModels.open(COUNTS);
    expect(model.position()).toBe(EVENTS);
    for (const [id, row] of expected) expect(await model.get(id)).toEqual(row);
    expect(await model.count([])).toBe(THINGS);
    await store.close();
  },
);
