import { CloseCode, type WebSocket as ProtocolSocket } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Position } from '../../core/event.js';
import type { Logger } from '../../core/logger.js';

/** A peer that has not answered a ping when the next one is due is ended; in milliseconds. */
export const PING_EVERY = 30_000;
/** How long a client may take to say goodbye. */
export const GOODBYE_MILLISECONDS = 1_000;
/** The code of RFC 6455's registry for a server that cannot go on with a client now. */
export const TRY_AGAIN_LATER = 1013;
const GOING_AWAY = 1001;
/** As much as fits into a frame of control (RFC 6455, 5.5). */
const REASON_BYTES_AT_MOST = 123;

export interface PeerParts {
  readonly socket: WebSocket;
  /** How long what was sent may wait to be taken, in milliseconds. */
  readonly unreadFor: number;
  /** From where a peer that is ended may go on. */
  readonly resumeAfter: () => Position | undefined;
  readonly log: Logger;
}

/**
 * The other end of a WebSocket. Nothing is read from it while it does not take what it was sent, so
 * that no message of its own can make the server hold more for it, and it is ended when that goes on
 * for too long, or when it leaves a ping unanswered.
 */
export class Peer implements ProtocolSocket {
  #tooSlow: NodeJS.Timeout | undefined;
  #hasAnswered = true;
  #isHeard = true;

  constructor(private readonly parts: PeerParts) {
    const { socket } = parts;
    const pinging = setInterval(() => this.#ping(), PING_EVERY);
    socket.on('ping', (data) => this.#write((taken) => socket.pong(data, false, taken)));
    socket.on('pong', () => {
      this.#hasAnswered = true;
    });
    // What breaks the protocol of WebSocket is closed by ws with the code for it.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearInterval(pinging);
      clearTimeout(this.#tooSlow);
    });
  }

  get protocol(): string {
    return this.parts.socket.protocol;
  }

  get isOpen(): boolean {
    return this.parts.socket.readyState === this.parts.socket.OPEN;
  }

  /** Resolves when the operating system has taken it, or when there is nobody left to read it. */
  send(text: string): Promise<void> {
    if (!this.isOpen) return Promise.resolve();
    return new Promise((resolve) => {
      this.#write((taken) =>
        this.parts.socket.send(text, () => {
          taken();
          resolve();
        }),
      );
    });
  }

  close(code: number, reason: string): void {
    this.parts.socket.close(code, Buffer.from(reason).subarray(0, REASON_BYTES_AT_MOST));
    // What it was sent before may keep it from reading of the end.
    setTimeout(() => this.parts.socket.terminate(), GOODBYE_MILLISECONDS).unref();
  }

  onMessage(listener: (text: string) => Promise<void>): void {
    this.parts.socket.on('message', (data: Buffer, isBinary) => {
      if (!this.isOpen) return;
      // ws has seen to it that a text is UTF-8; of other bytes nobody has.
      if (isBinary) this.close(CloseCode.BadRequest, 'Messages are texts');
      else listener(data.toString()).catch((error: unknown) => this.#fail(error));
    });
  }

  #fail(err: unknown): void {
    // What only a server may say; the protocol has no other word for it.
    if (err instanceof Error && err.message.startsWith('Unexpected message of type')) {
      return this.close(CloseCode.BadRequest, 'Invalid message received');
    }
    this.parts.log.error({ err }, 'a message over WebSocket could not be dealt with');
    this.close(CloseCode.InternalServerError, 'Internal server error');
  }

  /** Nothing more is read from it. */
  ignore(): void {
    this.#isHeard = false;
    this.parts.socket.pause();
  }

  /** It may read what it was sent, and come back to another server. */
  dismiss(): void {
    this.close(GOING_AWAY, 'Going away');
    // For the answer to the close.
    this.parts.socket.resume();
  }

  #write(begin: (taken: () => void) => void): void {
    begin(() => this.#mind(true));
    this.#mind(false);
  }

  /** Looks at what still waits to be taken, when something was written, or something was taken. */
  #mind(hasMoved: boolean): void {
    const { socket, unreadFor } = this.parts;
    const isBlocked = socket.bufferedAmount > 0;
    if (hasMoved || !isBlocked) {
      clearTimeout(this.#tooSlow);
      this.#tooSlow = undefined;
    }
    if (isBlocked && this.isOpen) {
      socket.pause();
      this.#tooSlow ??= setTimeout(() => this.#giveUp(), unreadFor);
    } else if (this.#isHeard && socket.isPaused) {
      // An answer to a ping may wait unread.
      this.#hasAnswered = true;
      socket.resume();
    }
  }

  #ping(): void {
    const { socket } = this.parts;
    if (!this.isOpen) return;
    // A ping would stand behind what it has not read: it may be alive all the same.
    if (socket.bufferedAmount > 0) this.#hasAnswered = true;
    else if (!this.#hasAnswered) socket.terminate();
    else {
      this.#hasAnswered = false;
      this.#write((taken) => socket.ping(undefined, undefined, taken));
    }
  }

  /** The close comes behind what waits: who reads of it has had that, too. */
  #giveUp(): void {
    const last = this.parts.resumeAfter();
    const where = last === undefined ? '' : `; resume after ${last}`;
    this.close(TRY_AGAIN_LATER, `What was sent was not read in time${where}`);
  }
}
