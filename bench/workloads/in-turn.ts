import type { Reading, Unit, Workload } from '../readings.js';
import { show } from '../report/text.js';

/** One who is measured, or one way to do it. */
export interface Cell {
  readonly what: string;
  readonly who: string;
  readonly unit: Unit;
  measure(): Promise<Measured>;
}

interface Measured {
  readonly value: number;
  readonly errors?: number;
  /** What is told of it on the terminal; the value when left out. */
  readonly told?: string;
}

/** Who comes last finds the disk and the machine as the others left them: so they take turns. */
export async function inTurn(
  cells: readonly Cell[],
  ...[round, progress]: Parameters<Workload['round']>
): Promise<readonly Reading[]> {
  const readings = new Map<Cell, Reading>();
  for (const cell of round % 2 === 0 ? cells.toReversed() : cells) {
    const { what, who, unit } = cell;
    const { value, errors = 0, told = `${show(value, unit)} ${unit}` } = await cell.measure();
    progress(`${what}, ${who}: ${told}`);
    readings.set(cell, { what, who, value, unit, errors });
  }
  return cells.flatMap((cell) => readings.get(cell) ?? []);
}
