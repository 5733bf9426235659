// check-arrows [<checkout>]
//
// Fails, with one line for each fault, when the code of src/ draws an arrow that tools/arrows.txt
// does not allow: a room or header it may not include, an outside library in the wrong room, a
// circle, a word of power outside its place, an expression that is never right, or a room that CMakeLists.txt links to and may not see.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const words = (text) => (text ?? '').split(/\s+/).filter(Boolean);

/** Whether `name` is one of `patterns`, where `a/` and `a.` stand for all that begin so. */
const matches = (name, patterns) =>
  patterns.some((p) => name === p || (/[/.]$/.test(p) && name.startsWith(p)));

/** Whether `file` is code for tests only: a test, or a header that only tests include. */
const isTestCode = (file) => /_test(\.cc|_support\.h)$/.test(file);

/** Reads the text of arrows.txt. */
export function parseArrows(text) {
  const arrows = {
    rooms: new Map(),
    everyone: [],
    tests: [],
    io: { headers: [], rooms: [] },
    words: [],
    never: [],
  };
  const readers = {
    room: ([name], [rooms, outside, forTests]) =>
      arrows.rooms.set(name, {
        rooms: words(rooms),
        outside: words(outside),
        forTests: words(forTests),
      }),
    everyone: (_, [headers]) => arrows.everyone.push(...words(headers)),
    tests: (_, [headers]) => arrows.tests.push(...words(headers)),
    io: (_, [headers, rooms]) => (arrows.io = { headers: words(headers), rooms: words(rooms) }),
    word: ([word, construction], [files, tests]) =>
      arrows.words.push({
        word,
        expression: new RegExp(`\\b${word}${construction ? '\\s*[({]' : '\\b'}`),
        files: words(files),
        forTests: words(tests).includes('tests'),
      }),
    never: ([expression], [why]) =>
      arrows.never.push({ expression: new RegExp(expression), why: why.trim() }),
  };
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const [head, ...columns] = line.split('|');
    const [kind, ...names] = words(head);
    if (!(kind in readers)) throw new Error(`tools/arrows.txt:${index + 1}: what is "${kind}"?`);
    readers[kind](names, columns);
  });
  return arrows;
}

/** Replaces comments by blanks and keeps the line breaks. String literals are left alone. */
export function withoutComments(source) {
  const rawString = /R"([^(\s]*)\([\s\S]*?\)\1"/;
  const literal = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'/;
  const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//;
  const any = new RegExp([rawString, literal, comment].map(({ source }) => source).join('|'), 'g');
  return source.replace(any, (match) =>
    match.startsWith('/') ? match.replace(/[^\n]/g, ' ') : match,
  );
}

/** A circle in a graph given as Map(name → names), as the list of its names, or undefined. */
function findCircle(graph) {
  const done = new Set();
  const visit = (name, path) => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const next of graph.get(name) ?? []) {
      const circle = visit(next, [...path, name]);
      if (circle) return circle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of graph.keys()) {
    const circle = visit(name, []);
    if (circle) return circle;
  }
  return undefined;
}

function filesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(h|cc)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

function includesOf(code) {
  const includes = [];
  code.split('\n').forEach((line, index) => {
    const match = /^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)/.exec(line);
    if (match) includes.push({ line: index + 1, own: match[1], outside: match[2] });
  });
  return includes;
}

function checkTable(arrows) {
  const faults = [];
  for (const [room, { rooms, forTests }] of arrows.rooms) {
    for (const target of [...rooms, ...forTests]) {
      if (!arrows.rooms.has(target.split('/')[0])) {
        faults.push(`tools/arrows.txt: ${room} may include ${target}, and there is no such room`);
      }
    }
  }
  const graph = new Map(
    [...arrows.rooms].map(([room, { rooms }]) => [room, rooms.map((r) => r.split('/')[0])]),
  );
  const circle = findCircle(graph);
  if (circle) faults.push(`tools/arrows.txt: a circle: ${circle.join(' → ')}`);
  return faults;
}

/** The fault in including `header` of ours, or undefined. */
function faultOfOwn(arrows, root, room, isTest, header) {
  const target = header.split('/')[0];
  if (!header.includes('/') || !arrows.rooms.has(target)) {
    return `"${header}" is in no room (write "room/file.h")`;
  }
  if (!existsSync(join(root, 'src', header))) return `"${header}" does not exist`;
  if (isTestCode(header) && !isTest) return `"${header}" is for tests only`;
  const { rooms, forTests } = arrows.rooms.get(room);
  const allowed = isTest ? [room, ...rooms, ...forTests] : [room, ...rooms];
  if (allowed.includes(target) || allowed.includes(header)) return undefined;
  const headers = allowed.filter((name) => name.startsWith(`${target}/`));
  if (headers.length > 0) return `${room} sees of ${target} only ${headers.join(', ')}`;
  return `${room} must not include ${target}`;
}

/** The fault in including the outside `header`, or undefined. */
function faultOfOutside(arrows, room, isTest, header) {
  if (matches(header, arrows.io.headers)) {
    return isTest || arrows.io.rooms.includes(room)
      ? undefined
      : `${room} is pure and must not include <${header}>`;
  }
  const isStandard = /^[a-z_0-9]+$/.test(header);
  if (isStandard || matches(header, arrows.everyone)) return undefined;
  if (matches(header, arrows.rooms.get(room).outside)) return undefined;
  if (matches(header, arrows.tests)) return isTest ? undefined : `<${header}> is for tests only`;
  const owners = [...arrows.rooms].filter(([, { outside }]) => matches(header, outside));
  return owners.length === 0
    ? `<${header}> is allowed in no room`
    : `<${header}> is allowed only in ${owners.map(([name]) => name).join(', ')}`;
}

function checkIncludes(arrows, root, file, code) {
  const room = file.split('/')[1];
  if (!arrows.rooms.has(room)) return [`${file}: "${room}" is no room of tools/arrows.txt`];
  const isTest = isTestCode(file);
  return includesOf(code).flatMap(({ line, own, outside }) => {
    const fault = own
      ? faultOfOwn(arrows, root, room, isTest, own)
      : faultOfOutside(arrows, room, isTest, outside);
    return fault ? [`${file}:${line}: ${fault}`] : [];
  });
}

function checkWords(arrows, file, code) {
  return arrows.words
    .filter(({ files, forTests }) => !matches(file, files) && !(forTests && isTestCode(file)))
    .flatMap(({ word, expression, files }) =>
      code
        .split('\n')
        .flatMap((text, index) =>
          expression.test(text)
            ? [`${file}:${index + 1}: ${word} may be used only in ${files.join(', ')}`]
            : [],
        ),
    );
}

/** The expressions that stand nowhere, tests apart. */
function checkNever(arrows, file, code) {
  if (isTestCode(file)) return [];
  return code
    .split('\n')
    .flatMap((text, index) =>
      arrows.never
        .filter(({ expression }) => expression.test(text))
        .map(({ why }) => `${file}:${index + 1}: ${why}`),
    );
}

function checkHeaderCircles(sources) {
  const graph = new Map(
    [...sources].map(([file, code]) => [
      file,
      includesOf(code).flatMap(({ own }) => (own ? [`src/${own}`] : [])),
    ]),
  );
  const circle = findCircle(graph);
  return circle ? [`a circle of headers: ${circle.join(' → ')}`] : [];
}

/** What CMakeLists.txt links a room to has to be a room which arrows.txt lets it see. */
function checkLinks(arrows, root) {
  const path = join(root, 'CMakeLists.txt');
  if (!existsSync(path)) return [];
  const calls = readFileSync(path, 'utf8').matchAll(/aracari_(?:room|program)\(([^)]*)\)/g);
  return [...calls].flatMap(([, text]) => {
    const [room, ...rest] = words(text);
    const allowed = arrows.rooms.get(room);
    if (!allowed) return [`CMakeLists.txt: "${room}" is no room of tools/arrows.txt`];
    const seen = (names) => new Set(names.map((name) => name.split('/')[0]));
    const lists = {
      DEPENDS: seen(allowed.rooms),
      TEST_DEPENDS: seen([...allowed.rooms, ...allowed.forTests]),
    };
    let list;
    return rest.flatMap((word) => {
      if (/^[A-Z_]+$/.test(word)) {
        list = lists[word];
        return [];
      }
      return list && !list.has(word) ? [`CMakeLists.txt: ${room} must not link to ${word}`] : [];
    });
  });
}

/** All faults of the checkout at `root`, as lines of text. */
export function findFaults(root) {
  const arrows = parseArrows(readFileSync(join(root, 'tools/arrows.txt'), 'utf8'));
  const read = (file) => [file, withoutComments(readFileSync(join(root, file), 'utf8'))];
  const sources = new Map(filesBelow(root, 'src').map(read));
  const besides = new Map(
    ['tests', 'fuzz', 'bench'].flatMap((folder) => filesBelow(root, folder)).map(read),
  );
  // These files break the rules on purpose, to prove that the compiler refuses them.
  const held = [...sources, ...besides].filter(
    ([file]) => !file.startsWith('tests/must_not_compile/'),
  );
  return [
    ...checkTable(arrows),
    ...[...sources].flatMap(([file, code]) => checkIncludes(arrows, root, file, code)),
    ...[...sources].flatMap(([file, code]) => checkNever(arrows, file, code)),
    ...checkHeaderCircles(sources),
    ...held.flatMap(([file, code]) => checkWords(arrows, file, code)),
    ...checkLinks(arrows, root),
  ];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..'));
  const faults = findFaults(root);
  faults.forEach((fault) => console.error(fault));
  process.exitCode = faults.length === 0 ? 0 : 1;
}
