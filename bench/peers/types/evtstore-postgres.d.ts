import type { Sql } from 'postgres';

interface Tables {
  readonly sql: Sql;
  readonly events: string;
  readonly bookmarks: string;
}

/** `limit`: how many events a reader is given at a time. */
export function createProvider(options: Tables & { readonly limit: number }): object;
export function migrate(tables: Tables): Promise<void>;
