// Behind a reverse proxy: whose address counts for the throttle, in the audit log and in sessions.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sessionOf, signedIn } from './support/app.mjs';
import { demoServer } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check } from './support/scenario.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const behind = await demoServer({ args: ['--trusted-proxies', '127.0.0.0/8, 10.0.0.0/8'] });
const direct = await demoServer();
after(() => Promise.all([behind.end(), direct.end()]));

const attempt = (server, forwarded, password = server.account.password) =>
  send(server, {
    method: 'POST',
    path: '/api/v1/session',
    headers: { 'x-forwarded-for': forwarded },
    body: { email: server.account.email, password },
  });
const failFiveTimes = async (server, forwardedFor) => {
  for (let time = 0; time < 5; time += 1) {
    assert.equal((await attempt(server, forwardedFor(time), 'wrong')).status, 401);
  }
};
const throttled = { status: 429, problem: { code: 'too_many_requests' } };

test('behind a trusted proxy one who guesses locks out nobody else', async () => {
  await failFiveTimes(behind, () => '203.0.113.9');
  check(await attempt(behind, '203.0.113.9'), throttled);
  for (const spoofed of ['198.51.100.1, 203.0.113.9', '203.0.113.9, 10.1.2.3', 'x,203.0.113.9']) {
    check(await attempt(behind, spoofed), throttled);
  }
  const other = await attempt(behind, '198.51.100.1');
  assert.equal(other.status, 200);
  const browser = signedIn(behind, keepSecret(sessionOf(other)));
  const { sessions } = await browser.get('/api/v1/sessions');
  assert.equal(sessions.find(({ current }) => current).remoteAddress, '198.51.100.1');
});

test('an IPv6 customer is one /64', async () => {
  await failFiveTimes(behind, (time) => `2001:db8::${time + 1}`);
  check(await attempt(behind, '2001:db8::ffff'), throttled);
  assert.equal((await attempt(behind, '2001:db8:0:1::1')).status, 200);
});

test('the audit log names the client', async () => {
  const failed = async () =>
    (await behind.app.get('/api/v1/audit?action=session.sign_in_failed')).events;
  const deadline = Date.now() + 15_000;
  let addresses = [];
  while (Date.now() < deadline && !addresses.includes('203.0.113.9')) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    addresses = (await failed()).map(({ remoteAddress }) => remoteAddress);
  }
  assert.ok(addresses.includes('203.0.113.9'), `${addresses}`);
  assert.ok(!addresses.includes('127.0.0.1'), 'the proxy did nothing');
});

test('without a trusted proxy the header is the word of whoever sends it', async () => {
  await failFiveTimes(direct, (time) => `203.0.113.${time}`);
  check(await attempt(direct, '198.51.100.1'), throttled);
});

logHoldsNoSecret();
