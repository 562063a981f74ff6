import { RecentDocument } from '../../generated/graphql';
import { operation } from '../api/graphiql';
import { eventTypes } from '../form/command';
import { chosen } from '../state/place';
import {
  aggregateFilter,
  hearing,
  held,
  heldCount,
  pause,
  recentVariables,
  resume,
  tail,
  typeFilter,
} from '../state/tail';
import { EventLine } from './event-line';
import { ShowGraphQL } from './show-graphql';
import { count } from './words';

/** What is happening now. */
export function Tail() {
  return (
    <section class="part tail" aria-labelledby="tail-title">
      <header>
        <h2 id="tail-title">What happens</h2>
        <span class="grow" />
        <PauseButton />
        <ShowGraphQL
          of="the last events"
          operation={operation(RecentDocument, recentVariables.value)}
        />
      </header>
      <Filters />
      <HearingLine />
      {/* The newest would else be read out over all that people listen to. */}
      <div class="events" role="log" aria-live="off" aria-label="Events, the newest first">
        <ol>
          {tail.value.map((fact) => (
            <EventLine key={fact.id} fact={fact} named />
          ))}
        </ol>
      </div>
    </section>
  );
}

function PauseButton() {
  if (held.value === null) {
    return (
      <button type="button" onClick={pause}>
        Pause
      </button>
    );
  }
  return (
    <button type="button" class="waiting" onClick={resume}>
      Go on ({count(heldCount.value)} new)
    </button>
  );
}

function Filters() {
  return (
    <form class="filters" onSubmit={(event) => event.preventDefault()}>
      <select
        aria-label="Type of event"
        value={typeFilter.value}
        onChange={(event) => {
          typeFilter.value = event.currentTarget.value;
        }}
      >
        <option value="">All types</option>
        {eventTypes.value.map((type) => (
          <option key={type} value={type}>
            {type}
          </option>
        ))}
      </select>
      <input
        list="aggregates"
        aria-label="Of which aggregate, by its id"
        placeholder="All aggregates"
        value={aggregateFilter.value}
        onChange={(event) => {
          aggregateFilter.value = event.currentTarget.value.trim();
        }}
      />
      <datalist id="aggregates">
        {aggregates().map((id) => (
          <option key={id} value={id} />
        ))}
      </datalist>
    </form>
  );
}

/** The chosen one, and those that something happened to of late. */
const aggregates = (): readonly string[] => [
  ...new Set([chosen.value ?? '', ...tail.value.map((fact) => fact.aggregateId)]),
];

function HearingLine() {
  const { value: heard } = hearing;
  return (
    <p class={`quiet hint hearing-${heard.kind}`} role="status">
      {words(heard)}
    </p>
  );
}

function words(heard: typeof hearing.value): string {
  switch (heard.kind) {
    case 'beginning':
      return 'Connecting…';
    case 'listening':
      return 'Listening.';
    case 'lost':
      return 'The connection is lost. Trying again…';
    case 'resumed':
      return `Listening. The connection was lost and went on behind #${heard.after}: nothing was missed.`;
    case 'refused':
      return heard.why;
    default:
      return heard satisfies never;
  }
}
