import { describe, expect, it } from 'vitest';
import { overHttp, overWebSocket } from '../support/doors.js';
import { startServer } from '../support/server.js';

const FRIEND = 'https://friend.example';
const STRANGER = 'https://stranger.example';
const BODY = { query: '{ head { position } }' };
const SAYS = [{ id: '1', type: 'subscribe', payload: BODY }];
const PATHS = ['/graphql', '/graphql/stream'];

const preflight = (url: string, path: string, origin: string) =>
  overHttp(url, {
    method: 'OPTIONS',
    path,
    headers: { origin, 'access-control-request-method': 'POST' },
  });

describe.each(PATHS)('pages of other origins, on %s', (path) => {
  it('may read nothing where nothing is said of them', async () => {
    const { url } = await startServer();
    const seen = [
      await preflight(url, path, FRIEND),
      await overHttp(url, { path, body: BODY, headers: { origin: FRIEND } }),
    ];
    expect(seen).not.toMatchObject([{ status: 204 }, {}]);
    expect(JSON.stringify(seen)).not.toContain('access-control-allow-origin');
  });

  it('may where they are on the list, and no others', async () => {
    const { url } = await startServer({ CORS_ORIGINS: `https://one.example,${FRIEND}` });
    const allowed = {
      'access-control-allow-origin': FRIEND,
      vary: expect.stringMatching(/origin/i),
    };
    expect(await preflight(url, path, FRIEND)).toMatchObject({
      status: 204,
      headers: {
        ...allowed,
        'access-control-allow-methods': 'GET,POST',
        'access-control-allow-headers': expect.stringContaining('authorization'),
      },
    });
    const asked = { path, body: BODY, headers: { origin: FRIEND } };
    expect(await overHttp(url, asked)).toMatchObject({ status: 200, headers: allowed });
    const refused = await preflight(url, path, STRANGER);
    expect(refused['headers']).not.toHaveProperty('access-control-allow-origin');
    expect(JSON.stringify(refused)).not.toContain('credentials');
  });
});

it('sockets are held to the same list', async () => {
  const { url } = await startServer({ CORS_ORIGINS: FRIEND });
  for (const origin of [FRIEND, url]) {
    expect(await overWebSocket(url, { origin, says: SAYS })).toMatchObject({ type: 'next' });
  }
  expect(await overWebSocket(url, { origin: STRANGER, says: SAYS })).toEqual({
    failed: 'Unexpected server response: 403',
  });
});

it('a name that was bound to this machine for a moment is not its name', async () => {
  const { url } = await startServer();
  const { port } = new URL(url);
  for (const host of ['rebound.example', `rebound.example:${port}`, 'localhost.example']) {
    const answer = await overHttp(url, { body: BODY, headers: { host } });
    expect([host, answer]).toMatchObject([host, { status: 421, body: { errors: [{}] } }]);
  }
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, '[::1]', 'LOCALHOST']) {
    const answer = await overHttp(url, { body: BODY, headers: { host } });
    expect([host, answer]).toMatchObject([host, { status: 200 }]);
  }
});
