import { describe, expect, it } from 'vitest';
import { DEMO, linesOf } from '../../../src/cli/demo/lines.js';
import type { Given } from '../../../src/cli/moving/given.js';
import { user } from '../../../src/domains/user/index.js';

const NOW = Date.parse('2026-06-01T12:00:00Z');

async function story(): Promise<readonly Given[]> {
  let ids = 0;
  const events: Given[] = [];
  const lines = linesOf([user], { newId: () => `made-${(ids += 1)}`, now: NOW });
  for await (const { given } of lines) events.push(given);
  return events;
}

/** Who had an e-mail address, one after the other. */
function holdersOf(events: readonly Given[], address: string): readonly string[] {
  return events
    .filter(({ data }) => data['email'] === address)
    .map(({ aggregateId }) => aggregateId);
}

describe('the demo of the user domain', () => {
  it('is a dozen users over some months, until a few hours ago', async () => {
    const events = await story();
    expect(events.length).toBeGreaterThanOrEqual(120);
    expect(events.length).toBeLessThanOrEqual(200);
    expect(new Set(events.map(({ aggregateId }) => aggregateId)).size).toBe(12);
    const times = events.map(({ recordedAt = '' }) => recordedAt);
    expect(times).toEqual(times.toSorted());
    expect([times[0], times.at(-1)]).toEqual([
      '2025-12-17T03:27:00.000Z',
      '2026-06-01T09:00:00.000Z',
    ]);
  });

  it('has no command that is refused or changes nothing', async () => {
    expect(await story()).toHaveLength(user.demo?.length ?? 0);
  });

  it('has all that can happen to a user, by many hands, marked as demo', async () => {
    const events = await story();
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(Object.keys(user.aggregate.events)),
    );
    const actors = new Set(events.map(({ actor }) => actor));
    expect(Array.from(actors)).toEqual(
      expect.arrayContaining(['import', 'registry', 'support/maria', 'ada']),
    );
    expect(new Set(events.map(({ causationId }) => causationId))).toEqual(new Set([DEMO]));
    const reasons = events.filter(({ type }) => type === 'UserDeactivated');
    expect(reasons.every(({ data }) => typeof data['reason'] === 'string')).toBe(true);
  });

  it('tells most of ada, who has had several names', async () => {
    const events = await story();
    const of = (id: string) => events.filter(({ aggregateId }) => aggregateId === id);
    const most = Math.max(...events.map(({ aggregateId }) => of(aggregateId).length));
    expect(of('ada')).toHaveLength(most);
    expect(most).toBeGreaterThanOrEqual(8);
    const renamed = of('ada').filter(({ type }) => type === 'UserRenamed');
    expect(renamed.length).toBeGreaterThanOrEqual(3);
  });

  it('passes e-mail addresses from one user to another', async () => {
    const events = await story();
    expect(holdersOf(events, 'engine@analytical.example')).toEqual(['charles', 'ada', 'mary']);
    expect(holdersOf(events, 'desk@example.org')).toEqual([
      'grace',
      'katherine',
      'alan',
      'annie',
      'grace',
    ]);
  });
});
