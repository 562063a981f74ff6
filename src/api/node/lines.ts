import { BODY_BYTES_AT_MOST, decodeUtf8 } from '../body.js';

const NEWLINE = 0x0a;

/** A line of input, or why it is none; of one that is too long only this is kept. */
export type InputLine = { readonly text: string } | { readonly problem: string };

/** Splits input at newlines, the last of which may be missing. Memory is bounded by one line. */
export async function* readLines(
  input: AsyncIterable<Buffer>,
  bytesAtMost = BODY_BYTES_AT_MOST,
): AsyncGenerator<InputLine> {
  let parts: Buffer[] = [];
  let length = 0;
  const add = (bytes: Buffer) => {
    length += bytes.length;
    if (length <= bytesAtMost) parts.push(bytes);
  };
  const take = (): InputLine => {
    const line = lineOf(parts, length, bytesAtMost);
    parts = [];
    length = 0;
    return line;
  };
  for await (const chunk of input) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      add(chunk.subarray(from, end));
      from = end + 1;
      yield take();
    }
    add(chunk.subarray(from));
  }
  if (length > 0) yield take();
}

function lineOf(parts: readonly Buffer[], length: number, bytesAtMost: number): InputLine {
  if (length > bytesAtMost) {
    return { problem: `The line has more than ${bytesAtMost} bytes.` };
  }
  const text = decodeUtf8(Buffer.concat(parts));
  return text === undefined ? { problem: 'The line is not UTF-8.' } : { text };
}
