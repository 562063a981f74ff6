import { describe, expect, it } from 'vitest';
import type { Said, Verdict } from './commands.js';
import type { Fact, StoredCommit } from './facts.js';
import { judgeShown } from './inspection.js';
import { judge } from './judge.js';
import type { Told } from './ledger.js';
import { rowsOf } from './rows.js';

const AT = '2026-01-31T12:00:00.000Z';
const [BOX, OTHER] = ['box-1@example.org', 'box-2@example.org'];

const fact = (
  position: number,
  aggregateId: string,
  version: number,
  what: Partial<Fact>,
): Fact => ({
  position,
  id: `event-${position}`,
  type: 'UserRenamed',
  aggregateId,
  version,
  commandId: `command-${position}`,
  recordedAt: AT,
  data: {},
  ...what,
});

const created = (position: number, id: string, email: string): Fact =>
  fact(position, id, 1, {
    type: 'UserCreated',
    data: { name: 'Ada', email, status: 'active' },
  });

const [ADA, BOB, RENAMED]: readonly [Fact, Fact, Fact] = [
  created(1, 'ada', BOX),
  created(2, 'bob', OTHER),
  fact(3, 'ada', 2, { data: { name: 'Ada King' } }),
];
const LOG: readonly StoredCommit[] = [[ADA], [BOB], [RENAMED]];

function told(
  commandId: string,
  said: Said,
  expectedVersion: number,
  events: readonly Fact[],
): Told {
  const command = { said, expectedVersion, commandId, dryRun: false, may: [] };
  return { command, verdict: 'ACCEPTED', position: '1', events };
}

const refused = (each: Told, verdict: Verdict): Told => ({ ...each, verdict, events: [] });

const CREATE_ADA: Said = { type: 'create', id: 'ada', name: 'Ada', email: BOX };
const CREATE_BOB: Said = { type: 'create', id: null, name: 'Ada', email: OTHER };
const RENAME: Said = { type: 'rename', id: 'ada', name: 'Ada King' };
const TOLD = [
  told('command-1', CREATE_ADA, 0, [ADA]),
  told('command-2', CREATE_BOB, 0, [BOB]),
  told('command-3', RENAME, 1, [RENAMED]),
] as const;
const SEEN: ReadonlyMap<number, Fact> = new Map(LOG.flat().map((each) => [each.position, each]));

const verdictOn = (
  log: readonly StoredCommit[],
  all: readonly Told[] = TOLD,
  witnessed: ReadonlyMap<number, Fact> = SEEN,
) => judge({ told: all, witnessed, log });

describe('the judge of a log', () => {
  it('finds nothing wrong with a log that is what everybody was told', () => {
    expect(verdictOn(LOG)).toEqual([]);
    const nothingToDo = told('command-4', RENAME, 2, []);
    const conflict = refused(told('command-5', RENAME, 1, []), 'VERSION_CONFLICT');
    expect(verdictOn(LOG, [...TOLD, nothingToDo, conflict])).toEqual([]);
  });

  it.each<[string, readonly StoredCommit[], string]>([
    ['an acknowledged command that is lost', [[ADA], [BOB]], 'command-3 was acknowledged'],
    ['an event that is seen and lost', [[ADA], [BOB]], 'event-3 was seen at 3'],
    ['a gap', [[ADA], [BOB], [{ ...RENAMED, position: 4 }]], '4 stands at place 3'],
    [
      'a command that was carried out twice',
      [...LOG, [fact(4, 'ada', 3, { commandId: 'command-3' })]],
      'command-3 was carried out 2 times',
    ],
    [
      'an event that is there twice',
      [...LOG, [{ ...RENAMED, position: 4, version: 3 }]],
      'the event event-3 of 3 is there once more',
    ],
    [
      'a version that is there twice',
      [...LOG, [fact(4, 'ada', 2, {})]],
      'ada goes on with 2, not 3',
    ],
    ['another id', [[ADA], [BOB], [{ ...RENAMED, id: 'other' }]], 'command-3 was acknowledged'],
    [
      'more than was told',
      [[ADA], [BOB], [RENAMED, fact(4, 'ada', 3, { commandId: 'command-3' })]],
      'command-3 was acknowledged and is not what is there: 1 events told, 2 there',
    ],
    ['what nobody asked for', [...LOG, [fact(4, 'ada', 3, {})]], 'command-4 is in the log'],
    [
      'what was asked without an id',
      [...LOG, [fact(4, 'ada', 3, { commandId: null })]],
      'null is in the log',
    ],
    [
      'times that go back',
      [[ADA], [BOB], [{ ...RENAMED, recordedAt: '2025-01-31T12:00:00.000Z' }]],
      '3 was recorded before its predecessor',
    ],
    [
      'two that hold one address',
      [...LOG, [fact(4, 'bob', 2, { type: 'UserEmailChanged', data: { email: BOX } })]],
      `ada and bob hold "${BOX}" at 4`,
    ],
  ])('catches %s', (_, log, fault) => {
    expect(verdictOn(log).join('\n')).toContain(fault);
  });

  it('catches a refused command that was carried out, and a dry run', () => {
    const [create, other, rename] = TOLD;
    const fault = 'command-3 was not carried out, they said, and is there';
    expect(verdictOn(LOG, [create, other, refused(rename, 'VERSION_CONFLICT')])).toContain(fault);
    const dry = { ...rename, command: { ...rename.command, dryRun: true } };
    expect(verdictOn(LOG, [create, other, dry])).toContain(fault);
  });

  it.each<[string, Told]>([
    ['another name', told('command-3', { ...RENAME, name: 'Ada' }, 1, [RENAMED])],
    ['another user', told('command-3', { ...RENAME, id: 'bob' }, 1, [RENAMED])],
    ['another command', told('command-3', { type: 'deactivate', id: 'ada' }, 1, [RENAMED])],
    ['another version', told('command-3', RENAME, 0, [RENAMED])],
  ])('catches a command that led to what was asked of it with %s', (_, wrong) => {
    const [create, other] = TOLD;
    expect(verdictOn(LOG, [create, other, wrong]).join()).toContain('led to something else');
  });
});

describe('the judge of what a server shows', () => {
  const events = LOG.flat();
  const rows = rowsOf(LOG).all;
  const taken = [BOX, OTHER];
  const shown = { events, rows, taken };

  it('finds nothing wrong with what follows from the log', () => {
    expect(judgeShown(shown, LOG)).toEqual([]);
    expect(rows).toMatchObject([
      { id: 'ada', name: 'Ada King', email: BOX, status: 'ACTIVE', version: 2 },
      { id: 'bob', name: 'Ada', email: OTHER, status: 'ACTIVE', version: 1 },
    ]);
  });

  it.each([
    ['a row that is missing', { ...shown, rows: rows.slice(1) }],
    ['a row that is there twice', { ...shown, rows: [...rows, ...rows.slice(1)] }],
    ['a row that is behind', { ...shown, rows: rows.map((row) => ({ ...row, version: 1 })) }],
    ['an address that was not kept', { ...shown, taken: [BOX] }],
    ['an address that was not let go of', { ...shown, taken: [...taken, 'box-3@example.org'] }],
    ['an event that is missing', { ...shown, events: events.slice(1) }],
  ])('catches %s', (_, wrong) => {
    expect(judgeShown(wrong, LOG)).toHaveLength(1);
  });

  it('lets a deactivated user hold no address', () => {
    const log = [...LOG, [fact(4, 'ada', 3, { type: 'UserDeactivated', data: { reason: null } })]];
    const after = { events: log.flat(), rows: rowsOf(log).all, taken: [OTHER] };
    expect(judgeShown(after, log)).toEqual([]);
    expect(judgeShown({ ...after, taken }, log)).toHaveLength(1);
  });
});
