import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withRelativeImports } from './build-embed-package.mjs';

test('declarations of our packages find each other without their names', () => {
  const text = "import type { Chart } from '@aracari/api';\nimport { html } from 'lit';\n";
  const told = withRelativeImports(text, '/t/embed/src/tile.d.ts', '/t');
  assert.equal(
    told,
    "import type { Chart } from '../../api/src/index.js';\nimport { html } from 'lit';\n",
  );
  assert.ok(!told.includes('@aracari'));
});
