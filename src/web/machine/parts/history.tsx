import { versions } from '../state/steps';
import { stream, streamOperation } from '../state/stream';
import { EventLine } from './event-line';
import { ShowGraphQL } from './show-graphql';

const BEFORE = 6;
const AFTER = 4;

/** The events of the chosen user around the version that is shown, the newest first. */
export function History() {
  const known = stream.value;
  const shown = versions()?.shown;
  if (known === null || shown === undefined) return null;
  const around = known.facts.slice(Math.max(shown - BEFORE, 0), shown + AFTER).toReversed();
  return (
    <section class="part history" aria-labelledby="history-title">
      <header>
        <h2 id="history-title">What became of it</h2>
        <span class="grow" />
        <ShowGraphQL of="its events" operation={streamOperation(known.id)} />
      </header>
      <ol class="events">
        {around.map((fact) => (
          <EventLine key={fact.id} fact={fact} isCurrent={fact.version === shown} />
        ))}
      </ol>
    </section>
  );
}
