import type { Change, Fact, Person } from './facts.js';
import type { World } from './world.js';

/** A command as a client writes it. */
export type Command =
  | {
      readonly type: 'createUser';
      readonly input: {
        readonly id: string;
        readonly name: string;
        readonly email?: string | null;
      };
    }
  | { readonly type: 'renameUser'; readonly input: { readonly id: string; readonly name: string } }
  | {
      readonly type: 'changeUserEmail';
      readonly input: { readonly id: string; readonly email: string | null };
    }
  | {
      readonly type: 'deactivateUser';
      readonly input: { readonly id: string; readonly reason?: string | null };
    }
  | { readonly type: 'reactivateUser'; readonly input: { readonly id: string } };

export type CommandType = Command['type'];

/** A command with what its caller says about it. */
export interface Order {
  readonly command: Command;
  /** Left out, which only a creation may, it is 0. */
  readonly expectedVersion?: number;
  readonly commandId: string | null;
  readonly dryRun: boolean;
}

/** What must become of a command. */
export type Verdict =
  | { readonly kind: 'appends'; readonly change: Change }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'again'; readonly fact: Fact }
  | { readonly kind: 'conflict'; readonly expected: number; readonly missed: readonly Fact[] }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'invalid'; readonly paths: readonly string[] };

/** The checks in the order that docs/commands.md gives. */
export function judge(world: World, order: Order): Verdict {
  const command = normal(order.command);
  const expected = order.expectedVersion ?? 0;
  const paths = [...wrongIn(command), ...(expected < 0 ? ['expectedVersion'] : [])];
  if (paths.length > 0) return { kind: 'invalid', paths };

  const done = world.done(order.commandId);
  if (done !== undefined) {
    const isSame = JSON.stringify(normal(done.order.command)) === JSON.stringify(command);
    return isSame ? { kind: 'again', fact: done.fact } : refused('COMMAND_ID_REUSED');
  }
  const facts = world.of(command.input.id);
  const conflict: Verdict = { kind: 'conflict', expected, missed: facts.slice(expected) };
  const isStale = expected !== facts.length;
  if (isStale && expected !== 0 && facts.length !== 0) return conflict;
  const decision = decide(command, world.person(command.input.id));
  if (decision.kind === 'refused') return decision;
  if (isStale) return conflict;
  const address = decision.kind === 'appends' ? addressAfter(world, command) : null;
  const holder = address === null ? undefined : world.holderOf(address);
  if (holder !== undefined && holder.id !== command.input.id) return refused('EMAIL_TAKEN');
  return decision;
}

function decide(command: Command, person: Person | undefined): Verdict {
  if (command.type === 'createUser') {
    const { name, email = null } = command.input;
    if (person !== undefined) return refused('ALREADY_EXISTS');
    return appends({ type: 'UserCreated', data: { name, email, status: 'active' } });
  }
  if (person === undefined) return refused('NOT_FOUND');
  if (command.type === 'reactivateUser') {
    if (person.status === 'ACTIVE') return { kind: 'nothing' };
    return appends({ type: 'UserReactivated', data: {} });
  }
  return person.status === 'DEACTIVATED' ? refused('DEACTIVATED') : change(command, person);
}

function change(
  command: Exclude<Command, { type: 'createUser' | 'reactivateUser' }>,
  person: Person,
): Verdict {
  switch (command.type) {
    case 'renameUser': {
      const { name } = command.input;
      if (name === person.name) return { kind: 'nothing' };
      return appends({ type: 'UserRenamed', data: { name } });
    }
    case 'changeUserEmail': {
      const { email } = command.input;
      if (email === person.email) return { kind: 'nothing' };
      return appends({ type: 'UserEmailChanged', data: { email } });
    }
    case 'deactivateUser':
      return appends({ type: 'UserDeactivated', data: { reason: command.input.reason ?? null } });
    default:
      return command satisfies never;
  }
}

/** The address that a command wants for its user, who is active after it. */
function addressAfter(world: World, command: Command): string | null {
  switch (command.type) {
    case 'createUser':
    case 'changeUserEmail':
      return command.input.email ?? null;
    case 'reactivateUser':
      return world.person(command.input.id)?.email ?? null;
    case 'renameUser':
    case 'deactivateUser':
      return null;
    default:
      return command satisfies never;
  }
}

const refused = (code: string) => ({ kind: 'refused', code }) as const;
const appends = (made: Change) => ({ kind: 'appends', change: made }) as const;

/** Its values as they are kept, and compared with those of another. */
function normal(command: Command): Command {
  switch (command.type) {
    case 'createUser': {
      const { id, name, email = null } = command.input;
      return { ...command, input: { id, name: kept(name), email: email && kept(email) } };
    }
    case 'renameUser':
      return { ...command, input: { ...command.input, name: kept(command.input.name) } };
    case 'changeUserEmail': {
      const { id, email } = command.input;
      return { ...command, input: { id, email: email && kept(email) } };
    }
    case 'deactivateUser': {
      const { id, reason } = command.input;
      return { ...command, input: { id, reason: kept(reason ?? '') || null } };
    }
    case 'reactivateUser':
      return command;
    default:
      return command satisfies never;
  }
}

const kept = (text: string): string => text.normalize('NFC').trim();

/** The names of the values that make no command. */
function wrongIn({ input }: Command): readonly string[] {
  const { length } = Array.from('name' in input ? input.name : 'some');
  const email = ('email' in input ? input.email : null) ?? null;
  return [
    ...(length < 1 || length > 200 ? ['name'] : []),
    ...(email !== null && !email.includes('@') ? ['email'] : []),
  ];
}
