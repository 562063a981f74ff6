import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ask, listen } from '../support/client.js';
import { CreateUser, Events, ListUsers } from '../support/documents.js';
import { runProgram, startProgram } from '../support/process.js';
import { tempFolder } from '../support/temp-folder.js';

describe('hindsight serve', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes what is under way on %s, ends subscriptions and exits with 0',
    async (signal) => {
      const env = { DATA_DIR: await tempFolder() };
      const server = await startProgram(env);
      const frames = listen(server.url, Events);
      await frames.next();
      const commands = Array.from({ length: 200 }, (_, index) =>
        ask(server.url, CreateUser, { input: { id: `user-${index}`, name: 'Ann' } }),
      );
      await Promise.race(commands);
      server.child.kill(signal);
      const settled = await Promise.allSettled(commands);
      expect(await server.exited).toBe(0);
      expect(server.stderr()).toBe('');

      // What was carried out was answered, and what was answered is there.
      const answered = settled.flatMap(({ status }, index) =>
        status === 'fulfilled' ? [`user-${index}`] : [],
      );
      const again = await startProgram(env);
      const { users } = await ask(again.url, ListUsers, { first: 500 });
      expect(users.nodes.map(({ id }) => id).toSorted()).toEqual(answered.toSorted());
    },
  );

  it('says in one line that its port is in use, and exits with 1', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    const program = runProgram(['--port', `${port}`, '--store', 'memory']);
    expect(await program.exited).toBe(1);
    expect(program.stderr()).toMatch(/^hindsight: .*EADDRINUSE.*\n$/);
    occupant.close();
  });

  it.each([
    [
      'DATA_DIR',
      { DATA_DIR: '/dev/null', HOST: '127.0.0.1' },
      /The data folder \/dev\/null cannot/,
    ],
    ['HOST', { STORE: 'memory', HOST: 'nowhere.invalid' }, /HOST nowhere\.invalid/],
  ])('names %s in one line when it cannot be used, and exits with 1', async (_, env, line) => {
    const program = runProgram([], { PORT: '0', ...env });
    expect(await program.exited).toBe(1);
    expect(program.stderr()).toMatch(line);
    expect(program.stderr().trimEnd()).not.toContain('\n');
  });

  it('goes on when nobody reads its log any more', async () => {
    const server = await startProgram({ STORE: 'memory' });
    server.child.stdout.destroy();
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
  });

  it('says in one line that its data folder is in use, and exits with 1', async () => {
    const env = { DATA_DIR: await tempFolder() };
    await startProgram(env);
    for (const command of ['serve', 'node']) {
      const program = runProgram([command], { ...env, PORT: '0' });
      expect(await program.exited).toBe(1);
      expect(program.stderr()).toMatch(/^hindsight: The data folder .* is in use .*\n$/);
    }
  });
});
