import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** What the npm package asks its user to install; everything else of ours is in it. */
const asked = /^(lit|marked|react|d3-array|d3-shape|topojson-client)(\/|$)/;

/** Builds the npm package from the source of the server's script: ES modules for a bundler, chunks left to it. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  build: {
    outDir: fileURLToPath(new URL('../../../build/npm/embed', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    minify: false,
    lib: { entry: { index: 'src/index.ts', react: 'src/react.ts' }, formats: ['es'] },
    rolldownOptions: {
      external: asked,
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
