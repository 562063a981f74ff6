import { expect } from 'vitest';
import * as fc from 'fast-check';
import type { RecordedEvent } from '../../../src/core/event.js';
import type { Commit } from '../../../src/core/event-store.js';
import { append, commitOf, named, positions, positionsOf, readAll, streamOf } from '../commits.js';
import type { StoreCase } from './case.js';

const byCommand = (all: readonly RecordedEvent[], commandId: string): RecordedEvent[] =>
  all.filter((event) => event.commandId === commandId);

export const commands: readonly StoreCase[] = [
  {
    id: 'S90',
    says: 'a command that is sent again is answered with the events that it had, and not appended',
    run: async ({ open }) => {
      const store = await open();
      await append(store, commitOf('before', 0, {}));
      const commit = named('once', commitOf('a', 0, { n: 1 }, { n: 2 }));
      const first = await store.append(commit);
      await append(store, commitOf('a', 2, { n: 3 }));
      const again: Commit[] = [
        commit,
        named('once', commitOf('a', 3, { n: 4 })),
        named('once', commitOf('a', 7, { n: 4 })),
        named('once', commitOf('b', 0, { n: 4 })),
      ];
      for (const each of again) {
        expect(await store.append(each)).toEqual({ ...first, outcome: 'repeated', position: 3 });
      }
      expect(positionsOf(await readAll(store))).toEqual(positions(1, 4));
    },
  },
  {
    id: 'S91',
    says: 'a command that is sent a hundred times at once is appended once, and all have its events',
    run: async ({ open }) => {
      const store = await open();
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          store.append(named('once', commitOf('a', 0, { n }, { n }))),
        ),
      );
      const [first, ...others] = answers;
      expect(first).toMatchObject({ outcome: 'appended', position: 2 });
      expect(others).toEqual(Array.from(others, () => ({ ...first, outcome: 'repeated' })));
      expect(await readAll(store)).toHaveLength(2);
    },
  },
  {
    id: 'S92',
    says: "a command's events are read by its id, all of them; none by an id that nothing has",
    run: async ({ open }) => {
      const store = await open();
      expect(await store.readCommand('many')).toEqual([]);
      await append(store, commitOf('a', 0, {}));
      const events = await append(store, named('many', commitOf('a', 1, { n: 1 }, {}, { n: 3 })));
      await append(store, named('one', commitOf('a', 4, {})));
      expect(events).toHaveLength(3);
      expect(await store.readCommand('many')).toEqual(events);
      for (const unknown of ['', '__proto__', 'constructor', 'man', 'MANY', 'many ', 'null']) {
        expect(await store.readCommand(unknown)).toEqual([]);
      }
    },
  },
  {
    id: 'S93',
    says: 'ids are told apart, whatever characters they are made of',
    run: async ({ open }) => {
      const store = await open();
      const ids = ['__proto__', 'constructor', 'a', 'A', 'a ', 'null', '0', 'é', 'e\u0301', '🦊'];
      for (const [version, id] of ids.entries()) {
        await append(store, named(id, commitOf('s', version, { id })));
      }
      for (const id of ids) {
        expect(await store.readCommand(id)).toMatchObject([{ commandId: id, data: { id } }]);
        const again = await store.append(named(id, commitOf('s', 0, {})));
        expect(again).toMatchObject({ outcome: 'repeated', events: [{ data: { id } }] });
      }
    },
  },
  {
    id: 'S94',
    says: 'commands are known again after a restart',
    needs: ['durable'],
    run: async ({ open }) => {
      const store = await open();
      const commit = named('once', commitOf('a', 0, { n: 1 }, { n: 2 }));
      const first = await store.append(commit);
      await append(store, commitOf('a', 2, { n: 3 }));
      await store.close();
      const reopened = await open();
      expect(await reopened.append(commit)).toEqual({ ...first, outcome: 'repeated' });
      expect(await reopened.readCommand('once')).toHaveLength(2);
      expect(await readAll(reopened)).toHaveLength(3);
    },
  },
  {
    id: 'S95',
    says: 'commands without an id are never the same',
    run: async ({ open }) => {
      const store = await open();
      for (let version = 0; version < 3; version += 1) {
        const answer = await store.append(named(null, commitOf('a', version, {})));
        expect(answer).toMatchObject({ outcome: 'appended', events: [{ commandId: null }] });
      }
      expect(await store.append(commitOf('a', 0, {}))).toMatchObject({ outcome: 'conflict' });
    },
  },
  {
    id: 'S96',
    says: 'the id of a command that was not appended is free for another',
    run: async ({ open }) => {
      const store = await open();
      await append(store, { ...commitOf('a', 0, {}), claims: ['key'] });
      const stale = named('again', commitOf('a', 0, {}));
      const claiming = { ...named('again', commitOf('b', 0, {})), claims: ['key'] };
      expect(await store.append(stale)).toMatchObject({ outcome: 'conflict' });
      expect(await store.append(claiming)).toMatchObject({ outcome: 'taken' });
      expect(await store.readCommand('again')).toEqual([]);
      const events = await append(store, named('again', commitOf('a', 1, {})));
      expect(await store.readCommand('again')).toEqual(events);
    },
  },
  {
    id: 'S97',
    says: 'commands that stand beside each other have their own events, and nothing of the others',
    run: async ({ open }) => {
      const store = await open();
      let next = 0;
      const commits = fc.array(
        fc.record({
          hasId: fc.boolean(),
          stream: fc.nat(2),
          count: fc.integer({ min: 1, max: 3 }),
        }),
        { minLength: 1, maxLength: 12 },
      );
      await fc.assert(
        fc.asyncProperty(commits, async (history) => {
          const versions = await Promise.all(
            [0, 1, 2].map((n) => store.versionAt(streamOf(`s${n}`))),
          );
          const sent = history.map(({ hasId, stream, count }) => {
            next += 1;
            const version = versions[stream] ?? 0;
            versions[stream] = version + count;
            const data = Array.from({ length: count }, (_, n) => ({ n }));
            return named(hasId ? `c${next}` : null, commitOf(`s${stream}`, version, ...data));
          });
          const answers = await Promise.all(sent.map((commit) => append(store, commit)));
          const all = await readAll(store);
          for (const [index, { metadata }] of sent.entries()) {
            if (metadata.commandId === null) continue;
            const events = await store.readCommand(metadata.commandId);
            expect(events).toEqual(answers[index]);
            expect(events).toEqual(byCommand(all, metadata.commandId));
          }
        }),
        { numRuns: 25 },
      );
    },
  },
  {
    id: 'S98',
    says: 'whoever changes an answer changes no other answer to the same command',
    run: async ({ open }) => {
      const store = await open();
      const send = () => store.append(named('once', commitOf('a', 0, { n: 1 }, { n: 2 })));
      const [first, second] = await Promise.all([send(), send()]);
      Reflect.set('events' in first ? first.events : [], 'length', 0);
      expect(second).toMatchObject({
        outcome: 'repeated',
        events: [{ version: 1 }, { version: 2 }],
      });
      const third = await send();
      Reflect.set('events' in third ? third.events : [], 'length', 0);
      Reflect.set(await store.readCommand('once'), 'length', 0);
      expect(await store.readCommand('once')).toHaveLength(2);
      expect(await send()).toMatchObject({ events: [{ version: 1 }, { version: 2 }] });
    },
  },
];
