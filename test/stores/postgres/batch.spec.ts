import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Commit } from '../../../src/core/event-store.js';
import { takeBatch } from '../../../src/stores/postgres/batch.js';
import { METADATA } from '../../support/metadata.js';

interface Item {
  readonly number: number;
  readonly commit: Omit<Commit, 'events'>;
}

// The same few words for streams, commands and keys: what is of another kind is never the same.
const words = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'stream a', 'key a', 'command a', 'a/b');
const keys = fc.array(words, { maxLength: 2 });
const commits: fc.Arbitrary<Item['commit']> = fc.record({
  stream: fc.record({ type: fc.constantFrom('a', 'b'), id: words }),
  expectedVersion: fc.nat(3),
  metadata: fc
    .option(words, { freq: 2 })
    .map((commandId): Commit['metadata'] => ({ ...METADATA, commandId })),
  claims: keys,
  releases: keys,
});
const queues: fc.Arbitrary<Item[]> = fc
  .array(commits, { maxLength: 30 })
  .map((queue) => queue.map((commit, number) => ({ number, commit })));
const most = fc.integer({ min: 1, max: 10 });

/** Whether the order of two commits matters. */
function share({ commit: a }: Item, { commit: b }: Item): boolean {
  const { commandId } = a.metadata;
  const isSameStream = a.stream.type === b.stream.type && a.stream.id === b.stream.id;
  const isSameCommand = commandId !== null && commandId === b.metadata.commandId;
  const others = [...b.claims, ...b.releases];
  const isSameKey = [...a.claims, ...a.releases].some((key) => others.includes(key));
  return isSameStream || isSameCommand || isSameKey;
}

const pairsOf = (items: readonly Item[]): (readonly [Item, Item])[] =>
  items.flatMap((later, index) =>
    items.slice(0, index).map((earlier) => [earlier, later] as const),
  );

const numbersOf = (items: readonly Item[]): number[] => items.map(({ number }) => number);

/** A queue as it is appended: batch after batch. */
function drain(queue: readonly Item[], atMost: number): Item[][] {
  const batches: Item[][] = [];
  for (let left = queue; left.length > 0;) {
    const { batch, rest } = takeBatch(left, atMost);
    if (batch.length === 0) throw new Error(`nothing was taken of ${left.length}`);
    batches.push([...batch]);
    left = rest;
  }
  return batches;
}

describe('a batch', () => {
  it('holds no two commits that share a stream, a command or a key', () => {
    fc.assert(
      fc.property(queues, most, (queue, atMost) => {
        const { batch } = takeBatch(queue, atMost);
        expect(batch.length).toBeLessThanOrEqual(atMost);
        expect(pairsOf(batch).filter(([a, b]) => share(a, b))).toEqual([]);
      }),
    );
  });

  it('overtakes nothing that it shares something with', () => {
    fc.assert(
      fc.property(queues, most, (queue, atMost) => {
        const { batch, rest } = takeBatch(queue, atMost);
        const overtaken = batch.flatMap((item) =>
          rest.filter((left) => left.number < item.number && share(left, item)),
        );
        expect(overtaken).toEqual([]);
      }),
    );
  });

  it('takes all that it may', () => {
    fc.assert(
      fc.property(queues, most, (queue, atMost) => {
        const { batch, rest } = takeBatch(queue, atMost);
        if (batch.length === atMost) return;
        const free = rest.filter(
          (left) => !queue.slice(0, left.number).some((earlier) => share(earlier, left)),
        );
        expect(free).toEqual([]);
      }),
    );
  });

  it('and the rest are the queue, each in its order', () => {
    fc.assert(
      fc.property(queues, most, (queue, atMost) => {
        const { batch, rest } = takeBatch(queue, atMost);
        const inOrder = (items: readonly Item[]) =>
          expect(numbersOf(items)).toEqual(numbersOf(items).toSorted((a, b) => a - b));
        inOrder(batch);
        inOrder(rest);
        expect(numbersOf([...batch, ...rest]).toSorted((a, b) => a - b)).toEqual(numbersOf(queue));
      }),
    );
  });

  it('after batch empties the queue, and what shares something comes in its order', () => {
    fc.assert(
      fc.property(queues, most, (queue, atMost) => {
        const appended = drain(queue, atMost).flat();
        expect(numbersOf(appended).toSorted((a, b) => a - b)).toEqual(numbersOf(queue));
        const turned = pairsOf(appended).filter(
          ([first, second]) => first.number > second.number && share(first, second),
        );
        expect(turned).toEqual([]);
      }),
    );
  });
});
