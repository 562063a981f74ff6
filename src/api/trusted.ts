import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { z } from 'zod';

/** What a request says of its document: the text, or the name of one that the server knows. */
export interface Named {
  readonly query?: unknown;
  /** As GraphQL over HTTP has it (github.com/graphql/graphql-over-http, appendix B). */
  readonly documentId?: unknown;
  /** As Apollo's clients say it: `{ persistedQuery: { sha256Hash } }`. */
  readonly extensions?: unknown;
}

const FILE = z.record(z.string(), z.string());
const EXTENSIONS = z.object({ persistedQuery: z.object({ sha256Hash: z.string() }) });

/** The documents that clients may send, and no others: what graphql-codegen's persisted documents are. */
export class TrustedDocuments {
  readonly #texts = new Map<string, string>();

  /** Of a file that names each text, by whatever hash. Throws a ZodError for another. */
  constructor(file: unknown) {
    for (const [name, text] of Object.entries(FILE.parse(file))) {
      this.#texts.set(name, text).set(digestOf(text), text);
    }
  }

  find({ query, documentId, extensions }: Named): string | GraphQLError {
    const extension = EXTENSIONS.safeParse(extensions).data;
    const named = documentId ?? extension?.persistedQuery.sha256Hash;
    const name = named ?? (typeof query === 'string' ? digestOf(query) : undefined);
    const text = typeof name === 'string' ? this.#texts.get(withoutAlgorithm(name)) : undefined;
    return text ?? untrusted();
  }
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const withoutAlgorithm = (name: string): string => name.replace(/^sha256:/, '');

const untrusted = (): GraphQLError =>
  new GraphQLError('This server carries out only the operations that it was given beforehand.', {
    extensions: { code: 'DOCUMENT_NOT_TRUSTED', http: { status: 400 } },
  });
