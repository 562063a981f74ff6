import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runProgram } from './support/process.js';

describe('the command line', () => {
  it.each([
    ['a bad setting in the environment', [], { PORT: 'x' }, /^hindsight: PORT must be .* "x"\.\n$/],
    ['a bad flag', ['--store', 'redis'], {}, /^hindsight: STORE must be one of .*\n$/],
    ['a flag before the environment', ['--port', 'y'], { PORT: '0' }, /PORT must be .* "y"\.\n$/],
    ['a flag that there is not', ['--sotre', 'memory'], {}, /^hindsight: .*--sotre.*\n$/],
    ['a command that there is not', ['sevre'], {}, /^hindsight: There is no command sevre; .*\n$/],
    ['too many commands', ['serve', 'node'], {}, /^hindsight: .*serve: node\.\n$/],
  ])('ends with one line for %s', async (_, args, env, line) => {
    const program = runProgram(args, env);
    expect(await program.exited).toBe(1);
    expect(program.stderr()).toMatch(line);
    expect(program.stdout()).toBe('');
  });

  it('prints the schema', async () => {
    const program = runProgram(['schema']);
    expect(await program.exited).toBe(0);
    expect(program.stdout()).toBe(readFileSync('schema.graphql', 'utf8'));
  });

  it('helps', async () => {
    const program = runProgram(['--help']);
    expect(await program.exited).toBe(0);
    expect(program.stdout()).toMatch(/--data-dir +DATA_DIR/);
  });
});
