import { z } from 'zod';
import type { Question } from './ask.js';
import type { CommandInput, CommandOutput, User } from './history.js';

const position = z.string().regex(/^\d+$/).transform(Number);
const user = z.object({ version: z.int(), name: z.string() }).nullable();
const event = z
  .object({ version: z.int(), position, data: z.object({ name: z.string() }) })
  .transform(({ data, ...place }) => ({ ...place, name: data.name }));

export const HEAD: Question<number> = {
  document: '{ head { position } }',
  data: z.object({ head: z.object({ position }) }).transform(({ head }) => head.position),
};

export const USER: Question<User | null> = {
  document: `query ($id: ID!, $position: Position!) {
    user(id: $id, consistentWith: $position) { version name }
  }`,
  data: z.object({ user }).transform((data) => data.user),
};

/** An answer has just the one form that its outcome calls for; any other is no answer at all. */
const commandOutput: z.ZodType<CommandOutput> = z.union([
  z
    .object({ error: z.null(), position, events: z.tuple([event]), user })
    .transform(({ events: [{ version }], ...rest }) => {
      return { result: 'applied' as const, version, position: rest.position, user: rest.user };
    }),
  z.object({ error: z.null(), position, events: z.tuple([]), user }).transform((given) => {
    return { result: 'unchanged' as const, position: given.position, user: given.user };
  }),
  z
    .object({
      error: z.object({
        code: z.literal('VERSION_CONFLICT'),
        actualVersion: z.int(),
        missed: z.array(event),
      }),
      position: z.null(),
      events: z.tuple([]),
      user,
    })
    .transform(({ error: { actualVersion, missed }, user: current }) => {
      return { result: 'conflict' as const, actualVersion, missed, user: current };
    }),
  z
    .object({
      error: z.object({ code: z.enum(['ALREADY_EXISTS', 'NOT_FOUND']) }),
      position: z.null(),
      events: z.tuple([]),
      user,
    })
    .transform(({ error: { code }, user: current }) => {
      const result = code === 'NOT_FOUND' ? ('missing' as const) : ('exists' as const);
      return { result, user: current };
    }),
]);

const ANSWER = `{
  position
  events { ...Fact }
  error { code ... on VersionConflict { actualVersion missed { ...Fact } } }
  user { version name }
} } fragment Fact on Event { version position data }`;

const data = z.object({ answer: commandOutput }).transform(({ answer }) => answer);

export const COMMANDS: Readonly<Record<CommandInput['type'], Question<CommandOutput>>> = {
  create: {
    document: `mutation ($id: ID!, $name: String!) {
      answer: createUser(input: { id: $id, name: $name }) ${ANSWER}`,
    data,
  },
  rename: {
    document: `mutation ($id: ID!, $name: String!, $expectedVersion: Int!) {
      answer: renameUser(input: { id: $id, name: $name }, expectedVersion: $expectedVersion)
      ${ANSWER}`,
    data,
  },
};
