/** What a feed costs at least: a bare ws that sends everybody the same bytes. */
import { WebSocketServer, type WebSocket } from 'ws';
import { server, serveFeed } from './feed.js';

const ACKNOWLEDGED = '{"type":"connection_ack"}';

/** The texts of events, each made once: while it is new, and for those who come later. */
const texts: string[] = [];
const old: string[] = [];

const sockets = new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' });
/** Those who have had what was there when they came. */
const live = new Set<WebSocket>();

sockets.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => {
    const { type, payload } = JSON.parse(data.toString());
    if (type === 'connection_init') socket.send(ACKNOWLEDGED);
    else void resume(socket, Number(payload.variables.after));
  });
  socket.on('close', () => live.delete(socket));
});

async function resume(socket: WebSocket, after: number): Promise<void> {
  const goal = texts.length;
  await send(socket, textOf(after, after === goal, null));
  for (let position = after + 1; position < goal; position += 1) {
    await send(socket, (old[position] ??= textOf(position, false, eventAt(position))));
  }
  if (goal > after) await send(socket, texts[goal - 1] ?? '');
  live.add(socket);
}

/** Resolves when the system has taken it, so that nothing heaps up for who reads slowly. */
const send = (socket: WebSocket, text: string): Promise<void> =>
  new Promise((resolve) => {
    socket.send(text, () => resolve());
  });

const eventAt = (position: number): object => ({
  id: `e${position}`,
  type: 'UserCreated',
  aggregateId: `user-${position}`,
  recordedAt: new Date(),
});

function textOf(position: number, caughtUp: boolean, event: object | null): string {
  const events = { position: String(position), caughtUp, event };
  return JSON.stringify({ id: '1', type: 'next', payload: { data: { events } } });
}

await serveFeed(async (position) => {
  const text = textOf(position, true, eventAt(position));
  texts.push(text);
  for (const socket of live) socket.send(text);
});
