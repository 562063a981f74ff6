import { effect, signal, untracked } from '@preact/signals';
import { StreamDocument, type StreamQuery } from '../../generated/graphql';
import { ask, patiently } from '../api/ask';
import { factOf, type Fact } from '../api/facts';
import { messageOf } from '../api/failure';
import { operation, type Operation } from '../api/graphiql';
import { listen } from '../api/listen';
import { chosen } from './place';
import { feelPulse } from './pulse';
import { mayAudit } from './viewer';

/** The aggregates that the page lists. */
export const AGGREGATE_TYPE = 'User';

/** The events of the chosen aggregate: the one at index n made its version n + 1. */
export interface Stream {
  readonly id: string;
  /** It grows in place; who draws it is told by a new Stream around it. */
  readonly facts: readonly Fact[];
  /** Whether all that was there at the beginning is here. */
  readonly isWhole: boolean;
  readonly trouble: string | null;
}

const PAGE = 500;

type PageInfo = StreamQuery['events']['pageInfo'];

/** Null when none is chosen, or events are not for this viewer. */
export const stream = signal<Stream | null>(null);

const streamOf = (aggregateId: string) => ({ aggregateType: AGGREGATE_TYPE, aggregateId });

/** The first of the questions by which an aggregate's events are read. */
export const streamOperation = (id: string): Operation =>
  operation(StreamDocument, { where: streamOf(id), first: PAGE });

/** Reads the events of whichever aggregate is chosen, and goes on with those that come. */
export function followChosen(): void {
  effect(() => {
    const id = chosen.value;
    if (id === null || !mayAudit.value) {
      stream.value = null;
      return undefined;
    }
    const reader = new StreamReader(id);
    void untracked(() => reader.read());
    return () => reader.stop();
  });
}

class StreamReader {
  readonly #facts: Fact[] = [];
  #isStopped = false;
  #hangUp: (() => void) | undefined;

  constructor(private readonly id: string) {}

  async read(): Promise<void> {
    this.#show(false);
    try {
      let page: PageInfo | null = null;
      while (page?.hasNextPage !== false && !this.#isStopped) page = await this.#readPage(page);
    } catch (error) {
      return this.#show(false, messageOf(error));
    }
    if (!this.#isStopped) this.#listen();
  }

  async #readPage(before: PageInfo | null): Promise<PageInfo> {
    const variables = { where: streamOf(this.id), first: PAGE, after: before?.endCursor ?? null };
    const question = () => ask(StreamDocument, variables);
    const { events } = await patiently(question, () => this.#isStopped);
    this.#facts.push(...events.nodes.map(factOf));
    this.#show(!events.pageInfo.hasNextPage);
    return events.pageInfo;
  }

  #listen(): void {
    const after = String(this.#facts.at(-1)?.position ?? 0);
    this.#hangUp = listen(
      { where: streamOf(this.id), after },
      {
        onFrame: ({ event }) => {
          if (event === null) return;
          this.#facts.push(factOf(event));
          this.#show(true);
          feelPulse();
        },
        onLost: () => undefined,
        onResumed: () => undefined,
        onRefused: (why) => this.#show(true, why),
      },
    );
  }

  #show(isWhole: boolean, trouble: string | null = null): void {
    if (this.#isStopped) return;
    stream.value = { id: this.id, facts: this.#facts, isWhole, trouble };
  }

  stop(): void {
    this.#isStopped = true;
    this.#hangUp?.();
  }
}
