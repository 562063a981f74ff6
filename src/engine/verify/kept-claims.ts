import type { Kept, KeptClaim } from '../../core/inspection.js';
import type { Vocabulary } from '../../core/vocabulary.js';
import type { ClaimsCheck } from './claims.js';
import { streamOf, type TellFault } from './fault.js';

const PLACE = { of: 'table', name: 'claims' } as const;

export interface KeptClaimsParts {
  readonly kept: Kept;
  readonly vocabulary: Vocabulary;
  readonly claims: ClaimsCheck;
  readonly tell: TellFault;
  readonly note: (text: string) => void;
}

/** Compares the index of claims with the keys that follow from the log. */
export async function checkKeptClaims(parts: KeptClaimsParts): Promise<void> {
  const types = await comparableTypes(parts);
  const seen = new Set<string>();
  for await (const [key, entries] of byKey(parts.kept.claims())) {
    seen.add(key);
    compare(parts, types, key, entries.map(streamOf));
  }
  for (const key of parts.claims.holders.keys()) if (!seen.has(key)) compare(parts, types, key, []);
}

/** An index that was folded by other rules says other things, and is not wrong for it. */
async function comparableTypes({ kept, vocabulary, note }: KeptClaimsParts) {
  const rules = await kept.claimRules();
  const types = new Set<string>();
  for (const [type, version] of vocabulary.claimRules) {
    const known = rules.get(type) ?? 0;
    if (known === version) types.add(type);
    else {
      note(
        `The index of claims of ${type} is of version ${known} of its rules, and this build has ${version}: it was not compared.`,
      );
    }
  }
  return types;
}

async function* byKey(
  batches: AsyncIterable<readonly KeptClaim[]>,
): AsyncGenerator<readonly [key: string, entries: readonly KeptClaim[]]> {
  let entries: KeptClaim[] = [];
  for await (const batch of batches) {
    for (const entry of batch) {
      const [first] = entries;
      if (first !== undefined && first.key !== entry.key) {
        yield [first.key, entries];
        entries = [];
      }
      entries.push(entry);
    }
  }
  const [first] = entries;
  if (first !== undefined) yield [first.key, entries];
}

function compare(
  { claims, tell }: KeptClaimsParts,
  types: ReadonlySet<string>,
  key: string,
  kept: readonly string[],
): void {
  const isComparable = (stream: string) =>
    types.has(stream.slice(0, stream.indexOf('/'))) && !claims.hasLost(stream);
  const due = (claims.holders.get(key) ?? []).map(({ stream }) => stream).filter(isComparable);
  const wrong = kept.filter((stream) => isComparable(stream) && !due.includes(stream));
  const missing = due.filter((stream) => !kept.includes(stream));
  for (let index = 0; index < Math.max(wrong.length, missing.length); index += 1) {
    const says = difference(key, wrong[index], missing[index]);
    tell({ kind: 'index of claims', place: PLACE, says });
  }
}

function difference(key: string, wrong: string | undefined, missing: string | undefined): string {
  if (wrong === undefined) return `it lacks ${key}, which ${missing} holds by the log`;
  if (missing === undefined)
    return `it says that ${wrong} holds ${key}, which it does not by the log`;
  return `it says that ${wrong} holds ${key}, which ${missing} holds by the log`;
}
