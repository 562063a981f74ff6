import { expect, it } from 'vitest';
import { hostsAskedBy } from '../../support/browser.js';
import { startServer } from '../../support/server.js';
import { openContext, openMachine } from './page.js';

it('loads the demo, steps back to an old name, compares two moments, and asks no other host', async () => {
  const { url } = await startServer();
  const context = await openContext();
  const hosts = hostsAskedBy(context);
  const machine = await openMachine(url, context);
  const { page } = machine;

  await page.getByRole('button', { name: 'Load the demo history' }).click();
  await machine.card().waitFor();
  await page.getByText('demo history').waitFor();
  await machine.choose('Grace Hopper');
  await machine.showsField('name', 'Grace Hopper');
  await machine.card().getByText('version 12 of 12').waitFor();
  expect(await machine.live().textContent()).toBe('LIVE');

  await machine.card().getByRole('button', { name: 'Pin B' }).click();
  await machine.step(-3);
  await machine.card().getByText('version 9 of 12').waitFor();
  const old = 'Rear Admiral Grace Hopper';
  await machine.showsField('name', old);
  await expect.poll(() => machine.live().textContent()).toContain('PAST');
  await expect.poll(() => machine.users().textContent()).toContain(old);
  const cause = machine.page.locator('section.history [aria-current=step]');
  expect(await cause.textContent()).toContain('UserRenamed');

  await machine.card().getByRole('button', { name: 'Pin A' }).click();
  const name = machine.compare().getByRole('row', { name: /^name/ }).first();
  await expect.poll(() => name.getByRole('cell').allTextContents()).toEqual([old, 'Grace Hopper']);
  await machine
    .compare()
    .getByText(/events? between/)
    .waitFor();
  await machine.compare().getByText('Who set each field last').waitFor();
  const columns = machine.compare().getByRole('columnheader');
  expect(await columns.allTextContents()).toEqual(['Field', 'A, before', 'B, after']);

  await machine.live().click();
  await machine.showsField('name', 'Grace Hopper');
  expect([...hosts]).toEqual([new URL(url).host]);
});

it('leads another person to the same moment by its address', async () => {
  const { url } = await startServer();
  const context = await openContext();
  const machine = await openMachine(url, context);
  await machine.page.getByRole('button', { name: 'Load the demo history' }).click();
  await machine.fields().waitFor();
  await machine.card().getByRole('button', { name: 'Pin A' }).click();
  await machine.step(-4);
  await machine.card().getByRole('button', { name: 'Pin B' }).click();
  await machine.compare().waitFor();
  await expect.poll(() => machine.page.url()).toMatch(/\?user=ada&at=\d+&a=\d+&b=\d+$/);
  const card = await machine.fields().textContent();
  const diff = await machine.compare().textContent();

  const other = await openMachine(machine.page.url(), context);
  await expect.poll(() => other.fields().textContent()).toBe(card);
  await expect.poll(() => other.compare().textContent()).toBe(diff);
});

it('moves by the pointer, plays, and shows what there was before the beginning', async () => {
  const { url } = await startServer();
  const machine = await openMachine(url);
  await machine.page.getByRole('button', { name: 'Load the demo history' }).click();
  await machine.fields().waitFor();

  const box = await machine.page.locator('.ticks').boundingBox();
  if (box === null) throw new Error('there is no timeline');
  await machine.page.mouse.move(box.x + box.width - 2, box.y + 10);
  await machine.page.mouse.down();
  await machine.page.mouse.move(box.x + box.width / 2, box.y + 10, { steps: 5 });
  await expect.poll(() => machine.live().textContent()).toContain('PAST');
  await machine.page.mouse.move(box.x + box.width - 2, box.y + 10, { steps: 5 });
  await machine.page.mouse.up();
  await expect.poll(() => machine.live().textContent()).toBe('LIVE');

  await machine.moment().press('Home');
  await machine.card().getByText('There was no such user yet.').waitFor();
  await machine.time().getByRole('button', { name: 'Play 10×' }).click();
  await expect.poll(() => machine.live().textContent(), { timeout: 10_000 }).toBe('LIVE');
});

it('opens in GraphiQL the very operation that a part was made with', async () => {
  const { url } = await startServer();
  const context = await openContext();
  const machine = await openMachine(url, context);
  await machine.page.getByRole('button', { name: 'Load the demo history' }).click();
  await machine.fields().waitFor();
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    machine
      .card()
      .getByRole('link', { name: /^Show GraphQL/ })
      .click(),
  ]);
  await opened.locator('.graphiql-query-editor .view-line').first().waitFor();
  await opened.getByRole('button', { name: /^Execute query/ }).click();
  const answer = opened.locator('.result-window');
  await expect.poll(() => answer.textContent()).toMatch(/Ada\sLovelace/);
});
