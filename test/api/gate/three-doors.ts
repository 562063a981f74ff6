import { overHttp, overWebSocket, type Seen } from '../../support/doors.js';
import { bearer } from '../../support/tokens.js';

export const DOORS = ['http', 'websocket', 'sse'] as const;
export type Door = (typeof DOORS)[number];

/** What comes first through a door for an operation, sent with this token or with none. */
export function ask(door: Door, url: string, operation: object, token?: string): Promise<Seen> {
  const headers = token === undefined ? {} : bearer(token);
  switch (door) {
    case 'http':
      return overHttp(url, { body: operation, headers });
    case 'sse':
      return overHttp(url, { path: '/graphql/stream', body: operation, headers });
    case 'websocket':
      return overWebSocket(url, {
        init: headers,
        says: [{ id: '1', type: 'subscribe', payload: operation }],
      });
    default:
      return door satisfies never;
  }
}

/** The codes of the errors in an answer, wherever they stand; empty for one without errors. */
export function codesIn(seen: Seen): readonly string[] {
  return Array.from(JSON.stringify(seen).matchAll(/"code":"([A-Z_]+)"/g), ([, code]) => code ?? '');
}
