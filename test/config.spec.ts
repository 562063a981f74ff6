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
      production: false,
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
      production: true,
    });
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
