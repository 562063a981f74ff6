import { setTimeout as delay } from 'node:timers/promises';
import { listen, post } from '../support/client.js';
import { CreateUser, Events } from '../support/documents.js';

/** What a writer was told of its commands. */
export interface Told {
  /** The position that each command was acknowledged with, by its commandId. */
  readonly acknowledged: Map<string, string>;
  /** The codes of errors, in their order. */
  readonly codes: string[];
}

/** Creates users, one after the other, each command until it is acknowledged, at one server. */
export async function write(url: string, name: string, until: () => boolean): Promise<Told> {
  const told: Told = { acknowledged: new Map(), codes: [] };
  for (let number = 1; !until(); number += 1) {
    const id = `${name}-${number}`;
    told.acknowledged.set(id, await createSurely(url, id, told.codes));
  }
  return told;
}

/** Sends one command under the same commandId until there is an answer; adds the errors before it. */
async function createSurely(url: string, id: string, codes: string[]): Promise<string> {
  const variables = { input: { id, name: 'Ada' }, commandId: id };
  for (;;) {
    const { data, errors } = await post(url, CreateUser, variables);
    const { position, error } = data?.createUser ?? {};
    if (typeof position === 'string' && !error) return position;
    const code = errors?.[0]?.extensions?.['code'];
    codes.push(typeof code === 'string' ? code : JSON.stringify(error));
    await delay(20);
  }
}

/** Follows the log from its beginning over one subscription that is never begun anew. */
export class Follower {
  readonly seen: string[] = [];
  readonly ended: Promise<unknown>;
  readonly #frames: ReturnType<typeof followed>;

  constructor(url: string) {
    this.#frames = followed(url);
    this.ended = this.#follow();
    this.ended.catch(() => undefined);
  }

  async #follow(): Promise<void> {
    for await (const { events } of this.#frames) {
      if (events.event) this.seen.push(events.position);
    }
  }
}

const followed = (url: string) => listen(url, Events, { after: '0' });
