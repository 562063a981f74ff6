export interface Chart {
  readonly title: string;
  readonly unit: string;
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The value as it is written behind the bar. */
  readonly shown: string;
  /** Whether it is Hindsight's. */
  readonly own: boolean;
}

const WIDTH = 760;
const LABELS = 210;
const LONGEST = 420;
const ROW = 22;
const TITLE = 34;
const GAP = 14;

/** Colours that are read on white and on black. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600 }
  .bar { fill: #8c959f }
  .own { fill: #1f6feb }
  @media (prefers-color-scheme: dark) {
    text { fill: #d1d7de }
    .bar { fill: #6e7681 }
    .own { fill: #58a6ff }
  }`;

/** Horizontal bars, each chart by its own longest. */
export function svgOf(charts: readonly Chart[]): string {
  let top = 0;
  const parts = charts.map((chart) => {
    const drawn = draw(chart, top);
    top += TITLE + chart.bars.length * ROW + GAP;
    return drawn;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" role="img">`,
    `<title>What was measured, as bars</title>`,
    `<style>${STYLE}\n</style>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function draw({ title, unit, bars }: Chart, top: number): string {
  const most = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  const rows = bars.flatMap(({ label, value, shown, own }, index) => {
    const y = top + TITLE + index * ROW;
    const length = Math.max(1, (value / most) * LONGEST).toFixed(1);
    return [
      `<text x="${LABELS - 8}" y="${y + 14}" text-anchor="end">${escaped(label)}</text>`,
      `<rect class="${own ? 'own' : 'bar'}" x="${LABELS}" y="${y + 3}" width="${length}" height="${ROW - 8}"/>`,
      `<text x="${(LABELS + Number(length) + 6).toFixed(1)}" y="${y + 14}">${escaped(shown)}</text>`,
    ];
  });
  const heading = `<text class="title" x="0" y="${top + 22}">${escaped(`${title} (${unit})`)}</text>`;
  return [heading, ...rows].join('\n');
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
