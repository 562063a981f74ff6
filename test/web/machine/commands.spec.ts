import { expect, it } from 'vitest';
import { post } from '../../support/client.js';
import { startServer } from '../../support/server.js';
import { openMachine, type Machine } from './page.js';

it('shows the events that a stale command missed, and rebases it', async () => {
  const { url, machine } = await openUser();
  const form = await machine.command('Rename user');
  await form.getByLabel('name').fill('Ada Lovelace');
  await post(url, rename('Ada King', 1));
  await machine.showsField('name', 'Ada King');

  await form.getByRole('button', { name: 'Send' }).click();
  const refusal = form.getByRole('alert');
  await refusal.getByText('name: Ada King').waitFor();
  expect(await refusal.textContent()).toContain('You saw version 1.');
  await refusal.getByRole('button', { name: 'Rebase onto version 2 and retry' }).click();

  await machine.showsField('name', 'Ada Lovelace');
  await form.getByText('Done:').waitFor();
  expect(await post(url, '{ user(id: "ada") { version name } }')).toMatchObject({
    data: { user: { version: 3, name: 'Ada Lovelace' } },
  });
});

it('shows what would happen, and does nothing of it', async () => {
  const { url, machine } = await openUser();
  const form = await machine.command('Change user email');
  await form.getByLabel('email').fill('ada@example.org');
  await form.getByRole('button', { name: 'What would happen?' }).click();
  await form.getByText('This would happen:').waitFor();
  await form.getByText('UserEmailChanged').waitFor();
  expect(await post(url, '{ head { position } }')).toMatchObject({
    data: { head: { position: '1' } },
  });
});

it('asks again what would happen, and does nothing of it, after a conflict', async () => {
  const { url, machine } = await openUser();
  const form = await machine.command('Rename user');
  await form.getByLabel('name').fill('Ada Lovelace');
  await post(url, rename('Ada King', 1));
  await form.getByRole('button', { name: 'What would happen?' }).click();
  await form.getByRole('button', { name: 'Rebase onto version 2 and retry' }).click();
  await form.getByText('This would happen:').waitFor();
  expect(await post(url, '{ user(id: "ada") { version name } }')).toMatchObject({
    data: { user: { version: 2, name: 'Ada King' } },
  });
});

it('sends a command again whose answer was lost, and it is carried out once', async () => {
  const { url, machine } = await openUser();
  const form = await machine.command('Rename user');
  await form.getByLabel('name').fill('Ada King');
  let isLost = false;
  await machine.page.route('**/graphql', async (route) => {
    const isCommand = (route.request().postData() ?? '').includes('mutation');
    if (isLost || !isCommand) return route.fallback();
    isLost = true;
    await route.fetch();
    await route.abort('connectionreset');
  });
  await form.getByRole('button', { name: 'Send' }).click();
  await form.getByText('it is carried out once at most').waitFor();
  await form.getByRole('button', { name: 'Send again' }).click();
  await form.getByText('It was done before:').waitFor();
  expect(await post(url, '{ user(id: "ada") { version name } }')).toMatchObject({
    data: { user: { version: 2, name: 'Ada King' } },
  });
});

it('creates a user from the empty page, and says what is wrong with one that cannot be', async () => {
  const { url } = await startServer();
  const machine = await openMachine(url);
  const form = await machine.command('Create user');
  await form.getByLabel('id').fill('not an id!');
  await form.getByLabel('name').fill('Grace');
  await form.getByRole('button', { name: 'Send' }).click();
  await form.getByRole('alert').getByText('id', { exact: true }).waitFor();

  await form.getByLabel('id').fill('');
  await form.getByRole('button', { name: 'Send' }).click();
  await machine.showsField('name', 'Grace');
  expect(await post(url, '{ users { totalCount } }')).toMatchObject({
    data: { users: { totalCount: 1 } },
  });
});

async function openUser(): Promise<{ url: string; machine: Machine }> {
  const { url } = await startServer();
  await post(url, 'mutation { createUser(input: { id: "ada", name: "Ada Byron" }) { success } }');
  const machine = await openMachine(`${url}/?user=ada`);
  await machine.showsField('name', 'Ada Byron');
  return { url, machine };
}

const rename = (name: string, version: number): string =>
  `mutation { renameUser(input: { id: "ada", name: "${name}" }, expectedVersion: ${version}) { success } }`;
