const TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const COUNT = new Intl.NumberFormat();

/** A time in the reader's own zone. */
export const timeInWords = (time: string | number): string => TIME.format(new Date(time));

export const count = (number: number, noun?: string): string =>
  noun === undefined
    ? COUNT.format(number)
    : `${COUNT.format(number)} ${noun}${number === 1 ? '' : 's'}`;

/** What an event says, in a line. */
export function dataInWords(data: Readonly<Record<string, unknown>>): string {
  return Object.entries(data)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
