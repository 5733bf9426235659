// token-lifetime-max-seconds: the server's bound on what is minted and on what is believed.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { bearer, demoServer, watchedServer } from './support/demo_server.mjs';
import { parts } from './support/jwt.mjs';
import { send } from './support/request.mjs';
import { check, scenario } from './support/scenario.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
after(() => server.end());

const long = await server.mint({ expiresIn: '1h' });
const short = await server.mint({ expiresIn: '5m' });
const strict = await watchedServer({
  dataDir: server.dataDir,
  args: ['--token-lifetime-max-seconds', '600'],
});
after(() => strict.stop());

const request = (more) => ({
  method: 'POST',
  path: '/embed/generate-token',
  headers: { 'x-api-key': server.keys.sandbox },
  body: { user: { distinctId: 'user-1' }, ...more },
});

test('without expiresIn a token lives an hour, or the maximum where that is less', async () => {
  const answer = await send(strict, request({}));
  const { claims } = parts(keepSecret(answer.json.token));
  assert.equal(answer.json.expiresIn, '10m');
  assert.equal(claims.exp - claims.iat, 600);
});

test('the maximum itself is allowed', async () => {
  const answer = await send(strict, request({ expiresIn: '600s' }));
  keepSecret(answer.json.token);
  check(answer, { json: { expiresIn: '10m' } });
});

scenario(strict, 'a second more is refused and the maximum is told', {
  send: request({ expiresIn: '601s' }),
  status: 400,
  problem: { code: 'invalid_body', field: 'expiresIn' },
  expected: ['at most 10m'],
  notExpected: ['"token"'],
});

scenario(strict, 'a token of a time with a longer maximum is no longer believed', {
  send: { path: '/api/v1/dashboards', headers: bearer(long) },
  status: 401,
  problem: { code: 'token_lifetime' },
  notExpected: ['Departures'],
});

scenario(strict, 'one that is short enough still is', {
  send: { path: '/api/v1/dashboards', headers: bearer(short) },
  expected: ['Departures'],
});

logHoldsNoSecret();
