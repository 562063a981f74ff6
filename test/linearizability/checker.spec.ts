import { describe, expect, it } from 'vitest';
import { findFaults } from './checker.js';
import { describeFault, type Rule } from './fault.js';
import { Script, v } from './handmade.js';

/** Ada is created as A at position 1 and renamed to B at position 2, one after the other. */
const begun = () => new Script().creates([0, 1], 'A', 1).renames([2, 3], 1, 'B', 2);

describe('accepts', () => {
  const accepted: Readonly<Record<string, Script>> = {
    'nothing at all': new Script(),
    'one after the other': begun().reads([4, 5], v(2, 'B'), 2),
    'a read before there is anything': new Script().reads([0, 1], null, 0).creates([2, 3], 'A', 1),
    'one of two at once': begun()
      .renames([4, 9], 2, 'C', 3)
      .isRefused([4, 9], 2, 'D', v(3, 'C'), [{ ...v(3, 'C'), position: 3 }]),
    'two at once, of which the later answered came first': begun()
      .renames([4, 9], 3, 'D', 4)
      .renames([5, 8], 2, 'C', 3),
    'a read of what is not acknowledged yet': begun()
      .renames([4, 9], 2, 'C', 3)
      .reads([5, 6], v(3, 'C'), 3),
    'a read of what stood before what is not acknowledged yet': begun()
      .renames([4, 9], 2, 'C', 3)
      .reads([5, 6], v(2, 'B'), 2)
      .reads([7, 8], v(3, 'C'), 3),
    'what touches, as concurrent': begun().renames([4, 5], 2, 'C', 3).reads([5, 6], v(2, 'B'), 2),
    'every other answer': new Script()
      .isAnswered(
        [0, 1],
        { type: 'rename', name: 'A', expectedVersion: 1 },
        { result: 'missing', user: null },
      )
      .creates([2, 3], 'A', 1)
      .isAnswered([4, 5], { type: 'create', name: 'B' }, { result: 'exists', user: v(1, 'A') })
      .changesNothing([6, 7], v(1, 'A'), 1)
      .isRefused([8, 9], 4, 'C', v(1, 'A')),
    'an unanswered command that took effect': begun()
      .isNotAnswered(4, { type: 'rename', name: 'C', expectedVersion: 2 })
      .reads([5, 6], v(3, 'C'), 3),
    'an unanswered command that took effect late': begun()
      .isNotAnswered(4, { type: 'rename', name: 'C', expectedVersion: 2 })
      .reads([5, 6], v(2, 'B'), 2)
      .reads([7, 8], v(3, 'C'), 3),
    'an unanswered command that never took effect': begun()
      .isNotAnswered(4, { type: 'rename', name: 'C', expectedVersion: 2 })
      .renames([5, 6], 2, 'D', 3)
      .reads([7, 8], v(3, 'D'), 3),
    'two unanswered commands that took effect the other way round': begun()
      .isNotAnswered(4, { type: 'rename', name: 'D', expectedVersion: 3 })
      .isNotAnswered(5, { type: 'rename', name: 'C', expectedVersion: 2 })
      .reads([6, 7], v(4, 'D'), 4),
    'a lagging read as new as it asked for': begun()
      .renames([4, 5], 2, 'C', 3)
      .reads([6, 7], v(2, 'B'), 2, { consistentWith: 2 }),
    'a lagging read that goes back in time, no further than it asked for': begun()
      .reads([4, 5], v(2, 'B'), 1, { consistentWith: 1 })
      .reads([6, 7], v(1, 'A'), 1, { consistentWith: 1 }),
    'another aggregate in between': begun()
      .creates([4, 9], 'Bob', 4, { aggregate: 'bob' })
      .renames([5, 8], 2, 'C', 3),
  };

  it.each(Object.entries(accepted))('%s', (_, { operations }) => {
    expect(findFaults(operations).map(describeFault)).toEqual([]);
  });
});

describe('catches', () => {
  /** The last operation of each is the one to blame. */
  const planted: readonly (readonly [fault: string, rule: Rule, script: Script])[] = [
    [
      'a lost update: an acknowledged rename overwritten by one that did not know of it',
      'not linearizable',
      begun().renames([4, 5], 2, 'C', 3).renames([6, 7], 2, 'D', 4),
    ],
    [
      'two winners of one version',
      'not linearizable',
      begun().renames([4, 8], 2, 'C', 3).renames([5, 9], 2, 'D', 4),
    ],
    [
      'a stale read after an acknowledged write',
      'not linearizable',
      begun().reads([4, 5], v(1, 'A'), 2),
    ],
    [
      'a read that goes back in time',
      'not linearizable',
      begun().renames([4, 20], 2, 'C', 3).reads([5, 6], v(3, 'C'), 3).reads([7, 8], v(2, 'B'), 3),
    ],
    [
      'a command applied twice',
      'not linearizable',
      begun().renames([4, 5], 2, 'C', 3).reads([6, 7], v(4, 'C'), 4),
    ],
    [
      'a command that was not answered and took effect twice',
      'not linearizable',
      begun()
        .isNotAnswered(4, { type: 'rename', name: 'C', expectedVersion: 2 })
        .reads([5, 6], v(3, 'C'), 3)
        .reads([7, 8], v(4, 'C'), 4),
    ],
    [
      'a reorder: two renames, one after the other, that took effect the other way round',
      'not linearizable',
      begun().renames([6, 7], 2, 'C', 3).renames([4, 5], 3, 'D', 4),
    ],
    [
      'a read of a value that nobody wrote',
      'not linearizable',
      begun().reads([4, 5], v(2, 'X'), 2),
    ],
    [
      'a read of what is only written afterwards',
      'not linearizable',
      begun().renames([8, 9], 2, 'C', 3).reads([4, 5], v(3, 'C'), 3),
    ],
    [
      'a lagging read of a value that nobody wrote',
      'not linearizable',
      begun().reads([4, 5], v(2, 'X'), 2, { consistentWith: 1 }),
    ],
    ['a skipped version', 'not linearizable', begun().renames([4, 5], 2, 'C', 3, { version: 4 })],
    [
      'a dirty read of a refused command',
      'not linearizable',
      begun()
        .isRefused([4, 5], 1, 'C', v(2, 'B'), [{ ...v(2, 'B'), position: 2 }])
        .reads([6, 7], v(3, 'C'), 3),
    ],
    [
      'an acknowledged command that vanishes',
      'not linearizable',
      begun().renames([4, 5], 2, 'C', 3).changesNothing([6, 7], v(2, 'B'), 3),
    ],
    [
      'an acknowledged aggregate that vanishes',
      'not linearizable',
      begun().creates([4, 5], 'A', 3),
    ],
    [
      'a conflict though the version matched',
      'not linearizable',
      begun().isRefused([4, 5], 2, 'C', v(2, 'B')),
    ],
    [
      'a conflict that tells another version than the present',
      'not linearizable',
      begun().isRefused([4, 5], 1, 'C', v(3, 'B'), [
        { ...v(2, 'B'), position: 2 },
        { ...v(3, 'B'), position: 3 },
      ]),
    ],
    [
      'a conflict that does not tell all that was missed',
      'not linearizable',
      begun()
        .renames([4, 5], 2, 'C', 3)
        .isRefused([6, 7], 1, 'D', v(3, 'C'), [{ ...v(3, 'C'), position: 3 }]),
    ],
    [
      'an answer with the user of somebody else',
      'not linearizable',
      begun().renames([4, 5], 2, 'C', 3, { user: v(3, 'D') }),
    ],
    [
      'an event for a rename that changes nothing',
      'not linearizable',
      begun().renames([4, 5], 2, 'B', 3),
    ],
    [
      'an aggregate that is denied',
      'not linearizable',
      begun().isAnswered(
        [4, 5],
        { type: 'rename', name: 'C', expectedVersion: 2 },
        { result: 'missing', user: null },
      ),
    ],
    [
      'one position given to two commands',
      'position taken twice',
      begun().creates([2, 4], 'Bob', 2, { aggregate: 'bob' }),
    ],
    [
      'positions that are not in the order of time',
      'position against time',
      begun().creates([4, 5], 'Bob', 4, { aggregate: 'bob' }).renames([6, 7], 2, 'C', 3),
    ],
    [
      'a head behind a position that was acknowledged',
      'position against time',
      begun().reads([4, 5], null, 1, { aggregate: 'bob' }),
    ],
    [
      'an end of the log before what was acknowledged',
      'position against time',
      begun().changesNothing([4, 5], v(2, 'B'), 1),
    ],
    [
      'a head that was reached, and then taken',
      'position against time',
      begun().reads([4, 5], v(2, 'B'), 3).renames([6, 7], 2, 'C', 3),
    ],
    [
      'versions that do not rise with positions',
      'version against position',
      begun().renames([4, 9], 2, 'C', 4).renames([4, 10], 3, 'D', 3),
    ],
    [
      'an event that a conflict shows otherwise than its command did',
      'version against position',
      begun().isRefused([4, 5], 1, 'C', v(2, 'B'), [{ ...v(2, 'X'), position: 2 }]),
    ],
    [
      'a lagging read that lacks what it asked for',
      'read too old',
      begun().reads([4, 5], v(1, 'A'), 2, { consistentWith: 2 }),
    ],
    [
      'a read of the head that lacks what stands before it',
      'read too old',
      begun().renames([4, 9], 2, 'C', 3).reads([4, 9], v(2, 'B'), 3),
    ],
  ];

  it.each(planted)('%s', (_, rule, { operations }) => {
    const found = findFaults(operations).filter((fault) => fault.rule === rule);
    expect(found.map(({ culprit }) => culprit.id)).toEqual([operations.length - 1]);
  });
});

it('shows the first answer that cannot be, and what happened around it', () => {
  const { operations } = begun()
    .renames([4, 20], 2, 'C', 3)
    .reads([5, 6], v(3, 'C'), 3)
    .reads([7, 8], v(2, 'B'), 3, { consistentWith: 2 })
    .reads([9, 10], v(1, 'A'), 3)
    .reads([11, 12], v(1, 'A'), 3)
    .renames([21, 22], 3, 'D', 4);
  const [fault] = findFaults(operations);
  expect(fault && describeFault(fault).split('\n')).toEqual([
    'not linearizable: #5',
    '  #0 process 0 0.000..1.000 command ada {"type":"create","name":"A"} -> {"result":"applied","version":1,"position":1,"user":{"version":1,"name":"A"}}',
    '  #1 process 1 2.000..3.000 command ada {"type":"rename","name":"B","expectedVersion":1} -> {"result":"applied","version":2,"position":2,"user":{"version":2,"name":"B"}}',
    '  #2 process 2 4.000..20.000 command ada {"type":"rename","name":"C","expectedVersion":2} -> {"result":"applied","version":3,"position":3,"user":{"version":3,"name":"C"}}',
    '  #3 process 3 5.000..6.000 read ada {"consistentWith":"head"} -> {"position":3,"user":{"version":3,"name":"C"}}',
    '  #4 process 4 7.000..8.000 read ada {"consistentWith":2} -> {"position":3,"user":{"version":2,"name":"B"}}',
    '> #5 process 5 9.000..10.000 read ada {"consistentWith":"head"} -> {"position":3,"user":{"version":1,"name":"A"}}',
  ]);
});
