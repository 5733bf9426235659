import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const server = process.env.ARACARI_SERVER ?? 'http://127.0.0.1:8080';

/** Everything leaves as a file of its own: the server's CSP refuses inline script and style, and `data:` icons. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  build: {
    outDir: fileURLToPath(new URL('../../dist/admin', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    license: { fileName: 'assets/LICENSES.md' },
  },
  server: {
    proxy: Object.fromEntries(['/api', '/embed', '/oauth2', '/docs'].map((path) => [path, server])),
  },
});
