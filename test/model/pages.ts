import * as fc from 'fast-check';
import { expect } from 'vitest';
import { z } from 'zod';

/** A way through a list, page by page. */
export interface Walk {
  readonly backwards: boolean;
  readonly pages: readonly {
    readonly size: number;
    /** Which cursor of the page the next one begins at. */
    readonly pick: number;
  }[];
}

const pages = fc.array(
  fc.record({
    size: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: 5 }) },
      { weight: 1, arbitrary: fc.constantFrom(0, 50) },
    ),
    pick: fc.oneof(fc.constant(-1), fc.nat({ max: 4 })),
  }),
  { minLength: 1, maxLength: 3 },
);

export const walks: fc.Arbitrary<Walk> = fc.record({ backwards: fc.boolean(), pages });
export const walksForwards: fc.Arbitrary<Walk> = fc.record({
  backwards: fc.constant(false),
  pages,
});
export const walksBackwards: fc.Arbitrary<Walk> = fc.record({
  backwards: fc.constant(true),
  pages,
});

const CONNECTION = z.object({
  edges: z.array(z.object({ cursor: z.string(), node: z.unknown() })),
  pageInfo: z.unknown(),
  totalCount: z.number().optional(),
});

export type PageArgs = {
  readonly [name in 'first' | 'last' | 'after' | 'before']?: number | string;
};

/** Walks through a list that is known whole, and compares each page with its part. */
export async function expectPages(
  items: readonly unknown[],
  { backwards, pages: plans }: Walk,
  read: (args: PageArgs) => Promise<unknown>,
): Promise<void> {
  let [from, to, cursor] = [0, items.length, {}];
  for (const { size, pick } of plans) {
    const start = backwards ? Math.max(from, to - size) : from;
    const end = backwards ? to : Math.min(to, from + size);
    const page = CONNECTION.parse(
      await read({ ...(backwards ? { last: size } : { first: size }), ...cursor }),
    );
    expect(page.edges.map(({ node }) => node)).toEqual(items.slice(start, end));
    expect(page.pageInfo).toEqual({
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: page.edges.at(0)?.cursor ?? null,
      endCursor: page.edges.at(-1)?.cursor ?? null,
    });
    if (page.totalCount !== undefined) expect(page.totalCount).toBe(items.length);
    const chosen =
      page.edges.length === 0
        ? 0
        : pick < 0
          ? backwards
            ? 0
            : page.edges.length - 1
          : pick % page.edges.length;
    const edge = page.edges[chosen];
    if (edge === undefined) return;
    cursor = backwards ? { before: edge.cursor } : { after: edge.cursor };
    if (backwards) to = start + chosen;
    else from = start + chosen + 1;
  }
}
