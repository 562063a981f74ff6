import type { FigureTarget, Reading, Target } from '../readings.js';

/** The readings of each round. */
export type Rounds = readonly (readonly Reading[])[];

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const high = sorted[Math.floor(sorted.length / 2)];
  const low = sorted[Math.ceil(sorted.length / 2) - 1];
  if (high === undefined || low === undefined) {
    throw new RangeError('there is no median of nothing');
  }
  return (low + high) / 2;
}

type Measured = Pick<Reading, 'what' | 'who'>;

const isOf =
  (measured: Measured) =>
  (reading: Reading): boolean =>
    reading.what === measured.what && reading.who === measured.who;

/** One beside the other in the same round, the median of all rounds; undefined when one is missing. */
export function ratio(rounds: Rounds, of: Measured, beside: Measured): number | undefined {
  const ratios = rounds.flatMap((readings) => {
    const [above, below] = [readings.find(isOf(of)), readings.find(isOf(beside))];
    return above === undefined || below === undefined ? [] : [above.value / below.value];
  });
  return ratios.length === 0 ? undefined : median(ratios);
}

/** The median of one figure; undefined when it is missing. */
/** The worst of all rounds: a bound is one for each of them. */
function worst(rounds: Rounds, { of, kind }: FigureTarget): number | undefined {
  const values = rounds
    .flat()
    .filter(isOf(of))
    .map(({ value }) => value);
  if (values.length === 0) return undefined;
  return kind === 'at most' ? Math.max(...values) : Math.min(...values);
}

export interface Figure {
  readonly what: string;
  readonly who: string;
  readonly unit: Reading['unit'];
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly errors: number;
  /** Beside the first of whom the same was measured. */
  readonly ratio: number;
}

/** What was measured of each, in the order of the first round. */
export function figures(rounds: Rounds): readonly Figure[] {
  const all = rounds.flat();
  const named = all.filter((reading, index) => all.findIndex(isOf(reading)) === index);
  return named.map(({ what, who, unit }) => {
    const own = all.filter(isOf({ what, who }));
    const values = own.map(({ value }) => value);
    const first = all.find((reading) => reading.what === what)?.who ?? who;
    return {
      what,
      who,
      unit,
      median: median(values),
      least: Math.min(...values),
      most: Math.max(...values),
      errors: own.reduce((sum, { errors }) => sum + errors, 0),
      ratio: ratio(rounds, { what, who }, { what, who: first }) ?? Number.NaN,
    };
  });
}

export interface Outcome {
  readonly reached: number;
  /** Nothing is met by what failed meanwhile, or beside what did. */
  readonly met: boolean;
}

/** What became of a target; undefined when it was not measured. */
export function outcomeOf(target: Target, rounds: Rounds): Outcome | undefined {
  const reached =
    'ratio' in target ? ratio(rounds, target.of, target.beside) : worst(rounds, target);
  if (reached === undefined) return undefined;
  const measured = 'ratio' in target ? [target.of, target.beside] : [target.of];
  const failed = rounds
    .flat()
    .some((reading) => reading.errors > 0 && measured.some((each) => isOf(each)(reading)));
  return { reached, met: !failed && isWithin(target, reached) };
}

function isWithin(target: Target, reached: number): boolean {
  const bound = 'ratio' in target ? target.ratio : target.figure;
  switch (target.kind) {
    case 'at least':
      return reached >= bound;
    case 'at most':
      return reached <= bound;
    default:
      return target.kind satisfies never;
  }
}
