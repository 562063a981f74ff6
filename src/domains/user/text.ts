/** Text, in NFC as it is kept, as it is searched, sorted and compared: without regard to case. */
export const foldCase = (value: string): string => value.toLowerCase();
