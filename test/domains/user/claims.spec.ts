import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { userAggregate } from '../../../src/domains/user/aggregate.js';
import { userClaims } from '../../../src/domains/user/claims.js';
import { histories } from './arbitraries.js';
import { stateAfter } from './given.js';

const user = { status: 'active', name: 'Ada', email: 'Ada@Example.org' } as const;

describe('a user holds', () => {
  it('its address while it is active, without regard to case', () => {
    expect(userClaims.heldIn(user)).toEqual(['email:ada@example.org']);
    expect(userClaims.heldIn({ ...user, email: 'ADA@EXAMPLE.ORG' })).toEqual(
      userClaims.heldIn(user),
    );
  });

  it('nothing without an address, before it exists, or once it is deactivated', () => {
    expect(userClaims.heldIn({ ...user, email: null })).toEqual([]);
    expect(userClaims.heldIn({ status: 'unknown' })).toEqual([]);
    expect(userClaims.heldIn({ ...user, status: 'deactivated' })).toEqual([]);
  });

  it('one key at most, whatever its history, and exactly when it is reachable under it', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const state = stateAfter(history);
        const reachable = state.status === 'active' && state.email !== null;
        expect(userClaims.heldIn(state)).toHaveLength(reachable ? 1 : 0);
      }),
    );
  });
});

it('a taken address is answered without a word about who has it', () => {
  expect(userClaims.taken('email:ada@example.org')).toEqual({
    outcome: 'refused',
    code: 'EMAIL_TAKEN',
    message: 'Another user has this e-mail address.',
  });
});

describe('a user shows', () => {
  it('its name, its address and its status', () => {
    expect(userAggregate.fields(user)).toEqual({
      name: 'Ada',
      email: 'Ada@Example.org',
      status: 'ACTIVE',
    });
    expect(userAggregate.fields({ ...user, email: null, status: 'deactivated' })).toEqual({
      name: 'Ada',
      email: null,
      status: 'DEACTIVATED',
    });
  });

  it('nothing before it exists', () => {
    expect(userAggregate.fields({ status: 'unknown' })).toEqual({});
  });
});
