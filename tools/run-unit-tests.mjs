// run-unit-tests <build folder>
//
// Runs ctest there and counts each case of a GoogleTest program, and each other ctest, as one test.
// A program that fails beyond its cases (a crash, a sanitizer, a leak at its end) adds one failure.
// The last line is `N passed, N failed, N skipped`.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const elements = (xml, tag) => [...xml.matchAll(new RegExp(`<${tag}\\s([^>]*)>`, 'g'))];
const attribute = (text, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1];

/** Counts of a GoogleTest XML report. */
export function countReport(xml) {
  const [[, totals] = [, '']] = elements(xml, 'testsuites');
  const number = (name) => Number(attribute(totals, name) ?? 0);
  const failed = number('failures') + number('errors');
  const skipped = elements(xml, 'testcase').filter(
    ([, text]) =>
      ['skipped', 'suppressed'].includes(attribute(text, 'result')) ||
      attribute(text, 'status') === 'notrun',
  ).length;
  return { passed: number('tests') - failed - skipped, failed, skipped };
}

const kEntities = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&' };
const plain = (text = '') =>
  text
    .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&(quot|apos|lt|gt|amp);/g, (_, name) => kEntities[name]);

/** Each failure of a GoogleTest XML report as `suite.case: message`. */
export function failuresOf(xml) {
  return [...xml.matchAll(/<testcase\s[^>]*[^/]>[^]*?<\/testcase>/g)].flatMap(([text]) => {
    const name = `${attribute(text, 'classname')}.${attribute(text, 'name')}`;
    return elements(text, 'failure').map(
      ([, failure]) => `${name}: ${plain(attribute(failure, 'message'))}`,
    );
  });
}

/** Counts over ctest's JUnit report; `reportOf(name)` gives a program's own XML, or undefined. */
export function countAll(junit, reportOf) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [, text] of elements(junit, 'testcase')) {
    const failedAsWhole = attribute(text, 'status') !== 'run';
    const report = reportOf(attribute(text, 'name'));
    const counts = report
      ? countReport(report)
      : { passed: failedAsWhole ? 0 : 1, failed: 0, skipped: 0 };
    if (failedAsWhole && counts.failed === 0) counts.failed = 1;
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  return total;
}

function main(build) {
  const reports = resolve(build, 'reports');
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports);
  const junit = join(reports, 'ctest-junit.xml');
  const { status } = spawnSync(
    'ctest',
    [
      '--test-dir',
      build,
      '-j',
      '2',
      '--timeout',
      '600',
      '--output-on-failure',
      '--output-junit',
      junit,
    ],
    { stdio: 'inherit' },
  );
  if (!existsSync(junit)) throw new Error('ctest made no report');
  const failures = [];
  const { passed, failed, skipped } = countAll(readFileSync(junit, 'utf8'), (name) => {
    const path = join(reports, `${name}.xml`);
    if (!existsSync(path)) return undefined;
    const xml = readFileSync(path, 'utf8');
    failures.push(...failuresOf(xml));
    return xml;
  });
  for (const failure of failures) console.log(`FAILED ${failure}`);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return status === 0 && failed === 0 ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = main(process.argv[2]);
}
