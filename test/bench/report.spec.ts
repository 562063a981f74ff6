import { expect, it } from 'vitest';
import type { Reading } from '../../bench/readings.js';
import { markdownOf, type Report } from '../../bench/report/markdown.js';
import { svgOf } from '../../bench/report/svg.js';

const reading = (who: string, value: number, errors = 0): Reading => ({
  what: 'create, 64 connections',
  who,
  value,
  unit: 'a second',
  errors,
});
const machine = {
  processor: 'A processor',
  cores: 2,
  memoryGiB: 24,
  system: 'Linux 6.1',
  node: '20.20.2',
  postgres: '18.4',
};
const rounds = [[reading('floor', 9_000), reading('Hindsight', 8_100, 2)]];
const REPORT: Report = {
  sections: [
    {
      workload: { name: 'create-64', about: 'Each request creates a user.' },
      result: { date: '2026-01-01', machine, rounds, log: [] },
      remarks: 'By hand.\n',
    },
  ],
  targets: [
    {
      name: 'commands beside the floor',
      kind: 'at least',
      ratio: 0.85,
      of: { what: 'create, 64 connections', who: 'Hindsight' },
      beside: { what: 'create, 64 connections', who: 'floor' },
    },
    {
      name: 'commands by themselves',
      kind: 'at least',
      figure: 8_000,
      unit: 'a second',
      of: { what: 'create, 64 connections', who: 'floor' },
    },
  ],
  durability: new Map([['Hindsight', 'flushed before the answer']]),
  introduction: 'In words.\n',
  verdict: '',
};

it('writes what was measured, what failed, what is kept and what is by hand', () => {
  const lines = markdownOf(REPORT).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'In words.',
      'Measured on 2026-01-01 on A processor, 2 cores, 24 GiB, Linux 6.1, Node.js 20.20.2, PostgreSQL 18.4.',
      '| commands beside the floor | at least 0.85 | 0.90 | **no** |',
      '| commands by themselves | at least 8,000 a second | 9,000 a second | yes |',
      '| what | who | median | least to most | beside the first | errors | kept |',
      '| create, 64 connections | floor | 9,000 a second | 9,000 to 9,000 | 1.00 |  |  |',
      '| create, 64 connections | Hindsight | 8,100 a second | 8,100 to 8,100 | 0.90 | **2** | flushed before the answer |',
      'By hand.',
    ]),
  );
});

it('leaves out columns that nobody fills, and says what was not measured', () => {
  const clean = [[reading('floor', 9_000)]];
  const [section] = REPORT.sections;
  if (section === undefined) throw new Error('there is no section');
  const page = markdownOf({
    ...REPORT,
    sections: [{ ...section, result: { ...section.result, rounds: clean } }],
  });
  expect(page).toContain('| what | who | median | least to most | beside the first |\n');
  expect(page).toContain('| commands beside the floor | at least 0.85 |  | not measured |');
});

it('draws bars in proportion, and nothing that breaks the markup', () => {
  const svg = svgOf([
    {
      title: 'a < b & c',
      unit: 'a second',
      bars: [
        { label: 'floor', value: 200, shown: '200', own: false },
        { label: '<Hindsight>', value: 100, shown: '100', own: true },
      ],
    },
  ]);
  expect(unclosed(svg)).toEqual([]);
  expect(svg).toContain('a &lt; b &amp; c');
  const [whole, half] = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) =>
    Number(width),
  );
  expect(whole).toBeGreaterThan(0);
  expect(half).toBeCloseTo(Number(whole) / 2);
});

/** The elements that are left open, or closed in the wrong place; text that is no markup is one, too. */
function unclosed(xml: string): readonly string[] {
  const open: string[] = [];
  for (const [tag, closing, name = '', own] of xml.matchAll(/<(\/?)(\w*)[^>]*?(\/?)>|&(?!\w+;)/g)) {
    if (name === '') return [tag];
    if (closing === '/') {
      if (open.pop() !== name) return [tag];
    } else if (own !== '/') open.push(name);
  }
  return open;
}
