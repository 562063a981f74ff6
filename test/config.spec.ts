import { describe, expect, it } from 'vitest';
import { BadSetting, readConfig } from '../src/config.js';

const read = (settings: Record<string, string>) =>
  readConfig(settings, ['lowdb', 'memory', 'postgres']);

describe('the configuration', () => {
  it('has a default for every setting; an empty value is as good as none', () => {
    const defaults = {
      host: '127.0.0.1',
      port: 4000,
      dataDir: './data',
      store: 'lowdb',
      databaseUrl: undefined,
      migrate: true,
      patience: 5_000,
      limits: { connections: 10_000, subscriptions: 100, unreadFor: 30_000 },
      logLevel: 'info',
      security: {
        auth: null,
        allowAnonymous: false,
        origins: [],
        operationsPerMinute: null,
        trustedDocuments: undefined,
        explorable: true,
      },
    };
    expect(read({})).toEqual(defaults);
    expect(read({ PORT: '', HOST: '', NODE_ENV: 'test' })).toEqual(defaults);
  });

  it('takes what is set', () => {
    const settings = {
      HOST: '::1',
      PORT: '0',
      DATA_DIR: '/data',
      STORE: 'postgres',
      DATABASE_URL: 'postgres://ada:secret@db/hindsight',
      CONSISTENT_WITHIN: '250',
      CONNECTIONS: '5',
      SUBSCRIPTIONS: '2',
      UNREAD_FOR: '100',
      LOG_LEVEL: 'debug',
      NODE_ENV: 'production',
      AUTH_JWKS_URL: 'https://id.example.org/keys',
      AUTH_ISSUER: 'https://id.example.org',
      AUTH_AUDIENCE: 'hindsight',
      AUTH_ROLES_CLAIM: 'realm_access.roles',
      CORS_ORIGINS: 'https://one.example, https://two.example:8443',
      OPERATIONS_PER_MINUTE: '600',
      TRUSTED_DOCUMENTS: '/etc/documents.json',
    };
    expect(read(settings)).toEqual({
      host: '::1',
      port: 0,
      dataDir: '/data',
      store: 'postgres',
      databaseUrl: 'postgres://ada:secret@db/hindsight',
      migrate: true,
      patience: 250,
      limits: { connections: 5, subscriptions: 2, unreadFor: 100 },
      logLevel: 'debug',
      security: {
        auth: {
          key: { kind: 'jwks', url: new URL('https://id.example.org/keys') },
          issuer: 'https://id.example.org',
          audience: 'hindsight',
          rolesClaim: 'realm_access.roles',
        },
        allowAnonymous: false,
        origins: ['https://one.example', 'https://two.example:8443'],
        operationsPerMinute: 600,
        trustedDocuments: '/etc/documents.json',
        explorable: false,
      },
    });
  });

  it.each([
    [{ EXPLORE: 'yes', NODE_ENV: 'production' }, true],
    [{ EXPLORE: 'no' }, false],
    [{ NODE_ENV: 'production' }, false],
  ])('lets the schema be explored: %o', (settings: Record<string, string>, explorable) => {
    expect(read(settings).security.explorable).toBe(explorable);
  });

  it.each([
    [{ AUTH_SECRET: 'x'.repeat(32) }, 'Tokens cannot be checked without AUTH_ISSUER'],
    [{ AUTH_ISSUER: 'me' }, 'AUTH_ISSUER and AUTH_AUDIENCE need one of AUTH_SECRET'],
    [{ AUTH_SECRET: 'x'.repeat(32), AUTH_PUBLIC_KEY: 'key.pem' }, 'Give one of AUTH_SECRET'],
    [{ AUTH_SECRET: 'short' }, 'AUTH_SECRET must have 32 characters or more, but it does not.'],
    [{ AUTH_JWKS_URL: 'http://id.example.org/keys' }, 'AUTH_JWKS_URL must begin with https://'],
    [{ CORS_ORIGINS: '*' }, 'CORS_ORIGINS must be origins such as https://example.org'],
    [{ CORS_ORIGINS: 'https://example.org/' }, 'CORS_ORIGINS must be origins'],
    [{ OPERATIONS_PER_MINUTE: '0' }, 'OPERATIONS_PER_MINUTE must be a whole number'],
    [{ ALLOW_ANONYMOUS: 'true' }, 'ALLOW_ANONYMOUS must be yes or no'],
  ])('names what does not go together: %o', (settings, message) => {
    expect(() => read(settings)).toThrow(message);
    expect(() => read(settings)).not.toThrow('short');
  });

  it.each([
    ['PORT', '65536', 'PORT must be a whole number from 0 to 65535, but it is "65536".'],
    ['PORT', '-1', 'PORT must be a whole number from 0 to 65535, but it is "-1".'],
    ['PORT', '4e3', 'PORT must be a whole number from 0 to 65535, but it is "4e3".'],
    [
      'CONSISTENT_WITHIN',
      '5s',
      'CONSISTENT_WITHIN must be a whole number from 0 to 60000, but it is "5s".',
    ],
    ['CONNECTIONS', '0', 'CONNECTIONS must be a whole number from 1 to 1000000, but it is "0".'],
    ['STORE', 'postgres', 'STORE postgres needs a DATABASE_URL.'],
    [
      'DATABASE_URL',
      'mysql://ada:secret@db',
      'DATABASE_URL must begin with postgres://, but it does not.',
    ],
    ['STORE', 'redis', 'STORE must be one of lowdb, memory, postgres, but it is "redis".'],
    ['LOG_LEVEL', 'loud', expect.stringMatching(/^LOG_LEVEL must be one of .* is "loud"\.$/)],
  ])('names %s when it is %s', (name, value, message) => {
    expect(() => read({ [name]: value })).toThrow(BadSetting);
    expect(() => read({ [name]: value })).toThrow(expect.objectContaining({ message }));
  });
});
