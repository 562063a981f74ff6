import {
  GraphQLError,
  Kind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** What a document may hold, however it comes; the tokens are counted by the parser. */
export const AT_MOST = {
  tokens: 10_000,
  fields: 500,
  aliases: 50,
  directives: 50,
  variables: 100,
  depth: 20,
  /** Of whatever stands in something else, fragments and lists of values, too. */
  levels: 100,
} as const;

type Counted = Exclude<keyof typeof AT_MOST, 'tokens'>;

/**
 * What a document has too much of, if anything. Looked at before it is validated: that takes time that
 * grows with the square of the fields.
 */
export function tooMuchIn(document: DocumentNode): GraphQLError | null {
  const counts = countsOf(document);
  const most: readonly Exclude<Counted, 'depth'>[] = [
    'levels',
    'fields',
    'aliases',
    'directives',
    'variables',
  ];
  const what = most.find((each) => counts[each] > AT_MOST[each]);
  if (what !== undefined) return tooLarge(`A document may have ${AT_MOST[what]} ${what}.`);
  // Only now: this goes as deep as the document does.
  if (depthOf(document) <= AT_MOST.depth) return null;
  return tooLarge(`A document may be ${AT_MOST.depth} fields deep.`);
}

/** What a document is told that goes too deep for the parser itself. */
export const tooDeep = (): GraphQLError =>
  tooLarge(`A document may have ${AT_MOST.levels} levels.`);

const tooLarge = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'DOCUMENT_TOO_LARGE' } });

function countsOf(document: DocumentNode) {
  const counts = { fields: 0, aliases: 0, directives: 0, variables: 0, levels: 0 };
  let level = 0;
  visit(document, {
    enter(node) {
      level += 1;
      counts.levels = Math.max(counts.levels, level);
      if (node.kind === Kind.DIRECTIVE) counts.directives += 1;
      if (node.kind === Kind.VARIABLE_DEFINITION) counts.variables += 1;
      if (node.kind !== Kind.FIELD) return;
      counts.fields += 1;
      if (node.alias !== undefined) counts.aliases += 1;
    },
    leave() {
      level -= 1;
    },
  });
  return counts;
}

/** How deep fields stand in fields, through fragments; each of those is looked at once. */
function depthOf(document: DocumentNode): number {
  const fragments = new Map(
    document.definitions
      .filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment.selectionSet]),
  );
  const known = new Map<SelectionSetNode, number>();
  const below = (set: SelectionSetNode | undefined): number => {
    if (set === undefined) return 0;
    const depth = known.get(set);
    if (depth !== undefined) return depth;
    // Fragments that hold each other are refused by the validation.
    known.set(set, 0);
    const depths = set.selections.map((selection) => {
      if (selection.kind === Kind.FIELD) return 1 + below(selection.selectionSet);
      if (selection.kind === Kind.INLINE_FRAGMENT) return below(selection.selectionSet);
      return below(fragments.get(selection.name.value));
    });
    const deepest = Math.max(...depths);
    known.set(set, deepest);
    return deepest;
  };
  return Math.max(
    0,
    ...document.definitions.map((each) => ('selectionSet' in each ? below(each.selectionSet) : 0)),
  );
}
