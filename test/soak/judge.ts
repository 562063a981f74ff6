import { isDeepStrictEqual } from 'node:util';
import type { Said } from './commands.js';
import type { Fact, StoredCommit } from './facts.js';
import type { Told } from './ledger.js';
import { Rows } from './rows.js';

export interface Evidence {
  readonly told: readonly Told[];
  /** Events that anybody was told of. */
  readonly witnessed: ReadonlyMap<number, Fact>;
  readonly log: readonly StoredCommit[];
}

/** What is wrong with a log, given what clients were told of it: lost, twice, half there, or unasked. */
export function judge(evidence: Evidence): string[] {
  const { told, witnessed, log } = evidence;
  const byCommand = commitsByCommand(log);
  const facts = log.flat();
  return [
    ...placesWrong(facts),
    ...namesTwice(facts),
    ...Array.from(byCommand)
      .filter(([, commits]) => commits.length > 1)
      .map(([commandId, commits]) => `${commandId} was carried out ${commits.length} times`),
    ...told.flatMap((each) => wrongAbout(each, byCommand.get(each.command.commandId)?.[0] ?? [])),
    ...nobodyWasTold(told, byCommand.keys()),
    ...notAsWitnessed(witnessed, facts),
    ...addressesTwice(facts),
  ];
}

function commitsByCommand(log: readonly StoredCommit[]): Map<string | null, StoredCommit[]> {
  const commits = new Map<string | null, StoredCommit[]>();
  for (const commit of log) {
    const id = commit[0]?.commandId ?? null;
    commits.set(id, [...(commits.get(id) ?? []), commit]);
  }
  return commits;
}

/** Positions and versions without a gap, times that never decrease. */
function placesWrong(facts: readonly Fact[]): string[] {
  const faults: string[] = [];
  const versions = new Map<string, number>();
  let before = '';
  for (const [index, { position, aggregateId, version, recordedAt }] of facts.entries()) {
    if (position !== index + 1) faults.push(`${position} stands at place ${index + 1} of the log`);
    const expected = (versions.get(aggregateId) ?? 0) + 1;
    if (version !== expected)
      faults.push(`${aggregateId} goes on with ${version}, not ${expected}`);
    if (recordedAt < before) faults.push(`${position} was recorded before its predecessor`);
    versions.set(aggregateId, version);
    before = recordedAt;
  }
  return faults;
}

function namesTwice(facts: readonly Fact[]): string[] {
  const places = new Map(facts.map(({ id, position }) => [id, position]));
  return facts
    .filter(({ id, position }) => places.get(id) !== position)
    .map(({ id, position }) => `the event ${id} of ${position} is there once more`);
}

function wrongAbout({ command, verdict, events }: Told, commit: StoredCommit): string[] {
  const { commandId, said, expectedVersion, dryRun, may } = command;
  // The id was another command's, which is looked at by itself.
  if (may.includes('COMMAND_ID_REUSED')) return [];
  if (verdict !== 'ACCEPTED' || dryRun) {
    return commit.length === 0 ? [] : [`${commandId} was not carried out, they said, and is there`];
  }
  if (!isDeepStrictEqual(events, commit)) {
    const kept = `${events.length} events told, ${commit.length} there`;
    return [`${commandId} was acknowledged and is not what is there: ${kept}`];
  }
  const [event] = events;
  if (event === undefined) return [];
  const isAsSaid =
    events.length === 1 &&
    event.version === expectedVersion + 1 &&
    (said.id ?? event.aggregateId) === event.aggregateId &&
    isDeepStrictEqual([event.type, event.data], [...meaning(said)]);
  return isAsSaid ? [] : [`${commandId} led to something else: ${JSON.stringify(event)}`];
}

/** The type and the data of the event that a command leads to. */
function meaning(said: Said): readonly [string, Fact['data']] {
  switch (said.type) {
    case 'create':
      return ['UserCreated', { name: said.name, email: said.email, status: 'active' }];
    case 'rename':
      return ['UserRenamed', { name: said.name }];
    case 'changeEmail':
      return ['UserEmailChanged', { email: said.email }];
    case 'deactivate':
      return ['UserDeactivated', { reason: null }];
    case 'reactivate':
      return ['UserReactivated', {}];
    default:
      return said satisfies never;
  }
}

/** Who is killed leaves nobody untold in the end; who is told to stop answers what it carries out. */
function nobodyWasTold(told: readonly Told[], commandIds: Iterable<string | null>): string[] {
  const asked = new Set<string | null>(told.map(({ command }) => command.commandId));
  return Array.from(commandIds)
    .filter((id) => !asked.has(id))
    .map((id) => `${id} is in the log, and nobody was told of it`);
}

function notAsWitnessed(witnessed: ReadonlyMap<number, Fact>, facts: readonly Fact[]): string[] {
  return Array.from(witnessed)
    .filter(([position, fact]) => !isDeepStrictEqual(facts[position - 1], fact))
    .map(([position, { id }]) => `${id} was seen at ${position} and is not there now`);
}

/** An address belongs to one active user at every moment. */
function addressesTwice(facts: readonly Fact[]): string[] {
  const faults: string[] = [];
  const rows = new Rows();
  for (const fact of facts) {
    const { email, status } = rows.apply(fact);
    if (email === null || status !== 'ACTIVE') continue;
    const holders = rows.holdersOf(email);
    if (holders.length > 1)
      faults.push(`${holders.join(' and ')} hold ${JSON.stringify(email)} at ${fact.position}`);
  }
  return faults;
}
