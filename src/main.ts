#!/usr/bin/env node
import 'reflect-metadata';
import { inspect, parseArgs } from 'node:util';
import { printSchema } from 'graphql';
import { createSchema } from './api/schema.js';
import { runExport } from './cli/export.js';
import { runImport } from './cli/import.js';
import { createLogger } from './cli/logger.js';
import { runMigrate } from './cli/migrate.js';
import { BadFile } from './cli/moving/format.js';
import { Progress } from './cli/moving/progress.js';
import { newId } from './cli/new-id.js';
import { runNode } from './cli/node.js';
import { runRebuild } from './cli/rebuild.js';
import { serve } from './cli/serve.js';
import { runVerify } from './cli/verify.js';
import { BadSetting, readConfig, SETTINGS, SWITCHES, type Config } from './config.js';
import { StoreRefused, StoreUnavailable } from './core/event-store.js';
import type { Logger } from './core/logger.js';
import { DOMAINS } from './domains/index.js';
import { STORE_NAMES, type StoreName } from './stores/index.js';

/** When the last resort is taken after a signal; all else has limits below it. */
const GIVE_UP_MILLISECONDS = 9_500;

const flagOf = (setting: string): string => setting.toLowerCase().replaceAll('_', '-');

const HELP = `Hindsight, a GraphQL server that forgets nothing.

Usage: hindsight [command] [flags]

Commands:
  serve    serve GraphQL over HTTP and WebSocket (the default); with --demo, an empty
           log begins with a made-up history
  node     speak JSON lines on stdin and stdout; with --envelope replies are wrapped
  export   write the whole log to stdout, an event a line
  import   bring the events of a file (- for stdin) into an empty log;
           with --append, behind those that a log has
  migrate  bring the database of STORE postgres up to this build; serve and import
           do so themselves, or refuse with --no-migrate
  rebuild  fold the projections of STORE postgres anew, compare them with those
           in use, and put them in their place; servers go on meanwhile
  verify   look through the log, and what is kept beside it, for broken promises;
           changes nothing, and ends with 1 when there are any
  schema   print the GraphQL schema

Settings, each a flag or an environment variable:
${Object.entries(SETTINGS)
  .map(([name, meaning]) => `  --${flagOf(name).padEnd(18)} ${name.padEnd(18)} ${meaning}`)
  .join('\n')}
`;

function parseCommandLine() {
  return parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: {
      ...Object.fromEntries(
        Object.keys(SETTINGS).map((name) => [flagOf(name), { type: 'string' as const }]),
      ),
      ...Object.fromEntries(SWITCHES.map((name) => [flagOf(name), { type: 'boolean' as const }])),
      envelope: { type: 'boolean', default: false },
      append: { type: 'boolean', default: false },
      migrate: { type: 'boolean', default: true },
      demo: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

function readCommandLine() {
  const { values, positionals } = orBadSetting(parseCommandLine);
  const [command = 'serve', ...behind] = positionals;
  const [file, ...rest] = command === 'import' ? behind : [undefined, ...behind];
  if (rest.length > 0)
    throw new BadSetting(`There is too much behind ${command}: ${rest.join(' ')}.`);
  const flags: Readonly<Record<string, unknown>> = values;
  const settings = Object.keys(SETTINGS).map((name) => {
    const flag = flags[flagOf(name)];
    if (typeof flag === 'boolean') return [name, flag ? 'yes' : 'no'];
    return [name, typeof flag === 'string' ? flag : process.env[name]];
  });
  return {
    command: values.help ? 'help' : command,
    file,
    envelope: values.envelope,
    append: values.append,
    migrates: values.migrate,
    demo: values.demo,
    settings: { NODE_ENV: process.env['NODE_ENV'], ...Object.fromEntries(settings) },
  };
}

function orBadSetting<T>(parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new BadSetting(cause instanceof Error ? cause.message : String(cause));
  }
}

type CommandLine = ReturnType<typeof readCommandLine>;

const configOf = ({ settings, migrates }: CommandLine) =>
  readConfig(settings, STORE_NAMES, migrates);

async function main(): Promise<void> {
  const line = readCommandLine();
  switch (line.command) {
    case 'serve':
      return serveUntilStopped(configOf(line), line);
    case 'node': {
      const config = configOf(line);
      const { stdin: input, stdout: output, stderr } = process;
      const { envelope } = line;
      return runNode(config, createLogger(config.logLevel, stderr), { input, output, envelope });
    }
    case 'export':
      return exportLog(configOf(line));
    case 'import':
      return importLog(configOf(line), line);
    case 'migrate':
      process.stdout.write(await runMigrate(configOf(line)));
      return;
    case 'rebuild': {
      const config = configOf(line);
      const { stdout, stderr } = process;
      const log = createLogger(config.logLevel, stderr);
      stdout.write(await runRebuild(config, log, new Progress(stderr)));
      return;
    }
    case 'verify':
      return verifyLog(configOf(line));
    case 'schema':
      process.stdout.write(`${printSchema(await createSchema(DOMAINS))}\n`);
      return;
    case 'help':
      process.stdout.write(HELP);
      return;
    default:
      throw new BadSetting(`There is no command ${line.command}; see hindsight --help.`);
  }
}

async function exportLog(config: Config<StoreName>): Promise<void> {
  const { stdout: output, stderr } = process;
  // Lines of an export on the same terminal would be drawn over.
  const progress = new Progress(stderr, stderr.isTTY && !output.isTTY);
  return runExport(config, createLogger(config.logLevel, stderr), { output, progress });
}

async function importLog(config: Config<StoreName>, line: CommandLine): Promise<void> {
  const { file, append } = line;
  if (file === undefined) {
    throw new BadSetting('Which file? hindsight import log.jsonl, or - to read stdin.');
  }
  const { stdin: input, stderr } = process;
  return runImport(config, createLogger(config.logLevel, stderr), {
    file,
    input,
    append,
    progress: new Progress(stderr),
    tell: (text) => stderr.write(`${text}\n`),
    newId,
    clock: Date.now,
  });
}

async function verifyLog(config: Config<StoreName>): Promise<void> {
  const { stdout, stderr } = process;
  // Whoever reads the report may go away; what it comes to is in the exit code.
  stdout.on('error', () => undefined);
  const faults = await runVerify(config, {
    progress: new Progress(stderr),
    print: (line) => stdout.write(`${line}\n`),
    note: (text) => stderr.write(`Note: ${text}\n`),
  });
  if (faults > 0) process.exitCode = 1;
}

async function serveUntilStopped(config: Config<StoreName>, { demo }: CommandLine): Promise<void> {
  const log = createLogger(config.logLevel, process.stdout);
  // Whoever read the log may go away; the server does not end for that.
  process.stdout.on('error', () => undefined);
  const starting = serve(config, log, { demo });
  const stop = (signal: NodeJS.Signals) => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    log.info({ signal }, 'stopping');
    setTimeout(() => giveUp(log), GIVE_UP_MILLISECONDS).unref();
    starting
      .then((server) => server.stop())
      .then(() => log.info({}, 'stopped'))
      .catch(fail);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const { url, anonymity } = await starting;
  log.info({ url, store: config.store }, `Hindsight listens on ${url}`);
  if (anonymity !== null) log.warn({}, anonymity);
}

/** What is acknowledged is on disk, so to end here loses nothing. */
function giveUp(log: Logger): void {
  log.error({}, 'something did not stop in time');
  process.exit(1);
}

/** Says in one line what stood in the way; only what nobody foresaw comes with a stack. */
function fail(cause: unknown): void {
  process.stderr.write(`hindsight: ${foreseen(cause) ? cause.message : inspect(cause)}\n`);
  process.exitCode = 1;
}

function foreseen(cause: unknown): cause is Error {
  if ([BadSetting, StoreRefused, StoreUnavailable, BadFile].some((kind) => cause instanceof kind)) {
    return true;
  }
  return cause instanceof Error && 'code' in cause && cause.code === 'EPIPE';
}

main().catch(fail);
