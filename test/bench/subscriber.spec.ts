import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { Subscriber } from '../../bench/load/subscriber.js';

it('subscribes as the protocol has it, and has had what it was sent', async () => {
  const server = new WebSocketServer({ port: 0, handleProtocols: () => 'graphql-transport-ws' });
  await once(server, 'listening');
  const heard: unknown[] = [];
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      heard.push(JSON.parse(data.toString()));
      for (const text of heard.length === 1 ? ['ack'] : ['begins', 'first', 'second']) {
        socket.send(text);
      }
    });
  });
  // A listening TCP server has an address of this kind.
  const { port } = server.address() as AddressInfo;

  const query = `subscription { ${'x'.repeat(200)} }`;
  const subscriber = await Subscriber.begin(new URL(`http://127.0.0.1:${port}/`), { query });
  await subscriber.events(2);
  expect(subscriber.bytes).toBe('ackbeginsfirstsecond'.length);
  expect(heard).toEqual([
    { type: 'connection_init' },
    { id: '1', type: 'subscribe', payload: { query } },
  ]);

  const third = subscriber.events(3);
  for (const socket of server.clients) socket.terminate();
  await expect(third).rejects.toThrow('cut off');
  server.close();
});
