import type { CommandShape, FieldShape } from './shape';

/** What stands in a form, as it was typed, by the names of its fields. */
export type Typed = Readonly<Record<string, string>>;

/** What is known of the aggregate on the screen, by the names of its fields. */
export type Known = Readonly<Record<string, unknown>>;

/** What a form begins with: what is on the screen, as far as the command has the same fields. */
export function prefilled({ fields, usualVersion }: CommandShape, known: Known): Typed {
  // What creates an aggregate says nothing of the one that is looked at.
  if (usualVersion !== null) return {};
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = known[name];
      return value === undefined || value === null ? [] : [[name, textOf(value)]];
    }),
  );
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** The input that was typed. Rejects nothing: what it must be, the server says better. */
export function inputOf({ fields }: CommandShape, typed: Typed): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(field, typed[field.name])]));
}

function valueOf({ control, isNeeded }: FieldShape, text = ''): unknown {
  if (control.kind === 'yes or no') return text === 'yes';
  if (text === '' && !isNeeded) return null;
  switch (control.kind) {
    case 'number':
      return Number(text);
    case 'JSON':
      return parsed(text);
    case 'text':
    case 'choice':
      return text;
    default:
      return control satisfies never;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
