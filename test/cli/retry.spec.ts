import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { ask, post } from '../support/client.js';
import { CreateUser, ListEvents } from '../support/documents.js';
import { startProgram } from '../support/process.js';
import { tempFolder } from '../support/temp-folder.js';

it('carries a command out once, though its answer is lost and the server dies before it is sent again', async () => {
  const env = { DATA_DIR: await tempFolder() };
  const command = { input: { name: 'Ada' }, commandId: 'create-ada' };

  const first = await startProgram(env);
  const path = await cutAtTheAnswer(first.url);
  await expect(post(path, CreateUser, command)).rejects.toThrow('fetch failed');
  first.child.kill('SIGKILL');
  await first.exited;

  const second = await startProgram(env);
  const { createUser } = await ask(second.url, CreateUser, command);
  const { events } = await ask(second.url, ListEvents, {});
  expect(createUser).toMatchObject({ success: true, replayed: true, position: '1' });
  expect(events.nodes).toEqual(createUser.events);
  expect(events.nodes).toMatchObject([{ type: 'UserCreated', commandId: 'create-ada' }]);
});

/** A way to a server that breaks when the answer comes: by then the command is carried out. */
async function cutAtTheAnswer(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const relay = createServer((client) => {
    const server = connect({ host: hostname, port: Number(port) });
    client.pipe(server);
    server.once('data', () => {
      client.destroy();
      server.destroy();
    });
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  onTestFinished(() => void relay.close());
  // A listening TCP server has an address of this kind.
  return `http://127.0.0.1:${(relay.address() as AddressInfo).port}`;
}
