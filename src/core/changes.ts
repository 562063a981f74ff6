/** What an aggregate shows, field by field, as text. */
export type Fields = Readonly<Record<string, string | null>>;

export interface FieldChange {
  readonly field: string;
  /** Null for a field without a value, and for all fields of what did not exist. */
  readonly from: string | null;
  readonly to: string | null;
}

/** The fields that differ, in their order. */
export function changesBetween(before: Fields, after: Fields): readonly FieldChange[] {
  return Object.keys({ ...before, ...after })
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }))
    .filter(({ from, to }) => from !== to);
}
