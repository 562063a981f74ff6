import { personAfter, type Change, type Fact, type Fields, type Person } from './facts.js';

/** An event as clients see it. */
export function shownFact(fact: Fact) {
  const { change, userId, version, position, commandId, id, recordedAt, correlationId } = fact;
  return {
    __typename: change.type,
    id,
    type: change.type,
    aggregateType: 'User',
    aggregateId: userId,
    version,
    position: String(position),
    recordedAt,
    actor: null,
    commandId,
    correlationId,
    causationId: null,
    traceparent: null,
    // The first form of the first event did not say the status.
    schemaVersion: change.type === 'UserCreated' ? 2 : 1,
    data: change.data,
    ...saidBy(change),
  };
}

/** What an event's own type says beside the envelope. */
const saidBy = (change: Change) =>
  change.type === 'UserCreated' ? { ...change.data, status: 'ACTIVE' } : change.data;

export const shownPerson = ({ id, name, email, status, first, last }: Person) => ({
  id,
  name,
  email,
  status,
  version: last.version,
  createdAt: first.recordedAt,
  updatedAt: last.recordedAt,
});

/** The revisions that a user's events made, oldest first, as seen from the last of them. */
export const shownRevisions = (facts: readonly Fact[]) =>
  facts.map((fact, index) => ({
    userId: fact.userId,
    ...fieldsOf(personAfter(facts.slice(0, index + 1))),
    version: fact.version,
    position: String(fact.position),
    validFrom: fact.recordedAt,
    validTo: facts[index + 1]?.recordedAt ?? null,
    event: shownFact(fact),
    changes: shownChanges(facts.slice(0, index), facts.slice(0, index + 1)),
  }));

/** The fields that differ between what two runs of events made. */
export function shownChanges(before: readonly Fact[], after: readonly Fact[]) {
  const [was, is] = [fieldsOf(personAfter(before)), fieldsOf(personAfter(after))];
  return FIELDS.map((field) => ({
    field,
    from: was?.[field] ?? null,
    to: is?.[field] ?? null,
  })).filter(({ from, to }) => from !== to);
}

/** For each field, the last event that is about it. */
export const shownBlame = (facts: readonly Fact[]) =>
  FIELDS.flatMap((field) => {
    const fact = facts.findLast(({ change }) => ABOUT[change.type].includes(field));
    return fact === undefined ? [] : [{ field, event: shownFact(fact) }];
  });

const FIELDS = ['name', 'email', 'status'] as const satisfies readonly (keyof Fields)[];

const ABOUT: Readonly<Record<Change['type'], readonly (keyof Fields)[]>> = {
  UserCreated: FIELDS,
  UserRenamed: ['name'],
  UserEmailChanged: ['email'],
  UserDeactivated: ['status'],
  UserReactivated: ['status'],
};

const fieldsOf = (person: Person | undefined): Fields | undefined =>
  person && { name: person.name, email: person.email, status: person.status };
