import type { Metadata } from '../src/core/event.js';

/** Of a commit that nobody in particular asked for. */
export const NOBODY: Metadata = {
  actor: null,
  correlationId: 'bench',
  causationId: null,
  commandId: null,
  commandDigest: null,
  traceparent: null,
};
