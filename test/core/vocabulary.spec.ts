import { describe, expect, it } from 'vitest';
import { NO_VOCABULARY, vocabularyOf } from '../../src/core/vocabulary.js';
import { userAggregate } from '../../src/domains/user/aggregate.js';
import { recorded } from './recorded.js';

const vocabulary = vocabularyOf([userAggregate]);

const created = (email: string | null = 'Ada@example.org') =>
  recorded('UserCreated', { name: 'Ada', email, status: 'active' }, { schemaVersion: 2 });
const changed = (email: string, version = 2) =>
  recorded('UserEmailChanged', { email }, { version });

describe('a vocabulary', () => {
  it('brings an event of its domains to its present form', () => {
    const old = recorded('UserCreated', { name: 'Ada', email: null });
    expect(vocabulary.upcast(old)).toEqual({
      ...old,
      schemaVersion: 2,
      data: { name: 'Ada', email: null, status: 'active' },
    });
    expect(vocabulary.recognises(old)).toBe(false);
    expect(vocabulary.recognises(vocabulary.upcast(old))).toBe(true);
  });

  it('leaves alone what it has no word for', () => {
    const strange = { ...recorded('UserCreated'), aggregateType: 'Order' };
    for (const event of [strange, recorded('UserTeleported')]) {
      expect(vocabulary.upcast(event)).toBe(event);
      expect(vocabulary.recognises(event)).toBe(false);
    }
  });

  it('may be empty', () => {
    expect(NO_VOCABULARY.upcast(created())).toEqual(created());
    expect(NO_VOCABULARY.recognises(created())).toBe(false);
    expect(NO_VOCABULARY.claimsOf([created()])).toEqual([]);
  });
});

describe('the keys that a stream holds', () => {
  it('are those of the state that it leads to', () => {
    expect(vocabulary.claimsOf([created()])).toEqual(['email:ada@example.org']);
    expect(vocabulary.claimsOf([created(), changed('b@example.org')])).toEqual([
      'email:b@example.org',
    ]);
    expect(vocabulary.claimsOf([created(null)])).toEqual([]);
    expect(vocabulary.claimsOf([])).toEqual([]);
  });

  it.each([
    ['type', recorded('UserTeleported', {}, { version: 2 })],
    ['schema version', recorded('UserDeactivated', {}, { version: 2, schemaVersion: 9 })],
  ])('are those before the first event of an unknown %s, whatever follows it', (_, unknown) => {
    const after = changed('b@example.org', 3);
    expect(vocabulary.claimsOf([created(), unknown, after])).toEqual(['email:ada@example.org']);
  });

  it('are none where the events make no history: that is for the projection to report', () => {
    const renamed = recorded('UserRenamed', { name: 'Ada' });
    expect(vocabulary.claimsOf([renamed, created()])).toEqual([]);
    const odd = { name: 'Ada', email: 5, status: 'active' };
    expect(vocabulary.claimsOf([recorded('UserCreated', odd, { schemaVersion: 2 })])).toEqual([]);
  });

  it('are none when the first event is unknown already', () => {
    const unknown = recorded('UserCreated', {}, { schemaVersion: 3 });
    expect(vocabulary.claimsOf([unknown, changed('b@example.org')])).toEqual([]);
  });

  it('are none for a type of aggregate that nobody knows, or that has nothing unique', () => {
    const { claims: _, ...free } = userAggregate;
    expect(vocabularyOf([free]).claimsOf([created()])).toEqual([]);
    expect(vocabulary.claimsOf([{ ...created(), aggregateType: 'Order' }])).toEqual([]);
  });
});
