import { request, type ClientRequest } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventFilter, EventsSubscription } from '../../generated/graphql.js';
import { Events } from '../../support/documents.js';
import { dataOf } from '../http.js';
import type { Random } from '../random.js';

const AGAIN_AFTER = 1_000;

/** One who listens over Server-Sent Events, and comes back with the last id as an EventSource does. */
export class StreamListener {
  readonly received: number[] = [];
  readonly faults: string[] = [];
  position = 0;
  #message = '';
  #stopped = false;
  #request: ClientRequest | undefined;
  readonly #path: string;
  readonly #done: Promise<void>;

  constructor(
    private readonly url: string,
    readonly where: EventFilter | undefined,
    private readonly random: Random,
    private readonly ids: Map<number, string>,
  ) {
    const variables = JSON.stringify({ after: '0', where });
    const asked = new URLSearchParams({ query: Events.toString(), variables });
    this.#path = `/graphql/stream?${asked.toString()}`;
    this.#done = this.#listen();
  }

  cut(): void {
    this.#request?.destroy();
  }

  stop(): Promise<void> {
    this.#stopped = true;
    this.cut();
    return this.#done;
  }

  async #listen(): Promise<void> {
    while (!this.#stopped) {
      await this.#listenOnce();
      // Where it was cut, or nobody answers.
      await delay(this.random.below(AGAIN_AFTER));
    }
  }

  #listenOnce(): Promise<void> {
    this.#message = '';
    return new Promise((resolve) => {
      const headers = this.position === 0 ? {} : { 'last-event-id': `${this.position}` };
      this.#request = request(`${this.url}${this.#path}`, { agent: false, headers });
      // A connection that is cut says so here or there, and is closed in any case.
      this.#request.on('error', () => undefined).once('close', resolve);
      this.#request.once('response', (response) => {
        response.on('error', () => undefined);
        const { statusCode } = response;
        // A server that stops has no room.
        if (statusCode !== 200 && statusCode !== 503) this.faults.push(`HTTP ${statusCode}`);
        createInterface({ input: response })
          .on('line', (line) => this.#take(line))
          .on('error', () => undefined);
      });
      this.#request.end();
    });
  }

  /** A message ends with an empty line; one that was cut short does not. */
  #take(line: string): void {
    if (line.startsWith('data: {')) this.#message = line.slice('data: '.length);
    if (line !== '' || this.#message === '') return;
    try {
      const { events } = dataOf<EventsSubscription>(JSON.parse(this.#message));
      this.#message = '';
      this.#note(events);
    } catch (cause) {
      this.faults.push(String(cause));
    }
  }

  #note({ event, position: text }: EventsSubscription['events']): void {
    const position = Number(text);
    if (position < this.position) this.faults.push(`back from ${this.position} to ${position}`);
    this.position = position;
    if (event === null || event === undefined) return;
    this.received.push(position);
    const known = this.ids.get(position);
    if (known === undefined) this.ids.set(position, event.id);
    else if (known !== event.id) this.faults.push(`at ${position} came ${event.id}, not ${known}`);
  }
}
