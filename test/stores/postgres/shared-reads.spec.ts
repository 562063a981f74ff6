import { expect, it } from 'vitest';
import { positionOf } from '../../../src/core/event.js';
import type { LogRange, LogSlice } from '../../../src/core/event-store.js';
import { SharedReads } from '../../../src/stores/postgres/shared-reads.js';

const at = positionOf;
const range: LogRange = { after: at(3), limit: 5, isFollowing: true };

/** Reads that are answered when the test says so. */
function reads() {
  const begun: { answer: (slice: LogSlice) => void; fail: (error: Error) => void }[] = [];
  const shared = new SharedReads(
    () => new Promise((answer, fail) => void begun.push({ answer, fail })),
  );
  return { begun, shared };
}

const slice: LogSlice = { events: [], reached: at(7), complete: true };

it('those who ask for the same at the same time share a read', async () => {
  const { begun, shared } = reads();
  const asked = [shared.readFrom(range, at(7)), shared.readFrom({ ...range }, at(7))];
  expect(begun).toHaveLength(1);
  begun[0]?.answer(slice);
  expect(await Promise.all(asked)).toEqual([slice, slice]);
});

it.each([
  ['from another place', { ...range, after: at(4) }, at(7)],
  ['for something else', { ...range, where: { aggregateId: 'ada' } }, at(7)],
  ['when the log has grown, of which an earlier read may not know', range, at(8)],
])('who asks %s has a read of its own', (_, other, end) => {
  const { begun, shared } = reads();
  void shared.readFrom(range, at(7));
  void shared.readFrom(other, end);
  expect(begun).toHaveLength(2);
});

it('who asks after an answer, or after a failure, has a read of its own', async () => {
  const { begun, shared } = reads();
  const first = shared.readFrom(range, at(7));
  begun[0]?.fail(new Error('lost'));
  await expect(first).rejects.toThrow('lost');
  const second = shared.readFrom(range, at(7));
  begun[1]?.answer(slice);
  expect(await second).toEqual(slice);
  void shared.readFrom(range, at(7));
  expect(begun).toHaveLength(3);
});

it('who asks after a change of host has a read of its own, whatever comes of the older one', async () => {
  const { begun, shared } = reads();
  const before = shared.readFrom(range, at(7));
  shared.forget();
  const after = [shared.readFrom(range, at(7)), shared.readFrom(range, at(7))];
  expect(begun).toHaveLength(2);
  begun[0]?.answer({ ...slice, reached: at(6) });
  expect(await before).toMatchObject({ reached: 6 });
  after.push(shared.readFrom(range, at(7)));
  begun[1]?.answer(slice);
  expect(await Promise.all(after)).toEqual([slice, slice, slice]);
  expect(begun).toHaveLength(2);
});
