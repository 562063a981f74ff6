import type { IncomingMessage } from 'node:http';

const BODY_BYTES_AT_MOST = 1 << 20;

/** A request's body is not one that this server reads; `status` is what to answer. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** A POST's JSON, or undefined for a request of another method. Rejects with {@link Unreadable}. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  if (request.method !== 'POST') return undefined;
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\s*(?:;|$)/i.test(type)) {
    throw new Unreadable(415, 'The content type must be application/json.');
  }
  const text = await readText(request);
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable(400, 'The body is not JSON.');
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_AT_MOST) {
      throw new Unreadable(413, `The body must have at most ${BODY_BYTES_AT_MOST} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
