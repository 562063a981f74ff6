import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { graphql, type GraphQLSchema } from 'graphql';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createSchema } from '../src/api/schema.js';
import { compose } from '../src/cli/compose.js';
import { readConfig } from '../src/config.js';
import { DOMAINS } from '../src/domains/index.js';
import { userAggregate } from '../src/domains/user/aggregate.js';
import type { UserCommand } from '../src/domains/user/commands.js';
import type { App } from '../src/engine/app.js';
import { execute } from '../src/engine/execute.js';
import { newContext } from '../src/schema/context.js';
import { STORE_NAMES } from '../src/stores/index.js';
import { commandsOn, userIds } from './domains/user/arbitraries.js';
import { ORIGIN } from './support/metadata.js';
import { makeTempFolder, removeTempFolder } from './support/temp-folder.js';

const HISTORIES = 1_000;

/** All that can be asked of one moment, with the past that the present knows. */
const WORLD = `
  fragment Fact on Event { __typename id type aggregateId version position recordedAt data }
  fragment Past on UserRevision {
    userId name email status version position validFrom validTo
    event { ...Fact }
    changes { field from to }
  }
  query World($at: DateTime, $position: Position) {
    asOf(at: $at, position: $position) {
      position
      at
      ada: user(id: "ada") { ...Past }
      bob: user(id: "bob") { ...Past }
      users(first: 2) {
        edges { cursor node { ...Past } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
      events(last: 3) {
        edges { cursor node { ...Fact } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
      renames: events(last: 2, where: { types: ["UserRenamed"] }) { nodes { ...Fact } }
    }
  }
`;

const USER = `
  query Ada($atPosition: Position) {
    user(id: "ada", atPosition: $atPosition) {
      id name email status version createdAt updatedAt
      history(first: 3) { nodes { version validFrom validTo changes { field from to } } }
      diff(from: { version: 0 }) { field from to }
      blame { field event { id version recordedAt } }
      revision(version: 1) { name validTo }
    }
  }
`;

/** Commands sent together, and whether somebody looks at the world meanwhile. */
interface Step {
  readonly commands: readonly UserCommand[];
  readonly looks: boolean;
}

const histories = fc.array(
  fc.record({
    commands: fc.array(commandsOn(userIds), { minLength: 1, maxLength: 4 }),
    looks: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
);

/** What was seen of the world, with the question that must bring it back for ever. */
interface Sight {
  readonly question: { readonly position: string } | { readonly at: string };
  readonly world: string;
}

it(
  `${HISTORIES} histories answer alike of a moment: at once, later, after a restart, and where nothing else ever happened`,
  { timeout: 300_000 },
  async () => {
    const schema = await createSchema(DOMAINS);
    const property = fc.asyncProperty(histories, fc.nat(), (history, choice) =>
      inFolder((folder) => tellAndAskAgain(schema, folder, history, choice)),
    );
    await expect(fc.assert(property, { numRuns: HISTORIES })).resolves.toBeUndefined();
  },
);

async function tellAndAskAgain(
  schema: GraphQLSchema,
  folder: string,
  history: readonly Step[],
  choice: number,
): Promise<void> {
  const [log, copy] = [join(folder, 'whole'), join(folder, 'part')];
  const { seen, chosen, ada } = await withApp(log, async (app) => {
    const looks = await tell(schema, app, history);
    await expectAgain(schema, app, looks);
    const { position: head } = await app.store.head();
    const position = String(choice % (head + 1));
    const random = [{ position }, ...(await timesAround(app, choice))];
    const more = await Promise.all(random.map((question) => lookAt(schema, app, question)));
    const user = await answer(schema, app, USER, { atPosition: position });
    return { seen: [...looks, ...more], chosen: position, ada: user };
  });
  const world = await withApp(log, async (app) => {
    await expectAgain(schema, app, seen);
    expect(await answer(schema, app, USER, { atPosition: chosen })).toBe(ada);
    return answer(schema, app, WORLD, { position: chosen });
  });
  await copyUpTo(log, copy, Number(chosen));
  await withApp(copy, async (app) => {
    expect(await answer(schema, app, WORLD)).toBe(world);
    expect(await answer(schema, app, USER)).toBe(ada);
  });
}

/** The time of one of the events, and those next to it. */
async function timesAround(app: App, choice: number): Promise<readonly { at: string }[]> {
  const { events } = await app.store.readLog({ limit: 100 });
  const event = events[choice % Math.max(1, events.length)];
  if (event === undefined) return [];
  const time = Date.parse(event.recordedAt);
  return [time - 1, time, time + 1].map((at) => ({ at: new Date(at).toISOString() }));
}

const lookAt = async (
  schema: GraphQLSchema,
  app: App,
  question: Sight['question'],
): Promise<Sight> => ({ question, world: await answer(schema, app, WORLD, question) });

/** Lets a history happen, and looks at the world in between, once while commands are under way. */
async function tell(
  schema: GraphQLSchema,
  app: App,
  history: readonly Step[],
): Promise<readonly Sight[]> {
  const seen: Sight[] = [];
  const look = async () => {
    const at = new Date().toISOString();
    const [now, then] = await Promise.all([
      answer(schema, app, WORLD),
      lookAt(schema, app, { at }),
    ]);
    seen.push({ question: { position: positionIn(now) }, world: now }, then);
  };
  for (const { commands, looks } of history) {
    const sent = commands.map((command) => send(app, command));
    // By then they have their places, and are on their way to the disk.
    await setImmediate();
    if (looks) await look();
    await Promise.all(sent);
    await look();
  }
  return seen;
}

async function send(app: App, command: UserCommand): Promise<void> {
  const stream = { type: userAggregate.type, id: command.id };
  await execute(app, userAggregate, {
    type: command.type,
    payload: command,
    expectedVersion: await app.store.versionAt(stream),
    commandId: null,
    dryRun: false,
    origin: ORIGIN,
  });
}

/** Every world that was seen is there to be seen again. */
async function expectAgain(schema: GraphQLSchema, app: App, seen: readonly Sight[]): Promise<void> {
  for (const { question, world } of seen) {
    expect(await answer(schema, app, WORLD, question)).toBe(world);
  }
}

async function answer(
  schema: GraphQLSchema,
  app: App,
  source: string,
  variableValues: Record<string, string> = {},
): Promise<string> {
  const contextValue = newContext(app);
  const result = await graphql({ schema, source, contextValue, variableValues });
  expect(result.errors).toBeUndefined();
  return JSON.stringify(result.data);
}

function positionIn(world: string): string {
  const { asOf }: { asOf: { position: string } } = JSON.parse(world);
  return asOf.position;
}

/** A data folder as it was when its log had so many commits: here each has one event. */
async function copyUpTo(from: string, to: string, commits: number): Promise<void> {
  await mkdir(to);
  await copyFile(join(from, 'hindsight.json'), join(to, 'hindsight.json'));
  const lines = (await readFile(join(from, 'log.jsonl'), 'utf8')).split('\n');
  const kept = lines.slice(0, commits).map((line) => `${line}\n`);
  await writeFile(join(to, 'log.jsonl'), kept.join(''));
}

async function withApp<T>(dataDir: string, work: (app: App) => Promise<T>): Promise<T> {
  const config = readConfig({ DATA_DIR: dataDir }, STORE_NAMES);
  const app = await compose(config, pino({ level: 'silent' }));
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await makeTempFolder();
  try {
    await work(folder);
  } finally {
    await removeTempFolder(folder);
  }
}
