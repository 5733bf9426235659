import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { findFaults, withoutComments } from './check-arrows.mjs';

const kArrows = `
room base  |                  | log/
room model | base             |
room guard | base model       |                | auth
room auth  | base model       | url. url/
room source | base guard/sealed_query.h | duckdb.h
everyone   | fmt/
tests      | gtest/
io         | fstream sys/     | base auth source
word Factory            | src/auth/ src/model/principal.h | tests
word Sealed construction | src/guard/
never reveal\\(\\)\\s*[!=]= | compared in time that tells
`;

describe('check-arrows', () => {
  let root;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'arrows-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  const write = (path, text = '') => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  /** The faults of a tree that has these files beside one header in each room. */
  const faultsOf = (files, arrows = kArrows) => {
    write('tools/arrows.txt', arrows);
    for (const header of [
      'base/a',
      'model/a',
      'auth/a',
      'guard/guard',
      'guard/sealed_query',
      'source/a',
    ]) {
      write(`src/${header}.h`, '#pragma once\n');
    }
    Object.entries(files).forEach(([path, text]) => write(path, text));
    return findFaults(root);
  };

  it('allows what the table allows', () => {
    const faults = faultsOf({
      'src/base/log.cc': '#include <log/log.h>\n#include <fstream>\n#include <fmt/format.h>\n',
      'src/model/b.cc': '#include "model/a.h"\n#include "base/a.h"\n#include <string_view>\n',
      'src/source/b.cc': '#include "guard/sealed_query.h"\n#include <duckdb.h>\n',
      'src/auth/b.cc': '#include <url.hpp>\n#include <url/view.hpp>\nFactory f;\n',
      'src/guard/b.cc': 'auto s = Sealed(1);\n',
      'src/guard/b_test.cc': '#include "auth/a.h"\n#include <gtest/gtest.h>\n#include <fstream>\n',
      'src/guard/c_test_support.h': '#include "auth/a.h"\n#include <gtest/gtest.h>\nFactory f;\n',
      'src/guard/c_test.cc': '#include "guard/c_test_support.h"\nFactory f;\n',
      'CMakeLists.txt': 'aracari_room(guard DEPENDS base model TEST_DEPENDS auth LIBRARIES x)\n',
    });
    assert.deepEqual(faults, []);
  });

  const refusals = {
    'an arrow that is not in the table': [
      { 'src/model/b.cc': '\n#include "guard/guard.h"\n' },
      'src/model/b.cc:2: model must not include guard',
    ],
    'an arrow back': [
      { 'src/base/b.h': '#include "model/a.h"\n' },
      'src/base/b.h:1: base must not include model',
    ],
    'another header of a room of which one header may be seen': [
      { 'src/source/b.cc': '#include "guard/guard.h"\n' },
      'src/source/b.cc:1: source sees of guard only guard/sealed_query.h',
    ],
    'an arrow for tests in code': [
      { 'src/guard/b.cc': '#include "auth/a.h"\n' },
      'src/guard/b.cc:1: guard must not include auth',
    ],
    'an outside library in the wrong room': [
      { 'src/model/b.cc': '#include <duckdb.h>\n' },
      'src/model/b.cc:1: <duckdb.h> is allowed only in source',
    ],
    'an outside library that nobody may use': [
      { 'src/auth/b.cc': '#  include <curl/curl.h>\n' },
      'src/auth/b.cc:1: <curl/curl.h> is allowed in no room',
    ],
    'test headers in code': [
      { 'src/base/b.cc': '#include <gtest/gtest.h>\n' },
      'src/base/b.cc:1: <gtest/gtest.h> is for tests only',
    ],
    'a header for tests in code': [
      { 'src/base/a_test_support.h': '', 'src/base/b.cc': '#include "base/a_test_support.h"\n' },
      'src/base/b.cc:1: "base/a_test_support.h" is for tests only',
    ],
    'a construction of a room by a test of another': [
      { 'src/source/b_test.cc': 'auto s = Sealed(1);\n' },
      'src/source/b_test.cc:1: Sealed may be used only in src/guard/',
    ],
    'disk access in a pure room': [
      { 'src/guard/b.cc': '#include <fstream>\n' },
      'src/guard/b.cc:1: guard is pure and must not include <fstream>',
    ],
    'POSIX in a pure room': [
      { 'src/model/b.cc': '#include <sys/stat.h>\n' },
      'src/model/b.cc:1: model is pure and must not include <sys/stat.h>',
    ],
    'an unknown room': [
      { 'src/utils/b.h': '#pragma once\n' },
      'src/utils/b.h: "utils" is no room of tools/arrows.txt',
    ],
    'an include of an unknown room': [
      { 'src/base/b.h': '#include "utils/b.h"\n' },
      'src/base/b.h:1: "utils/b.h" is in no room (write "room/file.h")',
    ],
    'an include without a room': [
      { 'src/base/b.cc': '#include "a.h"\n' },
      'src/base/b.cc:1: "a.h" is in no room (write "room/file.h")',
    ],
    'a header that does not exist': [
      { 'src/base/b.cc': '#include "base/none.h"\n' },
      'src/base/b.cc:1: "base/none.h" does not exist',
    ],
    'a circle of headers': [
      { 'src/base/b.h': '#include "base/c.h"\n', 'src/base/c.h': '#include "base/b.h"\n' },
      'a circle of headers: src/base/b.h → src/base/c.h → src/base/b.h',
    ],
    'a word of power in the wrong place': [
      { 'src/guard/b.cc': 'auto p = auth::Factory::make();\n' },
      'src/guard/b.cc:1: Factory may be used only in src/auth/, src/model/principal.h',
    ],
    'a word of power in a fuzzer': [
      { 'fuzz/b_fuzz.cc': 'class Factory;\n' },
      'fuzz/b_fuzz.cc:1: Factory may be used only in src/auth/, src/model/principal.h',
    ],
    'a construction outside its room': [
      { 'src/source/b.cc': 'Sealed a(const Sealed& s);\nauto t = Sealed {1};\n' },
      'src/source/b.cc:2: Sealed may be used only in src/guard/',
    ],
    'a link that the table does not allow': [
      { 'CMakeLists.txt': 'aracari_room(model\n  DEPENDS base guard LIBRARIES x)\n' },
      'CMakeLists.txt: model must not link to guard',
    ],
    'a room of CMakeLists.txt that the table does not know': [
      { 'CMakeLists.txt': 'aracari_room(utils)\n' },
      'CMakeLists.txt: "utils" is no room of tools/arrows.txt',
    ],
  };
  for (const [name, [files, fault]] of Object.entries(refusals)) {
    it(`refuses ${name}`, () => assert.deepEqual(faultsOf(files), [fault]));
  }

  it('refuses a circle in the table', () => {
    const faults = faultsOf({}, kArrows.replace('room base  |       ', 'room base  | guard '));
    assert.deepEqual(faults, ['tools/arrows.txt: a circle: base → guard → base']);
  });

  it('refuses an unknown room and an unknown kind of line in the table', () => {
    const faults = faultsOf({}, `${kArrows}room x | y |\n`);
    assert.deepEqual(faults, ['tools/arrows.txt: x may include y, and there is no such room']);
    assert.throws(() => faultsOf({}, 'rooom base ||'), /arrows\.txt:1: what is "rooom"/);
  });

  it('does not read comments', () => {
    const faults = faultsOf({
      'src/model/b.cc': '// Factory\n/* #include "guard/guard.h"\nSealed( */\n',
      'tests/must_not_compile/b.cc': 'Factory f;\n',
    });
    assert.deepEqual(faults, []);
  });

  it('knows a comment from text that looks like one', () => {
    assert.equal(withoutComments('f("// x"); // y'), 'f("// x");     ');
    assert.equal(withoutComments(`'"' // "a`), `'"'      `);
    assert.equal(withoutComments('R"x(" // )x" /* z */'), 'R"x(" // )x"        ');
  });

  it('refuses an expression that is never right, except in tests', () => {
    const bad =
      'bool b = key.reveal() == text;\nbool c = key.reveal() != text;\n// x.reveal() == y\n';
    assert.deepEqual(faultsOf({ 'src/auth/b.cc': bad, 'src/auth/b_test.cc': bad }), [
      'src/auth/b.cc:1: compared in time that tells',
      'src/auth/b.cc:2: compared in time that tells',
    ]);
  });
});
