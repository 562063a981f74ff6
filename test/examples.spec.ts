import { readFile } from 'node:fs/promises';
import { expect, it, vi } from 'vitest';
import { openBrowser } from './support/browser.js';
import { ask } from './support/client.js';
import { CreateUser, ListEvents, RenameUser } from './support/documents.js';
import { runNode, type Program } from './support/process.js';
import { relayTo, type Relay } from './support/relay.js';
import { startServer } from './support/server.js';

/** Longer than a browser waits before it connects again. */
const SOON = { timeout: 15_000, interval: 10 };

const runExample = (name: string, args: readonly string[]): Program =>
  runNode(['--import', 'tsx', `examples/${name}`, ...args]);

/** What an example has printed, line by line. */
const printed = (example: Program): string[] => example.stdout().split('\n').slice(0, -1);

/** The whole log as an example prints it. */
async function logOf(url: string): Promise<string[]> {
  const { events } = await ask(url, ListEvents, {});
  return events.nodes.map(
    ({ position, type, aggregateId }) => `${position} ${type} ${aggregateId}`,
  );
}

/** Appends two events. */
async function append(url: string, id: string): Promise<void> {
  await ask(url, CreateUser, { input: { id, name: 'One' } });
  await ask(url, RenameUser, { input: { id, name: 'Two' }, expectedVersion: 1 });
}

/** A server with two events behind a relay, which cuts the second connection that it answers. */
async function unreliableServer() {
  const { url } = await startServer();
  await append(url, 'ada');
  let connections = 0;
  const relay = await relayTo(url, (cut) => {
    connections += 1;
    if (connections === 2) cut();
  });
  return { url, relay, connections: () => connections };
}

/** Cuts the way to a listener before each user is appended, and answers the log. */
async function cutAndAppend(
  ids: readonly string[],
  { url, relay }: { url: string; relay: Relay },
  lines: () => Promise<string[]> | string[],
): Promise<string[]> {
  for (const id of ids) {
    relay.cut();
    await append(url, id);
    const last = (await logOf(url)).at(-1);
    await vi.waitFor(async () => expect((await lines()).at(-1)).toBe(last), SOON);
  }
  return logOf(url);
}

it.each([
  ['graphql-ws.ts', '0'],
  ['graphql-sse.ts', '0'],
  ['apollo.ts', '1'],
  ['urql.ts', '1'],
])(
  '%s prints each event after %s once and in order, however often it is cut',
  async (name, after) => {
    const { url, relay, connections } = await unreliableServer();
    const example = runExample(name, after === '0' ? [relay.url] : [relay.url, after]);
    await vi.waitFor(() => expect(printed(example).at(-1)).toBe('2 UserRenamed ada'), SOON);
    const log = await cutAndAppend(['bob', 'eve'], { url, relay }, () => printed(example));
    expect(log).toHaveLength(6);
    expect(printed(example)).toEqual(log.slice(Number(after)));
    expect(connections()).toBe(4);
    example.child.kill('SIGINT');
    expect(await example.exited).toBe(0);
    expect(example.stderr()).toBe('');
  },
);

it('no example goes on when it is refused', async () => {
  const { url } = await startServer();
  const names = ['graphql-ws.ts', 'graphql-sse.ts', 'apollo.ts', 'urql.ts'];
  const examples = names.map((name) => runExample(name, [url, '9']));
  expect(await Promise.all(examples.map(({ exited }) => exited))).toEqual([1, 1, 1, 1]);
  for (const example of examples) expect(example.stderr()).toMatch(/no position 9|400/);
});

it('eventsource.html shows each event once and in order, though it is cut', async () => {
  const { url } = await startServer();
  await append(url, 'ada');
  const relay = await relayTo(url);
  const page = await (await (await openBrowser()).newContext()).newPage();
  const body = await readFile('examples/eventsource.html', 'utf8');
  const address = `${relay.url}/log.html`;
  await page.route(address, (route) => route.fulfill({ body, contentType: 'text/html' }));
  await page.goto(address);
  const shown = async () => (await page.locator('pre').innerText()).split('\n').filter(Boolean);
  await vi.waitFor(async () => expect(await shown()).toHaveLength(2), SOON);
  const log = await cutAndAppend(['bob'], { url, relay }, shown);
  expect(log).toHaveLength(4);
  expect(await shown()).toEqual(log);
}, 60_000);
