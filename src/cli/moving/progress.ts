const COLUMNS = 24;
const EVERY_MILLISECONDS = 100;

/** Where progress is shown: stderr, as a rule. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A bar on a terminal, drawn over and over; and how it went, in one line, wherever it is told. */
export class Progress {
  readonly #began = performance.now();
  #drawn = -EVERY_MILLISECONDS;

  constructor(
    private readonly screen: Screen,
    private readonly draws = screen.isTTY === true,
  ) {}

  /** `part` is how much of all was done, from 0 to 1, where that is known. */
  show(events: number, part: number | undefined): void {
    const now = performance.now();
    if (!this.draws || now - this.#drawn < EVERY_MILLISECONDS) return;
    this.#drawn = now;
    const done = part === undefined ? '' : `${barOf(part)} `;
    this.screen.write(`\r\u001b[K${done}${this.#tally(events)}`);
  }

  /** Ends the bar with the last word. */
  end(word: string, events: number): void {
    this.clear();
    this.screen.write(`${word} ${this.#tally(events)}.\n`);
  }

  clear(): void {
    if (this.draws) this.screen.write('\r\u001b[K');
  }

  #tally(events: number): string {
    const seconds = (performance.now() - this.#began) / 1_000;
    const rate = seconds < 1 ? '' : `, ${count(Math.round(events / seconds))} a second`;
    return `${count(events, 'event')} in ${seconds.toFixed(1)} s${rate}`;
  }
}

export function count(number: number, noun?: string): string {
  const digits = number.toLocaleString('en-US');
  return noun === undefined ? digits : `${digits} ${noun}${number === 1 ? '' : 's'}`;
}

function barOf(part: number): string {
  const filled = Math.round(Math.min(part, 1) * COLUMNS);
  const percent = `${Math.floor(Math.min(part, 1) * 100)}`.padStart(3);
  return `${'█'.repeat(filled)}${'░'.repeat(COLUMNS - filled)} ${percent} %`;
}
