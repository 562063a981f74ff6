import { shownSpan } from '../state/activity';
import { moment, pins, type Moment } from '../state/place';
import { stop } from '../state/player';
import { head } from '../state/pulse';
import { scene } from '../state/scene';
import { countUpTo, goToVersion, step, versions } from '../state/steps';
import { stream } from '../state/stream';
import { placeOf } from './ticks';
import { timeInWords } from './words';

/** The moment that is looked at, to be moved, and those that are pinned. */
export function Handle() {
  const steps = versions();
  const last = steps?.last ?? head.value ?? 0;
  const shown = steps?.shown ?? moment.value ?? last;
  return (
    <>
      <PinMark name="a" />
      <PinMark name="b" />
      <div
        class={`handle ${moment.value === null ? '' : 'past'}`}
        style={{ left: percent(timeOf(moment.value)) }}
        role="slider"
        tabIndex={0}
        aria-label="Moment"
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={shown}
        aria-valuetext={momentInWords(shown, last)}
        onKeyDown={onKey}
      />
    </>
  );
}

function PinMark({ name }: { readonly name: 'a' | 'b' }) {
  const place = pins[name].value;
  if (place === null) return null;
  const left = percent(timeOf(place));
  return <div class={`mark pin-${name}`} style={{ left }} aria-hidden="true" />;
}

function momentInWords(shown: number, last: number): string {
  if (moment.value === null) return 'Now';
  const at = scene.value?.at ?? null;
  const what = versions() === null ? 'position' : 'version';
  return `${what} ${shown} of ${last}${at === null ? '' : `, ${timeInWords(at)}`}`;
}

/** Beyond the arrows, which work on the whole page. */
function onKey(event: KeyboardEvent): void {
  const move = KEYS[event.key];
  if (move === undefined) return;
  event.preventDefault();
  stop();
  move();
}

const KEYS: Readonly<Record<string, () => void>> = {
  Home: () => {
    if (versions() === null) moment.value = 0;
    else goToVersion(0);
  },
  End: () => {
    moment.value = null;
  },
  PageDown: () => step(-10),
  PageUp: () => step(10),
};

/** When a moment was, in milliseconds; null for now. */
function timeOf(at: Moment): number | null {
  if (at === null) return null;
  const known = stream.value?.facts;
  const fact = known?.[countUpTo(known, at) - 1];
  if (fact?.position === at) return fact.time;
  const seen = scene.value;
  if (seen?.position === at && seen.at !== null) return Date.parse(seen.at);
  return fact?.time ?? shownSpan.value?.from ?? 0;
}

function percent(time: number | null): string {
  const span = shownSpan.value;
  if (time === null || span === null) return '100%';
  return `${(Math.min(Math.max(placeOf(time, span), 0), 1) * 100).toFixed(3)}%`;
}
