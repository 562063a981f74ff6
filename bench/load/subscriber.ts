import { connect, type Socket } from 'node:net';
import { clientFrame, Frames } from './frames.js';

/** All that is read goes through it, as nothing of it is kept. */
const BUFFER = Buffer.allocUnsafe(1 << 18);
const HEAD_ENDS = '\r\n\r\n';
const INIT = clientFrame('{"type":"connection_init"}');
const REFUSED = '"type":"error"';
/** The acknowledgement, and the frame that says where listening begins. */
const BEFORE_EVENTS = 2;

interface Awaited {
  readonly texts: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * A subscriber over WebSocket that looks at nothing but where frames end: a client such as ws takes as
 * long to read a message as a server to send it, and would be what is measured.
 */
export class Subscriber {
  readonly #socket: Socket;
  readonly #frames = new Frames();
  #head = '';
  #isOpen = false;
  #awaited: Awaited | undefined;

  private constructor({ host, hostname, port, pathname }: URL) {
    this.#socket = connect({
      host: hostname,
      port: Number(port),
      onread: {
        buffer: BUFFER,
        callback: (length) => {
          this.#take(BUFFER.subarray(0, length));
          return true;
        },
      },
    });
    this.#socket.on('error', (error) => this.#awaited?.reject(error));
    this.#socket.on('close', () => this.#awaited?.reject(new Error('a subscriber was cut off')));
    const head = {
      Host: host,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64'),
      'Sec-WebSocket-Protocol': 'graphql-transport-ws',
    };
    const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
    this.#socket.write([`GET ${pathname} HTTP/1.1`, ...lines].join('\r\n') + HEAD_ENDS);
  }

  /** Resolves when it is told that listening has begun. */
  static async begin(url: URL, payload: object): Promise<Subscriber> {
    const subscriber = new Subscriber(url);
    await subscriber.#until(0);
    subscriber.#socket.write(INIT);
    await subscriber.#until(1);
    subscriber.#socket.write(clientFrame(JSON.stringify({ id: '1', type: 'subscribe', payload })));
    await subscriber.#until(BEFORE_EVENTS);
    return subscriber;
  }

  /** Of all texts that have come. */
  get bytes(): number {
    return this.#frames.bytes;
  }

  /** Resolves when so many events have come since it began. */
  events(count: number): Promise<void> {
    return this.#until(BEFORE_EVENTS + count);
  }

  /** From now on it reads nothing. */
  deafen(): void {
    this.#socket.pause();
  }

  end(): void {
    this.#awaited = undefined;
    this.#socket.destroy();
  }

  #take(piece: Buffer): void {
    if (this.#frames.texts < BEFORE_EVENTS && piece.includes(REFUSED)) {
      this.#awaited?.reject(new Error(`a subscriber was refused: ${piece.toString()}`));
    }
    if (this.#isOpen) this.#frames.take(piece);
    else this.#open(piece);
    this.#tell();
  }

  #open(piece: Buffer): void {
    const before = this.#head.length;
    this.#head += piece.toString('latin1');
    const end = this.#head.indexOf(HEAD_ENDS);
    if (end < 0) return;
    this.#isOpen = true;
    this.#frames.take(piece.subarray(end + HEAD_ENDS.length - before));
  }

  #until(texts: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#awaited = { texts, resolve, reject };
      this.#tell();
    });
  }

  #tell(): void {
    const awaited = this.#awaited;
    if (awaited === undefined || !this.#isOpen || this.#frames.texts < awaited.texts) return;
    this.#awaited = undefined;
    awaited.resolve();
  }
}
