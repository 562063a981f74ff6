import type { TestProject } from 'vitest/node';
import { installPostgres, type Installation } from './installation.js';
import { PostgresServer } from './server.js';

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgresInstallation: Installation;
    /** Of the server that all tests of a run share. */
    readonly postgresUrl: string;
  }
}

/** Starts one PostgreSQL for a whole run: to create a database takes far less than to create a server. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { installation, remove } = await installPostgres();
  const server = await PostgresServer.create(installation, { settings: { max_connections: 400 } });
  provide('postgresInstallation', installation);
  provide('postgresUrl', server.url());
  return async () => {
    await server.stop();
    await remove();
  };
}
