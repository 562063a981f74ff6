import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { errorFormatter } from '../../src/api/errors.js';
import { OutcomeUnknown, StoreStopped, StoreUnavailable } from '../../src/core/event-store.js';
import { positionOf } from '../../src/core/event.js';
import { BeyondTheEnd } from '../../src/core/moment.js';
import { UnknownEvent } from '../../src/core/schemas.js';
import { ProjectionBehind } from '../../src/engine/projector.js';
import { recorded } from '../core/recorded.js';

/** Formats what a resolver threw, and keeps what was logged. */
function formatted(thrown: Error) {
  const logged: object[] = [];
  const keep = (details: object) => void logged.push(details);
  const format = errorFormatter({
    log: { info: keep, warn: keep, error: keep },
    newId: () => 'id-1',
    suggests: true,
  });
  const error = new GraphQLError(thrown.message, { originalError: thrown, path: ['user'] });
  return { answer: format(error.toJSON(), error), logged };
}

describe('an error on its way to a client', () => {
  it('is masked when nobody foresaw it; the log has its cause under the same id', () => {
    const cause = new Error('password=hunter2');
    const { answer, logged } = formatted(cause);
    expect(answer).toMatchObject({
      path: ['user'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: 'id-1' },
    });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    expect(logged).toEqual([{ err: cause, errorId: 'id-1', path: ['user'] }]);
  });

  it.each([
    [new BeyondTheEnd('version', 9, 2), 'BAD_USER_INPUT'],
    [new UnknownEvent(recorded('UserTeleported')), 'UNKNOWN_EVENT'],
    [new ProjectionBehind('users', positionOf(3), positionOf(2)), 'PROJECTION_BEHIND'],
    [new StoreStopped('No command is accepted.'), 'STORE_STOPPED'],
    [new StoreUnavailable('Try again later.'), 'STORE_UNAVAILABLE'],
    [new OutcomeUnknown('Send it again.'), 'OUTCOME_UNKNOWN'],
    [new GraphQLError('Wrong.', { extensions: { code: 'MINE' } }), 'MINE'],
  ])('is passed on when the client can act on it: %s', (thrown, code) => {
    const { answer, logged } = formatted(thrown);
    expect(answer).toMatchObject({ message: thrown.message, extensions: { code } });
    expect(logged).toEqual([]);
  });
});
