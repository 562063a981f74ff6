import { defineConfig } from 'vitest/config';

const SEEN_BY_CLIENTS = [
  'test/api/*.spec.ts',
  'test/clients/*.spec.ts',
  'test/domains/user/graphql/*.spec.ts',
  'test/model/stories.spec.ts',
];

/** Specs among them that have no store, always the same one, or ask it for nothing. */
const WHATEVER_THE_STORE = [
  'as-of-cost',
  'catching-up',
  'close-codes',
  'contract',
  'errors',
  'failing-sources',
  'hardening',
  'http',
  'origins',
  'schema',
  'shared-answers',
  'trusted',
  'unread',
].map((name) => `test/api/${name}.spec.ts`);

export default defineConfig({
  // Vite would take the ESM build of graphql for our code, while libraries get Node's choice of it.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    setupFiles: ['reflect-metadata'],
    globalSetup: ['test/support/postgres/global.ts'],
    // Default imports of CommonJS modules are what Node makes of them.
    deps: { interopDefault: false },
    testTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: { name: 'lowdb', include: ['test/**/*.spec.ts'], provide: { store: 'lowdb' } },
      },
      {
        // What a client sees is the same whatever the log is kept in.
        extends: true,
        test: {
          name: 'postgres',
          include: SEEN_BY_CLIENTS,
          exclude: WHATEVER_THE_STORE,
          provide: { store: 'postgres' },
        },
      },
    ],
  },
});
