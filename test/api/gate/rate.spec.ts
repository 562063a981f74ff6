import { expect, it } from 'vitest';
import { overHttp } from '../../support/doors.js';
import { startServer } from '../../support/server.js';
import { sign, WITH_SECRET } from '../../support/tokens.js';
import { ask, codesIn, DOORS, type Door } from './three-doors.js';

const OPERATION = { query: '{ head { position } }' };

const tooMany = (door: Door) =>
  door === 'websocket'
    ? { type: 'error', payload: [{ extensions: { code: 'RATE_LIMITED' } }] }
    : {
        status: 429,
        headers: { 'retry-after': expect.stringMatching(/^[1-9]\d?$/) },
        body: { errors: [{ message: expect.stringMatching(/^That is too much in a minute\./) }] },
      };

it.each(DOORS)(
  'an address may send so many operations in a minute, the last over %s',
  async (door) => {
    const { url } = await startServer({ OPERATIONS_PER_MINUTE: '3' });
    for (const each of DOORS) expect(codesIn(await ask(each, url, OPERATION))).toEqual([]);
    expect(await ask(door, url, OPERATION)).toMatchObject(tooMany(door));
    expect(await overHttp(url, { path: '/healthz' })).toMatchObject({ status: 200 });
  },
);

it.each(DOORS)('each actor has a number of their own over %s', async (door) => {
  const { url } = await startServer({ ...WITH_SECRET, OPERATIONS_PER_MINUTE: '1' });
  const as = async (sub: string) => ask(door, url, OPERATION, await sign({ sub }));
  expect(codesIn(await as('ada'))).toEqual([]);
  expect(await as('ada')).toMatchObject(tooMany(door));
  expect(codesIn(await as('grace'))).toEqual([]);
});

it.each(['http', 'sse'] as const)('who guesses tokens over %s may guess so often', async (door) => {
  const { url } = await startServer({ ...WITH_SECRET, OPERATIONS_PER_MINUTE: '2' });
  for (const token of ['a.b.c', 'd.e.f']) {
    expect(await ask(door, url, OPERATION, token)).toMatchObject({ status: 401 });
  }
  expect(await ask(door, url, OPERATION, 'g.h.i')).toMatchObject(tooMany(door));
  // Whoever shows who they are is not held up by others behind the same address.
  expect(codesIn(await ask(door, url, OPERATION, await sign()))).toEqual([]);
});
