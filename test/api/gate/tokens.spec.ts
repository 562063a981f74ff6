import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { exportJWK, exportSPKI, generateKeyPair } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { overHttp, overWebSocket } from '../../support/doors.js';
import { startServer } from '../../support/server.js';
import { tempFolder } from '../../support/temp-folder.js';
import { bearer, inSeconds, sign, WHO, WITH_SECRET, type Claims } from '../../support/tokens.js';
import { ask, DOORS, type Door } from './three-doors.js';

const HEAD = { query: '{ head { position } }' };

/** What a door answers who does not show who they are. */
const turnedAway = (door: Door, message: string) =>
  door === 'websocket'
    ? { close: 4403, reason: message }
    : { status: 401, body: { errors: [{ message }] }, headers: { 'www-authenticate': 'Bearer' } };
const letIn = (door: Door) =>
  door === 'websocket' ? { type: 'next' } : { status: 200, body: { data: { head: {} } } };

const INVALID = 'The token is not valid.';
const claim = (name: string) => `The token is not for this server: its claim ${name}.`;

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

async function keysOnDisk(alg: string) {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const pem = await exportSPKI(publicKey);
  const file = join(await tempFolder(), 'key.pem');
  await writeFile(file, pem);
  return { file, pem, publicKey, privateKey };
}

/** A server of keys, which answers with what it is given. */
async function serveKeys(answer: () => { readonly status: number; readonly body: string }) {
  const server = createServer((_request, response) => {
    const { status, body } = answer();
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/jwks.json`;
}

describe.each(DOORS)('over %s', (door) => {
  it('a token that a shared secret signed lets in', async () => {
    const { url } = await startServer(WITH_SECRET);
    expect(await ask(door, url, HEAD, await sign())).toMatchObject(letIn(door));
  });

  it.each<[string, Claims, string]>([
    ['has expired', { exp: inSeconds(-1) }, 'The token has expired.'],
    ['is not valid yet', { nbf: inSeconds(60) }, claim('nbf')],
    ['is from another issuer', { iss: 'https://elsewhere.example' }, claim('iss')],
    ['is for another audience', { aud: 'elsewhere' }, claim('aud')],
    ['says nothing of an issuer', { iss: undefined }, claim('iss')],
    ['says nothing of an audience', { aud: undefined }, claim('aud')],
    ['has no subject', { sub: undefined }, claim('sub')],
    ['has an empty subject', { sub: '' }, claim('sub')],
    ['has a subject with a line break', { sub: 'ada\n{"level":60}' }, claim('sub')],
    ['has a subject that turns the writing', { sub: '\u202eada' }, claim('sub')],
    ['has a subject of 201 characters', { sub: 'a'.repeat(201) }, claim('sub')],
    ['never ends', { exp: undefined }, claim('exp')],
  ])('a token that %s does not', async (_, claims, message) => {
    const { url } = await startServer(WITH_SECRET);
    const token = await sign(claims);
    expect(await ask(door, url, HEAD, token)).toMatchObject(turnedAway(door, message));
  });

  it('a token that something else signed, or nothing, does not', async () => {
    const { url } = await startServer(WITH_SECRET);
    const [, payload = ''] = (await sign()).split('.');
    const another = new TextEncoder().encode('a secret that nobody here knows of');
    const tokens = [
      await sign({}, another),
      `${encode({ alg: 'none' })}.${payload}.AA`,
      `${encode({ alg: 'HS256' })}.${payload}.AA`,
    ];
    for (const token of tokens) {
      expect(await ask(door, url, HEAD, token)).toMatchObject(turnedAway(door, INVALID));
    }
  });

  it('what is no token does not', async () => {
    const { url } = await startServer(WITH_SECRET);
    const needed = 'A token is needed: Authorization: Bearer, and a JSON Web Token.';
    expect(await ask(door, url, HEAD)).toMatchObject(turnedAway(door, needed));
    const unsigned = `${encode({ alg: 'none' })}.${encode({ sub: 'ada' })}.`;
    for (const token of ['', 'ada', unsigned, 'a.b.c d']) {
      const seen = await ask(door, url, HEAD, token);
      expect(seen).toMatchObject(
        turnedAway(door, 'Authorization must be Bearer, and a JSON Web Token.'),
      );
    }
  });

  it.each(['RS256', 'ES256', 'EdDSA'])('a public key checks tokens of %s', async (alg) => {
    const { file, pem, privateKey } = await keysOnDisk(alg);
    const { url } = await startServer({ AUTH_PUBLIC_KEY: file, ...WHO });
    expect(await ask(door, url, HEAD, await sign({}, privateKey, { alg }))).toMatchObject(
      letIn(door),
    );
    // Whoever has the public key has not what signs.
    const forged = await sign({}, new TextEncoder().encode(pem));
    expect(await ask(door, url, HEAD, forged)).toMatchObject(turnedAway(door, INVALID));
  });

  it('keys are fetched from where they are', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const kid = 'key-1';
    const body = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid }] });
    const AUTH_JWKS_URL = await serveKeys(() => ({ status: 200, body }));
    const { url } = await startServer({ AUTH_JWKS_URL, ...WHO });
    const alg = 'ES256';
    const good = await sign({}, privateKey, { alg, kid });
    expect(await ask(door, url, HEAD, good)).toMatchObject(letIn(door));
    const unknown = await sign({}, privateKey, { alg, kid: 'key-2' });
    expect(await ask(door, url, HEAD, unknown)).toMatchObject(turnedAway(door, INVALID));
    const forged = await sign({}, new TextEncoder().encode(body), { alg: 'HS256', kid });
    expect(await ask(door, url, HEAD, forged)).toMatchObject(turnedAway(door, INVALID));
  });

  it.each([
    ['answers with an error', { status: 500, body: '{}' }],
    ['answers with a page', { status: 200, body: '<html>' }],
    ['has no keys', { status: 200, body: '{}' }],
  ])('a server of keys that %s is not the fault of who asks', async (_, answer) => {
    const AUTH_JWKS_URL = await serveKeys(() => answer);
    const { url } = await startServer({ AUTH_JWKS_URL, ...WHO });
    const { privateKey } = await generateKeyPair('ES256');
    const token = await sign({}, privateKey, { alg: 'ES256' });
    const seen = await ask(door, url, HEAD, token);
    const message = 'Tokens cannot be checked now. Try again later.';
    expect(seen).toMatchObject(
      door === 'websocket'
        ? { close: 1013, reason: message }
        : { status: 503, body: { errors: [{ message }] } },
    );
    expect(JSON.stringify(seen)).not.toContain(AUTH_JWKS_URL);
  });
});

it('a scheme other than Bearer does not let in', async () => {
  const { url } = await startServer(WITH_SECRET);
  const authorization = `Basic ${Buffer.from('ada:secret').toString('base64')}`;
  const seen = await overHttp(url, { body: HEAD, headers: { authorization } });
  expect(seen).toMatchObject({ status: 401 });
});

it('a socket that says nothing of who it is cannot go on', async () => {
  const { url } = await startServer(WITH_SECRET);
  for (const init of [{}, { authorization: 5 }, { token: await sign() }]) {
    expect(await overWebSocket(url, { init, says: [] })).toMatchObject({ close: 4403 });
  }
  const init = { Authorization: bearer(await sign()).authorization };
  const says = [{ id: '1', type: 'subscribe', payload: HEAD }];
  expect(await overWebSocket(url, { init, says })).toMatchObject({ type: 'next' });
});

it('health and readiness are for all', async () => {
  const { url } = await startServer(WITH_SECRET);
  expect(await overHttp(url, { path: '/healthz' })).toMatchObject({ status: 200 });
  expect(await overHttp(url, { path: '/readyz' })).toMatchObject({ status: 200 });
});
