import { positionOf, type RecordedEvent } from '../../src/core/event.js';
import type { JsonObject } from '../../src/core/json.js';
import { timestampOf } from '../../src/core/time.js';
import { METADATA } from '../support/metadata.js';

/** The first event of a stream, unless it is said to be another. */
export function recorded(
  type: string,
  data: JsonObject = {},
  more: { readonly schemaVersion?: number; readonly version?: number } = {},
): RecordedEvent {
  const { schemaVersion = 1, version = 1 } = more;
  return {
    ...METADATA,
    id: `event-${version}`,
    position: positionOf(version),
    aggregateType: 'User',
    aggregateId: 'ada',
    version,
    recordedAt: timestampOf(version),
    type,
    schemaVersion,
    data,
  };
}
