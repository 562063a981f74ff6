import { once } from 'node:events';
import { request, type Agent, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

/** A document, and the form that its data must have. */
export interface Question<Data> {
  readonly document: string;
  readonly data: z.ZodType<Data>;
}

export type Ask = <Data>(
  url: string,
  question: Question<Data>,
  variables: Readonly<Record<string, string | number>>,
) => Promise<Data>;

const answer = z.object({ data: z.unknown(), errors: z.array(z.unknown()).optional() });

/**
 * Asks over HTTP on connections that are kept, which is several times as fast as fetch. Rejects for
 * everything but the whole answer: whether a command was carried out is then unknown.
 */
export function asker(agent: Agent, patience: number): Ask {
  return async (url, { document, data }, variables) => {
    const body = JSON.stringify({ query: document, variables });
    const { status, content } = await post(agent, `${url}/graphql`, body, patience);
    if (status !== 200) throw new Error(`HTTP ${status}: ${content}`);
    const { data: given, errors } = answer.parse(JSON.parse(content));
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data.parse(given);
  };
}

export async function post(
  agent: Agent,
  url: string,
  body: string,
  patience: number,
): Promise<{ readonly status: number | undefined; readonly content: string }> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const sent = request(url, { method: 'POST', agent, headers });
  sent.setTimeout(patience, () => sent.destroy(new Error(`no answer within ${patience} ms`)));
  sent.end(body);
  const [response]: IncomingMessage[] = await once(sent, 'response');
  if (response === undefined) throw new Error('no response');
  return { status: response.statusCode, content: await text(response) };
}
