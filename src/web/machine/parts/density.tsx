import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { activity, shownSpan, zoom } from '../state/activity';
import { styled } from './colours';
import { useDarkness } from './use-darkness';
import { useWidth } from './use-width';

const HEIGHT = 64;
/** In pixels: less was a click. */
const DRAG_AT_LEAST = 4;

/** How much happened in the whole log, over time. Dragging over a part looks at it closely. */
export function Density() {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const width = useWidth(box);
  const isDark = useDarkness();
  const shown = activity.value;
  const span = shownSpan.value;

  useEffect(() => {
    if (box.current === null) return undefined;
    const made = new uPlot(OPTIONS, [[], []], box.current);
    plot.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => plot.current?.redraw(), [isDark]);
  useEffect(() => {
    if (width > 0) plot.current?.setSize({ width, height: HEIGHT });
  }, [width]);
  useEffect(() => {
    if (shown === null || span === null) return;
    // What happens all at once would else make the rest too small to be seen.
    const heights = shown.counts.map(Math.sqrt);
    plot.current?.setData([[...shown.times], heights], false);
    plot.current?.setScale('x', { min: span.from, max: span.to });
  }, [shown, span]);

  return (
    <div
      ref={box}
      class="density"
      role="img"
      aria-label="How much happened, over time"
      title="How much happened, over time. Drag over a part to look at it closely."
    />
  );
}

const OPTIONS: uPlot.Options = {
  width: 300,
  height: HEIGHT,
  ms: 1,
  padding: [4, 0, 0, 0],
  legend: { show: false },
  cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
  scales: { x: { auto: false }, y: { range: (_, __, most) => [0, Math.max(most, 1)] } },
  axes: [
    { stroke: () => styled('--quiet'), grid: { show: false }, size: 24, ticks: { size: 4 } },
    { show: false },
  ],
  series: [
    {},
    {
      fill: () => styled('--accent'),
      stroke: () => styled('--accent'),
      ...(uPlot.paths.bars && { paths: uPlot.paths.bars({ size: [0.8, 24] }) }),
      points: { show: false },
    },
  ],
  hooks: {
    setSelect: [
      (plot) => {
        const { left, width } = plot.select;
        if (width < DRAG_AT_LEAST) return;
        zoom.value = { from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') };
        plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      },
    ],
  },
};
