import { describe, expect, it } from 'vitest';
import { overHttp } from '../../support/doors.js';
import { runProgram, startProgram } from '../../support/process.js';
import { startServer } from '../../support/server.js';
import { WHO, SECRET } from '../../support/tokens.js';
import { ask, DOORS } from './three-doors.js';

const MEMORY = { STORE: 'memory', PORT: '0' };

describe('a server that asks nobody who they are', () => {
  it.each(['0.0.0.0', '::', '192.0.2.1'])('does not listen on %s', async (HOST) => {
    const program = runProgram([], { ...MEMORY, HOST });
    expect(await program.exited).toBe(1);
    expect(program.stdout()).toBe('');
    expect(program.stderr()).toMatch(/^hindsight: HOST \S+ is for other machines, too.*\n$/);
    expect(program.stderr()).toContain('--allow-anonymous');
  });

  it('says that it lets in this machine alone', async () => {
    const program = await startProgram(MEMORY);
    await expect.poll(program.stdout).toContain('only this machine is let in');
  });

  it('listens where it is told that this is meant, and says so', async () => {
    const program = await startProgram({ ...MEMORY, HOST: '0.0.0.0' }, ['--allow-anonymous']);
    await expect.poll(program.stdout).toContain('whoever reaches this server may do anything');
    const { port } = new URL(program.url);
    const headers = { host: 'hindsight.example' };
    const url = `http://127.0.0.1:${port}`;
    const answer = await overHttp(url, { body: { query: '{ head { position } }' }, headers });
    expect(answer).toMatchObject({ status: 200 });
  });

  it('asks for tokens on any address once it knows how to check them', async () => {
    const env = { ...MEMORY, HOST: '0.0.0.0', AUTH_SECRET: SECRET, ...WHO };
    const { url, stdout } = await startProgram(env);
    const { port } = new URL(url);
    const answer = await ask('http', `http://127.0.0.1:${port}`, {
      query: '{ head { position } }',
    });
    expect(answer).toMatchObject({ status: 401 });
    expect(stdout()).not.toContain('no authentication');
  });
});

describe('in production', () => {
  it('there is no GraphiQL', async () => {
    const { url } = await startServer({ NODE_ENV: 'production' });
    for (const path of ['/', '/graphiql', '/graphiql/']) {
      const answer = await overHttp(url, { path, headers: { accept: 'text/html' } });
      expect(answer).toMatchObject({ status: 404, body: { errors: [{}] } });
    }
  });

  it.each(DOORS)(
    'the schema is not told over %s, nor what a name was meant to be',
    async (door) => {
      const open = await startServer();
      const closed = await startServer({ NODE_ENV: 'production' });
      const typo = { query: '{ head { positio } }' };
      expect(JSON.stringify(await ask(door, open.url, typo))).toContain('Did you mean');
      const answer = JSON.stringify(await ask(door, closed.url, typo));
      expect(answer).toContain('Cannot query field');
      expect(answer).not.toContain('Did you mean');
      const field = { query: 'query ($w: UserFilter) { users(where: $w) { totalCount } }' };
      const wrong = { ...field, variables: { w: { nameContain: 'a' } } };
      expect(JSON.stringify(await ask(door, open.url, wrong))).toContain('Did you mean');
      expect(JSON.stringify(await ask(door, closed.url, wrong))).not.toContain('Did you mean');
      for (const query of [
        '{ __schema { queryType { name } } }',
        '{ __type(name: "User") { name } }',
      ]) {
        expect(JSON.stringify(await ask(door, open.url, { query }))).toContain('"data"');
        expect(JSON.stringify(await ask(door, closed.url, { query }))).not.toContain('"data"');
      }
    },
  );

  it('a page may not be framed, nor load anything from elsewhere', async () => {
    const { url } = await startServer();
    expect(await overHttp(url, { path: '/graphiql/' })).toMatchObject({
      status: 200,
      headers: {
        'content-security-policy': expect.stringMatching(
          /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'/,
        ),
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
      },
    });
  });
});
