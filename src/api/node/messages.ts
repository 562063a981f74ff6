import { z } from 'zod';
import { positionOf, type Position } from '../../core/event.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import type { FailureCode } from '../../engine/outcome.js';

const msg_id = z.int().optional();

/** What may be left out, or null, as GraphQL has it. */
const orNull = <T extends z.ZodType>(type: T) =>
  type.nullish().transform((value) => value ?? undefined);
/** The caller's own name for it. */
const subscription = z.string().min(1).max(200);

/** What may come in a message's body, told apart by `type`. */
export const requestBody = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('command'),
    msg_id,
    command: z.object({
      type: z.string(),
      payload: z.record(z.string(), z.unknown()),
      expectedVersion: z.number().optional(),
      commandId: z.string().nullish(),
      dryRun: z.boolean().default(false),
    }),
  }),
  z.object({
    type: z.literal('query'),
    msg_id,
    query: z.object({ type: z.string(), params: z.record(z.string(), z.unknown()).default({}) }),
  }),
  z.object({
    type: z.literal('subscribe'),
    msg_id,
    subscription,
    after: orNull(z.int().nonnegative().transform(positionOf)),
    // Strict: a misspelt filter would let everything through.
    where: z
      .strictObject({
        aggregateType: orNull(z.string()),
        aggregateId: orNull(z.string()),
        types: orNull(z.array(z.string())),
        correlationId: orNull(z.string()),
      })
      .nullish()
      .transform((where) => where ?? {}),
  }),
  z.object({ type: z.literal('unsubscribe'), msg_id, subscription }),
  z.object({ type: z.literal('init'), msg_id, node_id: z.string().optional() }),
]);

export type RequestBody = z.infer<typeof requestBody>;
export type SubscribeBody = Extract<RequestBody, { type: 'subscribe' }>;

/** A message: its body, and the envelope that Maelstrom puts around it. */
export interface Message {
  readonly src: string | undefined;
  readonly dest: string | undefined;
  readonly body: unknown;
}

const envelope = z.object({
  src: z.string().optional().catch(undefined),
  dest: z.string().optional().catch(undefined),
  body: z.record(z.string(), z.unknown()),
});

/** Reads a message from JSON; a body alone is one, too. */
export function readMessage(value: unknown): Message {
  const enveloped = envelope.safeParse(value);
  if (!enveloped.success) return { src: undefined, dest: undefined, body: value };
  const { src, dest, body } = enveloped.data;
  return { src, dest, body };
}

/** The id to reply to, even of a message that is wrong otherwise. */
export function messageIdOf(body: unknown): number | null {
  const parsed = z.object({ msg_id: z.int() }).safeParse(body);
  return parsed.success ? parsed.data.msg_id : null;
}

/** Maelstrom's error codes, as far as they are used. */
export const MALFORMED_REQUEST = 12;
export const CRASH = 13;

export type ReplyBody =
  | {
      readonly type: 'command_result';
      readonly in_reply_to: number | null;
      readonly success: boolean;
      /** Of a dry run, whole facts: most of them can be read nowhere else. */
      readonly events: readonly JsonObject[];
      /** Only there when true, like the next. */
      readonly replayed?: boolean;
      readonly dryRun?: boolean;
      readonly error?: CommandFailure;
    }
  | {
      readonly type: 'query_result';
      readonly in_reply_to: number | null;
      readonly data: JsonValue;
    }
  | { readonly type: 'init_ok'; readonly in_reply_to: number | null }
  | {
      readonly type: 'subscribe_ok' | 'unsubscribe_ok';
      readonly in_reply_to: number | null;
      readonly subscription: string;
    }
  | ErrorBody;

export interface ErrorBody {
  readonly type: 'error';
  readonly in_reply_to: number | null;
  readonly code: typeof MALFORMED_REQUEST | typeof CRASH;
  readonly text: string;
}

/** What a subscription is told; no message asked for it, so it comes between the replies. */
export type SubscriptionBody =
  | {
      readonly type: 'event';
      readonly subscription: string;
      readonly position: Position;
      readonly caughtUp: boolean;
      readonly event: JsonObject | null;
    }
  /** The subscription has ended. */
  | (ErrorBody & { readonly subscription: string });

export interface CommandFailure {
  readonly code: FailureCode;
  readonly message: string;
  readonly expectedVersion?: number;
  readonly actualVersion?: number;
  /** The events after expectedVersion, oldest first, at most 100. */
  readonly missed?: readonly JsonObject[];
  readonly issues?: readonly { readonly path: readonly string[]; readonly message: string }[];
}
