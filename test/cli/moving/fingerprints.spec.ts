import { expect, it } from 'vitest';
import { Fingerprints } from '../../../src/cli/moving/fingerprints.js';

it('tells new texts from those that it has seen, however many', () => {
  const fingerprints = new Fingerprints();
  const texts = Array.from({ length: 20_000 }, (_, index) => `text ${index}`);
  expect(texts.every((text) => fingerprints.add(text))).toBe(true);
  expect(texts.some((text) => fingerprints.add(text))).toBe(false);
  expect(fingerprints.add('')).toBe(true);
  expect(fingerprints.add('')).toBe(false);
});
