import type { Inspection, Piece, WrittenCommit } from '../../core/inspection.js';
import type { AnyProjection } from '../../core/projection.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import { ClaimsCheck } from './claims.js';
import { streamOf, type TellFault } from './fault.js';
import { checkKeptClaims } from './kept-claims.js';
import { MeaningCheck } from './meaning.js';
import { NamesCheck, type Seen } from './names.js';
import { OrderCheck } from './order.js';
import { checkProjection } from './projections.js';

export interface VerifyParts {
  readonly inspection: Inspection;
  readonly vocabulary: Vocabulary;
  readonly projections: readonly AnyProjection[];
  readonly newSeen: () => Seen;
  readonly tell: TellFault;
  /** Told of what is no broken promise, but should be known. */
  readonly note: (text: string) => void;
  /** `part` is how much of all was looked at, from 0 to 1. */
  readonly onProgress: (events: number, part: number) => void;
}

export interface Verified {
  readonly events: number;
  readonly streams: number;
}

/**
 * Looks through a log, and what is kept beside it, for broken promises, and goes on after each. Of each
 * event it remembers its id, and of each stream its version and the state that it came to.
 */
export async function verify(parts: VerifyParts): Promise<Verified> {
  const { inspection, vocabulary, note } = parts;
  const { kept, size } = inspection;
  const steps = 1 + (kept === null ? 0 : parts.projections.length);
  const check = new LogCheck(parts);
  for await (const piece of inspection.pieces()) {
    check.take(piece);
    parts.onProgress(check.events, piece.reached / size / steps);
  }
  for (const [type, events] of check.meaning.foreign) {
    note(
      `This build does not know the type ${type}: what its events say was not looked at (${events} of them).`,
    );
  }
  const verified = { events: check.events, streams: check.order.streams };
  if (kept === null) return verified;
  await checkKeptClaims({ ...parts, kept, vocabulary, claims: check.claims });
  for (const [index, projection] of parts.projections.entries()) {
    const onProgress = (part: number) => parts.onProgress(check.events, (1 + index + part) / steps);
    const hasLost = (stream: string) => check.claims.hasLost(stream);
    await checkProjection(
      { ...parts, kept, hasLost, end: check.order.end, onProgress },
      projection,
    );
  }
  return verified;
}

/** The log alone, piece after piece. */
class LogCheck {
  events = 0;
  readonly order: OrderCheck;
  readonly meaning: MeaningCheck;
  readonly claims: ClaimsCheck;
  readonly #names: NamesCheck;

  constructor(private readonly parts: VerifyParts) {
    const { vocabulary, newSeen, tell } = parts;
    this.order = new OrderCheck(tell);
    this.meaning = new MeaningCheck(vocabulary, tell);
    this.claims = new ClaimsCheck(vocabulary, tell);
    this.#names = new NamesCheck(newSeen, tell);
  }

  take(piece: Piece): void {
    switch (piece.kind) {
      case 'damage':
        this.order.passDamage();
        this.parts.tell({
          kind: 'damage',
          place: { of: 'file', offset: piece.offset },
          says: 'the line there is not the one that was written',
        });
        return;
      case 'unfinished':
        this.parts.note(
          `The last write, at byte ${piece.offset}, is not whole: a crash cut it short, or it is still under way. It was never acknowledged.`,
        );
        return;
      case 'commit':
        this.#takeCommit(piece);
        return;
      default:
        piece satisfies never;
    }
  }

  #takeCommit(commit: WrittenCommit): void {
    this.events += commit.events.length;
    const { events, gap } = this.order.take(commit);
    const [first, last] = [events[0], events.at(-1)];
    if (first === undefined || last === undefined) return;
    if (gap) this.claims.doubtBefore(last.position);
    this.#names.take(events, commit);
    const read = events.flatMap((event) => this.meaning.read(event, commit) ?? []);
    if (read.length < events.length || this.order.broken.has(streamOf(first))) {
      this.claims.lose(streamOf(first));
    } else this.claims.take(read, commit);
  }
}
