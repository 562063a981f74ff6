import { expect, it } from 'vitest';
import type { Position, RecordedEvent, StreamId, Version } from '../../src/core/event.js';
import type { StreamRange } from '../../src/core/event-store.js';
import { MemoryStore } from '../../src/stores/memory.js';
import { create, rename, startUsers } from './users.js';

/** A store that counts looks at streams. */
class Watched extends MemoryStore {
  looks = 0;

  override readStream(stream: StreamId, range?: StreamRange): Promise<readonly RecordedEvent[]> {
    this.looks += 1;
    return super.readStream(stream, range);
  }

  override versionAt(stream: StreamId, position?: Position): Promise<Version> {
    this.looks += 1;
    return super.versionAt(stream, position);
  }
}

it('commands on an aggregate that had one here look at no stream', async () => {
  const store = new Watched();
  const { send } = await startUsers(store);
  expect(await send(create('ada'), 0)).toMatchObject({ kind: 'accepted' });
  for (let version = 1; version < 20; version += 1) {
    const outcome = await send(rename('ada', `name ${version}`), version);
    expect(outcome).toMatchObject({ kind: 'accepted', current: { version: version + 1 } });
  }
  expect(store.looks).toBe(0);
});

it('what another server appended is seen, whatever was known here', async () => {
  const store = new Watched();
  const [here, there] = [await startUsers(store), await startUsers(store)];
  await here.send(create('ada', 'Ada'), 0);
  await there.send(rename('ada', 'Countess'), 1);
  expect(await here.send(rename('ada', 'Lady'), 1)).toMatchObject({
    kind: 'conflict',
    actualVersion: 2,
    missed: [{ data: { name: 'Countess' } }],
    current: { state: { name: 'Countess' } },
  });
  expect(await here.send(rename('ada', 'Lady'), 2)).toMatchObject({ kind: 'accepted' });
  expect(await there.send(create('ada'), 0)).toMatchObject({ code: 'ALREADY_EXISTS' });
  expect(await there.send(rename('ada', 'Countess'), 2)).toMatchObject({ kind: 'conflict' });
});

it('a dry run leaves nothing behind that a command would go by', async () => {
  const { send } = await startUsers();
  await send(create('ada', 'Ada'), 0);
  await send(rename('ada', 'Countess'), 1, { dryRun: true });
  expect(await send(rename('ada', 'Lady'), 2)).toMatchObject({
    kind: 'conflict',
    actualVersion: 1,
  });
  expect(await send(rename('ada', 'Lady'), 1)).toMatchObject({
    kind: 'accepted',
    current: { version: 2, state: { name: 'Lady' } },
  });
});
