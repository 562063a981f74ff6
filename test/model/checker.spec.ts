import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Theatre } from './play.js';
import type { Variables } from './server.js';
import { stories } from './steps/index.js';

/** Far more than it takes. */
const STORIES = 200;

const before = (place: unknown): unknown =>
  typeof place === 'string' ? String(Math.max(0, Number(place) - 1)) : place;

/** What a client says comes in other words to the server, which so does something else. */
const FAULTS: readonly (readonly [string, (said: Variables) => Variables])[] = [
  ['forgets the names of commands', (said) => ({ ...said, commandId: null })],
  [
    'carries out what is only tried',
    (said) => ('dryRun' in said ? { ...said, dryRun: false } : said),
  ],
  [
    'takes a position for the one before',
    (said) => ({ ...said, position: before(said['position']) }),
  ],
  ['passes filters over', ({ where: _where, ...said }) => said],
  ['lists in one order only', ({ orderBy: _orderBy, ...said }) => said],
  ['begins every page anew', ({ after: _after, before: _before, ...said }) => said],
  ['knows no time', ({ at: _at, ...said }) => said],
];

describe('a server that', () => {
  it.each(FAULTS)('%s is found out', async (_, distort) => {
    const theatre = new Theatre(distort);
    onTestFinished(() => theatre.close());
    const property = fc.asyncProperty(stories(), (story) => theatre.play(story));
    const found = await fc.check(property, { numRuns: STORIES, seed: 1, endOnFailure: true });
    expect(found.failed).toBe(true);
    expect(found.errorInstance).toMatchObject({ name: 'AssertionError' });
  });
});
