import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { post, send } from '../../support/client.js';
import { startServer } from '../../support/server.js';
import { bearer, sign, WITH_SECRET } from '../../support/tokens.js';
import { openContext, openMachine, type Machine } from './page.js';

const SIZES = { desk: { width: 1_440, height: 900 }, phone: { width: 375, height: 740 } };

it.each([
  ['light', 'desk'],
  ['dark', 'desk'],
  ['light', 'phone'],
  ['dark', 'phone'],
] as const)('has no serious fault for who cannot see it well: %s, %s', async (scheme, size) => {
  const { url } = await startServer();
  const context = await openContext();
  const machine = await openMachine(url, context);
  await machine.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await machine.page.setViewportSize(SIZES[size]);
  await machine.page.getByRole('button', { name: 'Load the demo history' }).waitFor();
  expect(await faultsOf(machine.page)).toEqual([]);

  await machine.page.getByRole('button', { name: 'Load the demo history' }).click();
  await machine.fields().waitFor();
  expect(await faultsOf(machine.page)).toEqual([]);

  await machine.card().getByRole('button', { name: 'Pin B' }).click();
  await machine.step(-4);
  await machine.card().getByRole('button', { name: 'Pin A' }).click();
  await machine.compare().waitFor();
  await conflict(machine);
  expect(await faultsOf(machine.page)).toEqual([]);
});

it('fits on a phone without being moved sideways', async () => {
  const { url } = await startServer();
  const machine = await openMachine(url);
  await machine.page.setViewportSize(SIZES.phone);
  await machine.page.getByRole('button', { name: 'Load the demo history' }).click();
  await machine.fields().waitFor();
  await machine.step(-2);
  const wider = await machine.page.evaluate<number>(
    'document.documentElement.scrollWidth - innerWidth',
  );
  expect(wider).toBe(0);
});

it('is used by the keyboard alone', async () => {
  const { url } = await startServer();
  await post(url, 'mutation { createUser(input: { id: "ada", name: "Ada Byron" }) { success } }');
  const machine = await openMachine(url);
  await machine.users().getByRole('button', { name: 'Ada Byron' }).waitFor();
  await tabTo(machine.page, 'Ada Byron');
  await machine.page.keyboard.press('Enter');
  await machine.showsField('name', 'Ada Byron');
  await tabTo(machine.page, 'Moment');
  await machine.page.keyboard.press('Home');
  await machine.card().getByText('There was no such user yet.').waitFor();
  await machine.page.keyboard.press('End');
  await machine.showsField('name', 'Ada Byron');
  expect(await machine.live().textContent()).toBe('LIVE');
});

it('asks for a token, and shows a reader what readers may see', async () => {
  const { url } = await startServer(WITH_SECRET);
  const admin = await sign();
  await createAda(url, bearer(admin));
  const machine = await openMachine(url);
  const { page } = machine;
  await page.getByLabel('JSON Web Token').fill('not.a.token');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect.poll(() => page.getByRole('alert').textContent()).toMatch(/^The token/);
  expect(await faultsOf(page)).toEqual([]);

  await page.getByLabel('JSON Web Token').fill(await sign({ sub: 'rita', roles: ['reader'] }));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await machine.choose('Ada Byron');
  await machine.showsField('name', 'Ada Byron');
  await page.getByText('rita').waitFor();
  await machine.step(-1);
  await machine.card().getByText('There was no such user yet.').waitFor();
  expect(await machine.tail().count()).toBe(0);
  expect(await machine.commands().count()).toBe(0);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('JSON Web Token').fill(admin);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await machine.log().getByText('UserCreated').waitFor();
  await machine.commands().waitFor();
});

it('shows a reader who was sent a link the versions before and after', async () => {
  const { url } = await startServer(WITH_SECRET);
  const admin = bearer(await sign());
  const rename = (name: string, version: number) =>
    send(
      url,
      `mutation { renameUser(input: { id: "ada", name: "${name}" }, expectedVersion: ${version}) { success } }`,
      {},
      admin,
    );
  await createAda(url, admin);
  await rename('Ada King', 1);
  await rename('Ada Lovelace', 2);
  const machine = await openMachine(`${url}/?user=ada&at=2&a=1&b=3`);
  await machine.page.getByLabel('JSON Web Token').fill(await sign({ roles: ['reader'] }));
  await machine.page.getByRole('button', { name: 'Sign in' }).click();
  await machine.card().getByText('version 2 of 3').waitFor();
  await machine.showsField('name', 'Ada King');
  const row = machine.compare().getByRole('row', { name: /^name/ });
  await expect
    .poll(() => row.getByRole('cell').allTextContents())
    .toEqual(['Ada Byron', 'Ada Lovelace']);
  await machine.step(-1);
  await machine.showsField('name', 'Ada Byron');
  await machine.step(2);
  await machine.card().getByText('version 3 of 3').waitFor();
});

it('is off in production, unless it is asked for', async () => {
  const production = await startServer({ NODE_ENV: 'production' });
  expect((await fetch(production.url)).status).toBe(404);
  const asked = await startServer({ NODE_ENV: 'production', EXPLORE: 'yes' });
  expect((await fetch(asked.url)).status).toBe(200);
});

async function conflict(machine: Machine): Promise<void> {
  const form = await machine.command('Rename user');
  await form.getByLabel('name').fill('Somebody Else');
  await form.getByRole('button', { name: 'Send' }).click();
  await form.getByRole('button', { name: /^Rebase/ }).waitFor();
}

async function createAda(url: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const create = 'mutation { createUser(input: { id: "ada", name: "Ada Byron" }) { success } }';
  expect((await send(url, create, {}, headers)).status).toBe(200);
}

/** What axe takes for a serious or a critical fault, and where. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 100; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    const label = (await focused.getAttribute('aria-label')) ?? (await focused.textContent());
    if (label?.includes(name)) return;
  }
  throw new Error(`the keyboard does not reach ${name}`);
}
