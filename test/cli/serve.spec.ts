import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ask, listen } from '../support/client.js';
import { CreateUser, Events, GetUser } from '../support/documents.js';
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

      const again = await startProgram(env);
      for (const [index, { status }] of settled.entries()) {
        if (status === 'rejected') continue;
        const { user } = await ask(again.url, GetUser, { id: `user-${index}` });
        expect(user).toMatchObject({ name: 'Ann' });
      }
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
