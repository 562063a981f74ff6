import { differenceOf, type ClaimChanges } from '../core/claims.js';
import type { RecordedEvent, StreamId } from '../core/event.js';
import type { Vocabulary } from '../core/vocabulary.js';
import { lastOf, streamKey, type RecordedCommit } from './record.js';

/** Commits on one stream, and the last of them. */
interface OfStream {
  readonly stream: StreamId;
  readonly events: RecordedEvent[];
  last: RecordedCommit;
}

/**
 * What each of these commits does to the keys that are held. Nobody comes in between, so the last on a
 * stream may make all of the difference.
 */
export function claimsMade(
  commits: readonly RecordedCommit[],
  vocabulary: Pick<Vocabulary, 'claimsOf' | 'upcast'>,
  before: (stream: StreamId) => readonly RecordedEvent[],
): ReadonlyMap<RecordedCommit, ClaimChanges> {
  const made = new Map<RecordedCommit, ClaimChanges>(
    commits.map((commit) => [commit, { claims: [], releases: [] }]),
  );
  for (const { stream, events, last } of byStream(commits)) {
    const past = before(stream);
    const present = [...past, ...events.map((event) => vocabulary.upcast(event))];
    made.set(last, differenceOf(vocabulary.claimsOf(past), vocabulary.claimsOf(present)));
  }
  return made;
}

function byStream(commits: readonly RecordedCommit[]): Iterable<OfStream> {
  const streams = new Map<string, OfStream>();
  for (const commit of commits) {
    const { aggregateType: type, aggregateId: id } = lastOf(commit);
    const known = streams.get(streamKey({ type, id }));
    if (known === undefined) {
      streams.set(streamKey({ type, id }), {
        stream: { type, id },
        events: [...commit],
        last: commit,
      });
      continue;
    }
    known.events.push(...commit);
    known.last = commit;
  }
  return streams.values();
}
