import type { RecordedEvent } from '../../core/event.js';
import type { WrittenCommit } from '../../core/inspection.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import { logPlace, reasonOf, type FaultKind, type TellFault } from './fault.js';

/** Whether this build has a meaning for each event. */
export class MeaningCheck {
  /** How many events there are of each type of aggregates that this build does not know. */
  readonly foreign = new Map<string, number>();

  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly tell: TellFault,
  ) {}

  /** Answers the event in its present form; undefined for one that has none here. */
  read(event: RecordedEvent, { offset }: WrittenCommit): RecordedEvent | undefined {
    const { aggregateType, type, schemaVersion } = event;
    if (!this.vocabulary.aggregateTypes.has(aggregateType)) {
      this.foreign.set(aggregateType, (this.foreign.get(aggregateType) ?? 0) + 1);
      return undefined;
    }
    const say = (kind: FaultKind, says: string): undefined =>
      this.tell({ kind, place: logPlace(event, offset), says }) as undefined;
    const forms = this.vocabulary.formsOf(event);
    if (forms === 0) return say('unknown event', `this build knows no ${type} of ${aggregateType}`);
    if (schemaVersion > forms) {
      return say(
        'unknown event',
        `${type} has schema version ${schemaVersion}, and this build knows ${forms}`,
      );
    }
    if (!Number.isInteger(schemaVersion) || schemaVersion < 1) {
      return say(
        'unreadable event',
        `${type} has schema version ${schemaVersion}, which there is not`,
      );
    }
    try {
      return this.vocabulary.upcast(event);
    } catch (cause) {
      return say(
        'unreadable event',
        `${type} cannot be brought to its present form (${reasonOf(cause)})`,
      );
    }
  }
}
