import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, fold } from '../../../src/core/revision.js';
import { parseUserCommand, USER_COMMAND_TYPES } from '../../../src/domains/user/commands.js';
import { userDecider } from '../../../src/domains/user/decider.js';
import { USER_EVENTS } from '../../../src/domains/user/events.js';
import { deepFreeze } from '../../../src/core/json.js';
import { commands, histories, streams } from './arbitraries.js';
import { stateAfter } from './given.js';

const noId = () => 'made';

describe('deciding', () => {
  it('finds nothing to change in a command repeated', () => {
    fc.assert(
      fc.property(histories, commands, (history, command) => {
        const state = stateAfter(history);
        const first = userDecider.decide(command, state);
        fc.pre(first.outcome === 'accepted');
        const second = userDecider.decide(command, stateAfter(first.events, state));
        expect(second.outcome === 'accepted' ? second.events : []).toEqual([]);
      }),
    );
  });

  it('gives the same answer twice, and changes neither command nor state', () => {
    fc.assert(
      fc.property(histories, commands, (history, command) => {
        const state = deepFreeze(stateAfter(history));
        deepFreeze(command);
        expect(userDecider.decide(command, state)).toEqual(userDecider.decide(command, state));
      }),
    );
  });

  it('yields events that evolve takes, that JSON keeps, and that each change something', () => {
    fc.assert(
      fc.property(histories, commands, (history, command) => {
        const state = stateAfter(history);
        const decision = userDecider.decide(command, state);
        fc.pre(decision.outcome === 'accepted' && decision.events.length > 0);
        for (const event of decision.events) {
          expect(USER_EVENTS).toHaveProperty(event.type);
          expect(JSON.parse(JSON.stringify(event))).toEqual(event);
          expect(userDecider.evolve(state, event)).not.toEqual(state);
        }
      }),
    );
  });
});

describe('folding', () => {
  it('gives the same revision whole, in two pieces at every split, and one by one', () => {
    fc.assert(
      fc.property(streams, (events) => {
        const whole = fold(userDecider, events);
        for (let split = 0; split <= events.length; split += 1) {
          const half = fold(userDecider, events.slice(0, split));
          expect(fold(userDecider, events.slice(split), half)).toEqual(whole);
        }
        const [first, ...rest] = events;
        fc.pre(first !== undefined);
        const begun = advance(userDecider, undefined, first);
        const stepped = rest.reduce(
          (revision, next) => advance(userDecider, revision, next),
          begun,
        );
        expect(stepped).toEqual(whole);
      }),
    );
  });

  it('takes version, positions and times from the first event and the last', () => {
    fc.assert(
      fc.property(streams, (events) => {
        const [first, last] = [events[0], events.at(-1)];
        expect(fold(userDecider, events)).toEqual(
          first && last
            ? {
                id: first.aggregateId,
                state: stateAfter(events),
                version: events.length,
                position: last.position,
                createdPosition: first.position,
                createdAt: first.recordedAt,
                updatedAt: last.recordedAt,
              }
            : undefined,
        );
      }),
    );
  });

  it('changes neither state nor event', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const frozen = history.reduce(
          (state, event) => deepFreeze(userDecider.evolve(state, deepFreeze(event))),
          userDecider.initialState,
        );
        expect(frozen).toEqual(stateAfter(history));
      }),
    );
  });
});

describe('parsing', () => {
  const types = fc.constantFrom(...USER_COMMAND_TYPES);

  it('answers anything at all, and never throws', () => {
    fc.assert(
      fc.property(types, fc.anything({ withNullPrototype: true }), (type, payload) => {
        const parsed = parseUserCommand({ type, payload }, noId);
        expect(parsed.valid || parsed.issues.length > 0).toBe(true);
      }),
    );
  });

  it('leaves a command in its normal form as it is', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 30 });
    const payloads = fc.record({
      id: fc.constant('ada'),
      name: anyText,
      email: fc.option(fc.emailAddress()),
      reason: fc.option(anyText),
    });
    fc.assert(
      fc.property(types, payloads, (type, payload) => {
        const once = parseUserCommand({ type, payload }, noId);
        fc.pre(once.valid);
        expect(parseUserCommand({ type, payload: once.command }, noId)).toEqual(once);
      }),
    );
  });

  it('takes every command that the other properties are tried on', () => {
    fc.assert(
      fc.property(commands, (command) => {
        const parsed = parseUserCommand({ type: command.type, payload: command }, noId);
        expect(parsed).toEqual({ valid: true, command });
      }),
    );
  });
});
