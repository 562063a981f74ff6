import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent, Version } from '../../src/core/event.js';
import type { UserCommand } from '../../src/domains/user/commands.js';
import { userDecider, type UserState } from '../../src/domains/user/decider.js';
import { USER_EVENTS, type UserEvent } from '../../src/domains/user/events.js';
import { known } from '../../src/core/schemas.js';
import { commandsOn, userIds } from '../domains/user/arbitraries.js';
import { tempFolder } from '../support/temp-folder.js';
import { upTo, wholeLog } from './log.js';
import { openLowdb, STORES } from './stores.js';
import {
  changeEmail,
  codeOf,
  create,
  deactivate,
  reactivate,
  rename,
  startUsers,
  type Users,
} from './users.js';

const ADDRESS = 'ada@example.org';

/** Sends commands one after another, each at the right version, and tells how they ended. */
async function tell(users: Users, ...commands: readonly UserCommand[]): Promise<readonly string[]> {
  const codes: string[] = [];
  for (const command of commands) {
    const version = (await users.shown(command.id))?.version ?? 0;
    codes.push(codeOf(await users.send(command, version)));
  }
  return codes;
}

type Story = readonly [promise: string, commands: readonly UserCommand[], codes: string];

const ada = create('ada', 'Ada', ADDRESS);
const bob = create('bob', 'Bob', 'bob@example.org');

const STORIES: readonly Story[] = [
  ['is not given to a second user', [ada, create('eve', 'Eve', ADDRESS)], 'accepted EMAIL_TAKEN'],
  [
    'is the same in whatever case',
    [create('ada', 'Ada', 'Ada@Example.ORG'), create('eve', 'Eve', 'aDA@eXAMPLE.org')],
    'accepted EMAIL_TAKEN',
  ],
  [
    'cannot be changed to',
    [ada, bob, changeEmail('bob', 'ADA@example.org')],
    'accepted accepted EMAIL_TAKEN',
  ],
  [
    'is free once its user has another',
    [ada, changeEmail('ada', 'new@example.org'), create('eve', 'Eve', ADDRESS)],
    'accepted accepted accepted',
  ],
  [
    'is free once its user has none',
    [ada, changeEmail('ada', null), create('eve', 'Eve', ADDRESS)],
    'accepted accepted accepted',
  ],
  [
    'is free once its user is deactivated',
    [ada, deactivate('ada'), create('eve', 'Eve', ADDRESS)],
    'accepted accepted accepted',
  ],
  [
    'is claimed again by its user coming back',
    [ada, deactivate('ada'), reactivate('ada'), create('eve', 'Eve', ADDRESS)],
    'accepted accepted accepted EMAIL_TAKEN',
  ],
  [
    'keeps its former user from coming back while another has it',
    [
      ada,
      deactivate('ada'),
      create('eve', 'Eve', ADDRESS),
      reactivate('ada'),
      changeEmail('eve', null),
      reactivate('ada'),
    ],
    'accepted accepted accepted EMAIL_TAKEN accepted accepted',
  ],
  [
    'may be written in another case by its own user, and stays that one’s',
    [ada, changeEmail('ada', 'ADA@example.org'), create('eve', 'Eve', ADDRESS)],
    'accepted accepted EMAIL_TAKEN',
  ],
  [
    'stays its user’s whatever else changes',
    [ada, rename('ada', 'Countess'), create('eve', 'Eve', ADDRESS)],
    'accepted accepted EMAIL_TAKEN',
  ],
  [
    'is still its user’s after a change to a taken one was refused',
    [ada, bob, changeEmail('ada', 'bob@example.org'), create('eve', 'Eve', ADDRESS)],
    'accepted accepted EMAIL_TAKEN EMAIL_TAKEN',
  ],
  [
    'is nobody’s where there is none',
    [create('ada'), create('bob'), create('eve')],
    'accepted accepted accepted',
  ],
];

describe.each(STORES)('an e-mail address %s', (_, open) => {
  it.each(STORIES)('%s', async (_promise, commands, codes) => {
    const users = await startUsers(await open());
    expect((await tell(users, ...commands)).join(' ')).toBe(codes);
    await users.app.close();
  });

  it('goes to one of a hundred who want it at once', async () => {
    const { app, send, store } = await startUsers(await open());
    const outcomes = await Promise.all(
      upTo(100).map((each) =>
        send(create(`user-${each}`, 'Ada', each % 2 === 0 ? ADDRESS : ADDRESS.toUpperCase()), 0),
      ),
    );
    const codes = outcomes.map(codeOf).toSorted();
    expect(codes).toEqual([...Array(99).fill('EMAIL_TAKEN'), 'accepted']);
    expect(await store.head()).toMatchObject({ position: 1 });
    await app.close();
  });

  it('goes to one of those who want it back at once', async () => {
    const users = await startUsers(await open());
    const ids = upTo(20).map((each) => `user-${each}`);
    for (const id of ids) await tell(users, create(id, 'Ada', ADDRESS), deactivate(id));
    const outcomes = await Promise.all(ids.map((id) => users.send(reactivate(id), 2)));
    const codes = outcomes.map(codeOf).toSorted();
    expect(codes).toEqual([...Array(19).fill('EMAIL_TAKEN'), 'accepted']);
    await users.app.close();
  });
});

describe('the answer to who wants a taken address', () => {
  it('shows its own user, and nothing of the other’s', async () => {
    const users = await startUsers();
    await tell(
      users,
      create('secret-id', 'Secret Name', 'Taken@example.org'),
      create('eve', 'Eve'),
    );
    const outcome = await users.send(changeEmail('eve', 'taken@EXAMPLE.org'), 1);
    expect(outcome).toEqual({
      kind: 'refused',
      code: 'EMAIL_TAKEN',
      message: 'Another user has this e-mail address.',
      current: await users.shown('eve'),
    });
    expect(JSON.stringify(outcome)).not.toMatch(/secret|taken@/i);
  });

  it('comes after what is wrong with the command itself', async () => {
    const users = await startUsers();
    await tell(users, ada, create('eve', 'Eve'));
    expect(codeOf(await users.send(create('eve', 'Eve', ADDRESS), 0))).toBe('ALREADY_EXISTS');
    expect(codeOf(await users.send(changeEmail('eve', ADDRESS), 4))).toBe('conflict');
  });
});

/** Who has which address in the end, and every place in the log at which two had the same. */
function addressesIn(log: readonly RecordedEvent[]) {
  const states = new Map<string, UserState>();
  const shared: string[] = [];
  let holders = new Map<string, string>();
  for (const event of log) {
    const before = states.get(event.aggregateId) ?? userDecider.initialState;
    const after = userDecider.evolve(before, known<UserEvent>(USER_EVENTS, event));
    states.set(event.aggregateId, after);
    holders = new Map();
    for (const [id, state] of states) {
      if (state.status !== 'active' || state.email === null) continue;
      const address = state.email.toLowerCase();
      if (holders.has(address)) shared.push(`${address} at ${event.position}`);
      holders.set(address, id);
    }
  }
  return { holders, shared };
}

const wanted = commandsOn(
  userIds,
  fc.constantFrom(null, 'one@example.org', 'One@Example.org', 'two@example.org', 'TWO@example.org'),
);

/** The address that a command asks for, if it does. */
async function askedFor({ shown }: Users, command: UserCommand): Promise<string | null> {
  switch (command.type) {
    case 'CreateUser':
    case 'ChangeUserEmail':
      return command.email;
    case 'ReactivateUser': {
      const state = (await shown(command.id))?.state;
      return state === undefined || state.status === 'unknown' ? null : state.email;
    }
    case 'RenameUser':
    case 'DeactivateUser':
      return null;
    default:
      return command satisfies never;
  }
}

const FOR_OTHER_REASONS = ['NOT_FOUND', 'ALREADY_EXISTS', 'DEACTIVATED'];

describe('whatever is sent, at no time do two active users share an address', () => {
  it('and who is refused one is refused because another has it', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(wanted, { minLength: 10, maxLength: 40 }), async (commands) => {
        const users = await startUsers();
        for (const command of commands) {
          const { holders } = addressesIn(await wholeLog(users.store));
          const asked = await askedFor(users, command);
          const holder = asked === null ? undefined : holders.get(asked.toLowerCase());
          const isTaken = holder !== undefined && holder !== command.id;
          const [code] = await tell(users, command);
          expect([isTaken ? 'EMAIL_TAKEN' : 'accepted', ...FOR_OTHER_REASONS]).toContain(code);
          seen.add(code ?? '');
        }
        expect(addressesIn(await wholeLog(users.store)).shared).toEqual([]);
      }),
      { numRuns: 150 },
    );
    // Else the generator would have tried less than it says.
    expect(seen).toContain('EMAIL_TAKEN');
  });

  it('though they are sent together, and the log is opened anew meanwhile', async () => {
    const rounds = fc.array(fc.array(wanted, { minLength: 1, maxLength: 6 }), { maxLength: 6 });
    const folders = await tempFolder();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(rounds, async (told) => {
        const folder = `${folders}/${(runs += 1)}`;
        for (const together of told) {
          const users = await startUsers(await openLowdb(folder));
          const versions = new Map<string, Version>();
          for (const { id } of together) versions.set(id, (await users.shown(id))?.version ?? 0);
          await Promise.all(
            together.map((command) => users.send(command, versions.get(command.id) ?? 0)),
          );
          expect(addressesIn(await wholeLog(users.store)).shared).toEqual([]);
          await users.app.close();
        }
      }),
      { numRuns: 20 },
    );
    expect(runs).toBeGreaterThanOrEqual(20);
  });
});

it('an address is held from the log when it is opened again, and freed as before', async () => {
  const folder = await tempFolder();
  const first = await startUsers(await openLowdb(folder));
  await tell(first, ada, bob, deactivate('bob'));
  await first.app.close();

  const second = await startUsers(await openLowdb(folder));
  expect(
    await tell(
      second,
      create('eve', 'Eve', ADDRESS.toUpperCase()),
      create('eve', 'Eve', 'bob@example.org'),
      reactivate('bob'),
      changeEmail('ada', null),
      create('joy', 'Joy', ADDRESS),
    ),
  ).toEqual(['EMAIL_TAKEN', 'accepted', 'EMAIL_TAKEN', 'accepted', 'accepted']);
  await second.app.close();
});
