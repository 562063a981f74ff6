import type { Machine } from '../machine.js';
import type { Target, Workload } from '../readings.js';
import type { Result } from '../results.js';
import { figures, outcomeOf, type Figure, type Rounds } from './statistics.js';
import { boundOf, reachedOf, show } from './text.js';

/** A workload that has been run, and what was written by hand about it. */
export interface Section {
  readonly workload: Pick<Workload, 'name' | 'about'>;
  readonly result: Result;
  readonly remarks: string;
}

export interface Report {
  readonly sections: readonly Section[];
  readonly targets: readonly Target[];
  /** What a loss of power leaves of an answered command, by who it is. */
  readonly durability: ReadonlyMap<string, string>;
  /** What was written by hand: above all, and behind the targets. */
  readonly introduction: string;
  readonly verdict: string;
}

/** The page as it stands in docs. */
export function markdownOf(report: Report): string {
  const { sections, introduction, verdict } = report;
  const rounds = sections.flatMap(({ result }) => result.rounds);
  return [
    '# Performance',
    introduction,
    machines(sections.map(({ result }) => result)),
    '## To reach',
    targetTable(report.targets, rounds),
    verdict,
    '## What was measured',
    '![The same figures as bars](performance.svg)',
    ...sections.flatMap(({ workload, result, remarks }) => [
      `### ${workload.name}`,
      workload.about,
      `Rounds: ${result.rounds.length}.`,
      figureTable(figures(result.rounds), report.durability),
      remarks,
    ]),
  ]
    .filter((part) => part !== '')
    .map((part) => `${part.trim()}\n`)
    .join('\n');
}

function machines(results: readonly Result[]): string {
  const lines = results.map(({ date, machine }) => `Measured on ${date} on ${nameOf(machine)}.`);
  return [...new Set(lines)].join('\n\n');
}

const nameOf = ({ processor, cores, memoryGiB, system, node, postgres }: Machine): string =>
  `${processor}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node.js ${node}, PostgreSQL ${postgres}`;

function targetTable(targets: readonly Target[], rounds: Rounds): string {
  const rows = targets.map((target) => {
    const outcome = outcomeOf(target, rounds);
    const bound = boundOf(target);
    if (outcome === undefined) return [target.name, bound, '', 'not measured'];
    return [target.name, bound, reachedOf(target, outcome.reached), outcome.met ? 'yes' : '**no**'];
  });
  return table(['what', 'to reach', 'reached', ''], rows);
}

/** Columns that nobody fills are left out. */
function figureTable(all: readonly Figure[], durability: ReadonlyMap<string, string>): string {
  const rows = all.map((figure) => [
    figure.what,
    figure.who,
    `${show(figure.median, figure.unit)} ${figure.unit}`,
    `${show(figure.least, figure.unit)} to ${show(figure.most, figure.unit)}`,
    figure.ratio.toFixed(2),
    figure.errors === 0 ? '' : `**${figure.errors}**`,
    durability.get(figure.who) ?? '',
  ]);
  const headings = ['what', 'who', 'median', 'least to most', 'beside the first', 'errors', 'kept'];
  const filled = headings.map((_, column) => rows.some((row) => row[column] !== ''));
  const kept = (row: readonly string[]) => row.filter((_, column) => filled[column]);
  return table(kept(headings), rows.map(kept));
}

const table = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  [headings, headings.map(() => '---'), ...rows].map(line).join('\n');

const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
