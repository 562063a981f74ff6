import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A way to a server that can be cut, as networks are. */
export interface Relay {
  readonly url: string;
  /** Ends every connection that goes through here; new ones may come. */
  readonly cut: () => void;
}

/** `onAnswer` is called when a server's first bytes come back on a connection, before they go on. */
export async function relayTo(url: string, onAnswer?: (cut: () => void) => void): Promise<Relay> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const relay = createServer((client) => {
    const server = connect({ host: hostname, port: Number(port) });
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    if (onAnswer !== undefined) server.once('data', () => onAnswer(cut));
    client.pipe(server).pipe(client);
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  onTestFinished(() => {
    cut();
    relay.close();
  });
  // A listening TCP server has an address of this kind.
  return { url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`, cut };
}
