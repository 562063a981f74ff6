import { z } from 'zod';
import type { Parsed, RawCommand } from '../../core/decider.js';

const ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;
const LONGEST_NAME = 200;
const LONGEST_REASON = 1000;
const LONGEST_EMAIL = 254;

/** Text as it is kept: without white space at the ends, in Unicode's composed form (NFC). */
const text = z
  .string('must be a text')
  .refine((value) => value.isWellFormed(), 'must be well-formed Unicode')
  .transform((value) => value.normalize('NFC').trim());

const lengthOf = (value: string): number => Array.from(value).length;

const id = z
  .string('must be a text')
  .regex(ID, 'must be 1 to 128 letters, digits or . _ : - and begin with a letter or digit');

const name = text
  .refine((value) => value !== '', 'must not be empty')
  .refine(
    (value) => lengthOf(value) <= LONGEST_NAME,
    `must have at most ${LONGEST_NAME} characters`,
  );

const email = text
  .pipe(z.email('must be an e-mail address').max(LONGEST_EMAIL, 'must be shorter'))
  .nullable();

const reason = text
  .refine(
    (value) => lengthOf(value) <= LONGEST_REASON,
    `must have at most ${LONGEST_REASON} characters`,
  )
  .nullish()
  .transform((value) => value || null);

const userCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('CreateUser'), id, name, email: email.default(null) }),
  z.object({ type: z.literal('RenameUser'), id, name }),
  z.object({ type: z.literal('ChangeUserEmail'), id, email }),
  z.object({ type: z.literal('DeactivateUser'), id, reason }),
  z.object({ type: z.literal('ReactivateUser'), id }),
]);

/** What can be asked of a user; every value in its normal form. */
export type UserCommand = z.infer<typeof userCommand>;
export type UserCommandType = UserCommand['type'];

export const USER_COMMAND_TYPES = userCommand.options.map(({ shape }) => shape.type.value);

/** What is no object says nothing, and each field then says that it is missing. */
const looselyAnObject = z.looseObject({}).catch({});

export function parseUserCommand(
  raw: RawCommand<UserCommandType>,
  newId: () => string,
): Parsed<UserCommand> {
  const payload = looselyAnObject.parse(raw.payload);
  const named = raw.type === 'CreateUser' ? { ...payload, id: payload['id'] ?? newId() } : payload;
  const result = userCommand.safeParse({ ...named, type: raw.type });
  if (result.success) return { valid: true, command: result.data };
  return {
    valid: false,
    issues: result.error.issues.map(({ path, message }) => ({ path: path.map(String), message })),
  };
}
