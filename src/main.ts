#!/usr/bin/env node
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { printSchema } from 'graphql';
import { createSchema } from './api/schema.js';
import { createLogger } from './cli/logger.js';
import { runNode } from './cli/node.js';
import { serve } from './cli/serve.js';
import { BadSetting, readConfig, SETTINGS } from './config.js';
import { StoreRefused } from './core/event-store.js';
import { DOMAINS } from './domains/index.js';
import { STORE_NAMES } from './stores/index.js';

const flagOf = (setting: string): string => setting.toLowerCase().replaceAll('_', '-');

const HELP = `Hindsight, a GraphQL server that forgets nothing.

Usage: hindsight [command] [flags]

Commands:
  serve    serve GraphQL over HTTP and WebSocket (the default)
  node     speak JSON lines on stdin and stdout; with --envelope replies are wrapped
  schema   print the GraphQL schema

Settings, each a flag or an environment variable:
${Object.entries(SETTINGS)
  .map(([name, meaning]) => `  --${flagOf(name).padEnd(10)} ${name.padEnd(10)} ${meaning}`)
  .join('\n')}
`;

function readCommandLine() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...Object.fromEntries(
        Object.keys(SETTINGS).map((name) => [flagOf(name), { type: 'string' as const }]),
      ),
      envelope: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
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
  const server = await serve(config, log);
  log.info({ url: server.url, store: config.store }, `Hindsight listens on ${server.url}`);
  const stop = (signal: NodeJS.Signals) => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    log.info({ signal }, 'stopping');
    server.stop().then(() => log.info({}, 'stopped'), fail);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
}

/** Says in one line what stood in the way; only what nobody foresaw comes with a stack. */
function fail(cause: unknown): void {
  const foreseen =
    cause instanceof BadSetting ||
    cause instanceof StoreRefused ||
    (cause instanceof Error && 'code' in cause);
  const message = foreseen ? cause.message : cause instanceof Error ? cause.stack : String(cause);
  process.stderr.write(`hindsight: ${message}\n`);
  process.exitCode = 1;
}

main().catch(fail);
