import { createHash } from 'node:crypto';
import { readLines, type InputLine } from '../../api/node/lines.js';
import { BadFile, footerOf, frameOf } from './format.js';
import { readGiven, type Given } from './given.js';

/** More than any event that a command led to. */
const LINE_BYTES_AT_MOST = 1 << 26;

/** An event as a line of a file says it. */
export interface GivenLine {
  /** From 1. */
  readonly number: number;
  readonly given: Given;
}

/**
 * The events of a file. One that begins as an export must end as one, with a digest of its lines that is
 * right; it is looked at last, so nothing is to be kept before the end. Rejects with BadFile, whose
 * message goes on from the file's name.
 */
export async function* readFile(input: AsyncIterable<Buffer>): AsyncGenerator<GivenLine> {
  const lines = new Lines();
  for await (const line of readLines(input, LINE_BYTES_AT_MOST)) {
    const given = lines.take(line);
    if (given !== undefined) yield { number: lines.number, given };
  }
  lines.end();
}

class Lines {
  number = 0;
  readonly #digest = createHash('sha256');
  #events = 0;
  #begins = false;
  #ends = false;

  take(input: InputLine): Given | undefined {
    this.number += 1;
    if ('problem' in input) throw this.#bad(`${input.problem.replace(/\.$/, '')}.`);
    const { text } = input;
    const isBlank = text.trim() === '';
    if (this.#ends && !isBlank) throw this.#bad('the file goes on behind its end.');
    const given = isBlank ? undefined : this.#read(text);
    if (!this.#ends) this.#digest.update(`${text}\n`);
    return given;
  }

  end(): void {
    if (this.number === 0) throw new BadFile('it is empty.');
    if (this.#begins && !this.#ends) {
      throw new BadFile(
        `it was cut: line ${this.number} is the last, and not the end of an export.`,
      );
    }
  }

  #read(text: string): Given | undefined {
    const value = parse(text);
    if (value === undefined) throw this.#bad('it is not a JSON object.');
    const frame = frameOf(value);
    switch (frame) {
      case undefined:
        return this.#event(value);
      case 'header':
        this.#begin();
        return undefined;
      case 'footer':
        this.#end(text);
        return undefined;
      case 'unknown':
        throw this.#bad('this build does not know this form of export; a newer one may.');
      default:
        return frame satisfies never;
    }
  }

  #event(value: object): Given {
    const given = readGiven(value);
    if (typeof given === 'string') throw this.#bad(`${given}.`);
    this.#events += 1;
    return given;
  }

  #begin(): void {
    if (this.number > 1) throw this.#bad('an export begins here; one file holds one log.');
    this.#begins = true;
  }

  #end(text: string): void {
    const right = footerOf(this.#events, this.#digest.digest('hex'));
    if (`${text.trimEnd()}\n` !== right) {
      throw this.#bad(
        `${this.#events} events were read, and they or this line are not what was exported.`,
      );
    }
    this.#ends = true;
  }

  #bad(what: string): BadFile {
    return new BadFile(`line ${this.number}: ${what}`);
  }
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
