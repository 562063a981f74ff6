import { defineConfig } from 'vite';

/** One line a page: `<name>/index.html` is served as `/<name>/`, and the first as `/`. */
const pages = {
  machine: 'index.html',
  graphiql: 'graphiql/index.html',
};

export default defineConfig({
  root: import.meta.dirname,
  // Relative, so that the pages also work below a proxy's path.
  base: './',
  worker: { format: 'es' },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // The server's policy lets pages load files and nothing that is written into them.
    assetsInlineLimit: 0,
    // The editor alone is larger than the usual limit, and it is loaded once, from the same host.
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      input: pages,
      // React's directives ("use client") mean nothing here, and there are a hundred of them.
      checks: { moduleLevelDirective: false },
    },
  },
});
