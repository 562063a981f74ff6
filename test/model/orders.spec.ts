import { describe, expect, it } from 'vitest';
import type { Change } from './facts.js';
import { judge, type Command, type Order } from './orders.js';
import { World } from './world.js';

const order = (command: Command, more: Partial<Order> = {}): Order => ({
  command,
  commandId: null,
  dryRun: false,
  ...more,
});

/** A world in which these changes happened, each under a commandId of its own: c1, c2 and so on. */
function worldOf(...changes: readonly (readonly [string, Change])[]): World {
  const world = new World();
  for (const [userId, change] of changes) {
    const position = world.head + 1;
    const version = world.of(userId).length + 1;
    const recordedAt = new Date(position).toISOString();
    const learned = { id: `e${position}`, recordedAt, correlationId: 'r' };
    const command: Command = { type: 'renameUser', input: { id: userId, name: 'Ada King' } };
    const commandId = `c${position}`;
    const fact = { ...learned, change, userId, version, position, commandId };
    world.add(fact, order(command, { commandId }));
  }
  return world;
}

const created = (email: string | null): Change => ({
  type: 'UserCreated',
  data: { name: 'Ada Byron', email, status: 'active' },
});
const renamed: Change = { type: 'UserRenamed', data: { name: 'Ada King' } };
const deactivated: Change = { type: 'UserDeactivated', data: { reason: null } };

const rename = (name: string): Command => ({ type: 'renameUser', input: { id: 'ada', name } });
const create = (id: string, email?: string): Command => ({
  type: 'createUser',
  input: { id, name: 'Bob', ...(email !== undefined && { email }) },
});

/** As README.md and docs/commands.md tell it. */
describe('the model', () => {
  it('gives a name, and tells a second who did not know of it what was missed', () => {
    const before = worldOf(['ada', created(null)]);
    const change = { type: 'UserRenamed', data: { name: 'Ada King' } };
    const first = order(rename(' Ada King '), { expectedVersion: 1 });
    expect(judge(before, first)).toEqual({ kind: 'appends', change });
    const after = worldOf(['ada', created(null)], ['ada', renamed]);
    const second = order(rename('Ada Lovelace'), { expectedVersion: 1 });
    expect(judge(after, second)).toMatchObject({ kind: 'conflict', missed: [{ change: renamed }] });
    const same = order(rename('Ada King'), { expectedVersion: 2 });
    expect(judge(after, same)).toEqual({ kind: 'nothing' });
  });

  it('answers a command of a known name as it was, whatever version it names, and no other', () => {
    const world = worldOf(['ada', created(null)], ['ada', renamed]);
    const again = order(rename('Ada King'), { commandId: 'c2', expectedVersion: 7 });
    expect(judge(world, again)).toMatchObject({ kind: 'again', fact: { position: 2 } });
    const other = order(rename('Ada'), { commandId: 'c2', expectedVersion: 2 });
    expect(judge(world, other)).toEqual({ kind: 'refused', code: 'COMMAND_ID_REUSED' });
  });

  it.each<readonly [string, World, Command, number]>([
    ['NOT_FOUND', worldOf(), rename('Ada'), 1],
    ['ALREADY_EXISTS', worldOf(['ada', created(null)]), create('ada'), 0],
    ['DEACTIVATED', worldOf(['ada', created(null)], ['ada', deactivated]), rename('Ada'), 2],
    ['EMAIL_TAKEN', worldOf(['ada', created('a@b.org')]), create('bob', 'A@B.org'), 0],
  ])('refuses with %s', (code, world, command, expectedVersion) => {
    expect(judge(world, order(command, { expectedVersion }))).toEqual({ kind: 'refused', code });
  });

  it('lets go of the address of somebody who was deactivated', () => {
    const world = worldOf(['ada', created('a@b.org')], ['ada', deactivated]);
    expect(judge(world, order(create('bob', 'a@b.org')))).toMatchObject({ kind: 'appends' });
  });

  it('looks at the values before anything else', () => {
    const wrong = order(create('bob', 'nobody'), { expectedVersion: -1 });
    const paths = ['email', 'expectedVersion'];
    expect(judge(worldOf(), wrong)).toEqual({ kind: 'invalid', paths });
  });
});
