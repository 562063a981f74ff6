import { expect, it } from 'vitest';
import type { Case } from './case.js';
import { judge } from './judge.js';

const CASE: Case = {
  id: 'H000',
  door: 'stdio',
  title: 'a case',
  send: '',
  answer: { right: true },
};

/** One that takes every case as it should, and leaves nothing behind. */
function sound() {
  return {
    send: async (): Promise<unknown> => ({ right: true }),
    head: async () => 7,
    held: async () => 0,
    isAlive: () => true,
    complaints: (): readonly string[] => [],
  };
}

/** Answers the first of these, then the next, and the last again and again. */
function inTurn<T>(...[first, ...rest]: readonly [T, ...T[]]): () => T {
  const left = [first, ...rest];
  let last = first;
  return () => (last = left.shift() ?? last);
}

it('finds nothing wrong with what is right', async () => {
  expect(await judge(sound(), CASE)).toEqual([]);
});

it.each([
  ['a wrong answer', { send: async () => ({ right: false }) }, 'answered {"right":false}'],
  [
    'a stack in an answer',
    { send: async () => ({ right: true, text: 'at f (dist/main.js:3:9)' }) },
    'shows its inside',
  ],
  ['a page', { send: async () => ({ right: true, text: '<HTML>' }) }, 'shows its inside'],
  [
    'an event',
    {
      head: (
        (turn) => async () =>
          turn()
      )(inTurn(7, 8)),
    },
    '1 events were appended',
  ],
  ['an end', { isAlive: () => false }, 'the process has ended'],
  [
    'an error in the log',
    { complaints: inTurn<string[]>([], ['oh']) },
    'an error to the server: oh',
  ],
  ['a loop that is held', { held: async () => 101 }, 'held the event loop for 101 ms'],
])('finds %s', async (_, fault, what) => {
  expect(await judge({ ...sound(), ...fault }, CASE)).toEqual([expect.stringContaining(what)]);
});

it('forgives what a busy machine held up once', async () => {
  const held = inTurn(0, 500, 0, 500, 0, 5);
  expect(await judge({ ...sound(), held: async () => held() }, CASE)).toEqual([]);
});
