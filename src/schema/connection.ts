import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { z } from 'zod';
import { positionOf, type Position } from '../core/event.js';
import { PAGE_AT_MOST, PAGE_BY_DEFAULT } from './cost.js';
import { badInput } from './errors.js';

const FIRST = {
  nullable: true,
  description: `How many from the beginning, at most ${PAGE_AT_MOST}; ${PAGE_BY_DEFAULT} when no number is given.`,
};
const AFTER = { nullable: true, description: 'Only what follows this cursor.' };
const LAST = {
  nullable: true,
  description: `How many from the end, at most ${PAGE_AT_MOST}.`,
};
const BEFORE = { nullable: true, description: 'Only what comes before this cursor.' };

/** A list that is read from its beginning. */
@ArgsType()
export class ForwardArgs {
  @Field(() => Int, FIRST)
  first?: number | null;

  @Field(() => String, AFTER)
  after?: string | null;
}

/** A list that is read from its end. */
@ArgsType()
export class BackwardArgs {
  @Field(() => Int, LAST)
  last?: number | null;

  @Field(() => String, BEFORE)
  before?: string | null;
}

@ArgsType()
export class PageArgs extends ForwardArgs implements BackwardArgs {
  @Field(() => Int, LAST)
  last?: number | null;

  @Field(() => String, BEFORE)
  before?: string | null;
}

@ObjectType({ description: 'Where a page lies in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there is more after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether there is more before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first on this page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last on this page.' })
  endCursor!: string | null;
}

/** A part of a list that lies strictly between two places. */
export interface ListRange<Place> {
  readonly after?: Place | undefined;
  readonly before?: Place | undefined;
  /** From the end of the range, last one first. */
  readonly backwards: boolean;
  readonly limit: number;
}

/** A list that can be read from both ends. */
export interface List<Item, Place, Node> {
  read(range: ListRange<Place>): Promise<readonly Item[]>;
  /** Where an item stands, as JSON can hold it. */
  placeOf(item: Item): Place;
  /** The item as its GraphQL type, or the promise of it. */
  show(item: Item): Node;
  /** A place from a cursor; undefined for one that is not of this list. */
  parsePlace(value: unknown): Place | undefined;
}

/** One page; what is shown, and whether there is more, is looked up only when it is asked for. */
export interface Page<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: {
    readonly hasNextPage: Promise<boolean>;
    readonly hasPreviousPage: Promise<boolean>;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** Reads a page as the Relay cursor connections specification defines it. */
export async function readPage<Item, Place, Node>(
  list: List<Item, Place, Node>,
  args: PageArgs,
): Promise<Page<Node>> {
  const { limit, backwards } = sizeOf(args);
  const after = decode(list, 'after', args.after);
  const before = decode(list, 'before', args.before);
  const found = await list.read({ after, before, backwards, limit });
  const items = backwards ? found.toReversed() : found;
  return {
    edges: items.map((item) => ({
      cursor: encode(list.placeOf(item)),
      get node() {
        return list.show(item);
      },
    })),
    get nodes() {
      return items.map((item) => list.show(item));
    },
    pageInfo: pageInfoOf(list, items, { after, before, backwards }),
  };
}

function pageInfoOf<Item, Place>(
  list: List<Item, Place, unknown>,
  items: readonly Item[],
  within: Omit<ListRange<Place>, 'limit'>,
): Page<never>['pageInfo'] {
  const [first, last] = [items.at(0), items.at(-1)];
  const start = first === undefined ? undefined : list.placeOf(first);
  const end = last === undefined ? undefined : list.placeOf(last);
  const any = async (range: Omit<ListRange<Place>, 'limit'>) =>
    (await list.read({ ...range, limit: 1 })).length > 0;
  // What the cursor of an empty page was taken from stands beside it; what it had no room for, on the
  // side to which it was read.
  return {
    get hasNextPage() {
      if (end !== undefined) return any({ after: end, backwards: false });
      const isCertain = within.backwards || within.before !== undefined;
      return isCertain ? Promise.resolve(within.before !== undefined) : any(within);
    },
    get hasPreviousPage() {
      if (start !== undefined) return any({ before: start, backwards: true });
      const isCertain = !within.backwards || within.after !== undefined;
      return isCertain ? Promise.resolve(within.after !== undefined) : any(within);
    },
    startCursor: start === undefined ? null : encode(start),
    endCursor: end === undefined ? null : encode(end),
  };
}

function sizeOf({ first, last }: PageArgs): { limit: number; backwards: boolean } {
  const [forwards, fromEnd] = [first ?? null, last ?? null];
  if (forwards !== null && fromEnd !== null) throw badInput('Give first or last, not both.');
  const limit = forwards ?? fromEnd ?? PAGE_BY_DEFAULT;
  if (limit < 0 || limit > PAGE_AT_MOST) {
    throw badInput(`${fromEnd === null ? 'first' : 'last'} must be from 0 to ${PAGE_AT_MOST}.`);
  }
  return { limit, backwards: fromEnd !== null };
}

const encode = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');

function decode<Place>(
  list: Pick<List<never, Place, unknown>, 'parsePlace'>,
  name: string,
  cursor: string | null | undefined,
): Place | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  const place = list.parsePlace(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (place === undefined) throw badInput(`${name} is not a cursor of this list.`);
  return place;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const NUMBER_PLACE = z.int().nonnegative().lt(Number.MAX_SAFE_INTEGER);

export function parseNumberPlace(value: unknown): number | undefined {
  const parsed = NUMBER_PLACE.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

export function parsePositionPlace(value: unknown): Position | undefined {
  const parsed = parseNumberPlace(value);
  return parsed === undefined ? undefined : positionOf(parsed);
}

/** The connection type over a type of node, with its edge. */
export function connectionOf<Node extends object>(
  name: string,
  NodeType: ClassType<Node> | Function,
) {
  @ObjectType(`${name}Edge`, { description: 'One of a list, with its place in it.' })
  class Edge {
    @Field(() => String, { description: 'Give it to after or before.' })
    cursor!: string;

    @Field(() => NodeType, { description: 'The thing itself.' })
    node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: 'One page of a list.' })
  class Connection {
    @Field(() => [Edge], { description: 'What is on the page, each with its cursor.' })
    edges!: Edge[];

    @Field(() => [NodeType], { description: 'The edges without their cursors.' })
    nodes!: Node[];

    @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
    pageInfo!: PageInfo;
  }

  return Connection;
}
