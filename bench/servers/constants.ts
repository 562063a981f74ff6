import { open } from 'node:fs/promises';
import type { Root } from './serve.js';

const LINE = `${'x'.repeat(430)}\n`;
const AT = '2026-01-01T00:00:00.000Z';
const user = {
  id: 'user-1',
  name: 'Ada',
  email: null,
  status: 'ACTIVE',
  version: 1,
  createdAt: AT,
  updatedAt: AT,
};
const result = {
  __typename: 'UserCommandResult',
  success: true,
  position: '1',
  events: [],
  replayed: false,
  dryRun: false,
  error: null,
  user,
};
const nodes = Array.from({ length: 20 }, (_, index) => ({ ...user, id: `user-${index}` }));
const page = {
  nodes,
  edges: nodes.map((node) => ({ cursor: node.id, node })),
  pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: 'a', endCursor: 'b' },
  totalCount: 1_000,
};

/**
 * Resolvers that answer constants. With a file each mutation first appends a line of a usual length there
 * and has it flushed, one after the other.
 */
export async function constants(path: string | undefined): Promise<Root> {
  const file = path === undefined ? undefined : await open(path, 'a');
  const command = async () => {
    await file?.appendFile(LINE);
    await file?.datasync();
    return result;
  };
  return { createUser: command, renameUser: command, user: () => user, users: () => page };
}
