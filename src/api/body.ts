import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';

/** What one request may hold, over HTTP, WebSocket or a pipe. */
export const BODY_BYTES_AT_MOST = 1 << 20;

/** A request is not one that this server reads; `status` is what to answer. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  constructor(
    readonly status: number,
    message: string,
    readonly headers: OutgoingHttpHeaders = {},
  ) {
    super(message);
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/** Text from UTF-8; undefined for anything else, which would be kept mangled for ever. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return UTF_8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** A POST's JSON, or undefined for a request of another method. Rejects with {@link Unreadable}. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  if (request.method !== 'POST') return undefined;
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(?:;\s*charset="?utf-?8"?\s*)?;?\s*$/i.test(type)) {
    throw new Unreadable(415, 'The content type must be application/json, in UTF-8.');
  }
  const text = decodeUtf8(await readBytes(request));
  try {
    if (text !== undefined) return JSON.parse(text);
  } catch {
    // What is wrong is said below, as for bytes that are no text.
  }
  throw new Unreadable(400, 'The body is not JSON in UTF-8.');
}

/** By its events: an iterator over them costs a request some microseconds more. */
function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= BODY_BYTES_AT_MOST) chunks.push(chunk);
      else reject(new Unreadable(413, `The body must have at most ${BODY_BYTES_AT_MOST} bytes.`));
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
  });
}
