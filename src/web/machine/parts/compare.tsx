import { BlameDocument, DiffDocument } from '../../generated/graphql';
import { factOf, type Fact } from '../api/facts';
import { operation } from '../api/graphiql';
import { comparison, diffVariables, type Comparison } from '../state/compare';
import { moment, pins, type Pin } from '../state/place';
import { countUpTo } from '../state/steps';
import { stream } from '../state/stream';
import { EventLine } from './event-line';
import { ShowGraphQL } from './show-graphql';
import { count, timeInWords } from './words';

const LISTED_AT_MOST = 100;

/** What is not the same at the two moments that are pinned, what lies between them, and who did it. */
export function Compare() {
  const { value: shown } = comparison;
  if (shown === null) {
    const pinned = (['a', 'b'] as const).filter((pin) => pins[pin].value !== null);
    if (pinned.length === 0) return null;
    const missing = pinned[0] === 'a' ? 'B' : 'A';
    return <p class="quiet hint">Go to another moment and pin it as {missing} to compare.</p>;
  }
  return (
    <section class="part compare" aria-labelledby="compare-title">
      <header>
        <h2 id="compare-title">
          <MomentLink position={shown.from} /> to <MomentLink position={shown.to} />
        </h2>
        <span class="grow" />
        <button type="button" onClick={unpin}>
          Unpin
        </button>
        <ShowGraphQL
          of="the comparison"
          operation={operation(DiffDocument, diffVariables(shown))}
        />
      </header>
      {shown.trouble !== null && <p role="alert">{shown.trouble}</p>}
      <Changes shown={shown} />
      {shown.blame.length > 0 && <LastSetBy shown={shown} />}
      <Between shown={shown} />
    </section>
  );
}

function unpin(): void {
  pins.a.value = null;
  pins.b.value = null;
}

function MomentLink({ position }: { readonly position: number }) {
  const go = () => {
    moment.value = position;
  };
  return (
    <button type="button" class="plain" onClick={go}>
      #{position}
    </button>
  );
}

/** Which pin is at a moment. */
const pinAt = (position: number): Pin => (pins.a.value === position ? 'a' : 'b');

function Changes({ shown: { changes, trouble, ...shown } }: { readonly shown: Comparison }) {
  if (trouble !== null) return null;
  if (changes.length === 0) return <p class="hint">Nothing differs.</p>;
  const [before, after] = [pinAt(shown.from), pinAt(shown.to)];
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">{before.toUpperCase()}, before</th>
          <th scope="col">{after.toUpperCase()}, after</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, from, to }) => (
          <tr key={field}>
            <th scope="row">{field}</th>
            <td class={`of-${before}`}>{from ?? '–'}</td>
            <td class={`of-${after}`}>{to ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Between({ shown: { id, from, to } }: { readonly shown: Comparison }) {
  const known = stream.value;
  if (known?.id !== id) return null;
  const facts = known.facts.slice(countUpTo(known.facts, from), countUpTo(known.facts, to));
  const listed = facts.slice(-LISTED_AT_MOST);
  return (
    <details open={facts.length <= 10}>
      <summary>{count(facts.length, 'event')} between</summary>
      {listed.length < facts.length && <p class="quiet">The last {LISTED_AT_MOST} of them:</p>}
      <Events facts={listed} />
    </details>
  );
}

function Events({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <ul class="events">
      {facts.map((fact) => (
        <EventLine key={fact.id} fact={fact} />
      ))}
    </ul>
  );
}

function LastSetBy({ shown: { id, to, blame } }: { readonly shown: Comparison }) {
  return (
    <>
      <header>
        <h3>Who set each field last</h3>
        <span class="grow" />
        <ShowGraphQL
          of="who set each field last"
          operation={operation(BlameDocument, { id, position: String(to) })}
        />
      </header>
      <table>
        <tbody>
          {blame.map(({ field, event }) => {
            const { type, actor, time, position } = factOf(event);
            return (
              <tr key={field}>
                <th scope="row">{field}</th>
                <td>
                  {actor ?? 'nobody named'}, by {type} <MomentLink position={position} />
                </td>
                <td class="quiet">{timeInWords(time)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}
