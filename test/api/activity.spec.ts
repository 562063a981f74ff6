import { describe, expect, it } from 'vitest';
import { textOf } from '../cli/moving/held-log.js';
import { importInto } from '../cli/moving/moves.js';
import { ask, post } from '../support/client.js';
import { CreateUser, GetActivity, GetHead, GetWorld } from '../support/documents.js';
import { startServer } from '../support/server.js';
import { tempFolder } from '../support/temp-folder.js';
import { bearer, sign, WITH_SECRET } from '../support/tokens.js';

/** A moment of one hour, long ago. */
const at = (minute: number): string => `2026-01-01T12:${String(minute).padStart(2, '0')}:00.000Z`;

/** A server on a log in which a user came to be at each of these minutes. */
async function serverWith(...minutes: number[]): Promise<string> {
  const place = { DATA_DIR: await tempFolder() };
  const lines = minutes.map((minute, index) => ({
    aggregateType: 'User',
    aggregateId: `user-${index}`,
    type: 'UserCreated',
    schemaVersion: 2,
    data: { name: 'Ann', email: null, status: 'active' },
    recordedAt: at(minute),
  }));
  await importInto(place, textOf(lines));
  return (await startServer(place)).url;
}

const eventsIn = (spans: readonly { readonly events: number }[]): number[] =>
  spans.map(({ events }) => events);

describe('activity', () => {
  it('counts events in equal spans of time, those of the first moment in the first one', async () => {
    const url = await serverWith(0, 0, 10, 11, 20, 40);
    const { activity } = await ask(url, GetActivity, { buckets: 4 });
    expect(activity).toEqual([
      { from: at(0), to: at(10), events: 3, position: '3' },
      { from: at(10), to: at(20), events: 2, position: '5' },
      { from: at(20), to: at(30), events: 0, position: '5' },
      { from: at(30), to: at(40), events: 1, position: '6' },
    ]);
  });

  it('has every event in one span, and its position is what a moment answers from', async () => {
    const url = await serverWith(0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55);
    for (const buckets of [1, 2, 3, 7, 100, 500]) {
      const { activity } = await ask(url, GetActivity, { buckets });
      expect(activity).toHaveLength(buckets);
      expect(eventsIn(activity).reduce((sum, events) => sum + events, 0)).toBe(11);
    }
    const { activity } = await ask(url, GetActivity, { buckets: 7 });
    for (const { to, position } of activity) {
      const { asOf } = await ask(url, GetWorld, { at: to, id: 'user-0' });
      expect(asOf.position).toBe(position);
    }
  });

  it('goes from one moment to another, in the log or beyond it', async () => {
    const url = await serverWith(10, 20, 30);
    const within = await ask(url, GetActivity, { from: at(11), to: at(30), buckets: 1 });
    expect(within.activity).toMatchObject([{ from: at(11), to: at(30), events: 2 }]);
    const around = await ask(url, GetActivity, { from: at(0), to: at(40), buckets: 4 });
    expect(eventsIn(around.activity)).toEqual([1, 1, 1, 0]);
    const toCome = await ask(url, GetActivity, { to: '2999-01-01T00:00:00Z', buckets: 2 });
    expect(eventsIn(toCome.activity)).toEqual([3, 0]);
  });

  it('is empty where there is nothing between', async () => {
    const { url: empty } = await startServer();
    expect((await ask(empty, GetActivity, { from: at(0), to: at(1) })).activity).toEqual([]);
    const url = await serverWith(10);
    expect((await ask(url, GetActivity, { to: at(9) })).activity).toEqual([]);
    expect((await ask(url, GetActivity, { from: at(11) })).activity).toEqual([]);
  });

  it('has one moment in its first span', async () => {
    const url = await serverWith(10, 10);
    const { activity } = await ask(url, GetActivity, { buckets: 3 });
    expect(eventsIn(activity)).toEqual([2, 0, 0]);
  });

  it('counts what was just appended', async () => {
    const { url } = await startServer();
    for (let n = 0; n < 5; n += 1) await ask(url, CreateUser, { input: { name: 'Ann' } });
    const [{ activity }, { head }] = [await ask(url, GetActivity), await ask(url, GetHead)];
    expect(activity).toHaveLength(100);
    expect(activity.at(-1)).toMatchObject({ to: head.recordedAt, position: '5' });
    expect(eventsIn(activity).reduce((sum, events) => sum + events, 0)).toBe(5);
  });

  it.each([
    [{ buckets: 0 }, 'buckets must be from 1 to 500.'],
    [{ buckets: 501 }, 'buckets must be from 1 to 500.'],
    [{ from: at(2), to: at(1) }, 'from must not be later than to.'],
  ])('says what is wrong with %j', async (variables, message) => {
    const { url } = await startServer();
    expect(await post(url, GetActivity, variables)).toMatchObject({
      errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  it('is for readers', async () => {
    const { url } = await startServer(WITH_SECRET);
    const headers = bearer(await sign({ roles: ['reader'] }));
    expect(await ask(url, GetActivity, {}, headers)).toEqual({ activity: [] });
  });
});
