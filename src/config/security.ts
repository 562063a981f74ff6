import { z } from 'zod';
import { BadSetting } from './bad-setting.js';

/** By which key tokens are checked; a file or an address is still to be read. */
export type KeySource =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'public key'; readonly file: string }
  | { readonly kind: 'jwks'; readonly url: URL };

export interface AuthConfig {
  readonly key: KeySource;
  readonly issuer: string;
  readonly audience: string;
  readonly rolesClaim: string;
}

/** Who may do what, and how much of it. */
export interface Security {
  /** Null where nobody is asked who they are. */
  readonly auth: AuthConfig | null;
  /** Whether to listen to other machines though nobody is asked who they are. */
  readonly allowAnonymous: boolean;
  /** Pages of these origins may use the API. */
  readonly origins: readonly string[];
  /** Null for any number. */
  readonly operationsPerMinute: number | null;
  /** A file of the only documents that are carried out. */
  readonly trustedDocuments: string | undefined;
  /** Whether there is GraphiQL, and the schema may be asked for. */
  readonly explorable: boolean;
}

export const SECURITY_SETTINGS = {
  AUTH_SECRET: 'tokens (JWT) are signed with this secret, of 32 characters or more',
  AUTH_PUBLIC_KEY: 'or: a file in PEM with the public key of their signatures',
  AUTH_JWKS_URL: 'or: where the public keys are: https://…/jwks.json',
  AUTH_ISSUER: 'who issues the tokens (iss); needed with any of the three',
  AUTH_AUDIENCE: 'whom they are for (aud); needed with any of the three',
  AUTH_ROLES_CLAIM: 'the claim with the roles reader, writer, auditor, admin (roles)',
  ALLOW_ANONYMOUS: 'yes: listen to other machines without any authentication (no)',
  CORS_ORIGINS: 'origins whose pages may use the API, with commas between',
  OPERATIONS_PER_MINUTE: 'how many operations one client may send in a minute',
  TRUSTED_DOCUMENTS: 'a file of the only documents to carry out, as codegen persists them',
  EXPLORE: 'yes or no: GraphiQL and introspection (yes; no where NODE_ENV is production)',
} as const;

/** Those that are flags by themselves: `--explore`, `--no-explore`. */
export const SWITCHES: readonly (keyof typeof SECURITY_SETTINGS)[] = ['ALLOW_ANONYMOUS', 'EXPLORE'];

const yesOrNo = z.enum(['yes', 'no'], 'must be yes or no').optional();

/** The settings as they are given, each checked by itself. */
export const SECURITY_SHAPE = {
  NODE_ENV: z.string().optional(),
  AUTH_SECRET: z.string().min(32, 'must have 32 characters or more').optional(),
  AUTH_PUBLIC_KEY: z.string().optional(),
  AUTH_JWKS_URL: z
    .string()
    .refine(isSafeUrl, 'must begin with https:// (http:// for this machine)')
    .optional(),
  AUTH_ISSUER: z.string().optional(),
  AUTH_AUDIENCE: z.string().optional(),
  AUTH_ROLES_CLAIM: z.string().default('roles'),
  ALLOW_ANONYMOUS: yesOrNo,
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== ''),
    )
    .refine((origins) => origins.every(isOrigin), 'must be origins such as https://example.org'),
  OPERATIONS_PER_MINUTE: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, 'must be a whole number from 1 to 9999999')
    .transform(Number)
    .optional(),
  TRUSTED_DOCUMENTS: z.string().optional(),
  EXPLORE: yesOrNo,
};

type Given = z.infer<z.ZodObject<typeof SECURITY_SHAPE>>;

/** Throws {@link BadSetting} for settings that do not go together. */
export function readSecurity(given: Given): Security {
  return {
    auth: readAuth(given),
    allowAnonymous: given.ALLOW_ANONYMOUS === 'yes',
    origins: given.CORS_ORIGINS,
    operationsPerMinute: given.OPERATIONS_PER_MINUTE ?? null,
    trustedDocuments: given.TRUSTED_DOCUMENTS,
    explorable:
      given.EXPLORE === undefined ? given.NODE_ENV !== 'production' : given.EXPLORE === 'yes',
  };
}

function readAuth(given: Given): AuthConfig | null {
  const { AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience, AUTH_ROLES_CLAIM: rolesClaim } = given;
  const [key, ...more] = keysIn(given);
  if (key === undefined) {
    if (issuer === undefined && audience === undefined) return null;
    throw new BadSetting(
      'AUTH_ISSUER and AUTH_AUDIENCE need one of AUTH_SECRET, AUTH_PUBLIC_KEY and AUTH_JWKS_URL.',
    );
  }
  if (more.length > 0) {
    throw new BadSetting(
      'Give one of AUTH_SECRET, AUTH_PUBLIC_KEY and AUTH_JWKS_URL, not several.',
    );
  }
  if (issuer === undefined || audience === undefined) {
    throw new BadSetting('Tokens cannot be checked without AUTH_ISSUER and AUTH_AUDIENCE.');
  }
  return { key, issuer, audience, rolesClaim };
}

function keysIn({
  AUTH_SECRET: secret,
  AUTH_PUBLIC_KEY: file,
  AUTH_JWKS_URL: url,
}: Given): KeySource[] {
  return [
    ...(secret === undefined ? [] : [{ kind: 'secret', secret } as const]),
    ...(file === undefined ? [] : [{ kind: 'public key', file } as const]),
    ...(url === undefined ? [] : [{ kind: 'jwks', url: new URL(url) } as const]),
  ];
}

/** Keys that come over a network unprotected are anybody's. */
function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (
    protocol === 'https:' || (protocol === 'http:' && /^(?:localhost|127\.0\.0\.1)$/.test(hostname))
  );
}

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;
