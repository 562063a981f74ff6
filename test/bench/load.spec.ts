import { expect, it } from 'vitest';
import { failureIn } from '../../bench/load/operations.js';
import { turnsOf } from '../../bench/load/turns.js';

const variablesOf = (body: string): unknown => JSON.parse(body).variables;
const answer = (value: unknown): string => JSON.stringify({ data: { answer: value } });

it('takes nothing for an answer that is none', () => {
  expect(failureIn('rename', 200, answer({ success: true, error: null }))).toBeNull();
  expect(
    failureIn('page', 200, answer({ nodes: Array.from({ length: 20 }, () => ({})) })),
  ).toBeNull();
  expect(failureIn('user', 200, answer({ id: 'ada' }))).toBeNull();

  expect(failureIn('asOf', 200, answer({ users: { nodes: [{}] } }))).toBe('1 users');
  expect(failureIn('user', 500, '')).toBe('HTTP 500');
  expect(failureIn('user', 200, answer(null))).toBe('null');
  expect(failureIn('page', 200, answer({ nodes: [] }))).toBe('0 users');
  expect(failureIn('create', 200, '{"errors":[{"message":"no"}],"data":null}')).toBe('no');
  const refused = { success: false, error: { code: 'VERSION_CONFLICT' } };
  expect(failureIn('rename', 200, answer(refused))).toBe('VERSION_CONFLICT');
});

it('renames each user in turn from the version that it has, and none whose version is not known', () => {
  const users = ['ada', 'bob'].map((id) => ({ id, version: 1 }));
  const turns = turnsOf('rename', 'p', { users, between: [0, 0] });
  const sent = [true, false, true, true].map((well) => {
    const body = turns.next();
    turns.answered(well);
    return variablesOf(body);
  });
  expect(sent).toEqual([
    { id: 'ada', version: 1, name: 'Name 1' },
    { id: 'bob', version: 1, name: 'Name 2' },
    { id: 'ada', version: 2, name: 'Name 3' },
    { id: 'ada', version: 3, name: 'Name 4' },
  ]);
});

it('creates no user twice', () => {
  const turns = turnsOf('create', 'p', { users: [], between: [0, 0] });
  expect([turns.next(), turns.next()].map(variablesOf)).toEqual([
    { id: 'p-1', name: 'Name 1' },
    { id: 'p-2', name: 'Name 2' },
  ]);
});

it('asks for moments from the first time to the last', () => {
  const users = [{ id: 'ada', version: 3 }];
  const turns = turnsOf('moment', 'p', { users, between: [1_000, 1_002] });
  const asked = Array.from({ length: 200 }, () => variablesOf(turns.next()));
  expect(new Set(asked.map((variables) => JSON.stringify(variables)))).toEqual(
    new Set(['00', '01', '02'].map((end) => `{"id":"ada","at":"1970-01-01T00:00:01.0${end}Z"}`)),
  );
});
