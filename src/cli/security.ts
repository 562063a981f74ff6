import { readFile } from 'node:fs/promises';
import { Gate } from '../api/gate/gate.js';
import type { AuthSettings } from '../api/gate/tokens.js';
import { isLoopback } from '../api/hardening.js';
import { TrustedDocuments } from '../api/trusted.js';
import { BadSetting, type Config } from '../config.js';
import type { AuthConfig, Security } from '../config/security.js';
import type { Logger } from '../core/logger.js';
import type { StoreName } from '../stores/index.js';

/** Whether nobody but this machine is to be let in. Throws {@link BadSetting}. */
export function onlyForLocalhost({ host, security }: Config<StoreName>): boolean {
  if (security.auth !== null || security.allowAnonymous) return false;
  if (isLoopback(host)) return true;
  throw new BadSetting(
    `HOST ${host} is for other machines, too, and nobody is asked who they are: configure authentication (AUTH_SECRET, AUTH_PUBLIC_KEY or AUTH_JWKS_URL), or say --allow-anonymous.`,
  );
}

/** Who is let in, where nobody is asked who they are. */
export function anonymityOf({ auth, allowAnonymous }: Security): string | null {
  if (auth !== null) return null;
  return allowAnonymous
    ? 'There is no authentication: whoever reaches this server may do anything'
    : 'There is no authentication: only this machine is let in, and may do anything';
}

/** Rejects with {@link BadSetting}. */
export async function openGate(security: Security, log: Logger): Promise<Gate> {
  const auth = await readAuth(security.auth);
  try {
    return new Gate({ ...security, auth, log });
  } catch (cause) {
    throw new BadSetting('AUTH_PUBLIC_KEY is no public key in PEM.', { cause });
  }
}

async function readAuth(auth: AuthConfig | null): Promise<AuthSettings | null> {
  if (auth === null) return null;
  const { key } = auth;
  if (key.kind !== 'public key') return { ...auth, key };
  const pem = await readSetting('AUTH_PUBLIC_KEY', key.file);
  return { ...auth, key: { kind: 'public key', pem } };
}

/** Rejects with {@link BadSetting}. */
export async function readTrusted(file: string | undefined): Promise<TrustedDocuments | null> {
  if (file === undefined) return null;
  const text = await readSetting('TRUSTED_DOCUMENTS', file);
  try {
    return new TrustedDocuments(JSON.parse(text));
  } catch (cause) {
    throw new BadSetting(
      `TRUSTED_DOCUMENTS ${file} is not a JSON object of texts, each under its hash.`,
      { cause },
    );
  }
}

async function readSetting(name: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new BadSetting(`${name} ${file} cannot be read: ${why}.`, { cause });
  }
}
