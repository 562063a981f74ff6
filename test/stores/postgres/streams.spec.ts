import { expect, it } from 'vitest';
import { NO_VOCABULARY } from '../../../src/core/vocabulary.js';
import { freshDatabase } from '../../support/postgres.js';
import { append, commitOf, streamOf } from '../commits.js';
import { openAt } from './database.js';

const SHORT = { after: 0, throughVersion: 10 };

it('what cannot be brought up fails who asked for it, and nobody who asked at the same time', async () => {
  const url = await freshDatabase();
  const before = await openAt(url);
  await append(before.store, commitOf('good', 0, {}, {}));
  await append(before.store, commitOf('bad', 0, {}, {}));
  const { store } = await openAt(url, {
    vocabulary: {
      ...NO_VOCABULARY,
      upcast(event) {
        if (event.aggregateId === 'bad' && event.version === 2) throw new Error('it cannot');
        return event;
      },
    },
  });
  const [good, bad, none] = await Promise.allSettled(
    ['good', 'bad', 'none'].map((id) => store.readStream(streamOf(id), SHORT)),
  );
  expect(good).toMatchObject({ status: 'fulfilled', value: [{ version: 1 }, { version: 2 }] });
  expect(bad).toMatchObject({ status: 'rejected', reason: new Error('it cannot') });
  expect(none).toEqual({ status: 'fulfilled', value: [] });
});

it('what lies after any number that a version may be is nothing, and no error', async () => {
  const { store } = await openAt(await freshDatabase());
  await append(store, commitOf('good', 0, {}));
  const answers = await Promise.all([
    store.readStream(streamOf('good'), { after: 3_000_000_000, throughVersion: 1 }),
    store.readStream(streamOf('good'), { after: 3_000_000_000 }),
    store.readStream(streamOf('good'), SHORT),
  ]);
  expect(answers.map(({ length }) => length)).toEqual([0, 0, 1]);
});
