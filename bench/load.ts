/**
 * 64 clients that send commands to servers, each on a connection of its own, one command after the
 * other. A process of its own for bench/postgres.ts: it is told the servers and says what it measured.
 */
import { Agent, request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Measured, Workload } from './workloads.js';

const CLIENTS = 64;
const USERS = 1_000;
/** A server just started is slow; what it does until then is not measured. */
const WARM_UP_MILLISECONDS = 3_000;
const MEASURED_MILLISECONDS = 5_000;

const ANSWER = '{ success position error { code } }';
const CREATE = `mutation ($id: ID!, $name: String!) {
  answer: createUser(input: { id: $id, name: $name }) ${ANSWER} }`;
const RENAME = `mutation ($id: ID!, $name: String!, $version: Int!) {
  answer: renameUser(input: { id: $id, name: $name }, expectedVersion: $version) ${ANSWER} }`;

interface User {
  readonly id: string;
  readonly version: number;
}

/** Sends one command; answers why it failed, or null. */
type Send = (url: string) => Promise<string | null>;

class Load {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #users: User[] = [];
  #names = 0;

  constructor(private readonly urls: readonly string[]) {}

  async run(): Promise<Record<Workload, Measured>> {
    while (this.#users.length < USERS) await this.#inParallel(USERS / CLIENTS);
    await this.#during(WARM_UP_MILLISECONDS / 2, this.#create);
    await this.#during(WARM_UP_MILLISECONDS / 2, this.#rename);
    const createUser = await this.#during(MEASURED_MILLISECONDS, this.#create);
    const renameUser = await this.#during(MEASURED_MILLISECONDS, this.#rename);
    this.#agent.destroy();
    return { createUser, renameUser };
  }

  async #inParallel(each: number): Promise<void> {
    await this.#byAll(async (url) => {
      for (let count = 0; count < each; count += 1) {
        const id = `known-${this.#names++}`;
        const failure = await this.#ask(url, CREATE, { id, name: id });
        if (failure === null) this.#users.push({ id, version: 1 });
      }
    });
  }

  async #during(milliseconds: number, send: Send): Promise<Measured> {
    let commands = 0;
    const failures: Record<string, number> = {};
    const from = performance.now();
    await this.#byAll(async (url) => {
      while (performance.now() - from < milliseconds) {
        const failure = await send(url).catch(String);
        if (failure === null) commands += 1;
        else failures[failure] = (failures[failure] ?? 0) + 1;
      }
    });
    return { commands, seconds: (performance.now() - from) / 1_000, failures };
  }

  async #byAll(work: (url: string) => Promise<void>): Promise<void> {
    const clients = Array.from({ length: CLIENTS }, (_, client) =>
      work(this.urls[client % this.urls.length] ?? ''),
    );
    await Promise.all(clients);
  }

  readonly #create: Send = (url) => {
    const name = `name-${this.#names++}`;
    return this.#ask(url, CREATE, { id: `new-${name}`, name });
  };

  /** Takes the user that was renamed longest ago; nobody else has it meanwhile. */
  readonly #rename: Send = async (url) => {
    const user = this.#users.shift();
    if (user === undefined) throw new Error('every user was lost to a failure');
    const { id, version } = user;
    const failure = await this.#ask(url, RENAME, { id, version, name: `name-${this.#names++}` });
    // After a failure its version is anybody's guess.
    if (failure === null) this.#users.push({ id, version: version + 1 });
    return failure;
  };

  async #ask(url: string, query: string, variables: object): Promise<string | null> {
    const body = JSON.stringify({ query, variables });
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const sent = request(`${url}/graphql`, { method: 'POST', agent: this.#agent, headers });
    sent.end(body);
    const [response]: IncomingMessage[] = await once(sent, 'response');
    if (response === undefined) return 'no response';
    return failureIn(response.statusCode, await text(response));
  }
}

interface Answer {
  readonly data?: {
    readonly answer?: { readonly success: boolean; readonly error?: { readonly code: string } };
  };
  readonly errors?: readonly { readonly message: string }[];
}

function failureIn(status: number | undefined, content: string): string | null {
  if (status !== 200) return `HTTP ${status}`;
  const { data, errors }: Answer = JSON.parse(content);
  if (data?.answer?.success === true) return null;
  return data?.answer?.error?.code ?? errors?.[0]?.message ?? 'an answer without data';
}

process.send?.(await new Load(process.argv.slice(2)).run());
