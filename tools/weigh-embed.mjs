// weigh-embed [web/dist/embed]
//
// Prints what a page loads of the embed, in bytes of gzip: the elements alone, and with bars and lines. The script itself
// is only the address of its chunks, so it is weighed with all that it imports.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** What draws bars and lines. */
const barsAndLines = ['aracari-chart-plot-', 'cartesian-drawer-'];

/** The files that a module loads before it runs, itself among them. `read` gives the text of a file. */
export function loadedWith(file, read, known = new Set()) {
  if (known.has(file)) return known;
  known.add(file);
  for (const [, name] of read(file).matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g))
    loadedWith(name, read, known);
  return known;
}

/** @returns {{elements: number, withBarsAndLines: number}} */
export function weighEmbed(folder) {
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  const weigh = (files) =>
    [...files].reduce((sum, name) => sum + gzipSync(read(name), { level: 9 }).length, 0);
  const elements = loadedWith('embed.js', read);
  const all = new Set(elements);
  for (const begin of barsAndLines) {
    const name = readdirSync(folder).find((one) => one.startsWith(begin));
    if (name === undefined) throw new Error(`There is no ${begin}*.js in ${folder}.`);
    loadedWith(name, read, all);
  }
  return { elements: weigh(elements), withBarsAndLines: weigh(all) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? fileURLToPath(new URL('../web/dist/embed', import.meta.url));
  const { elements, withBarsAndLines } = weighEmbed(folder);
  console.log(`the elements: ${elements} bytes\nwith bars and lines: ${withBarsAndLines} bytes`);
}
