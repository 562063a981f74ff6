import { expect, it } from 'vitest';
import { Progress } from '../../../src/cli/moving/progress.js';

function screen(isTTY: boolean) {
  const written: string[] = [];
  // A line that is begun anew is easier to see with a bracket.
  const write = (text: string) => written.push(text.replaceAll('\r\u001b[K', '['));
  return { isTTY, written, write };
}

it('draws a bar on a terminal, and ends with how many there were', () => {
  const terminal = screen(true);
  const progress = new Progress(terminal);
  progress.show(1_234, 0.5);
  progress.end('Imported', 2_468);
  const [bar, ...end] = terminal.written;
  expect(bar).toMatch(/^\[█{12}░{12} {2}50 % 1,234 events in \d\.\d s$/);
  expect(end.join('')).toMatch(/^\[Imported 2,468 events in \d\.\d s\.\n$/);
});

it('draws no bar where the end is not known, and at most ten times a second', () => {
  const terminal = screen(true);
  const progress = new Progress(terminal);
  for (let events = 1; events < 1_000; events += 1) progress.show(events, undefined);
  expect(terminal.written[0]).toMatch(/^\[1 event in/);
  expect(terminal.written.length).toBeLessThan(5);
});

it('writes one line elsewhere', () => {
  const file = screen(false);
  const progress = new Progress(file);
  progress.show(1, 1);
  progress.clear();
  progress.end('Exported', 1);
  expect(file.written).toEqual([expect.stringMatching(/^Exported 1 event in \d\.\d s\.\n$/)]);
});
