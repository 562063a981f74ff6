import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { WorldThenDocument } from '../../generated/graphql';
import { ask } from '../api/ask';
import { latest } from '../api/latest';
import { shownSpan, zoom } from '../state/activity';
import { chosen, moment } from '../state/place';
import { stop } from '../state/player';
import { countUntil, goToVersion } from '../state/steps';
import { stream } from '../state/stream';

/** So near to the right end, in pixels, is the present. */
const PRESENT = 6;

/** Where a pointer moves the moment; dragging over the density is left to its own. */
export function Scrubbing({ children }: { readonly children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  const scrub = (event: PointerEvent): void => {
    const { current } = box;
    const span = shownSpan.value;
    if (current === null || span === null || event.buttons !== 1) return;
    const { left, width } = current.getBoundingClientRect();
    const x = Math.min(Math.max(event.clientX - left, 0), width);
    stop();
    if (zoom.value === null && x >= width - PRESENT) moment.value = null;
    else goToTime(span.from + (x / width) * (span.to - span.from));
  };
  return (
    <div
      ref={box}
      class="tracks"
      onPointerDown={(event) => {
        if (!(event.target instanceof Element) || event.target.closest('.density')) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        scrub(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) scrub(event);
      }}
    >
      {children}
    </div>
  );
}

function goToTime(time: number): void {
  const known = stream.value;
  if (known === null || known.id !== chosen.value) askFor(time);
  else goToVersion(countUntil(known.facts, time));
}

const askFor = latest(async (time: number) => {
  const at = new Date(time).toISOString();
  const found = await ask(WorldThenDocument, { at }).catch(() => null);
  if (found !== null) moment.value = Number(found.asOf.position);
});
