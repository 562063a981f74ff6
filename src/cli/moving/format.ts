import type { RecordedEvent } from '../../core/event.js';

/** The form of the lines; docs/moving.md tells it. */
const FORMAT = 1;

/** A file cannot be imported; the message names it and the line, in one line. */
export class BadFile extends Error {
  override readonly name = 'BadFile';
}

export const HEADER = `${JSON.stringify({ hindsight: 'log', format: FORMAT })}\n`;

/** What a whole file ends with: how many events it has, and a digest of all that stands before. */
export const footerOf = (events: number, sha256: string): string =>
  `${JSON.stringify({ hindsight: 'end', events, sha256 })}\n`;

export function eventLine(event: RecordedEvent): string {
  const line = {
    id: event.id,
    position: event.position,
    aggregateType: event.aggregateType,
    aggregateId: event.aggregateId,
    version: event.version,
    recordedAt: event.recordedAt,
    actor: event.actor,
    correlationId: event.correlationId,
    causationId: event.causationId,
    commandId: event.commandId,
    commandDigest: event.commandDigest,
    traceparent: event.traceparent,
    type: event.type,
    schemaVersion: event.schemaVersion,
    data: event.data,
  } satisfies RecordedEvent;
  return `${JSON.stringify(line)}\n`;
}

/** What a line is that has the key `hindsight`; undefined for an event. */
export function frameOf(line: object): 'header' | 'footer' | 'unknown' | undefined {
  if (!('hindsight' in line)) return undefined;
  if (line.hindsight === 'end') return 'footer';
  return line.hindsight === 'log' && 'format' in line && line.format === FORMAT
    ? 'header'
    : 'unknown';
}
