import { expect } from 'vitest';

/** What the server says is what the model says. */
export function expectSame(said: unknown, expected: unknown): void {
  expect(said).toEqual(expected);
}
