import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { leanECharts } from './lean-echarts.ts';

/** The elements of a page. What they import is what every embed needs; what they `import()` is not. */
const elements = /\/packages\/embed\/src\/(aracari-dashboard|aracari-chart|tc-dashboard)\.ts$/;

/**
 * Builds `embed.js`, whose name never changes, beside it the chunks that it loads when it needs them, and the script of
 * our own frame page. Addresses are relative to the script, since it is loaded from pages of other origins.
 */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  publicDir: false,
  plugins: [leanECharts()],
  // A library build leaves this to its user; ours is the page itself.
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: '../../dist/embed',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // As a library, so that Vite does not wrap `import()` in its own preloading, which writes into the host's page.
    lib: { entry: { embed: 'src/index.ts', frame: 'src/frame.ts' }, formats: ['es'] },
    license: { fileName: 'LICENSES.md' },
    rolldownOptions: {
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        minify: true,
        // A page may write any query behind `embed.js`. Were there code in it that chunks need as well, they would load it
        // a second time, under its plain name. So it holds nothing but the address of this chunk.
        codeSplitting: { groups: [{ name: 'core', test: elements }] },
      },
    },
  },
});
