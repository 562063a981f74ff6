import { z } from 'zod';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const LONGEST_WAIT = 60_000;

/** How this process is to run; every value checked. */
export interface Config<StoreName extends string> {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly dataDir: string;
  readonly store: StoreName;
  /** How long a query may wait for consistentWith, in milliseconds. */
  readonly patience: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly production: boolean;
}

/** A setting has a value that it cannot have; the message names it, in one line. */
export class BadSetting extends Error {
  override readonly name = 'BadSetting';
}

/** Settings by the names of their environment variables; empty is as good as missing. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** The settings that exist, with their meaning: the flag `--data-dir` is the variable DATA_DIR. */
export const SETTINGS = {
  HOST: 'the address to listen on (127.0.0.1)',
  PORT: 'the port to listen on; 0 takes a free one (4000)',
  DATA_DIR: 'the folder of the embedded store (./data)',
  STORE: 'where the log is kept: lowdb or memory (lowdb)',
  CONSISTENT_WITHIN: 'how many milliseconds a query may wait for consistentWith (5000)',
  LOG_LEVEL: `${LOG_LEVELS.join(', ')} (info)`,
} as const;

/** Checks the settings. Throws {@link BadSetting} for the first bad value. */
export function readConfig<StoreName extends string>(
  settings: Settings,
  stores: readonly [StoreName, ...StoreName[]],
): Config<StoreName> {
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''));
  const result = z
    .object({
      HOST: z.string().default('127.0.0.1'),
      PORT: z
        .string()
        .default('4000')
        .refine((value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535, {
          message: 'must be a whole number from 0 to 65535',
        })
        .transform(Number),
      DATA_DIR: z.string().default('./data'),
      CONSISTENT_WITHIN: z
        .string()
        .default('5000')
        .refine((value) => /^\d{1,5}$/.test(value) && Number(value) <= LONGEST_WAIT, {
          message: `must be a whole number from 0 to ${LONGEST_WAIT}`,
        })
        .transform(Number),
      STORE: z.enum(stores, `must be one of ${stores.join(', ')}`).default(stores[0]),
      LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
      NODE_ENV: z.string().optional(),
    })
    .safeParse(given);
  if (!result.success) throw badSetting(result.error.issues[0], given);
  const { HOST, PORT, DATA_DIR, STORE, CONSISTENT_WITHIN, LOG_LEVEL, NODE_ENV } = result.data;
  return {
    host: HOST,
    port: PORT,
    dataDir: DATA_DIR,
    store: STORE,
    patience: CONSISTENT_WITHIN,
    logLevel: LOG_LEVEL,
    production: NODE_ENV === 'production',
  };
}

function badSetting(issue: z.core.$ZodIssue | undefined, given: Settings): BadSetting {
  const name = String(issue?.path[0]);
  return new BadSetting(`${name} ${issue?.message}, but it is ${JSON.stringify(given[name])}.`);
}
