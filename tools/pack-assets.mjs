// pack-assets <web/dist> <docs> <folder>
//
// Writes <folder>/assets.S and <folder>/assets.cc, which together implement src/http/assets.h: every
// file below <web/dist>/admin under '/', every file below <web/dist>/embed under '/embed/', and every
// file below <docs> under '/docs/'.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { pathToFileURL } from 'node:url';

const kContentTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Vite puts a hash of eight base64url characters before the extension: `chart-DzB5_x1k.js`. */
export function hasHashedName(path) {
  const hash = /-([A-Za-z0-9_-]{8})\.[a-z0-9]+(\.map)?$/.exec(path)?.[1];
  return hash !== undefined && /[A-Z0-9_]/.test(hash);
}

function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

/** One file in its three forms; a compressed form is empty where it would not be smaller. */
export function packFile(path, bytes) {
  const contentType = kContentTypes[extname(path).toLowerCase()];
  if (contentType === undefined) throw new Error(`${path}: no content type is known for this name`);
  const smaller = (packed) => (packed.length < bytes.length ? packed : Buffer.alloc(0));
  return {
    path,
    contentType,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    immutable: hasHashedName(path),
    forms: {
      identity: bytes,
      gzip: smaller(gzipSync(bytes, { level: 9 })),
      brotli: smaller(brotli(bytes)),
    },
  };
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The packed files of folders, by their prefixes, sorted by path as std::string_view compares. */
export function packFolders(folders) {
  const assets = Object.entries(folders).flatMap(([prefix, folder]) =>
    filesBelow(folder).map((file) => packFile(prefix + relative(folder, file), readFileSync(file))),
  );
  return assets.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

const symbol = (index, form) => `aracari_asset_${index}_${form}`;

/** Calls `render` for each form that has bytes and joins what it gives. */
function eachForm(assets, render) {
  return assets
    .flatMap(({ forms }, index) =>
      Object.entries(forms)
        .filter(([, bytes]) => bytes.length > 0)
        .map(([form]) => render(symbol(index, form), `${index}.${form}`)),
    )
    .join('');
}

function renderAssembler(assets, folder) {
  const blobs = eachForm(
    assets,
    (name, file) => `.global ${name}\n${name}:\n.incbin "${join(folder, 'bytes', file)}"\n`,
  );
  return `.section .rodata\n${blobs}.section .note.GNU-stack,"",@progbits\n`;
}

function renderTable(assets) {
  const externs = eachForm(assets, (name) => `extern const char ${name}[];\n`);
  const view = (index, form, bytes) =>
    bytes.length === 0 ? '{}' : `{${symbol(index, form)}, ${bytes.length}}`;
  const rows = assets.map(({ path, contentType, etag, immutable, forms }, index) => {
    const views = Object.entries(forms).map(([form, bytes]) => view(index, form, bytes));
    const texts = [path, contentType, etag].map((text) => JSON.stringify(text));
    return `    {${[...texts, ...views, immutable].join(', ')}},\n`;
  });
  return `#include "http/assets.h"

#include <array>

extern "C" {
${externs}}

namespace http {
namespace {
constexpr std::array<Asset, ${assets.length}> kAssets = {{
${rows.join('')}}};
}  // namespace

std::span<const Asset> packed_assets() { return kAssets; }

}  // namespace http
`;
}

function main([dist, docs, folder]) {
  if (folder === undefined) throw new Error('usage: pack-assets <web/dist> <docs> <folder>');
  const assets = packFolders({
    '/': join(dist, 'admin'),
    '/embed/': join(dist, 'embed'),
    '/docs/': docs,
  });
  rmSync(join(folder, 'bytes'), { recursive: true, force: true });
  mkdirSync(join(folder, 'bytes'), { recursive: true });
  assets.forEach(({ forms }, index) => {
    for (const [form, bytes] of Object.entries(forms)) {
      if (bytes.length > 0) writeFileSync(join(folder, 'bytes', `${index}.${form}`), bytes);
    }
  });
  writeFileSync(join(folder, 'assets.S'), renderAssembler(assets, folder));
  writeFileSync(join(folder, 'assets.cc'), renderTable(assets));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    console.error(`pack-assets: ${error.message}`);
    process.exit(1);
  }
}
