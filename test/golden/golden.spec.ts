import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compose } from '../../src/cli/compose.js';
import { readConfig } from '../../src/config.js';
import { execute } from '../../src/engine/execute.js';
import { present } from '../../src/engine/replay.js';
import { schemaVersionOf } from '../../src/core/schemas.js';
import { userAggregate } from '../../src/domains/user/aggregate.js';
import type { UserCommandType } from '../../src/domains/user/commands.js';
import { USER_EVENTS, type UserEvent } from '../../src/domains/user/events.js';
import { toUser, type User } from '../../src/domains/user/projection.js';
import { wholeLog } from '../engine/log.js';
import { openLowdb } from '../engine/stores.js';
import { codeOf, create, startUsers, VOCABULARY } from '../engine/users.js';
import { ORIGIN } from '../support/metadata.js';
import { tempFolder } from '../support/temp-folder.js';

const here = import.meta.dirname;
const MARKER = '{"format":"hindsight-log","version":1}\n';

const entries = await readdir(here, { withFileTypes: true });
const histories = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);

const golden = (history: string, file: string) => readFile(join(here, history, file));

/** A data folder with a copy of a golden log. */
async function copyOf(history: string): Promise<string> {
  const folder = await tempFolder();
  await cp(join(here, history, 'log.jsonl'), join(folder, 'log.jsonl'));
  await writeFile(join(folder, 'hindsight.json'), MARKER);
  return folder;
}

async function usersOf(history: string): Promise<readonly User[]> {
  return JSON.parse((await golden(history, 'users.json')).toString());
}

describe.each(histories)('the log %s', (history) => {
  it('leads to the users that it led to when it was written', async () => {
    const { app, store, shown } = await startUsers(await openLowdb(await copyOf(history)));
    const expected = await usersOf(history);
    const ids = new Set((await wholeLog(store)).map((event) => event.aggregateId));
    expect([...ids].toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
    for (const user of expected) {
      const folded = await present(app, userAggregate, user.id);
      expect(folded && toUser(folded)).toEqual(user);
      expect(await shown(user.id)).toEqual(folded);
    }
    await app.close();
  });

  it('is understood to the last event, each in its present form', async () => {
    const store = await openLowdb(await copyOf(history));
    const log = await wholeLog(store);
    expect(log.length).toBeGreaterThan(0);
    for (const event of log) {
      expect(VOCABULARY.recognises(event)).toBe(true);
      const type = event.type as UserEvent['type'];
      expect(event.schemaVersion).toBe(schemaVersionOf(USER_EVENTS, type));
    }
    await store.close();
  });

  it('keeps every address with the active user that has it, and no other', async () => {
    const { app, store, send } = await startUsers(await openLowdb(await copyOf(history)));
    const held = (await usersOf(history)).flatMap(({ status, email }) =>
      status === 'active' && email !== null ? [email.toLowerCase()] : [],
    );
    const mentioned = (await wholeLog(store)).flatMap(({ data }) =>
      typeof data['email'] === 'string' ? [data['email']] : [],
    );
    expect(mentioned.length).toBeGreaterThan(0);
    for (const address of mentioned) {
      const outcome = await send(create('new', 'New', address), 0, { dryRun: true });
      const expected = held.includes(address.toLowerCase()) ? 'EMAIL_TAKEN' : 'accepted';
      expect([address, codeOf(outcome)]).toEqual([address, expected]);
    }
    await app.close();
  });

  it('is left as it is by who reads it, and only added to by who writes', async () => {
    const folder = await copyOf(history);
    const original = await golden(history, 'log.jsonl');
    const reading = await startUsers(await openLowdb(folder));
    await wholeLog(reading.store);
    await reading.app.close();
    expect(await readFile(join(folder, 'log.jsonl'))).toEqual(original);

    const writing = await startUsers(await openLowdb(folder));
    expect(codeOf(await writing.send(create('new', 'New'), 0))).toBe('accepted');
    await writing.app.close();
    const longer = await readFile(join(folder, 'log.jsonl'));
    expect(longer.subarray(0, original.length)).toEqual(original);
    expect(longer.length).toBeGreaterThan(original.length);
  });
});

describe('the addresses along the way', () => {
  it.each<readonly [history: string, id: string, held: readonly (string | null)[]]>([
    ['user-1', 'ada', ['ada@example.org', 'ada@example.org', null]],
    ['user-1', 'grace', [null, 'grace@example.org', null, 'grace@example.org', null]],
    ['user-1', 'zoe', [null]],
    ['user-2', 'ada', ['ada@example.org', 'ada@example.org', null, 'ada@example.org']],
    ['user-2', 'grace', [null, 'grace@example.org', 'ada@example.org', 'grace@example.org']],
    ['user-2', 'zoe', ['zoe@example.org', null]],
    ['user-2', 'joy', ['zoe@example.org', null]],
  ])('in %s of %s', async (history, id, held) => {
    const store = await openLowdb(await copyOf(history));
    const stream = await store.readStream({ type: 'User', id });
    const claims = stream.map((_, index) => VOCABULARY.claimsOf(stream.slice(0, index + 1)));
    expect(claims).toEqual(held.map((each) => (each === null ? [] : [`email:${each}`])));
    await store.close();
  });
});

interface SentCommand {
  readonly type: UserCommandType;
  readonly payload: unknown;
  readonly expectedVersion?: number;
  readonly commandId?: string;
}

it('a command sent before an upgrade is known by its id after it', async () => {
  const folder = await copyOf('user-2');
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const app = await compose(readConfig({ DATA_DIR: folder }, ['lowdb', 'memory']), silent);
  const lines = (await golden('user-2', 'commands.jsonl')).toString().trimEnd().split('\n');
  const commands = lines.map((line): SentCommand => JSON.parse(line).command);
  const named = commands.filter(({ commandId }) => commandId !== undefined);
  expect(named.length).toBeGreaterThan(5);
  for (const { commandId = '', expectedVersion = 0, ...command } of named) {
    const request = { ...command, expectedVersion, commandId, dryRun: false, origin: ORIGIN };
    const outcome = await execute(app, userAggregate, request);
    expect(outcome).toMatchObject({ kind: 'accepted', replayed: true, events: [{ commandId }] });
  }
  await app.close();
  expect(await readFile(join(folder, 'log.jsonl'))).toEqual(await golden('user-2', 'log.jsonl'));
});
