import type { Random } from '../soak/random.js';
import type { CommandInput, ReadInput, User } from './history.js';

/** Half of the aggregates get three quarters of the work: what is never disputed shows nothing. */
export function pickAggregate(random: Random, aggregates: readonly string[]): string {
  const end = random.oneOf([aggregates.length, Math.ceil(aggregates.length / 2)]);
  const aggregate = aggregates[random.below(end)];
  if (aggregate === undefined) throw new Error('a history needs aggregates');
  return aggregate;
}

/** A command that mostly succeeds when `known` is the present, with every way to fail among the rest. */
export function planCommand(random: Random, known: User | null, newName: string): CommandInput {
  const chance = random.below(100);
  if (known === null) {
    if (chance < 85) return { type: 'create', name: newName };
    return { type: 'rename', name: newName, expectedVersion: random.below(3) };
  }
  const { version, name } = known;
  if (chance < 5) return { type: 'create', name: newName };
  if (chance < 15) return { type: 'rename', name, expectedVersion: version };
  if (chance < 25) {
    const expectedVersion = Math.max(0, version - 1 - random.below(3));
    return { type: 'rename', name: newName, expectedVersion };
  }
  const ahead = chance < 30 ? 1 : 0;
  return { type: 'rename', name: newName, expectedVersion: version + ahead };
}

/** Two reads in three ask for the head; the others bring the furthest position that anybody knows. */
export const planRead = (random: Random, furthest: number): ReadInput => ({
  consistentWith: random.below(3) === 0 ? furthest : 'head',
});
