import type { Target, Unit } from '../readings.js';
import { TARGETS } from '../targets.js';
import { figures, outcomeOf, type Rounds } from './statistics.js';

/** A figure as people read it. */
export function show(value: number, unit: Unit): string {
  switch (unit) {
    case 'a second':
    case 'bytes':
      return Math.round(value).toLocaleString('en');
    case 'ms':
      return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
    default:
      return unit satisfies never;
  }
}

/** What a target asks for, as people read it. */
export const boundOf = (target: Target): string =>
  'ratio' in target
    ? `${target.kind} ${target.ratio}`
    : `${target.kind} ${target.figure.toLocaleString('en')} ${target.unit}`;

/** What became of it. */
export const reachedOf = (target: Target, reached: number): string =>
  'ratio' in target ? reached.toFixed(2) : `${show(reached, target.unit)} ${target.unit}`;

/** What was measured, for a terminal. */
export function textTable(rounds: Rounds): readonly string[] {
  const rows = figures(rounds).map((figure) => [
    figure.what,
    figure.who,
    `${show(figure.median, figure.unit)} ${figure.unit}`,
    `${show(figure.least, figure.unit)} to ${show(figure.most, figure.unit)}`,
    figure.ratio.toFixed(2),
    figure.errors === 0 ? '' : `${figure.errors} errors`,
  ]);
  const widths = [0, 1, 2, 3, 4, 5].map((column) =>
    Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}

/** What became of the targets that were measured. */
export function targetLines(rounds: Rounds): readonly string[] {
  return TARGETS.flatMap((target) => {
    const outcome = outcomeOf(target, rounds);
    if (outcome === undefined) return [];
    const verdict = outcome.met ? 'yes' : 'NO';
    return [
      `${verdict.padEnd(4)}${reachedOf(target, outcome.reached)} (${boundOf(target)}): ${target.name}`,
    ];
  });
}
