import { mkdir, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Gate } from '../../src/api/gate/gate.js';
import { createHttpServer } from '../../src/api/http.js';
import { loadPages } from '../../src/api/pages.js';
import { overHttp } from '../support/doors.js';
import { tempFolder } from '../support/temp-folder.js';

const log = pino({ level: 'silent' });

/** A server of pages alone, built of these files. */
async function serverOf(files: readonly string[]): Promise<string> {
  const folder = await tempFolder();
  for (const file of files) {
    await mkdir(join(folder, file, '..'), { recursive: true });
    await writeFile(join(folder, file), `this is ${file}`);
  }
  const http = createHttpServer({
    answerGraphQL: () => Promise.reject(new Error('nobody asks')),
    streams: { answer: () => Promise.reject(new Error('nobody listens')), close: () => undefined },
    faults: () => [],
    pages: await loadPages(folder),
    gate: new Gate({ auth: null, operationsPerMinute: null, log }),
    origins: [],
    forLocalhost: true,
    log,
  });
  http.server.listen(0, '127.0.0.1');
  await once(http.server, 'listening');
  onTestFinished(() => http.stop());
  const { port } = http.server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

const GRAPHIQL = 'graphiql/index.html';

describe('the page at /', () => {
  it('is there when there is one, and GraphiQL stays where it is', async () => {
    const url = await serverOf(['index.html', GRAPHIQL]);
    expect(await overHttp(url, { path: '/' })).toMatchObject({
      status: 200,
      text: 'this is index.html',
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
    });
    expect(await overHttp(url, { path: '/graphiql' })).toMatchObject({
      status: 302,
      headers: { location: '/graphiql/' },
    });
    expect(await overHttp(url, { path: '/graphiql/' })).toMatchObject({
      status: 200,
      text: `this is ${GRAPHIQL}`,
    });
    expect((await overHttp(url, { path: '/', method: 'POST', body: 'x' })).status).toBe(405);
  });

  it('is not there before it is built', async () => {
    expect((await overHttp(await serverOf([]), { path: '/' })).status).toBe(404);
    expect((await overHttp(await serverOf([]), { path: '/graphiql' })).status).toBe(404);
  });

  it('may load what is of this server alone, with nothing inline', async () => {
    const url = await serverOf(['index.html', GRAPHIQL, 'assets/index.js']);
    const policyAt = async (path: string) => {
      const { headers } = await overHttp(url, { path });
      return Object(headers)['content-security-policy'];
    };
    const strict =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    expect(await policyAt('/')).toBe(strict);
    expect(await policyAt('/assets/index.js')).toBe(strict);
    const graphiql = String(await policyAt('/graphiql/')).split('; ');
    expect(graphiql).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self' data:",
        "img-src 'self' data:",
        "connect-src 'self'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(graphiql).toHaveLength(10);
  });
});
