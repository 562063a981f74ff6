import type { RecordedEvent } from '../../../src/core/event.js';
import type { Inspection, Piece } from '../../../src/core/inspection.js';
import { NO_VOCABULARY, type Vocabulary } from '../../../src/core/vocabulary.js';
import { isOfSameCommit } from '../../../src/core/whole-log.js';
import type { Fault } from '../../../src/engine/verify/fault.js';
import { verify } from '../../../src/engine/verify/verify.js';

/** Events as their commits. */
export function commitsOf(events: readonly RecordedEvent[]): RecordedEvent[][] {
  const commits: RecordedEvent[][] = [];
  for (const event of events) {
    const before = commits.at(-1)?.at(-1);
    if (before !== undefined && isOfSameCommit(before, event)) commits.at(-1)?.push(event);
    else commits.push([event]);
  }
  return commits;
}

/** In the place of a commit that cannot be read. */
export const DAMAGE = 'damage' as const;

export type Planned = readonly RecordedEvent[] | typeof DAMAGE;

const pieceOf = (commit: Planned, index: number): Piece =>
  commit === DAMAGE
    ? { kind: 'damage', offset: index, reached: index + 1 }
    : { kind: 'commit', events: commit, offset: null, reached: index + 1 };

/** What is found in a log of these commits, with nothing kept beside it. */
export async function look(commits: readonly Planned[], vocabulary: Vocabulary = NO_VOCABULARY) {
  const [faults, notes, parts]: [Fault[], string[], number[]] = [[], [], []];
  const inspection: Inspection = {
    size: commits.length,
    async *pieces() {
      for (const [index, commit] of commits.entries()) yield pieceOf(commit, index);
    },
    kept: null,
  };
  const verified = await verify({
    inspection,
    vocabulary,
    projections: [],
    newSeen() {
      const seen = new Set<string>();
      return { add: (text) => seen.size < seen.add(text).size };
    },
    tell: (fault) => faults.push(fault),
    note: (text) => notes.push(text),
    onProgress: (_, part) => parts.push(part),
  });
  return { faults, notes, parts, ...verified };
}

/** Faults in short: of which kind and at which position. */
export const brief = (faults: readonly Fault[]): readonly string[] =>
  faults.map(({ kind, place }) => (place.of === 'log' ? `${kind} ${place.position}` : kind));
