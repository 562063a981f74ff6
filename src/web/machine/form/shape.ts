/**
 * What the server's schema says of its commands: a form is made of this and of nothing else, so that a new
 * command, or a new domain, has its form without a line here. A command is a mutation with the arguments
 * `input` and `expectedVersion` whose answer is a `CommandResult`.
 */
export const SCHEMA_QUERY = `query Commands {
  __schema {
    mutationType { fields {
      name
      description
      args { name defaultValue type { ...TypeName } }
      type { ofType { interfaces { name } } }
    } }
    types {
      name
      inputFields { name description type { ...TypeName } }
      enumValues { name }
    }
  }
  events: __type(name: "Event") { possibleTypes { name } }
}

fragment TypeName on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`;

interface TypeName {
  readonly kind: string;
  readonly name: string | null;
  readonly ofType?: TypeName | null;
}

interface Argument {
  readonly name: string;
  readonly defaultValue: string | null;
  readonly type: TypeName;
}

interface InputField {
  readonly name: string;
  readonly description: string | null;
  readonly type: TypeName;
}

export interface SchemaAnswer {
  readonly __schema: {
    readonly mutationType: {
      readonly fields: readonly {
        readonly name: string;
        readonly description: string | null;
        readonly args: readonly Argument[];
        readonly type: {
          readonly ofType: {
            readonly interfaces: readonly { readonly name: string }[] | null;
          } | null;
        };
      }[];
    } | null;
    readonly types: readonly {
      readonly name: string;
      readonly inputFields: readonly InputField[] | null;
      readonly enumValues: readonly { readonly name: string }[] | null;
    }[];
  };
  readonly events: { readonly possibleTypes: readonly { readonly name: string }[] } | null;
}

/** How a value is put in. */
export type Control =
  | { readonly kind: 'text' }
  | { readonly kind: 'number' }
  | { readonly kind: 'yes or no' }
  | { readonly kind: 'JSON' }
  | { readonly kind: 'choice'; readonly of: readonly string[] };

export interface FieldShape {
  readonly name: string;
  readonly description: string;
  readonly isNeeded: boolean;
  readonly control: Control;
}

export interface CommandShape {
  /** The mutation's. */
  readonly name: string;
  readonly description: string;
  readonly inputType: string;
  readonly fields: readonly FieldShape[];
  /** What the schema says the version is when nobody says; null where it must be said. */
  readonly usualVersion: number | null;
}

export function commandsIn({ __schema: { mutationType, types } }: SchemaAnswer): CommandShape[] {
  const typesByName = new Map(types.map((type) => [type.name, type]));
  const fieldOf = ({ name, description, type }: InputField): FieldShape => ({
    name,
    description: description ?? '',
    isNeeded: type.kind === 'NON_NULL',
    control: controlOf(type, typesByName.get(nameOf(type))?.enumValues ?? null),
  });
  return (mutationType?.fields ?? []).flatMap(({ name, description, args, type }) => {
    const input = args.find((arg) => arg.name === 'input');
    const version = args.find((arg) => arg.name === 'expectedVersion');
    const isCommand = type.ofType?.interfaces?.some((each) => each.name === 'CommandResult');
    if (!isCommand || input === undefined || version === undefined) return [];
    const inputType = nameOf(input.type);
    return {
      name,
      description: description ?? '',
      inputType,
      fields: (typesByName.get(inputType)?.inputFields ?? []).map(fieldOf),
      usualVersion: version.defaultValue === null ? null : Number(version.defaultValue),
    };
  });
}

const nameOf = (type: TypeName): string => type.name ?? (type.ofType ? nameOf(type.ofType) : '');

function controlOf(type: TypeName, values: readonly { readonly name: string }[] | null): Control {
  const { kind, name, ofType } = type;
  if (kind === 'NON_NULL' && ofType) return controlOf(ofType, values);
  if (kind === 'ENUM') return { kind: 'choice', of: (values ?? []).map((value) => value.name) };
  if (kind !== 'SCALAR') return { kind: 'JSON' };
  if (name === 'Boolean') return { kind: 'yes or no' };
  return { kind: name === 'Int' || name === 'Float' ? 'number' : 'text' };
}

/** `renameUser` as people say it. */
export function inWords(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
