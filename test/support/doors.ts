import { once } from 'node:events';
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';

/** A request over HTTP; `raw` is what goes to the connection instead of one. */
export interface HttpMessage {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array | object;
  readonly raw?: string;
}

/** What is said over a WebSocket, text by text; how it is opened. */
export interface Talk {
  readonly path?: string;
  readonly origin?: string;
  /** What is said of oneself at the beginning. */
  readonly init?: object;
  /** Left out: the protocol is begun as it should be. */
  readonly begins?: false;
  /** What else is answered before that does not matter. */
  readonly untilClosed?: true;
  readonly says: readonly (string | Uint8Array | object)[];
}

export type Seen = Readonly<Record<string, unknown>>;

/** A header that no page of another site can send without being asked about. */
const FROM_NO_PAGE = { 'apollo-require-preflight': 'true' };

const asBytes = (what: string | Uint8Array | object): string | Uint8Array =>
  typeof what === 'string' || what instanceof Uint8Array ? what : JSON.stringify(what);

/** What comes back for a request: of a stream its first message. */
export async function overHttp(url: string, message: HttpMessage): Promise<Seen> {
  if (message.raw !== undefined) return overRawHttp(url, message.raw);
  const { path = '/graphql', headers = {}, body } = message;
  const method = message.method ?? (body === undefined ? 'GET' : 'POST');
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const sent = request(`${url}${path}`, {
    method,
    path,
    agent: false,
    headers: { ...FROM_NO_PAGE, ...type, ...headers },
  });
  // A server that has heard enough hangs up while it is still spoken to.
  sent.on('error', () => undefined);
  sent.end(body === undefined ? undefined : asBytes(body));
  const [response]: IncomingMessage[] = await once(sent, 'response');
  if (response === undefined) throw new Error('no response');
  // One that goes on is left in its middle.
  response.on('error', () => undefined);
  try {
    return { ...seen(response.statusCode, await textOf(response)), headers: response.headers };
  } finally {
    sent.destroy();
  }
}

/** All of it; of a stream its first message. */
async function textOf(response: IncomingMessage): Promise<string> {
  const isStream = response.headers['content-type']?.startsWith('text/event-stream') === true;
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    text += String(chunk);
    const [, message] = (isStream && /^data: (.*)\n\n/m.exec(text)) || [];
    if (message !== undefined) return message;
  }
  return text;
}

async function overRawHttp(url: string, raw: string): Promise<Seen> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(raw, 'latin1');
  let text = '';
  socket.setEncoding('utf8').on('data', (more: string) => (text += more));
  await once(socket, 'close');
  const [, status] = /^HTTP\/1\.1 (\d+)/.exec(text) ?? [];
  const [json = ''] = /^\{.*\}/m.exec(text) ?? [];
  return seen(Number(status), json);
}

function seen(status: number | undefined, text: string): Seen {
  try {
    return { status, body: JSON.parse(text) };
  } catch {
    return { status, text };
  }
}

const ANSWERS: ReadonlySet<string> = new Set(['next', 'error']);

/** The first answer to what was said, or how the socket was closed. */
export async function overWebSocket(url: string, talk: Talk): Promise<Seen> {
  const address = `${url.replace('http', 'ws')}${talk.path ?? '/graphql'}`;
  const { origin } = talk;
  const socket = new WebSocket(
    address,
    'graphql-transport-ws',
    origin === undefined ? {} : { origin },
  );
  try {
    return await new Promise<Seen>((resolve) => {
      socket.on('close', (code, reason) => resolve({ close: code, reason: String(reason) }));
      socket.on('error', ({ message }) => resolve({ failed: message }));
      const say = () => talk.says.forEach((each) => socket.send(asBytes(each)));
      socket.on('open', () =>
        talk.begins === false
          ? say()
          : socket.send(JSON.stringify({ type: 'connection_init', payload: talk.init })),
      );
      socket.on('message', (data: Buffer) => {
        const message: Seen = JSON.parse(String(data));
        if (message['type'] === 'connection_ack' && talk.begins !== false) say();
        else if (talk.untilClosed !== true && ANSWERS.has(String(message['type']))) {
          resolve(message);
        }
      });
    });
  } finally {
    socket.terminate();
  }
}
