import { describe, expect, it } from 'vitest';
import { ask, listen } from '../support/client.js';
import {
  CreateUser,
  Events,
  GetBlame,
  GetHead,
  GetProjections,
  ListEvents,
  ListUsers,
  RenameUser,
} from '../support/documents.js';
import { overHttp, type HttpMessage } from '../support/doors.js';
import { startServer } from '../support/server.js';
import { bearer, sign, WITH_SECRET } from '../support/tokens.js';

const loading = (url: string, message: HttpMessage = {}) =>
  overHttp(url, { path: '/demo', body: {}, ...message });

describe('POST /demo', () => {
  it('loads the demo into an empty log, and answers when queries see it', async () => {
    const { url } = await startServer();
    const frames = listen(url, Events);
    await frames.next();
    const { status, body } = await loading(url);
    const { head } = await ask(url, GetHead);
    expect([status, body]).toEqual([200, { position: head.position }]);

    const { users } = await ask(url, ListUsers, { first: 500 });
    expect(users.totalCount).toBe(12);
    const { projections } = await ask(url, GetProjections);
    expect(projections).toMatchObject([{ position: head.position, lag: 0 }]);
    expect((await frames.next()).value).toMatchObject({ events: { position: '1' } });
    const { events } = await ask(url, ListEvents, { first: 500 });
    expect(events.nodes).toHaveLength(Number(head.position));
    expect(new Set(events.nodes.map(({ causationId }) => causationId))).toEqual(new Set(['demo']));
  });

  it('leaves users that take commands as any others do', async () => {
    const { url } = await startServer();
    const { body } = await loading(url);
    const blamed = (await ask(url, GetBlame, { id: 'ada' })).user?.blame ?? [];
    const version = Math.max(...blamed.map(({ event }) => event.version));
    const input = { id: 'ada', name: 'Countess Ada' };
    const { renameUser } = await ask(url, RenameUser, { input, expectedVersion: version });
    expect(renameUser).toMatchObject({ success: true, user: { version: version + 1 } });
    expect(Number(renameUser.position)).toBe(positionIn(body) + 1);
    const email = renameUser.user?.email ?? null;
    const { createUser } = await ask(url, CreateUser, { input: { name: 'Another', email } });
    expect(createUser).toMatchObject({ success: false, error: { code: 'EMAIL_TAKEN' } });
  });

  it('is refused where the log holds anything, and changes nothing', async () => {
    const { url } = await startServer();
    await ask(url, CreateUser, { input: { name: 'Ann' } });
    expect(await loading(url)).toMatchObject({
      status: 409,
      body: { errors: [{ message: 'The log is not empty: it stays as it is.' }] },
    });
    expect((await ask(url, GetHead)).head.position).toBe('1');
  });

  it('loads it once, however often it is asked to at once', async () => {
    const { url } = await startServer();
    const answers = await Promise.all(Array.from({ length: 5 }, () => loading(url)));
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(4);
    const loaded = answers.find(({ status }) => status === 200);
    const { head } = await ask(url, GetHead);
    expect(loaded?.['body']).toEqual({ position: head.position });
  });

  it.each<[string, HttpMessage, number]>([
    ['another method', { method: 'GET' }, 405],
    ['a page of another origin', { headers: { origin: 'https://stranger.example' } }, 403],
    ['what a page may send without asking', { headers: { 'content-type': 'text/plain' } }, 415],
    ['what is not JSON', { body: '{' }, 400],
  ])('refuses %s', async (_, message, expected) => {
    const { url } = await startServer();
    const { body, ...more } = message;
    const sent = message.method === 'GET' ? { method: 'GET' } : { body: body ?? {}, ...more };
    expect((await overHttp(url, { path: '/demo', ...sent })).status).toBe(expected);
    expect((await ask(url, GetHead)).head.position).toBe('0');
  });

  it('is for admins', async () => {
    const { url } = await startServer(WITH_SECRET);
    const as = async (...roles: string[]) =>
      (await loading(url, { headers: bearer(await sign({ roles })) })).status;
    expect((await loading(url)).status).toBe(401);
    expect(await as('reader', 'writer', 'auditor')).toBe(403);
    expect(await as('admin')).toBe(200);
  });

  it('is not there where nobody may look around', async () => {
    const { url } = await startServer({ EXPLORE: 'no' });
    expect((await loading(url)).status).toBe(404);
  });
});

const positionIn = (body: unknown): number =>
  typeof body === 'object' && body !== null && 'position' in body ? Number(body.position) : 0;
