import { SignJWT, type JWTPayload } from 'jose';
import type { Settings } from '../../src/config.js';

export const SECRET = 'a secret that only tests and their servers know';
export const ISSUER = 'https://id.example.org';
export const AUDIENCE = 'hindsight';
export const WHO = { AUTH_ISSUER: ISSUER, AUTH_AUDIENCE: AUDIENCE };

/** A server that asks for tokens which are signed with the secret. */
export const WITH_SECRET: Settings = { AUTH_SECRET: SECRET, ...WHO };

/** What a good token says. */
export const CLAIMS = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'ada',
  roles: ['admin'],
} as const satisfies JWTPayload;

export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

/** Undefined takes one away that a good token has. */
export type Claims = Readonly<Record<string, unknown>>;

type Key = Parameters<SignJWT['sign']>[0];

/** A token, good for a minute where its claims do not say otherwise. */
export function sign(
  claims: Claims = {},
  key: Key = new TextEncoder().encode(SECRET),
  header: { readonly alg: string; readonly kid?: string } = { alg: 'HS256' },
): Promise<string> {
  return new SignJWT({ ...CLAIMS, exp: inSeconds(60), ...claims })
    .setProtectedHeader(header)
    .sign(key);
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
