import type { Fact } from '../api/facts';
import { choose, moment } from '../state/place';
import { AGGREGATE_TYPE } from '../state/stream';
import { colourOf } from './colours';
import { dataInWords, timeInWords } from './words';

interface Props {
  readonly fact: Fact;
  /** Whether to name the aggregate, too. */
  readonly named?: boolean;
  /** Whether it is the one behind what is shown. */
  readonly isCurrent?: boolean;
}

/** An event: what, to whom, when, by whom, and what it says. */
export function EventLine({ fact, named = false, isCurrent = false }: Props) {
  const { type, aggregateType, aggregateId, position, recordedAt, actor, data } = fact;
  const isListed = aggregateType === AGGREGATE_TYPE;
  return (
    <li class="event" aria-current={isCurrent ? 'step' : undefined}>
      <span class={`dot type-${colourOf(type)}`} aria-hidden="true" /> <strong>{type}</strong>{' '}
      {named && isListed && (
        <button type="button" class="plain" onClick={() => choose(aggregateId)}>
          {aggregateId}
        </button>
      )}
      {named && !isListed && <span>{aggregateId}</span>}
      <button
        type="button"
        class="plain position"
        title="Show the world after this event"
        aria-label={`Go to position ${position}`}
        onClick={() => {
          if (isListed) choose(aggregateId);
          moment.value = position;
        }}
      >
        #{position}
      </button>
      <div class="quiet">
        <time dateTime={recordedAt}>{timeInWords(recordedAt)}</time>
        {actor !== null && <> by {actor}</>}
      </div>
      <div class="data">{dataInWords(data)}</div>
    </li>
  );
}
