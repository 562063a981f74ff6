import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const held = new Set<Socket>();

subscribe('net.server.socket', (message) => {
  const { socket } = message as { readonly socket: Socket };
  held.add(socket);
  socket.once('close', () => held.delete(socket));
});

/**
 * The ports of the clients that servers of this process have accepted and not let go of. A count of all
 * sockets would have the other ends in it, and the connections to a database, which come when needed.
 */
export const clientPorts = (): readonly (number | undefined)[] =>
  Array.from(held, ({ remotePort }) => remotePort);
