/**
 * Compares two texts by code points, as a database does whose texts are UTF-8. By code units, which `<`
 * compares, what lies beyond U+FFFF would come before some of what does not.
 */
export function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  const most = Math.min(one.length, other.length);
  for (let index = 0; index < most; index += 1) {
    const difference = rankAt(one, index) - rankAt(other, index);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** A code unit; those that make up code points beyond U+FFFF come after all others. */
function rankAt(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
