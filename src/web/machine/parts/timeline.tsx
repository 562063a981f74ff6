import { useEffect } from 'preact/hooks';
import { ActivityDocument } from '../../generated/graphql';
import { operation, type Operation } from '../api/graphiql';
import { activityVariables, zoom, zoomIn } from '../state/activity';
import { chosen } from '../state/place';
import { play, speed, stop, type Speed } from '../state/player';
import { scene } from '../state/scene';
import { step } from '../state/steps';
import { stream, streamOperation } from '../state/stream';
import { colourOf } from './colours';
import { Density } from './density';
import { Handle } from './handle';
import { Scrubbing } from './scrubbing';
import { ShowGraphQL } from './show-graphql';
import { Ticks } from './ticks';
import { count } from './words';

/** The way through time: the density of the log, the events of the chosen aggregate, and a handle. */
export function Timeline() {
  useEffect(() => {
    document.addEventListener('keydown', onArrow);
    return () => document.removeEventListener('keydown', onArrow);
  }, []);
  return (
    <section class="part timeline" aria-labelledby="timeline-title">
      <header>
        <h2 id="timeline-title">Time</h2>
        <Controls />
        <span class="grow" />
        <button type="button" title="Look closely at what is around this moment" onClick={closer}>
          Closer
        </button>
        {zoom.value !== null && (
          <button
            type="button"
            onClick={() => {
              zoom.value = null;
            }}
          >
            Whole log
          </button>
        )}
        <ShowGraphQL of="what the timeline shows" operation={shownOperation()} />
      </header>
      <Scrubbing>
        <Density />
        <Ticks />
        <Handle />
      </Scrubbing>
      <Legend />
    </section>
  );
}

const closer = (): void => {
  const at = scene.value?.at ?? null;
  if (at !== null) zoomIn(Date.parse(at));
};

function shownOperation(): Operation {
  const id = chosen.value;
  return id === null || stream.value === null
    ? operation(ActivityDocument, activityVariables())
    : streamOperation(id);
}

/** Anywhere on the page, but where arrows have a meaning already. */
function onArrow(event: KeyboardEvent): void {
  const { key, target, shiftKey, altKey, ctrlKey, metaKey } = event;
  if (altKey || ctrlKey || metaKey || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return;
  if (target instanceof Element && target.matches('input, select, textarea')) return;
  event.preventDefault();
  go((key === 'ArrowLeft' ? -1 : 1) * (shiftKey ? 10 : 1))();
}

const go = (by: number) => (): void => {
  stop();
  step(by);
};

function Controls() {
  return (
    <div class="controls" role="group" aria-label="Move in time">
      <button type="button" title="Arrow left" onClick={go(-1)}>
        Step back
      </button>
      <PlayButton at={1} />
      <PlayButton at={10} />
      <button type="button" title="Arrow right" onClick={go(1)}>
        Step on
      </button>
    </div>
  );
}

function PlayButton({ at }: { readonly at: Exclude<Speed, 0> }) {
  const isOn = speed.value === at;
  return (
    <button
      type="button"
      aria-pressed={isOn}
      title={`${count(at, 'step')} a second`}
      onClick={() => (isOn ? stop() : play(at))}
    >
      {isOn ? 'Stop' : `Play ${at}×`}
    </button>
  );
}

/** What the colours mean. */
function Legend() {
  const shown = stream.value;
  if (shown === null) return null;
  const counts = new Map<string, number>();
  for (const { type } of shown.facts) counts.set(type, (counts.get(type) ?? 0) + 1);
  return (
    <p class="legend quiet">
      {!shown.isWhole && <span role="status">{count(shown.facts.length)} events so far… </span>}
      {shown.trouble !== null && <span role="alert">{shown.trouble}</span>}
      {[...counts].map(([type, number]) => (
        <span key={type}>
          <span class={`dot type-${colourOf(type)}`} aria-hidden="true" /> {type} {count(number)}
        </span>
      ))}
    </p>
  );
}
