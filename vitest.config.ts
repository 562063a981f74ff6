import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take the ESM build of graphql for our code, while libraries get Node's choice of it.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.spec.ts'],
    setupFiles: ['reflect-metadata'],
    globalSetup: ['test/support/postgres/global.ts'],
    // Default imports of CommonJS modules are what Node makes of them.
    deps: { interopDefault: false },
    testTimeout: 30_000,
  },
});
