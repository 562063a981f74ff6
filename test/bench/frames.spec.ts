import { expect, it } from 'vitest';
import { Frames } from '../../bench/load/frames.js';

const PING = Buffer.from([0x89, 0]);

/** As a server sends it: without a mask. */
function serverFrame(text: string): Buffer {
  const bytes = Buffer.from(text);
  const { length } = bytes;
  if (length < 126) return Buffer.concat([Buffer.from([0x81, length]), bytes]);
  const size = Buffer.alloc(length < 65_536 ? 2 : 8);
  if (size.length === 2) size.writeUInt16BE(length);
  else size.writeBigUInt64BE(BigInt(length));
  return Buffer.concat([Buffer.from([0x81, size.length === 2 ? 126 : 127]), size, bytes]);
}

it.each([1, 2, 3, 7, 1_000, 1_000_000])(
  'counts texts and their bytes in pieces of %i, and no ping',
  (size) => {
    const texts = ['', 'a', 'b'.repeat(125), 'c'.repeat(126), 'd'.repeat(70_000), 'e'];
    const sent = Buffer.concat(texts.flatMap((text) => [serverFrame(text), PING]));
    const frames = new Frames();
    for (let at = 0; at < sent.length; at += size) frames.take(sent.subarray(at, at + size));
    expect(frames.texts).toBe(texts.length);
    expect(frames.bytes).toBe(texts.join('').length);
  },
);
