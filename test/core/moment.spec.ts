import { describe, expect, it } from 'vitest';
import { BeyondTheEnd } from '../../src/core/moment.js';

describe('a moment beyond the end', () => {
  it.each(['version', 'position'] as const)('names the %s asked for, and the highest', (what) => {
    const error = new BeyondTheEnd(what, 9, 3);
    expect(error).toMatchObject({ name: 'BeyondTheEnd', what, asked: 9, highest: 3 });
    expect(error.message).toBe(`There is no ${what} 9 yet; the highest is 3.`);
    expect(error).toBeInstanceOf(Error);
  });
});
