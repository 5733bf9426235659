// ApiScenario: what is sent, what must be in the answer, and what must be absent from it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { send } from './request.mjs';

/** Never in any answer: SQL, driver texts, paths, table files. */
const neverShown = [
  /\bSELECT\b|\bFROM\b|\bWHERE\b/,
  /duckdb|sqlite|parquet/i,
  /us-flights|master\.key|aracari\.db|\/databases|\/tmp\//,
  /exception|stack trace|\.cc:\d/i,
];

/**
 * @typedef {object} ApiScenario
 * @property {object | (() => object | Promise<object>)} send what request.mjs sends
 * @property {number} [status] default 200
 * @property {object} [json] members that the answer must have; others may be there too
 * @property {string[]} [expected] texts in the answer
 * @property {(string | RegExp)[]} [notExpected] texts that must be absent from body and headers
 * @property {object} [headers] header values; null: must be absent
 * @property {{code: string, field?: string}} [problem] the answer is this RFC 9457 problem
 * @property {boolean} [echoes] the answer repeats what was sent, so `neverShown` does not apply
 */

/**
 * Declares one test.
 * @param {{url: string}} server
 * @param {string} name
 * @param {ApiScenario} scenario
 */
export function scenario(server, name, wanted) {
  test(name, async () => {
    const request = typeof wanted.send === 'function' ? await wanted.send() : wanted.send;
    check(await send(server, request), wanted);
  });
}

/** Asserts that `answer` is what `wanted` (an ApiScenario) says. */
export function check(answer, wanted) {
  const { status = 200, json, expected = [], notExpected = [], headers = {}, problem } = wanted;
  const whole = `${JSON.stringify(answer.headers)}\n${answer.text}`;
  assert.equal(answer.status, status, answer.text.slice(0, 500));
  if (problem) checkProblem(answer, status, problem);
  if (json) assertHas(answer.json, json, 'body');
  for (const text of expected) assert.ok(whole.includes(text), `“${text}” is not in ${whole}`);
  const absent = wanted.echoes ? notExpected : [...notExpected, ...neverShown];
  for (const text of absent) {
    const shown = text instanceof RegExp ? text.test(whole) : whole.includes(text);
    assert.ok(!shown, `${text} must not be in ${whole.slice(0, 2000)}`);
  }
  for (const [name, value] of Object.entries(headers)) {
    assert.equal(answer.headers[name] ?? null, value, `header ${name}`);
  }
}

function checkProblem(answer, status, { code, field, ...more }) {
  assert.equal(answer.headers['content-type'], 'application/problem+json');
  assert.equal(answer.headers['cache-control'], 'no-store');
  assertHas(answer.json, { type: `/docs/errors#${code}`, status, code, ...more }, 'problem');
  assert.equal(answer.json.field, field, `field of ${answer.text}`);
  assert.ok(answer.json.title && answer.json.detail, 'a problem has a title and a detail');
  assert.equal(answer.json.requestId, answer.headers['x-request-id']);
}

function assertHas(actual, expected, path) {
  if (expected === null || typeof expected !== 'object' || Array.isArray(expected)) {
    assert.deepEqual(actual, expected, path);
    return;
  }
  assert.ok(actual !== null && typeof actual === 'object', `${path} is ${JSON.stringify(actual)}`);
  for (const [name, value] of Object.entries(expected)) {
    assertHas(actual[name], value, `${path}.${name}`);
  }
}
