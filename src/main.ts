#!/usr/bin/env node
import 'reflect-metadata';
import { inspect, parseArgs } from 'node:util';
import { printSchema } from 'graphql';
import { createSchema } from './api/schema.js';
import { createLogger } from './cli/logger.js';
import { runNode } from './cli/node.js';
import { serve } from './cli/serve.js';
import { BadSetting, readConfig, SETTINGS } from './config.js';
import { StoreRefused } from './core/event-store.js';
import type { Logger } from './core/logger.js';
import { DOMAINS } from './domains/index.js';
import { STORE_NAMES } from './stores/index.js';

/** When the last resort is taken after a signal; all else has limits below it. */
const GIVE_UP_MILLISECONDS = 9_500;

const flagOf = (setting: string): string => setting.toLowerCase().replaceAll('_', '-');

const HELP = `Hindsight, a GraphQL server that forgets nothing.

Usage: hindsight [command] [flags]

Commands:
  serve    serve GraphQL over HTTP and WebSocket (the default)
  node     speak JSON lines on stdin and stdout; with --envelope replies are wrapped
  schema   print the GraphQL schema

Settings, each a flag or an environment variable:
${Object.entries(SETTINGS)
  .map(([name, meaning]) => `  --${flagOf(name).padEnd(18)} ${name.padEnd(18)} ${meaning}`)
  .join('\n')}
`;

function parseCommandLine() {
  return parseArgs({
    allowPositionals: true,
    options: {
      ...Object.fromEntries(
        Object.keys(SETTINGS).map((name) => [flagOf(name), { type: 'string' as const }]),
      ),
      envelope: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

function readCommandLine() {
  const { values, positionals } = orBadSetting(parseCommandLine);
  const [command = 'serve', ...rest] = positionals;
  if (rest.length > 0)
    throw new BadSetting(`There is too much behind ${command}: ${rest.join(' ')}.`);
  const flags: Readonly<Record<string, unknown>> = values;
  const settings = Object.keys(SETTINGS).map((name) => {
    const flag = flags[flagOf(name)];
    return [name, typeof flag === 'string' ? flag : process.env[name]];
  });
  return {
    command: values.help ? 'help' : command,
    envelope: values.envelope,
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

async function main(): Promise<void> {
  const { command, envelope, settings } = readCommandLine();
  switch (command) {
    case 'serve':
      return serveUntilStopped(settings);
    case 'node': {
      const config = readConfig(settings, STORE_NAMES);
      const log = createLogger(config.logLevel, process.stderr);
      return runNode(config, log, { input: process.stdin, output: process.stdout, envelope });
    }
    case 'schema':
      process.stdout.write(`${printSchema(await createSchema(DOMAINS))}\n`);
      return;
    case 'help':
      process.stdout.write(HELP);
      return;
    default:
      throw new BadSetting(`There is no command ${command}; see hindsight --help.`);
  }
}

async function serveUntilStopped(settings: Record<string, string | undefined>): Promise<void> {
  const config = readConfig(settings, STORE_NAMES);
  const log = createLogger(config.logLevel, process.stdout);
  // Whoever read the log may go away; the server does not end for that.
  process.stdout.on('error', () => undefined);
  const starting = serve(config, log);
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
  const { url } = await starting;
  log.info({ url, store: config.store }, `Hindsight listens on ${url}`);
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
  if (cause instanceof BadSetting || cause instanceof StoreRefused) return true;
  return cause instanceof Error && 'code' in cause && cause.code === 'EPIPE';
}

main().catch(fail);
