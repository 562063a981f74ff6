import { hash } from 'node:crypto';

const WORDS = 3;
const FULL = 0.7;

/**
 * A set of texts that only grows and tells whether one is new. It keeps 96 bits of a digest of each, so
 * that a million ids take 24 MiB; two texts that look the same to it will not turn up.
 */
export class Fingerprints {
  #slots = new Uint32Array(WORDS << 10);
  #size = 0;

  /** Adds a text; answers whether it was new. */
  add(text: string): boolean {
    if (this.#size >= FULL * (this.#slots.length / WORDS)) this.#grow();
    const digest = hash('sha256', text, 'buffer');
    // A slot of nothing begins with 0, so no other does.
    const words = Uint32Array.of(
      digest.readUInt32LE(0) | 1,
      digest.readUInt32LE(4),
      digest.readUInt32LE(8),
    );
    const isNew = put(this.#slots, words);
    if (isNew) this.#size += 1;
    return isNew;
  }

  #grow(): void {
    const larger = new Uint32Array(2 * this.#slots.length);
    for (let at = 0; at < this.#slots.length; at += WORDS) {
      if (this.#slots[at] !== 0) put(larger, this.#slots.subarray(at, at + WORDS));
    }
    this.#slots = larger;
  }
}

/** Puts a fingerprint into the first free slot from its own on, unless it is there; answers whether. */
function put(slots: Uint32Array, words: Uint32Array): boolean {
  let at = ((words[1] ?? 0) % (slots.length / WORDS)) * WORDS;
  while (slots[at] !== 0) {
    if (isAt(slots, at, words)) return false;
    at = (at + WORDS) % slots.length;
  }
  slots.set(words, at);
  return true;
}

const isAt = (slots: Uint32Array, at: number, words: Uint32Array): boolean =>
  slots[at] === words[0] && slots[at + 1] === words[1] && slots[at + 2] === words[2];
