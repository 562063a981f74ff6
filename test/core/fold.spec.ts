import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../src/core/event.js';
import { blameOf, revisionOf, type Blame, type Fold } from '../../src/core/fold.js';
import { fold, type Revision } from '../../src/core/revision.js';
import { known } from '../../src/core/schemas.js';
import { userAggregate } from '../../src/domains/user/aggregate.js';
import { userDecider, type UserState } from '../../src/domains/user/decider.js';
import { USER_EVENTS, type UserEvent } from '../../src/domains/user/events.js';
import { streams } from '../domains/user/arbitraries.js';
import { recorded } from './recorded.js';

type Stream = readonly RecordedEvent<UserEvent>[];

const through = <Result>(of: Fold<Result, UserEvent>, events: Stream): Result | undefined =>
  events.reduce<Result | undefined>((before, event) => of.step(before, event), undefined);

const revision: Fold<Revision<UserState>, UserEvent> = revisionOf(userAggregate);
const blame: Fold<Blame<UserState>, UserEvent> = blameOf(userAggregate);

describe('a fold over the events of an aggregate', () => {
  it('has a name that no other over the same has', () => {
    expect(revision.name).not.toBe(blame.name);
    expect([revision.type, blame.type]).toEqual(['User', 'User']);
  });

  it('is the aggregate itself', () => {
    fc.assert(
      fc.property(streams, (events) => {
        expect(through(revision, events)).toEqual(fold(userDecider, events));
      }),
    );
  });

  it('is, for each field, the last event that changed it', () => {
    fc.assert(
      fc.property(streams, (events) => {
        const shown = [{}, ...events.map((_, index) => shownAfter(events.slice(0, index + 1)))];
        const last = shown.at(-1) ?? {};
        const setBy = Object.fromEntries(
          Object.keys(last).map((field) => [
            field,
            shown.findLastIndex((each, version) => each[field] !== shown[version - 1]?.[field]),
          ]),
        );
        const told = through(blame, events);
        expect(told?.setBy ?? {}).toEqual(setBy);
        expect(told?.fields ?? {}).toEqual(last);
      }),
    );
  });

  it('says of the fields without a value, too, that its creation made them so', () => {
    const created = recorded(
      'UserCreated',
      { name: 'Ada', email: null, status: 'active' },
      { schemaVersion: 2 },
    );
    const told = blame.step(undefined, known<UserEvent>(USER_EVENTS, created));
    expect(told.setBy).toEqual({ name: 1, email: 1, status: 1 });
  });
});

function shownAfter(events: Stream): Readonly<Record<string, string | null>> {
  const folded = fold(userDecider, events);
  return folded === undefined ? {} : userAggregate.fields(folded.state);
}
