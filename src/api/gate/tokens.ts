import { createPublicKey } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyResult } from 'jose';
import { rolesOf, type Caller } from '../../schema/caller.js';

/** How the tokens of callers are checked. */
export interface AuthSettings {
  readonly key:
    | { readonly kind: 'secret'; readonly secret: string }
    /** In PEM. */
    | { readonly kind: 'public key'; readonly pem: string }
    | { readonly kind: 'jwks'; readonly url: URL };
  readonly issuer: string;
  readonly audience: string;
  /** The claim that names the roles; dots lead into objects. */
  readonly rolesClaim: string;
}

/** A caller does not show who they are; the message says why, and nothing of a token. */
export class NotAuthenticated extends Error {
  override readonly name = 'NotAuthenticated';
}

/** Whether a caller is who they say cannot be found out at present. */
export class CannotAuthenticate extends Error {
  override readonly name = 'CannotAuthenticate';
}

/** Who sent a request with this `Authorization`. */
export type Authenticate = (authorization: string | undefined) => Promise<Caller>;

type Verify = (token: string) => Promise<JWTVerifyResult>;

const SYMMETRIC = ['HS256', 'HS384', 'HS512'];
const ASYMMETRIC = [
  ...['RS', 'PS', 'ES'].flatMap((kind) => [256, 384, 512].map((n) => `${kind}${n}`)),
  'EdDSA',
  'Ed25519',
];
const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;
/** Who they are goes to the log, and from there to terminals. */
const SUBJECT = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]{1,200}$/u;

/** Throws for a public key that is none. */
export function authenticateBy(settings: AuthSettings): Authenticate {
  const verify = verifierOf(settings);
  return async (authorization) => {
    if (authorization === undefined || authorization === '') {
      throw new NotAuthenticated('A token is needed: Authorization: Bearer, and a JSON Web Token.');
    }
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) {
      throw new NotAuthenticated('Authorization must be Bearer, and a JSON Web Token.');
    }
    const { payload } = await verify(token).catch((error: unknown) => {
      throw refusalOf(error, settings.key.kind === 'jwks');
    });
    return callerOf(payload, settings.rolesClaim);
  };
}

function verifierOf({ key, issuer, audience }: AuthSettings): Verify {
  const checks = { issuer, audience, requiredClaims: ['sub', 'exp'] };
  switch (key.kind) {
    case 'secret': {
      const secret = new TextEncoder().encode(key.secret);
      return (token) => jwtVerify(token, secret, { ...checks, algorithms: SYMMETRIC });
    }
    case 'public key': {
      const publicKey = createPublicKey(key.pem);
      return (token) => jwtVerify(token, publicKey, { ...checks, algorithms: ASYMMETRIC });
    }
    case 'jwks': {
      const keys = createRemoteJWKSet(key.url);
      return (token) => jwtVerify(token, keys, { ...checks, algorithms: ASYMMETRIC });
    }
    default:
      return key satisfies never;
  }
}

function refusalOf(error: unknown, mayLackKeys: boolean): Error {
  if (error instanceof errors.JWTExpired) return new NotAuthenticated('The token has expired.');
  if (error instanceof errors.JWTClaimValidationFailed) {
    return new NotAuthenticated(`The token is not for this server: its claim ${error.claim}.`);
  }
  if (!mayLackKeys || !isOfKeys(error)) return new NotAuthenticated('The token is not valid.');
  return new CannotAuthenticate('Tokens cannot be checked now. Try again later.', { cause: error });
}

/** Whether the keys could not be had. The crypto of Node says by other errors that one does not fit. */
function isOfKeys(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  // The answer of the server that has the keys was no 200, or no JSON; or there was none.
  if (error instanceof errors.JOSEError) return error.code === 'ERR_JOSE_GENERIC';
  return (
    !(error instanceof DOMException) && !(error instanceof TypeError && error.cause === undefined)
  );
}

function callerOf(payload: JWTPayload, rolesClaim: string): Caller {
  const { sub, exp } = payload;
  if (sub === undefined || exp === undefined || !SUBJECT.test(sub)) {
    throw new NotAuthenticated('The token is not for this server: its claim sub.');
  }
  return { actor: sub, roles: rolesOf(namesIn(payload, rolesClaim)), until: exp * 1_000 };
}

/** A list of names, or names with spaces between, as the standard claim `scope` has them. */
function namesIn(payload: JWTPayload, claim: string): readonly string[] {
  const value = payload[claim] ?? claim.split('.').reduce<unknown>(memberOf, payload);
  if (typeof value === 'string') return value.split(' ');
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
