import type { RecordedEvent } from '../../core/event.js';
import type { WrittenCommit } from '../../core/inspection.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import { logPlace, reasonOf, type Fault, type TellFault } from './fault.js';

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
    const { aggregateType } = event;
    if (!this.vocabulary.aggregateTypes.has(aggregateType)) {
      this.foreign.set(aggregateType, (this.foreign.get(aggregateType) ?? 0) + 1);
      return undefined;
    }
    const read = this.#present(event);
    if ('present' in read) return read.present;
    this.tell({ ...read, place: logPlace(event, offset) });
    return undefined;
  }

  #present(event: RecordedEvent): Pick<Fault, 'kind' | 'says'> | { present: RecordedEvent } {
    const { aggregateType, type, schemaVersion } = event;
    const forms = this.vocabulary.formsOf(event);
    if (forms === 0) {
      return { kind: 'unknown event', says: `this build knows no ${type} of ${aggregateType}` };
    }
    const version = `${type} has schema version ${schemaVersion}`;
    if (schemaVersion > forms) {
      return { kind: 'unknown event', says: `${version}, and this build knows ${forms}` };
    }
    if (!Number.isInteger(schemaVersion) || schemaVersion < 1) {
      return { kind: 'unreadable event', says: `${version}, which there is not` };
    }
    try {
      return { present: this.vocabulary.upcast(event) };
    } catch (cause) {
      const says = `${type} cannot be brought to its present form (${reasonOf(cause)})`;
      return { kind: 'unreadable event', says };
    }
  }
}
