import { pino } from 'pino';
import { NodeSession } from '../../../src/api/node/session.js';
import { compose } from '../../../src/cli/compose.js';
import type { Settings } from '../../../src/config.js';
import { DOMAINS } from '../../../src/domains/index.js';
import { configOf } from '../../support/server.js';

/** What each message is answered with, in one session on an empty log. */
export function talk(...messages: readonly unknown[]): Promise<unknown[]> {
  return talkOn({ STORE: 'memory' }, messages);
}

/** The same on the log that a server of these settings would serve. */
export async function talkOn(settings: Settings, messages: readonly unknown[]): Promise<unknown[]> {
  const log = pino({ level: 'silent' });
  const app = await compose(await configOf(settings), log);
  const replies: unknown[] = [];
  const write = async (line: string) => void replies.push(JSON.parse(line));
  const session = new NodeSession(app, DOMAINS, { envelope: false, log, write });
  for (const message of messages) {
    const line = typeof message === 'string' ? message : JSON.stringify(message);
    await session.take({ text: line });
  }
  await app.close();
  return replies;
}

export const command = (
  type: string,
  payload: object,
  expectedVersion?: number,
  said: object = {},
) => ({
  type: 'command',
  msg_id: 7,
  command: { type, payload, expectedVersion, ...said },
});

export const query = (type: string, params: object) => ({
  type: 'query',
  msg_id: 8,
  query: { type, params },
});

export const subscribe = (subscription: string, said: object = {}) => ({
  type: 'subscribe',
  msg_id: 9,
  subscription,
  ...said,
});

export const unsubscribe = (subscription: string) => ({
  type: 'unsubscribe',
  msg_id: 10,
  subscription,
});
