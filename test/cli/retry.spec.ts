import { expect, it } from 'vitest';
import { ask, post } from '../support/client.js';
import { CreateUser, ListEvents } from '../support/documents.js';
import { startProgram } from '../support/process.js';
import { relayTo } from '../support/relay.js';
import { tempFolder } from '../support/temp-folder.js';

it('carries a command out once, though its answer is lost and the server dies before it is sent again', async () => {
  const env = { DATA_DIR: await tempFolder() };
  const command = { input: { name: 'Ada' }, commandId: 'create-ada' };

  const first = await startProgram(env);
  // When the answer comes, the command is carried out.
  const path = await relayTo(first.url, (cut) => cut());
  await expect(post(path.url, CreateUser, command)).rejects.toThrow('fetch failed');
  first.child.kill('SIGKILL');
  await first.exited;

  const second = await startProgram(env);
  const { createUser } = await ask(second.url, CreateUser, command);
  const { events } = await ask(second.url, ListEvents, {});
  expect(createUser).toMatchObject({ success: true, replayed: true, position: '1' });
  expect(events.nodes).toEqual(createUser.events);
  expect(events.nodes).toMatchObject([{ type: 'UserCreated', commandId: 'create-ada' }]);
});
