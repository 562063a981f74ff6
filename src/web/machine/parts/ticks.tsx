import { useEffect, useRef } from 'preact/hooks';
import type { Fact } from '../api/facts';
import { shownSpan, type Span } from '../state/activity';
import { stream } from '../state/stream';
import { COLOURS, colourOf, styled } from './colours';
import { useDarkness } from './use-darkness';
import { useWidth } from './use-width';

const HEIGHT = 36;
/** So many events stand side by side that thinner ticks tell more. */
const MANY = 1_000;

/** A tick for each event of the chosen aggregate, over real time. */
export function Ticks() {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(box);
  const isDark = useDarkness();
  const shown = stream.value;
  const span = shownSpan.value;
  useEffect(() => {
    if (canvas.current === null || width === 0) return;
    draw(canvas.current, width, shown?.facts ?? [], span);
  }, [shown, span, width, isDark]);
  return (
    <div ref={box} class="ticks">
      <canvas ref={canvas} aria-hidden="true" />
    </div>
  );
}

function draw(
  canvas: HTMLCanvasElement,
  width: number,
  facts: readonly Fact[],
  span: Span | null,
): void {
  const scale = devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = HEIGHT * scale;
  const pen = canvas.getContext('2d');
  if (pen === null || span === null) return;
  pen.scale(scale, scale);
  const thickness = facts.length > MANY ? 1 : 2;
  const colours = Array.from({ length: COLOURS }, (_, index) => styled(`--type-${index}`));
  for (const { time, type } of facts) {
    const place = placeOf(time, span);
    if (place < 0 || place > 1) continue;
    pen.fillStyle = colours[colourOf(type)] ?? '';
    pen.fillRect(Math.min(place * width, width - thickness), 4, thickness, HEIGHT - 8);
  }
}

/** Where a time stands in a span: 0 at its beginning, 1 at its end. */
export const placeOf = (time: number, { from, to }: Span): number => (time - from) / (to - from);
