import { expect, it } from 'vitest';
import { explain, type Failure } from '../../src/engine/outcome.js';

it.each<readonly [Failure, { code: string; message: string }]>([
  [
    { kind: 'conflict', expectedVersion: 1, actualVersion: 3, missed: [], current: undefined },
    { code: 'VERSION_CONFLICT', message: 'Expected version 1, but the actual version is 3.' },
  ],
  [
    { kind: 'refused', code: 'NOT_FOUND', message: 'There is no user ada.', current: undefined },
    { code: 'NOT_FOUND', message: 'There is no user ada.' },
  ],
  [
    {
      kind: 'invalid',
      issues: [
        { path: ['name'], message: 'must not be empty' },
        { path: ['tags', '0'], message: 'must be a text' },
        { path: [], message: 'must be an object' },
      ],
    },
    {
      code: 'VALIDATION_FAILED',
      message: 'name must not be empty; tags.0 must be a text; the command must be an object',
    },
  ],
])('explains $kind in a word and a sentence', (failure, explained) => {
  expect(explain(failure)).toEqual(explained);
});
