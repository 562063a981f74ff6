import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { AnswerError, dataOf, type Answer, type Ask } from '../http.js';

/** Longer than anything takes, under whatever load. */
const ANSWER_WITHIN = 30_000;

/** One connection to a server, kept for one request after the other. */
export class KeptConnection {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(private readonly url: string) {}

  readonly ask: Ask = async (document, variables) => {
    const body = JSON.stringify({ query: document.toString(), variables });
    const response = await this.#post(body);
    const answer = (await json(response)) as Answer<never>;
    if (response.statusCode !== 200) {
      throw new AnswerError(`HTTP ${response.statusCode}: ${JSON.stringify(answer)}`);
    }
    return dataOf(answer);
  };

  close(): void {
    this.#agent.destroy();
  }

  async #post(body: string): Promise<IncomingMessage> {
    const sent = request(`${this.url}/graphql`, {
      agent: this.#agent,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
    sent.end(body);
    try {
      const [response]: IncomingMessage[] = await once(sent, 'response');
      if (response === undefined) throw new Error('a response that is none');
      return response;
    } catch (cause) {
      // The server let go of it while it was idle, just as it was used: nothing was read from it.
      if (sent.reusedSocket && hasCode(cause, 'ECONNRESET')) return this.#post(body);
      throw cause;
    }
  }
}

const hasCode = (cause: unknown, code: string): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === code;
