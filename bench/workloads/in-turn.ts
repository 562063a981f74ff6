import type { Reading, Workload } from '../readings.js';
import { show } from '../report/text.js';

/** One who is measured, or one way to do it. */
export interface Cell extends Pick<Reading, 'what' | 'who' | 'unit'> {
  measure(): Promise<Measured>;
}

export interface Measured {
  readonly value: number;
  readonly errors?: number;
  /** What is told of it on the terminal; the value when left out. */
  readonly told?: string;
}

/** Who comes last finds the disk and the machine as the others left them: so all take turns. */
export const inOrder = <T>(round: number, all: readonly T[]): readonly T[] =>
  round % 2 === 0 ? all.toReversed() : all;

/** Measures one cell after the other, in the order of the round. */
export async function inTurn(
  cells: readonly Cell[],
  ...[round, progress]: Parameters<Workload['round']>
): Promise<readonly Reading[]> {
  const readings = new Map<Cell, Reading>();
  for (const cell of inOrder(round, cells)) {
    const { what, who, unit } = cell;
    const { value, errors = 0, told = `${show(value, unit)} ${unit}` } = await cell.measure();
    progress(`${what}, ${who}: ${told}`);
    readings.set(cell, { what, who, value, unit, errors });
  }
  return cells.flatMap((cell) => readings.get(cell) ?? []);
}
