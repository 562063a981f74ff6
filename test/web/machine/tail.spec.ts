import { expect, it } from 'vitest';
import { post } from '../../support/client.js';
import { relayTo } from '../../support/relay.js';
import { startServer } from '../../support/server.js';
import { openMachine, type Machine } from './page.js';

it('shows an event that another client causes, and counts those that come while it is paused', async () => {
  const { url } = await startServer();
  await create(url, 'first');
  const machine = await openMachine(url);
  await machine.tail().getByText('Listening.').waitFor();
  await create(url, 'second');
  await machine.log().getByRole('button', { name: 'second' }).waitFor();

  await machine.tail().getByRole('button', { name: 'Pause' }).click();
  await create(url, 'third');
  await create(url, 'fourth');
  const goOn = machine.tail().getByRole('button', { name: 'Go on (2 new)' });
  await goOn.waitFor();
  expect(await idsIn(machine)).toEqual(['second', 'first']);
  await goOn.click();
  expect(await idsIn(machine)).toEqual(['fourth', 'third', 'second', 'first']);
});

it('goes on behind the last event after its connection was cut, and misses nothing', async () => {
  const { url } = await startServer();
  await create(url, 'before');
  const relay = await relayTo(url);
  const machine = await openMachine(relay.url);
  await machine.tail().getByText('Listening.').waitFor();

  const missed = Array.from({ length: 20 }, (_, index) => `missed-${index}`);
  relay.cut();
  for (const id of missed) await create(url, id);
  await machine.tail().getByText('nothing was missed').waitFor();
  await create(url, 'after');
  await machine.log().getByRole('button', { name: 'after', exact: true }).waitFor();
  expect(await idsIn(machine)).toEqual(['after', ...missed.toReversed(), 'before']);
});

it('shows only events of a type, or of one aggregate', async () => {
  const { url } = await startServer();
  await create(url, 'ada');
  await create(url, 'grace');
  await post(
    url,
    'mutation { renameUser(input: { id: "ada", name: "Ada King" }, expectedVersion: 1) { success } }',
  );
  const machine = await openMachine(`${url}/?user=ada`);
  await machine.tail().getByLabel('Type of event').selectOption('UserRenamed');
  await expect.poll(() => idsIn(machine)).toEqual(['ada']);
  await machine.tail().getByLabel('Type of event').selectOption('All types');
  await machine.tail().getByLabel('Of which aggregate').fill('ada');
  await machine.page.keyboard.press('Tab');
  await expect.poll(() => idsIn(machine)).toEqual(['ada', 'ada']);
});

/** Which users the events in the tail are of, the newest first. */
const idsIn = (machine: Machine): Promise<string[]> =>
  machine.log().locator('.event button:not(.position)').allTextContents();

const create = (url: string, id: string) =>
  post(url, `mutation { createUser(input: { id: "${id}", name: "${id}" }) { success } }`);
