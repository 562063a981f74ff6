import * as fc from 'fast-check';
import { positionOf, START, type RecordedEvent } from '../../../src/core/event.js';
import { timestampOf } from '../../../src/core/time.js';
import type { JsonObject } from '../../../src/core/json.js';
import { record } from '../../../src/stores/record.js';

const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter(isText);
const maybe = fc.option(texts, { nil: null });

/** What the file takes for a text. */
function isText(text: string): boolean {
  return /^[^\p{Cc}\p{Cs}]+$/u.test(text);
}

const data: fc.Arbitrary<JsonObject> = fc
  .dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())
  .map((each) => JSON.parse(JSON.stringify(each)));

const commits = fc.record({
  type: fc.constantFrom('Thing', 'Order'),
  id: fc.constantFrom('a', 'b', 'Ödön 🦉'),
  pause: fc.nat(2),
  isNamed: fc.boolean(),
  origin: fc.record({
    actor: maybe,
    correlationId: fc.constantFrom('r1', 'r2'),
    causationId: maybe,
    commandDigest: maybe,
    traceparent: maybe,
  }),
  events: fc.array(
    fc.record({
      type: fc.constantFrom('Came', 'Went'),
      schemaVersion: fc.integer({ min: 1, max: 3 }),
      data,
    }),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
});

type Planned = typeof commits extends fc.Arbitrary<infer T> ? T : never;

/** Logs of a few streams, of types that no build knows, with any data. */
export const logs: fc.Arbitrary<readonly RecordedEvent[]> = fc
  .array(commits, { maxLength: 12 })
  .map(recordAll);

function recordAll(planned: readonly Planned[]): readonly RecordedEvent[] {
  const events: RecordedEvent[] = [];
  let time = Date.parse('2026-01-01T00:00:00Z');
  for (const [index, { type, id, pause, isNamed, origin, events: said }] of planned.entries()) {
    time += pause;
    const version = events.filter((each) => each.aggregateType === type && each.aggregateId === id);
    const commit = {
      stream: { type, id },
      expectedVersion: version.length,
      events: said.map((each, place) => ({ ...each, id: `event-${index}-${place}` })),
      metadata: { ...origin, commandId: isNamed ? `command-${index}` : null },
      claims: [],
      releases: [],
    };
    const position = positionOf(events.at(-1)?.position ?? START);
    events.push(...record(commit, { position, version: version.length }, timestampOf(time)));
  }
  return events;
}
