import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..', 'src');

type Packages = 'any' | readonly string[];

interface Room {
  readonly name: string;
  /** The files in it, by their path within src. A file is in the first room that takes it. */
  readonly files: RegExp;
  /** The rooms that it may import from; its own is named like any other. */
  readonly may: readonly string[];
  /** The packages that it may import; node: counts as one. */
  readonly packages: Packages;
}

/**
 * Who may import whom. `$1` stands for the folder that a file's room was named after, so that siblings
 * do not reach each other; `*` for any.
 */
const ROOMS: readonly Room[] = [
  { name: 'main', files: /^main\.ts$/, may: ['*'], packages: 'any' },
  {
    name: 'cli',
    files: /^cli\//,
    may: [
      'core',
      'engine',
      'schema',
      'api',
      'config',
      'cli',
      'the list of stores',
      'the list of domains',
    ],
    packages: 'any',
  },
  { name: 'config', files: /^config(?:\.ts$|\/)/, may: ['core', 'config'], packages: ['zod'] },
  { name: 'core', files: /^core\//, may: ['core'], packages: [] },
  { name: 'engine', files: /^engine\//, may: ['core', 'engine'], packages: ['lru-cache'] },
  { name: 'schema', files: /^schema\//, may: ['core', 'engine', 'schema'], packages: 'any' },
  { name: 'api', files: /^api\//, may: ['core', 'engine', 'schema', 'api'], packages: 'any' },
  { name: 'web', files: /^web\//, may: ['web'], packages: 'any' },
  {
    name: 'the list of stores',
    files: /^stores\/index\.ts$/,
    may: ['core', 'what stores share', 'store *'],
    packages: 'any',
  },
  {
    name: 'store memory',
    files: /^stores\/memory\.ts$/,
    may: ['core', 'what stores share'],
    packages: 'any',
  },
  {
    name: 'what stores share',
    files: /^stores\/[^/]+\.ts$/,
    may: ['core', 'what stores share'],
    packages: 'any',
  },
  {
    name: 'store $1',
    files: /^stores\/([^/]+)\//,
    may: ['core', 'what stores share', 'store $1'],
    packages: 'any',
  },
  {
    name: 'the list of domains',
    files: /^domains\/index\.ts$/,
    may: ['core', 'schema', 'domain * at the edge'],
    packages: [],
  },
  {
    name: 'domain $1 at the edge',
    files: /^domains\/([^/]+)\/(?:graphql\/.+|graphql|node|index)\.ts$/,
    may: ['core', 'engine', 'schema', 'domain $1', 'domain $1 at the edge'],
    packages: ['zod', 'type-graphql'],
  },
  {
    name: 'domain $1',
    files: /^domains\/([^/]+)\//,
    may: ['core', 'domain $1'],
    packages: ['zod'],
  },
];

/** A file within src and what it imports, as written there. */
interface Importing {
  readonly file: string;
  readonly imports: readonly string[];
}

function roomOf(file: string): Room | undefined {
  for (const room of ROOMS) {
    const match = room.files.exec(file);
    if (match === null) continue;
    const called = (name: string) => name.replace('$1', match[1] ?? '');
    return { ...room, name: called(room.name), may: room.may.map(called) };
  }
  return undefined;
}

function isAllowed(room: Room, file: string, specifier: string): boolean {
  if (!specifier.startsWith('.')) {
    const parts = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1);
    return room.packages === 'any' || room.packages.includes(parts.join('/'));
  }
  if (room.may.includes('*')) return true;
  const target = posix.join(posix.dirname(file), specifier).replace(/\.js$/, '.ts');
  const targetRoom = roomOf(target)?.name;
  return targetRoom !== undefined && room.may.some((name) => isNamed(name, targetRoom));
}

/** `*` is one word. */
function isNamed(pattern: string, name: string): boolean {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === name;
  const between = name.slice(before.length, name.length - after.length);
  return name === `${before}${between}${after}` && /^\S+$/.test(between);
}

function violations(files: readonly Importing[]): readonly string[] {
  return files.flatMap(({ file, imports }) => {
    const room = roomOf(file);
    if (room === undefined) return [`${file} is in no room`];
    return imports
      .filter((specifier) => !isAllowed(room, file, specifier))
      .map((specifier) => `${file} imports ${specifier}, which its room may not`);
  });
}

const STATIC = /^[ \t]*(?:import|export)\b(?:[^;'"]*?\bfrom)?\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/g;

const importsIn = (source: string): readonly string[] =>
  [STATIC, DYNAMIC].flatMap((pattern) =>
    [...source.matchAll(pattern)].map(([, specifier = '']) => specifier),
  );

const SETTINGS =
  /\bprocess\s*(?:\?\.|\.|\[\s*['"])\s*(?:argv|env)\b|\b(?:argv|env)\b[^;]*from\s*['"](?:node:)?process['"]|\{[^{}]*\b(?:argv|env)\b[^{}]*\}\s*=\s*process\b/;

const readsSettings = (source: string): boolean => SETTINGS.test(source);

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.[cm]?tsx?$/.test(path))
  .map((file) => ({ file, source: readFileSync(join(SRC, file), 'utf8') }));

describe('the import rule', () => {
  it('is kept by every file', () => {
    const files = sources.map(({ file, source }) => ({ file, imports: importsIn(source) }));
    expect(violations(files)).toEqual([]);
  });

  it('reads the files that there are, and what they import', () => {
    expect(sources.length).toBeGreaterThan(20);
    const execute = sources.find(({ file }) => file === 'engine/execute.ts');
    expect(importsIn(execute?.source ?? '')).toEqual(
      expect.arrayContaining(['../core/decider.js', './app.js']),
    );
  });

  it.each([
    ['core/event.ts', '../engine/app.js'],
    ['core/event.ts', 'node:crypto'],
    ['core/event.ts', 'zod'],
    ['engine/execute.ts', '../domains/user/index.js'],
    ['engine/execute.ts', '../stores/memory.js'],
    ['engine/execute.ts', 'node:timers'],
    ['stores/lowdb/store.ts', '../postgres/store.js'],
    ['stores/lowdb/store.ts', '../index.js'],
    ['stores/lowdb/store.ts', '../memory.js'],
    ['stores/lowdb/store.ts', '../../engine/app.js'],
    ['stores/memory.ts', './lowdb/store.js'],
    ['stores/record.ts', './lowdb/line.js'],
    ['stores/index.ts', '../domains/index.js'],
    ['domains/user/decider.ts', 'type-graphql'],
    ['domains/user/decider.ts', './graphql.js'],
    ['domains/user/decider.ts', './graphql/types.js'],
    ['domains/user/decider.ts', '../../engine/execute.js'],
    ['domains/user/decider.ts', '../order/events.js'],
    ['domains/user/graphql.ts', '../order/graphql.js'],
    ['domains/user/graphql/queries.ts', '../../order/projection.js'],
    ['domains/user/graphql/queries.ts', '../../../api/schema.js'],
    ['domains/user/graphql/queries.ts', 'node:fs'],
    ['domains/user/graphql.ts', '../index.js'],
    ['domains/index.ts', './user/decider.js'],
    ['schema/event.ts', '../domains/user/events.js'],
    ['schema/event.ts', '../api/schema.js'],
    ['api/http.ts', '../domains/index.js'],
    ['api/http.ts', '../stores/index.js'],
    ['api/node/node.ts', '../../main.js'],
    ['api/http.ts', '../../package.json'],
    ['web/main.tsx', '../core/event.js'],
    ['cli/compose.ts', '../stores/lowdb/store.js'],
    ['cli/compose.ts', '../domains/user/index.js'],
    ['cli/compose.ts', '../main.js'],
    ['api/http.ts', '../cli/serve.js'],
    ['config.ts', './stores/index.js'],
    ['config.ts', 'pino'],
  ])('catches %s that imports %s', (file, specifier) => {
    expect(violations([{ file, imports: [specifier] }])).toEqual([
      `${file} imports ${specifier}, which its room may not`,
    ]);
  });

  it('catches a file that is in no room', () => {
    expect(violations([{ file: 'helpers/misc.ts', imports: [] }])).toEqual([
      'helpers/misc.ts is in no room',
    ]);
  });

  it.each([
    ['main.ts', ['./stores/index.js', './domains/index.js', '../package.json', 'pino', 'node:fs']],
    ['config.ts', ['./core/event-store.js', 'zod']],
    ['engine/execute.ts', ['../core/decider.js', './app.js']],
    ['stores/index.ts', ['./lowdb/store.js', './postgres/store.js', './memory.js', './record.js']],
    ['stores/lowdb/store.ts', ['lowdb', 'node:fs/promises', '../memory-log.js', './line.js']],
    ['domains/index.ts', ['./user/index.js', './order/index.js']],
    ['domains/user/commands.ts', ['zod', '../../core/decider.js', './events.js']],
    ['domains/user/index.ts', ['./graphql/queries.js', './decider.js', '../../engine/app.js']],
    ['domains/user/graphql/queries.ts', ['type-graphql', '../projection.js', './types.js']],
    ['api/node/node.ts', ['../log.js', '../../schema/event.js', '@apollo/server']],
  ])('lets %s import what it needs', (file, imports) => {
    expect(violations([{ file, imports }])).toEqual([]);
  });

  it.each([
    [`import fs from 'node:fs';`, ['node:fs']],
    [`import 'reflect-metadata';`, ['reflect-metadata']],
    [`import type { A } from "./a.js";`, ['./a.js']],
    [`import {\n  a,\n  b,\n} from './ab.js';`, ['./ab.js']],
    [`export * from './all.js';\nexport { one } from './one.js';`, ['./all.js', './one.js']],
    [`const a = await import('./late.js');`, ['./late.js']],
    [`type A = import('./type.js').A;`, ['./type.js']],
    [`const a = require('old');`, ['old']],
    [`export const a = 'not-a-module';`, []],
    [` * import { a } from 'a-comment';`, []],
  ])('reads %j', (source, imports) => {
    expect(importsIn(source)).toEqual(imports);
  });
});

describe('argv and env', () => {
  it('are read in main.ts alone', () => {
    const readers = sources.filter(({ source }) => readsSettings(source)).map(({ file }) => file);
    expect(readers.filter((file) => file !== 'main.ts')).toEqual([]);
  });

  it.each([
    `const port = process.env.PORT;`,
    `const port = process.env['PORT'];`,
    `const { env } = process;`,
    `const all = process['env'];`,
    `const [, , first] = process.argv;`,
    `import { env } from 'node:process';`,
    `import process, { argv as words } from 'process';`,
  ])('are found in %j', (source) => {
    expect(readsSettings(source)).toBe(true);
  });

  it.each([
    `process.on('SIGTERM', stop);`,
    `process.exitCode = 1;`,
    `const { stdin } = process;`,
    `export function configOf(env: Env): Config {\n  return parse(env);\n}`,
    `import { stdin } from 'node:process';`,
  ])('are not found in %j', (source) => {
    expect(readsSettings(source)).toBe(false);
  });
});
