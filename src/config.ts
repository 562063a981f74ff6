import { z } from 'zod';
import { BadSetting } from './config/bad-setting.js';
import {
  readSecurity,
  SECURITY_SETTINGS,
  SECURITY_SHAPE,
  type Security,
} from './config/security.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export { BadSetting } from './config/bad-setting.js';

/** How this process is to run; every value checked. */
export interface Config<StoreName extends string> {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly dataDir: string;
  readonly store: StoreName;
  /** Where PostgreSQL is; a secret, as it may hold a password. */
  readonly databaseUrl: string | undefined;
  /** Whether the tables of a database are brought up to this build at the start. */
  readonly migrate: boolean;
  /** How long an answer may wait for projections, in milliseconds. */
  readonly patience: number;
  /** What listeners may take of the server. */
  readonly limits: {
    readonly connections: number;
    readonly subscriptions: number;
    readonly unreadFor: number;
  };
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly security: Security;
}

/** Settings by the names of their environment variables; empty is as good as missing. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** The settings that exist, with their meaning: the flag `--data-dir` is the variable DATA_DIR. */
export const SETTINGS = {
  HOST: 'the address to listen on (127.0.0.1)',
  PORT: 'the port to listen on; 0 takes a free one (4000)',
  DATA_DIR: 'the folder of the embedded store (./data)',
  STORE: 'where the log is kept: lowdb, postgres or memory (lowdb)',
  DATABASE_URL: 'the database of STORE postgres: postgres://user:password@host:5432/database',
  CONSISTENT_WITHIN: 'how many milliseconds an answer may wait for projections (5000)',
  CONNECTIONS: 'how many sockets may be open, and how many streams (10000)',
  SUBSCRIPTIONS: 'how many operations one socket may have under way (100)',
  UNREAD_FOR: 'how many milliseconds a listener may leave unread what it is sent (30000)',
  LOG_LEVEL: `${LOG_LEVELS.join(', ')} (info)`,
  ...SECURITY_SETTINGS,
} as const;

export { SWITCHES } from './config/security.js';

/** Checks the settings. Throws {@link BadSetting} for the first bad value. */
export function readConfig<StoreName extends string>(
  settings: Settings,
  stores: readonly [StoreName, ...StoreName[]],
  migrate = true,
): Config<StoreName> {
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''));
  const result = z
    .object({
      HOST: z.string().default('127.0.0.1'),
      PORT: wholeNumber(4_000, 0, 65_535),
      DATA_DIR: z.string().default('./data'),
      CONSISTENT_WITHIN: wholeNumber(5_000, 0, 60_000),
      CONNECTIONS: wholeNumber(10_000, 1, 1_000_000),
      SUBSCRIPTIONS: wholeNumber(100, 1, 1_000_000),
      UNREAD_FOR: wholeNumber(30_000, 1, 3_600_000),
      STORE: z.enum(stores, `must be one of ${stores.join(', ')}`).default(stores[0]),
      LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
      DATABASE_URL: z
        .string()
        .regex(/^postgres(?:ql)?:\/\//, 'must begin with postgres://')
        .optional(),
      ...SECURITY_SHAPE,
    })
    .safeParse(given);
  if (!result.success) throw badSetting(result.error.issues[0], given);
  const { HOST, PORT, DATA_DIR, STORE, DATABASE_URL, LOG_LEVEL, ...others } = result.data;
  if (STORE === 'postgres' && DATABASE_URL === undefined) {
    throw new BadSetting('STORE postgres needs a DATABASE_URL.');
  }
  return {
    host: HOST,
    port: PORT,
    dataDir: DATA_DIR,
    store: STORE,
    databaseUrl: DATABASE_URL,
    migrate,
    patience: others.CONSISTENT_WITHIN,
    limits: {
      connections: others.CONNECTIONS,
      subscriptions: others.SUBSCRIPTIONS,
      unreadFor: others.UNREAD_FOR,
    },
    logLevel: LOG_LEVEL,
    security: readSecurity(others),
  };
}

function wholeNumber(usual: number, least: number, most: number) {
  return z
    .string()
    .default(String(usual))
    .refine((text) => /^\d{1,7}$/.test(text) && Number(text) >= least && Number(text) <= most, {
      message: `must be a whole number from ${least} to ${most}`,
    })
    .transform(Number);
}

/** They hold what is not for terminals and logs. */
const SECRETS: ReadonlySet<string> = new Set(['DATABASE_URL', 'AUTH_SECRET']);

function badSetting(issue: z.core.$ZodIssue | undefined, given: Settings): BadSetting {
  const name = String(issue?.path[0]);
  const shown = SECRETS.has(name) ? 'does not' : `is ${JSON.stringify(given[name])}`;
  return new BadSetting(`${name} ${issue?.message}, but it ${shown}.`);
}
