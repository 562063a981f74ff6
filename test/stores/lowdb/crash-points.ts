import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Position } from '../../../src/core/event.js';
import type { Random } from '../../soak/random.js';
import { makeTempFolder, removeTempFolder } from '../../support/temp-folder.js';
import { append, commitOf, readAll } from '../commits.js';
import { heldBy, isTaken, SEATS } from '../seats.js';
import { openAt } from './log-folder.js';
import {
  ALL,
  BUT_THE_LAST,
  ForgetfulDisk,
  NONE,
  putInto,
  randomly,
  type Remains,
} from './power-loss.js';
import type { Operation } from './recorded-disk.js';

/** Events that are kept together or not at all, by their ids. */
export type Unit = readonly string[];

/** What whoever sends commands knows, in between what the disk was asked for. */
export type Told =
  | { readonly does: 'ask'; readonly unit: Unit }
  | { readonly does: 'acknowledge'; readonly unit: Unit; readonly position: Position }
  /** Nothing was done: a conflict, a key that is taken, no space. */
  | { readonly does: 'refuse'; readonly unit: Unit };

export type Entry = Operation | Told;

const isTold = (entry: Entry): entry is Told =>
  entry.does === 'ask' || entry.does === 'acknowledge' || entry.does === 'refuse';

/** What the real store makes of what a loss of power has left. */
export interface Reopened {
  readonly ids: readonly string[];
  /** What else is wrong with it. */
  readonly faults: readonly string[];
}

/** What must not be: a lost answer, a part of a commit, a commit that was refused. */
export function faultsOf(told: readonly Told[], { ids, faults }: Reopened): string[] {
  const acknowledged = told
    .filter((each) => each.does === 'acknowledge')
    .toSorted((one, other) => one.position - other.position)
    .flatMap(({ unit }) => unit);
  const lost = acknowledged.findIndex((id, index) => ids[index] !== id);
  if (lost !== -1) return [...faults, `what was acknowledged at ${lost + 1} is not there`];
  const open = new Map<string | undefined, Unit>();
  for (const { does, unit } of told) {
    if (does === 'ask') open.set(unit[0], unit);
    else open.delete(unit[0]);
  }
  for (let at = acknowledged.length; at < ids.length;) {
    const unit = open.get(ids[at]);
    open.delete(ids[at]);
    if (unit === undefined || unit.some((id, index) => ids[at + index] !== id)) {
      return [...faults, `what is there at ${at + 1} is no whole commit that may be there`];
    }
    at += unit.length;
  }
  return [...faults];
}

/** Opens what is left, takes a new command, and opens it once more. */
async function reopen(remains: Remains, dataDir: string): Promise<Reopened> {
  const root = await makeTempFolder();
  const folder = join(root, dataDir);
  try {
    putInto(root, remains);
    const store = await openAt(folder, { vocabulary: SEATS, onTornTail: () => undefined });
    const kept = await readAll(store);
    const faults: string[] = [];
    const held = heldBy(kept);
    for (const seat of [...held, 's0', 's1', 's2']) {
      if ((await isTaken(store, seat)) !== held.includes(seat)) faults.push(`who has ${seat}?`);
    }
    const [next] = await append(store, commitOf('new', 0, {}));
    await store.close();
    const again = await openAt(folder, { vocabulary: SEATS });
    const [before, after] = [[...kept, next], await readAll(again)];
    await again.close();
    if (JSON.stringify(before) !== JSON.stringify(after)) faults.push('opened twice, it differs');
    return { ids: kept.map(({ id }) => id), faults };
  } catch (cause) {
    return { ids: [], faults: [String(cause)] };
  } finally {
    await removeTempFolder(root);
  }
}

export interface CrashPlan {
  /** The folder that was watched; the data folder is `dataDir` within it. */
  readonly root: string;
  readonly dataDir: string;
  readonly entries: readonly Entry[];
  /** How many random states there are for every point. */
  readonly randomStates: number;
  readonly random: Random;
}

export interface CrashReport {
  readonly points: number;
  /** How many different folders were opened. */
  readonly states: number;
  readonly faults: readonly string[];
}

/** Loses power after each thing that the disk was asked for, and opens what is left; up to a fault. */
export async function crashEverywhere(plan: CrashPlan): Promise<CrashReport> {
  const { root, dataDir, entries, randomStates, random } = plan;
  const surely = [ALL, NONE, BUT_THE_LAST];
  const disk = new ForgetfulDisk(root);
  const opened = new Map<string, Promise<Reopened>>();
  const faults = new Set<string>();
  const told: Told[] = [];
  let points = 0;
  const crash = async (at: number): Promise<void> => {
    points += 1;
    const ways = [...surely, ...Array.from({ length: randomStates }, () => randomly(random))];
    await Promise.all(
      ways.map(async (keeping) => {
        const remains = disk.remains(keeping);
        const digest = digestOf(remains);
        const reopened = opened.get(digest) ?? reopen(remains, dataDir);
        opened.set(digest, reopened);
        for (const fault of faultsOf(told, await reopened)) faults.add(`${at}: ${fault}`);
      }),
    );
  };
  for (const [at, entry] of entries.entries()) {
    if (isTold(entry)) {
      told.push(entry);
      continue;
    }
    await crash(at);
    if (faults.size > 0) break;
    disk.take(entry);
  }
  if (faults.size === 0) await crash(entries.length);
  return { points, states: opened.size, faults: [...faults] };
}

function digestOf(remains: Remains): string {
  const hash = createHash('sha256');
  for (const [path, content] of [...remains].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    hash.update(JSON.stringify([path, content?.length ?? null])).update(content ?? '');
  }
  return hash.digest('hex');
}
