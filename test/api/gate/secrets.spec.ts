import { expect, it } from 'vitest';
import { runProgram, startProgram } from '../../support/process.js';
import { inSeconds, SECRET, sign, WHO } from '../../support/tokens.js';
import { overHttp } from '../../support/doors.js';
import { ask, DOORS } from './three-doors.js';

const NAME = 'A name that is nobody else’s business';

it('no secret, no token and nothing of a request is logged or told', async () => {
  const env = { STORE: 'memory', LOG_LEVEL: 'trace', AUTH_SECRET: SECRET, ...WHO };
  const server = await startProgram(env);
  const { url } = server;
  const tokens = [
    await sign(),
    await sign({ exp: inSeconds(-9) }),
    await sign({ roles: ['reader'] }),
    await sign({}, new TextEncoder().encode('a secret that nobody here knows of')),
    'bm90.c2lnbmVkIGJ5.YW55Ym9keQ',
  ];
  const query = 'mutation ($name: String!) { createUser(input: { name: $name }) { success } }';
  const told: unknown[] = [];
  for (const token of tokens) {
    for (const door of DOORS) {
      told.push(await ask(door, url, { query, variables: { name: NAME } }, token));
      told.push(await ask(door, url, { query: `{ nothing(of: "${NAME}") }` }, token));
    }
  }
  const broken = { body: `{"query": "${NAME}`, headers: { authorization: `Bearer ${tokens[0]}` } };
  told.push(await overHttp(url, broken));
  server.child.kill('SIGTERM');
  expect(await server.exited).toBe(0);
  const logged = `${server.stdout()}${server.stderr()}`;
  expect(logged).toContain('"stopped"');
  for (const secret of [SECRET, ...tokens, ...tokens.map((each) => each.split('.')[1] ?? '')]) {
    expect(logged).not.toContain(secret);
    expect(JSON.stringify(told)).not.toContain(secret);
  }
  expect(logged).not.toContain(NAME);
});

it('a server that cannot start says nothing of its secret', async () => {
  for (const more of [{ AUTH_AUDIENCE: '' }, { AUTH_PUBLIC_KEY: '/nowhere' }, { PORT: 'x' }]) {
    const program = runProgram([], { STORE: 'memory', AUTH_SECRET: SECRET, ...WHO, ...more });
    expect(await program.exited).toBe(1);
    expect(program.stderr()).toMatch(/^hindsight: .*\n$/);
    expect(program.stderr() + program.stdout()).not.toContain(SECRET);
  }
});
