const TEXT = 1;
const LONG = 126;
const LONGER = 127;

/** Counts the texts that a WebSocket server sends, in pieces cut anywhere (RFC 6455, 5.2). */
export class Frames {
  texts = 0;
  /** Of the texts, without their headers. */
  bytes = 0;
  readonly #header = Buffer.alloc(10);
  #filled = 0;
  /** What is to come of the frame whose header is whole. */
  #left = 0;

  take(piece: Uint8Array): void {
    let at = 0;
    while (at < piece.length) {
      if (this.#left > 0) {
        const step = Math.min(this.#left, piece.length - at);
        this.#left -= step;
        at += step;
      } else {
        this.#header[this.#filled++] = piece[at++] ?? 0;
        if (!this.#isWhole()) continue;
        this.#left = this.#length();
      }
      if (this.#left === 0) this.#end();
    }
  }

  #isWhole(): boolean {
    const [, length = 0] = this.#header;
    return this.#filled === (length === LONG ? 4 : length === LONGER ? 10 : 2);
  }

  #length(): number {
    const [, length = 0] = this.#header;
    if (length === LONG) return this.#header.readUInt16BE(2);
    return length === LONGER ? Number(this.#header.readBigUInt64BE(2)) : length;
  }

  #end(): void {
    if (((this.#header[0] ?? 0) & 15) === TEXT) {
      this.texts += 1;
      this.bytes += this.#length();
    }
    this.#filled = 0;
    this.#header[1] = 0;
  }
}

/** A text as a client sends it: masked, by a mask that changes nothing. */
export function clientFrame(text: string): Buffer {
  const bytes = Buffer.from(text);
  const { length } = bytes;
  const size = length < LONG ? [0x80 | length] : [0x80 | LONG, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([0x80 | TEXT, ...size, 0, 0, 0, 0]), bytes]);
}
