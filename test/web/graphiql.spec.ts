import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hostsAskedBy, openBrowser } from '../support/browser.js';
import { startServer } from '../support/server.js';

it('runs a mutation and a subscription in a real browser, without another host', async () => {
  const { url } = await startServer();
  const browser = await openBrowser();
  const context = await browser.newContext();
  const hosts = hostsAskedBy(context);

  const listener = await openGraphiQL(context, url);
  expect(await listener.getByRole('tab').count()).toBe(5);
  await listener.getByRole('tab', { name: 'Events' }).click();
  await listener.getByRole('button', { name: /^Execute query/ }).click();
  await answerWith(listener, '"position"');

  const page = await openGraphiQL(context, url);
  const mutation =
    'mutation Typed { createUser(input: { id: "grace", name: "Grace" }) { success user { id name version } } }';
  expect(await run(page, mutation, 'grace')).toEqual({
    data: { createUser: { success: true, user: { id: 'grace', name: 'Grace', version: 1 } } },
  });
  expect(await answerWith(listener, 'grace')).toMatchObject({
    data: { events: { position: '1', event: { type: 'UserCreated', aggregateId: 'grace' } } },
  });
  expect([...hosts]).toEqual([new URL(url).host]);
});

it('tells its story in the tabs that it opens with', async () => {
  const { url } = await startServer();
  const browser = await openBrowser();
  const page = await openGraphiQL(await browser.newContext(), url);
  const execute = page.getByRole('button', { name: /^Execute query/ });

  await execute.click();
  await answerWith(page, 'UserCreated');
  await page.getByRole('tab', { name: 'RenameUser' }).click();
  await execute.click();
  expect(await answerWith(page, 'UserRenamed')).toMatchObject({
    data: { renameUser: { success: true } },
  });
  await execute.click();
  expect(await answerWith(page, 'VERSION_CONFLICT')).toMatchObject({
    data: { renameUser: { error: { expectedVersion: 1, actualVersion: 2 } } },
  });
  await page.getByRole('tab', { name: 'UserThenAndNow' }).click();
  await execute.click();
  expect(await answerWith(page, '"data"')).not.toHaveProperty('errors');
  await page.getByRole('tab', { name: 'History' }).click();
  await execute.click();
  expect(await answerWith(page, '"asOf"')).toMatchObject({
    data: {
      asOf: { position: '1', users: { nodes: [{ userId: 'ada', name: 'Ada Byron' }] } },
      user: { history: { nodes: [{ version: 2, validTo: null }, { version: 1 }] } },
    },
  });
});

const fragmentOf = (asked: Record<string, string>): string =>
  `#${new URLSearchParams(asked).toString()}`;

/** The names of the tabs, and what stands in the one that is open. */
async function seen(page: Page) {
  const [names, models] = await Promise.all([
    page.getByRole('tab').allInnerTexts(),
    page.evaluate(() =>
      globalThis.__MONACO?.editor
        .getModels()
        .map((model) => [model.uri.path.split('/').at(-1)?.replace(/^.*-/, ''), model.getValue()]),
    ),
  ]);
  return { names: names.map((name) => name.trim()), ...Object.fromEntries(models ?? []) };
}

describe('an address that asks for an operation', () => {
  const query = 'query Asked($id: ID!) { user(id: $id) { name } }';
  const asked = fragmentOf({ query, variables: '{"id":"ada"}' });

  it('opens it for a first visitor, before the story', async () => {
    const { url } = await startServer();
    const context = await (await openBrowser()).newContext();
    const page = await openGraphiQL(context, url, asked);
    const { names, ...editors } = await seen(page);
    expect(names).toEqual([
      'Asked',
      'CreateUser',
      'RenameUser',
      'UserThenAndNow',
      'History',
      'Events',
    ]);
    expect(editors).toMatchObject({ 'operation.graphql': query, 'variables.json': '{"id":"ada"}' });
    expect(new URL(page.url()).hash).toBe('');
    await page.getByRole('button', { name: /^Execute query/ }).click();
    expect(await answerWith(page, '"user"')).toEqual({ data: { user: null } });
  });

  it('opens one tab more beside those of an earlier visit, and loses none', async () => {
    const { url } = await startServer();
    const context = await (await openBrowser()).newContext();
    const first = await openGraphiQL(context, url);
    await first.getByRole('tab', { name: 'Events' }).click();
    const before = await seen(first);
    await first.close();

    const page = await openGraphiQL(context, url, asked);
    const { names, ...editors } = await seen(page);
    expect(names).toEqual([...before.names, 'Asked']);
    expect(editors).toMatchObject({ 'operation.graphql': query, 'variables.json': '{"id":"ada"}' });
    await page.reload();
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
    expect((await seen(page)).names).toEqual(names);
  });

  it('has no variables of another tab where it gives none', async () => {
    const { url } = await startServer();
    const context = await (await openBrowser()).newContext();
    await (await openGraphiQL(context, url)).close();
    const alone = fragmentOf({ query: 'query Alone { head { position } }' });
    const page = await openGraphiQL(context, url, alone);
    expect(await seen(page)).toMatchObject({
      'operation.graphql': 'query Alone { head { position } }',
      'variables.json': '',
    });
  });
});

async function openGraphiQL(context: BrowserContext, url: string, asked = ''): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/graphiql/${asked}`);
  // Before the editor is there, GraphiQL would take the first tab's text for any other's.
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  return page;
}

/** Types a document into the open tab, runs it, and reads the answer once it contains a text. */
async function run(page: Page, document: string, expected: string): Promise<unknown> {
  await page.locator('.graphiql-query-editor .view-lines').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(document);
  await page.keyboard.press('ControlOrMeta+Enter');
  return answerWith(page, expected);
}

declare global {
  // The editor's own registry: the page's DOM holds only the lines in view.
  var __MONACO:
    | {
        editor: {
          getModels(): readonly { readonly uri: { readonly path: string }; getValue(): string }[];
        };
      }
    | undefined;
}

async function answerWith(page: Page, expected: string): Promise<unknown> {
  const found = await page.waitForFunction((text) => {
    const models = globalThis.__MONACO?.editor.getModels() ?? [];
    const answer = models.find(({ uri }) => uri.path.endsWith('response.json'))?.getValue() ?? '';
    return answer.includes(text) ? answer : undefined;
  }, expected);
  return JSON.parse((await found.jsonValue()) ?? 'null');
}
