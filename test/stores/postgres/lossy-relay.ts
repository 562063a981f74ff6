import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** When a connection is to be lost. */
export type Loss =
  /** When the client has said some words, which do not reach the server. */
  | { readonly at: string }
  /** In the middle of an answer, when so many rows of it have come. */
  | { readonly afterRows: number };

const DATA_ROW = 'D'.charCodeAt(0);
const LENGTH_AT = 1;
const HEADER = 5;

/** A way to a database where connections are lost as a backend is that an operator ends. */
export class LossyRelay {
  losses = 0;
  #hasVanished = false;
  #planned: readonly Loss[] = [];

  private constructor(private readonly server: URL) {}

  /** Answers the relay, and the url of the database that leads through it. */
  static async to(url: string): Promise<{ readonly relay: LossyRelay; readonly url: string }> {
    const relay = new LossyRelay(new URL(url));
    const listener = createServer((client) => relay.#join(client));
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    onTestFinished(() => void listener.close());
    const through = new URL(url);
    // A listening TCP server has an address of this kind.
    through.port = String((listener.address() as AddressInfo).port);
    return { relay, url: through.href };
  }

  /** From now on nothing comes through, and no connection ends: a machine that has vanished. */
  vanish(): void {
    this.#hasVanished = true;
  }

  /** Each of these takes place once. */
  lose(...losses: readonly Loss[]): void {
    this.#planned = losses;
  }

  #join(client: Socket): void {
    const server = connect({ host: this.server.hostname, port: Number(this.server.port) });
    for (const socket of [client, server]) {
      socket.on('error', () => undefined);
      socket.on('close', () => [client, server].forEach((each) => each.destroy()));
    }
    client.on('data', (bytes) => {
      if (this.#hasVanished) return;
      if (this.#isLost((loss) => 'at' in loss && bytes.includes(loss.at))) {
        client.end(terminated());
      } else server.write(bytes);
    });
    this.#answer(server, client);
  }

  /** Hands on message by message, so that a loss comes between two of them. */
  #answer(server: Socket, client: Socket): void {
    let rest = Buffer.alloc(0);
    let rows = 0;
    server.on('data', (bytes) => {
      if (this.#hasVanished) return;
      rest = Buffer.concat([rest, bytes]);
      while (rest.length >= HEADER && rest.length > rest.readUInt32BE(LENGTH_AT)) {
        const message = rest.subarray(0, rest.readUInt32BE(LENGTH_AT) + 1);
        rest = rest.subarray(message.length);
        rows = message[0] === DATA_ROW ? rows + 1 : 0;
        client.write(message);
        if (this.#isLost((loss) => 'afterRows' in loss && loss.afterRows === rows)) {
          client.end(terminated());
          return;
        }
      }
    });
  }

  #isLost(is: (loss: Loss) => boolean): boolean {
    const found = this.#planned.find(is);
    if (found === undefined) return false;
    this.#planned = this.#planned.filter((loss) => loss !== found);
    this.losses += 1;
    return true;
  }
}

/** What pg_terminate_backend makes a backend say before it closes its connection. */
function terminated(): Buffer {
  const fields = [
    'SFATAL',
    'VFATAL',
    'C57P01',
    'Mterminating connection due to administrator command',
    'RProcessInterrupts',
  ];
  const body = Buffer.from(`${fields.map((field) => `${field}\0`).join('')}\0`);
  const header = Buffer.alloc(HEADER);
  header.write('E');
  header.writeUInt32BE(body.length + HEADER - 1, LENGTH_AT);
  return Buffer.concat([header, body]);
}
