// Every secret that a scenario file uses: no answer may show one, but the one that hands it out, and
// its last test looks for them in what the servers printed.

import assert from 'node:assert/strict';
import { test } from 'node:test';

const used = new Set();
const servers = [];

/** Remembers `secret` and gives it back. */
export function keepSecret(secret) {
  if (secret) used.add(secret);
  return secret;
}

/** All of them so far. */
export const usedSecrets = () => [...used];

const handsOut =
  /^\/embed\/generate-token$|^\/api\/v1\/(api|child)-keys(\/[^/]+\/roll)?$|^\/api\/v1\/(session|setup)$/;

/** Fails where an answer shows a secret that was used before. */
export function assertTellsNoSecret(method, path, { headers, text }) {
  if (method === 'POST' && handsOut.test(path)) return;
  const whole = JSON.stringify(headers) + text;
  for (const secret of used) {
    assert.ok(!whole.includes(secret), `${method} ${path} shows a secret: ${secret.slice(0, 14)}…`);
  }
}

/** Adds what `server` prints to what is searched. */
export function watchOutput(server) {
  servers.push(server);
}

/** Declares the last test of a file: no key, token, password or cookie in any server's output. */
export function logHoldsNoSecret() {
  test('the log holds no key, token, password or cookie', () => {
    assert.ok(used.size > 0 && servers.length > 0, 'secrets were used');
    for (const server of servers) {
      for (const secret of used) {
        assert.ok(
          !server.output().includes(secret),
          `a secret was logged: ${secret.slice(0, 14)}…`,
        );
      }
      assert.doesNotMatch(server.output(), /handler_threw|stream_threw|connection_failed/);
    }
  });
}
