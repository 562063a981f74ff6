import type { Metadata, Origin } from '../../src/core/event.js';

export const ORIGIN: Origin = {
  actor: null,
  correlationId: 'test',
  causationId: null,
  traceparent: null,
};

/** Of a commit that nobody in particular asked for. */
export const METADATA: Metadata = { ...ORIGIN, commandId: null, commandDigest: null };
