import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** Nothing from another host, nothing inline, and no page around it. */
const STRICT = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** The editor writes styles into the page, has workers, and brings its pictures and fonts along. */
const FOR_GRAPHIQL: Readonly<Record<string, string>> = {
  ...STRICT,
  'worker-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'font-src': "'self' data:",
  'img-src': "'self' data:",
};

const policyFor = (path: string): string =>
  Object.entries(path.startsWith('/graphiql/') ? FOR_GRAPHIQL : STRICT)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');

/** A file of a page, ready to be sent. */
export interface PageFile {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string | number>>;
}

/** The bundled pages by their URL paths; a folder's index.html is at the folder's, with its slash. */
export type Pages = ReadonlyMap<string, PageFile>;

/**
 * Reads the bundled pages, a few megabytes, into memory: what changes on disk later cannot be half
 * sent. Empty before they are built, as when one part of the server is tested alone.
 */
export async function loadPages(folder: string): Promise<Pages> {
  if (!existsSync(folder)) return new Map();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    await Promise.all(
      files.map(async ({ parentPath, name }): Promise<[string, PageFile]> => {
        const file = join(parentPath, name);
        const path = `/${relative(folder, file).split(sep).join('/')}`;
        return [path.replace(/\/index\.html$/, '/'), pageFile(path, await readFile(file))];
      }),
    ),
  );
}

function pageFile(path: string, bytes: Buffer): PageFile {
  return {
    bytes,
    headers: {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'content-length': bytes.length,
      // Vite puts a hash of the content into the name of each asset.
      'cache-control': path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'content-security-policy': policyFor(path),
    },
  };
}
