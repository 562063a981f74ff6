import { expect, it } from 'vitest';
import type { Head } from '../../src/core/event-store.js';
import { timestampOf, type Timestamp } from '../../src/core/time.js';
import { activityOf } from '../../src/engine/activity.js';
import { MemoryStore } from '../../src/stores/memory.js';
import { named, write } from './log.js';

/** A log that grows between the answers about one time to come and another, the earlier one last. */
class Growing extends MemoryStore {
  readonly late: Timestamp = timestampOf(Date.now() + 1_000_000);

  override async headAt(time: Timestamp): Promise<Head> {
    if (time === this.late) await write(this, 'late', named('Late'));
    return super.headAt(time);
  }
}

it('counts no span below nothing, whatever is appended meanwhile', async () => {
  const store = new Growing();
  await write(store, 'ada', named('Ada'));
  const from = timestampOf(Date.parse(store.late) - 1_000);
  const to = timestampOf(Date.parse(store.late) + 1_000);
  const spans = await activityOf(store, { from, to, buckets: 2 });
  expect(spans.map(({ to: end, events, position }) => [end, events, position])).toEqual([
    [store.late, 1, 2],
    [to, 0, 2],
  ]);
});
