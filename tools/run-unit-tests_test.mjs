import assert from 'node:assert/strict';
import { it } from 'node:test';
import { countAll, countReport, failuresOf } from './run-unit-tests.mjs';

const kReport = `<?xml version="1.0"?>
<testsuites tests="4" failures="1" disabled="1" errors="0" time="0.1" name="AllTests">
  <testsuite name="A" tests="4" failures="1" disabled="1" skipped="1" errors="0">
    <testcase name="passes" status="run" result="completed" />
    <testcase name="fails" status="run" result="completed"><failure message="x"></failure></testcase>
    <testcase name="skips" status="run" result="skipped"></testcase>
    <testcase name="DISABLED_rests" status="notrun" result="suppressed" />
  </testsuite>
</testsuites>`;

const kJunit = `<testsuite name="x" tests="3">
  <testcase name="a_test" classname="a_test" time="0.1" status="run"><system-out>x</system-out></testcase>
  <testcase name="must_not_compile.a" classname="b" time="0.1" status="run"></testcase>
  <testcase name="crash_test" classname="c" time="0.1" status="fail"></testcase>
</testsuite>`;

it('counts the cases of one report', () => {
  assert.deepEqual(countReport(kReport), { passed: 1, failed: 1, skipped: 2 });
});

it('counts a ctest without a report as one test', () => {
  const counts = countAll(kJunit, (name) => (name === 'a_test' ? kReport : undefined));
  assert.deepEqual(counts, { passed: 2, failed: 2, skipped: 2 });
});

it('counts a program that failed although each case passed', () => {
  const allPassed = '<testsuites tests="3" failures="0" errors="0"></testsuites>';
  const counts = countAll(kJunit, (name) => (name === 'crash_test' ? allPassed : undefined));
  assert.deepEqual(counts, { passed: 5, failed: 1, skipped: 0 });
});

it('names what failed, and why, but not what passed', () => {
  const report = kReport
    .replaceAll('name="fails"', 'name="fails" classname="A"')
    .replace('message="x"', 'message="1 &lt; 2&#x0A;no"');
  assert.deepEqual(failuresOf(report), ['A.fails: 1 < 2\nno']);
});
