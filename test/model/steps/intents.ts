import * as fc from 'fast-check';
import type { Command, Order } from '../orders.js';
import { people as who, UNBORN, type Story, type Who } from '../story.js';

/** A command, of which the story says who is meant and what version is the present one. */
export type Intent = About &
  (
    | { readonly type: 'createUser'; readonly name: Name; readonly email: Email }
    | { readonly type: 'renameUser'; readonly name: Name }
    | { readonly type: 'changeUserEmail'; readonly email: Email }
    | { readonly type: 'deactivateUser'; readonly reason: string | null | undefined }
    | { readonly type: 'reactivateUser' }
  );

interface About {
  readonly who: Who;
  readonly version: 'right' | 'left out' | 'negative' | { readonly off: number };
}

/** Their orders by code units and by code points differ, and so do their lengths in another case. */
const NAMES = {
  Ada: 'Ada',
  ada: 'ada',
  Bob: 'Bob',
  Ödön: 'Ödön',
  'Ödön in pieces': 'O\u0308do\u0308n',
  'Ada with spaces': ' Ada ',
  owl: '🦉',
  ligature: 'ﬁn',
  dotted: 'İdil',
  long: '🦉'.repeat(200),
  'too long': 'x'.repeat(201),
  spaces: '  ',
} as const;
type Name = keyof typeof NAMES;

const ADDRESSES = ['one', 'ONE', 'two', 'nobody'] as const;
/** Undefined is left out where it may be. */
type Email = (typeof ADDRESSES)[number] | null | undefined;

const name = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom<Name>('Ada', 'ada', 'Bob', 'Ödön', 'owl', 'ligature') },
  { weight: 3, arbitrary: fc.constantFrom<Name>('Ödön in pieces', 'Ada with spaces', 'dotted') },
  { weight: 1, arbitrary: fc.constantFrom<Name>('long', 'too long', 'spaces') },
);
const email = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom<Email>(null, undefined, 'one', 'one', 'ONE', 'two') },
  { weight: 1, arbitrary: fc.constant<Email>('nobody') },
);
const version = fc.oneof(
  { weight: 12, arbitrary: fc.constant('right' as const) },
  { weight: 3, arbitrary: fc.record({ off: fc.constantFrom(-3, -2, -1, -1, 1, 2) }) },
  { weight: 1, arbitrary: fc.constantFrom('left out' as const, 'negative' as const) },
);
const reason = fc.constantFrom(null, undefined, 'left', ' ');
const typed = <Type extends string>(type: Type) => fc.constant(type);

export const intents: fc.Arbitrary<Intent> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: typed('createUser'), who, version, name, email }) },
  { weight: 3, arbitrary: fc.record({ type: typed('renameUser'), who, version, name }) },
  { weight: 4, arbitrary: fc.record({ type: typed('changeUserEmail'), who, version, email }) },
  { weight: 2, arbitrary: fc.record({ type: typed('deactivateUser'), who, version, reason }) },
  { weight: 3, arbitrary: fc.record({ type: typed('reactivateUser'), who, version }) },
);

function commandOf(story: Story, intent: Intent): Command {
  const { type, who: whom } = intent;
  const id = story.userId(whom);
  if (whom !== UNBORN && type !== 'createUser' && story.world.of(id).length === 0) {
    const mail = type === 'changeUserEmail' ? intent.email : undefined;
    return { type: 'createUser', input: { id, name: NAMES.Ada, ...emailIn(story, mail) } };
  }
  switch (type) {
    case 'createUser':
      return { type, input: { id, name: NAMES[intent.name], ...emailIn(story, intent.email) } };
    case 'renameUser':
      return { type, input: { id, name: NAMES[intent.name] } };
    case 'changeUserEmail':
      return { type, input: { id, email: null, ...emailIn(story, intent.email) } };
    case 'deactivateUser':
      return { type, input: { id, ...(intent.reason !== undefined && { reason: intent.reason }) } };
    case 'reactivateUser':
      return { type, input: { id } };
    default:
      return type satisfies never;
  }
}

function emailIn({ tag }: Story, given: Email) {
  if (given === undefined) return {};
  return { email: given === null || given === 'nobody' ? given : `${given}@${tag}.example.org` };
}

export function orderOf(story: Story, intent: Intent, commandId: string | null): Order {
  const command = commandOf(story, intent);
  return { command, ...versionOf(story, command, intent), commandId, dryRun: false };
}

function versionOf({ world }: Story, { type, input }: Command, about: About) {
  const present = world.of(input.id).length;
  if (about.version === 'negative') return { expectedVersion: -1 };
  if (about.version === 'left out')
    return type === 'createUser' ? {} : { expectedVersion: present };
  const off = about.version === 'right' ? 0 : about.version.off;
  return { expectedVersion: Math.max(0, present + off) };
}

/** The same with another value, if it has any beside the user. */
export function otherwise(command: Command): Command {
  switch (command.type) {
    case 'createUser':
      return { ...command, input: { ...command.input, name: 'Otherwise' } };
    case 'renameUser':
      return { ...command, input: { ...command.input, name: 'Otherwise' } };
    case 'changeUserEmail': {
      const { id, email: before } = command.input;
      return {
        ...command,
        input: { id, email: before === null ? `other.${id}@example.org` : null },
      };
    }
    case 'deactivateUser':
      return { ...command, input: { ...command.input, reason: 'otherwise' } };
    case 'reactivateUser':
      return command;
    default:
      return command satisfies never;
  }
}
