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
export default async function setup(
  project: TestProject,
): Promise<(() => Promise<void>) | undefined> {
  // Projects that extend the root's settings call this too, and are provided with what the root is.
  if (!project.isRootProject()) return undefined;
  const { installation, remove } = await installPostgres();
  const server = await PostgresServer.create(installation, { settings: { max_connections: 400 } });
  project.provide('postgresInstallation', installation);
  project.provide('postgresUrl', server.url());
  return async () => {
    await server.stop();
    await remove();
  };
}
