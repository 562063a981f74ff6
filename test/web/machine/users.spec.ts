import { expect, it } from 'vitest';
import { post } from '../../support/client.js';
import { startServer } from '../../support/server.js';
import { openMachine, type Machine } from './page.js';

it('finds, filters, sorts and pages the users there are', async () => {
  const { url } = await startServer();
  for (let number = 10; number < 70; number += 1)
    await create(url, `u${number}`, `Number ${number}`);
  await create(url, 'ada', 'Ada Byron', 'ada@example.org');
  await post(
    url,
    'mutation { deactivateUser(input: { id: "u42" }, expectedVersion: 1) { success } }',
  );
  const machine = await openMachine(url);
  const users = machine.users();
  await expect.poll(() => namesIn(machine)).toHaveLength(50);
  await users.getByRole('button', { name: 'Next' }).click();
  await expect.poll(() => namesIn(machine)).toContain('Ada Byron');
  expect(await namesIn(machine)).toHaveLength(11);
  await users.getByRole('button', { name: 'Back' }).click();
  await expect.poll(() => namesIn(machine)).toHaveLength(50);

  await users.getByLabel('Order').selectOption('By name');
  await expect.poll(async () => (await namesIn(machine))[0]).toBe('Ada Byron');
  await users.getByLabel('Which users').selectOption('Deactivated');
  await expect.poll(() => namesIn(machine)).toEqual(['Number 42']);
  await users.getByLabel('Which users').selectOption('All');
  await users.getByRole('searchbox').fill('number 1');
  await expect.poll(() => namesIn(machine)).toHaveLength(10);
  await users.getByRole('searchbox').fill('ADA@example.org');
  await expect.poll(() => namesIn(machine)).toEqual(['Ada Byron']);
});

it('leads back to the user who was chosen before', async () => {
  const { url } = await startServer();
  await create(url, 'ada', 'Ada Byron');
  await create(url, 'grace', 'Grace Hopper');
  const machine = await openMachine(url);
  await machine.choose('Ada Byron');
  await machine.showsField('name', 'Ada Byron');
  await machine.choose('Grace Hopper');
  await machine.showsField('name', 'Grace Hopper');
  await machine.page.goBack();
  await machine.showsField('name', 'Ada Byron');
  expect(await machine.page.evaluate<string>('location.search')).toBe('?user=ada');
});

const namesIn = (machine: Machine): Promise<string[]> =>
  machine.users().locator('.name').allTextContents();

const create = (url: string, id: string, name: string, email: string | null = null) =>
  post(url, 'mutation($input: CreateUserInput!) { createUser(input: $input) { success } }', {
    input: { id, name, email },
  });
