// build-embed-package
//
// Writes the npm package of the embed elements, @aracari/embed, to build/npm/embed: ES modules, type declarations, a
// wrapper for React. From the same source as the script that the server gives out. `npm pack` in that folder packs it.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'build/npm/embed');
const types = join(target, 'types');

/** Where the declarations of a package of ours begin, in the folder of all declarations. */
const homes = {
  '@aracari/api': 'api/src/index.js',
  '@aracari/charts': 'charts/src/index.js',
};

function run(script, ...options) {
  const path = join(root, 'node_modules', script);
  execFileSync(process.execPath, [path, ...options], { cwd: root, stdio: 'inherit' });
}

/** Our packages are not published one by one: declarations lead to each other by their files. */
export function withRelativeImports(text, file, folder) {
  return text.replaceAll(/'(@aracari\/(?:api|charts))'/g, (_, name) => {
    const path = relative(dirname(file), join(folder, homes[name]));
    return `'${path.startsWith('.') ? path : `./${path}`}'`;
  });
}

function declare() {
  const settings = {
    extends: join(root, 'web/tsconfig.json'),
    compilerOptions: {
      ...{ noEmit: false, declaration: true, emitDeclarationOnly: true },
      ...{ outDir: types, rootDir: join(root, 'web/packages') },
    },
    include: ['embed', 'charts', 'api'].map((name) =>
      join(root, `web/packages/${name}/src/**/*.ts`),
    ),
  };
  const path = join(root, 'build/npm/tsconfig.json');
  writeFileSync(path, JSON.stringify(settings));
  run('typescript/bin/tsc', '-p', path);
  rmSync(path);
  for (const name of readdirSync(types, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const file = join(types, name);
    writeFileSync(file, withRelativeImports(readFileSync(file, 'utf8'), file, types));
  }
}

function describe() {
  const read = (name) =>
    JSON.parse(readFileSync(join(root, `web/packages/${name}/package.json`), 'utf8'));
  const [embed, charts] = [read('embed'), read('charts')];
  const needed = { ...embed.dependencies, ...charts.dependencies };
  const bundled = ['@aracari/api', '@aracari/charts', 'world-atlas'];
  const entries = Object.entries(needed).filter(([name]) => !bundled.includes(name));
  const type = (name) => `./types/embed/src/${name}.d.ts`;
  const description = {
    name: '@aracari/embed',
    version: embed.version,
    type: 'module',
    license: 'UNLICENSED',
    exports: {
      '.': { types: type('index'), default: './index.js' },
      './react': { types: type('react'), default: './react.js' },
    },
    files: ['index.js', 'react.js', 'chunks', 'types'],
    sideEffects: ['./index.js', './react.js', './chunks/*'],
    dependencies: Object.fromEntries(entries),
    peerDependencies: { react: '>=18' },
    peerDependenciesMeta: { react: { optional: true } },
  };
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(description, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(target, { recursive: true });
  run('vite/bin/vite.js', 'build', '-c', 'web/packages/embed/vite.package.config.ts');
  declare();
  describe();
}
