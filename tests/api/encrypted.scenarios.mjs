// Encrypted tokens (JWE): nothing readable in them, the same rules as for signed ones, and every way of altering one.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { badToken, introspect } from './support/bad_token.mjs';
import { bearer, demoServer, mint, readCharts } from './support/demo_server.mjs';
import { openForge } from './support/forge.mjs';
import { encode, parts } from './support/jwt.mjs';
import { send } from './support/request.mjs';
import { check } from './support/scenario.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
after(() => server.end());

const { app } = server;
const key = await app.createKey({ environment: 'sandbox', tokenForm: 'encrypted' });
const other = await app.createKey({ environment: 'sandbox', tokenForm: 'encrypted' });
const live = await app.createKey({ environment: 'production', tokenForm: 'encrypted' });
const user = { attributes: { state: 'TX' } };
const token = await mint(server, { user }, key.secret);
const liveToken = await mint(server, { user }, live.secret);
const signedToken = await server.mint({ user });
const headerOf = (text) => JSON.parse(Buffer.from(text.split('.')[0], 'base64url').toString());
const header = headerOf(token);
const { claims } = await app.explain(token);
const forge = openForge(server.dataDir);
const now = claims.iat;

test('the token says who may open it, and nothing else', () => {
  assert.deepEqual(Object.keys(header).sort(), ['alg', 'enc', 'kid', 'typ']);
  assert.deepEqual([header.alg, header.enc, header.typ], ['dir', 'A256GCM', 'aracari-embed+jwt']);
  const bytes = token.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
  for (const text of ['user-1', 'TX', 'state', 'urn:aracari', claims.jti, claims.org]) {
    assert.ok(!bytes.join('').includes(text), `${text} is not readable in the token`);
  }
});

test('two tokens of one user share no vector and no text', async () => {
  const again = await mint(server, { user }, key.secret);
  const [first, second] = [token.split('.'), again.split('.')];
  for (const part of [2, 3, 4]) assert.notEqual(first[part], second[part]);
});

test('it works as a signed token does: the same rows, the same claims', async () => {
  const shown = await readCharts(server, server.dashboard, bearer(token));
  const asSigned = await readCharts(server, server.dashboard, bearer(signedToken));
  const rows = ({ charts }) => charts.map(({ chart, columns }) => [chart, columns]).sort();
  assert.deepEqual(rows(shown), rows(asSigned));
  const machine = await introspect(server, token);
  assert.equal(machine.json.active, true);
  assert.deepEqual(machine.json, { active: true, token_type: 'Bearer', ...claims });
  const { jti: _, akid: __, ...common } = claims;
  const signedClaims = parts(signedToken).claims;
  assert.deepEqual(Object.keys(claims).sort(), Object.keys(signedClaims).sort());
  assert.equal(common.sub, signedClaims.sub);
});

test('people are told what it holds, and that it is encrypted', async () => {
  const told = await app.explain(token);
  assert.equal(told.active, true);
  assert.equal(told.form, 'encrypted');
  assert.deepEqual(told.claims.attributes, { state: 'TX' });
  assert.equal(told.apiKey.lastFour, key.secret.slice(-4));
});

test('JWKS has nothing that opens it', async () => {
  const { text, json } = await send(server, { path: '/.well-known/jwks.json' });
  assert.ok(
    json.keys.every(({ kty, d, k }) => kty === 'OKP' && d === undefined && k === undefined),
  );
  assert.ok(!text.includes('A256GCM'));
});

const bad = (...rest) => badToken(server, ...rest);
const altered = (part, change) => {
  const pieces = token.split('.');
  const bytes = Buffer.from(pieces[part], 'base64url');
  pieces[part] = change(bytes).toString('base64url');
  return pieces.join('.');
};
const flip = (at) => (bytes) => {
  bytes[at < 0 ? bytes.length + at : at] ^= 1;
  return bytes;
};
const withHeader = (changes) =>
  [encode({ ...header, ...changes }), ...token.split('.').slice(1)].join('.');

// Altered.
bad('one bit of the vector', altered(2, flip(0)), 'token_signature_invalid');
bad('the first bit of the text', altered(3, flip(0)), 'token_signature_invalid');
bad('the last bit of the text', altered(3, flip(-1)), 'token_signature_invalid');
bad('the first bit of the tag', altered(4, flip(0)), 'token_signature_invalid');
bad('the last bit of the tag', altered(4, flip(-1)), 'token_signature_invalid');
bad(
  'a tag of zeros',
  altered(4, (bytes) => bytes.fill(0)),
  'token_signature_invalid',
);
bad(
  'no text',
  altered(3, () => Buffer.alloc(0)),
  'token_signature_invalid',
);
bad(
  'half the text',
  altered(3, (bytes) => bytes.subarray(0, bytes.length / 2)),
  'token_signature_invalid',
);
bad(
  'a tag of 12 bytes',
  altered(4, (bytes) => bytes.subarray(0, 12)),
  'token_malformed',
);
bad(
  'no tag',
  altered(4, () => Buffer.alloc(0)),
  'token_malformed',
);
bad(
  'a vector of 16 bytes',
  altered(2, (bytes) => Buffer.concat([bytes, Buffer.alloc(4)])),
  'token_malformed',
);
bad(
  'no vector',
  altered(2, () => Buffer.alloc(0)),
  'token_malformed',
);
bad('an encrypted key', token.replace('..', '.AAAA.'), 'token_malformed');
bad(
  'the parts of two tokens',
  [...token.split('.').slice(0, 3), ...liveToken.split('.').slice(3)].join('.'),
  'token_signature_invalid',
);
bad('padded base64', `${token}==`, 'token_malformed');
bad('a sixth part', `${token}.AAAA`, 'token_malformed');
bad(
  'the header in another order',
  [
    encode({ kid: header.kid, typ: header.typ, enc: header.enc, alg: header.alg }),
    ...token.split('.').slice(1),
  ].join('.'),
  'token_signature_invalid',
);

// Another algorithm, type or key.
for (const [name, changes] of [
  ['alg A256KW', { alg: 'A256KW' }],
  ['alg none', { alg: 'none' }],
  ['alg RSA1_5', { alg: 'RSA1_5' }],
  ['enc A128GCM', { enc: 'A128GCM' }],
  ['enc A256CBC-HS512', { enc: 'A256CBC-HS512' }],
  ['typ JWT', { typ: 'JWT' }],
]) {
  bad(name, withHeader(changes), 'token_wrong_type');
  bad(
    `${name}, rightly encrypted`,
    forge.encrypt({ ...header, ...changes }, claims),
    'token_wrong_type',
  );
}
for (const [name, member] of [
  ['zip', 'DEF'],
  ['crit', ['exp']],
  ['cty', 'JWT'],
  ['jwk', { kty: 'oct', k: 'AAAA' }],
  ['jku', `${server.url}/.well-known/jwks.json`],
  ['p2c', 1_000_000],
  ['apu', 'AAAA'],
]) {
  bad(
    `${name} in the header`,
    forge.encrypt({ ...header, [name]: member }, claims),
    'token_malformed',
  );
}
const [signingKey, apiKey] = header.kid.split('.');
bad('an unknown signing key', withHeader({ kid: `sig_unknown.${apiKey}` }), 'token_unknown_key');
bad('a kid of one name', withHeader({ kid: signingKey }), 'token_malformed');
bad('a kid of three names', withHeader({ kid: `${header.kid}.x` }), 'token_malformed');
bad('a kid that climbs', withHeader({ kid: `../../master.key.${apiKey}` }), 'token_malformed');
bad(
  'the kid of another API key',
  withHeader({ kid: `${signingKey}.${other.id}` }),
  'token_signature_invalid',
);
bad(
  'the signing key of production',
  withHeader({ kid: `${headerOf(liveToken).kid.split('.')[0]}.${apiKey}` }),
  'token_signature_invalid',
);

// Rightly encrypted, and wrong inside.
const forged = (changes) => forge.encrypt(header, { ...claims, ...changes });
bad('the claim of another API key', forged({ akid: other.id }), 'token_wrong_issuer');
bad(
  'encrypted for one API key, claiming and naming another',
  forge.encrypt(
    { ...header, kid: `${signingKey}.${other.id}` },
    { ...claims, akid: other.id },
    apiKey,
  ),
  'token_signature_invalid',
);
bad('production claims', forged({ env: 'production' }), 'token_wrong_issuer');
bad('another organization', forged({ org: 'org_other' }), 'token_wrong_issuer');
bad('an empty audience', forged({ aud: '' }), 'token_malformed');
bad('another audience', forged({ aud: 'https://elsewhere.example' }), 'token_wrong_audience');
bad('a list as audience', forged({ aud: [claims.aud] }), 'token_malformed');
bad('25 hours of life', forged({ exp: now + 25 * 3600 }), 'token_lifetime', { signed: true });
bad(
  'an hour too late',
  forged({ iat: now - 7200, nbf: now - 7200, exp: now - 3600 }),
  'token_expired',
  { signed: true },
);
bad('an unknown claim', forged({ scope: 'all' }), 'token_malformed');
bad('no exp', forged({ exp: undefined }), 'token_malformed');
bad('a signed token inside', forge.encrypt(header, signedToken), 'token_malformed');
bad(
  'a claim twice',
  forge.encrypt(header, JSON.stringify(claims).replace('{', '{"sub":"admin",')),
  'token_malformed',
);
bad(
  'the same claims, rightly signed instead of encrypted',
  forge.sign({ alg: 'EdDSA', typ: header.typ, kid: signingKey }, claims),
  'token_wrong_type',
  { signed: true },
);

test('it ends with its own revocation, and so does its key’s', async () => {
  const doomed = await mint(server, { user }, other.secret);
  await app.post('/api/v1/revocations', { kind: 'token', token: doomed });
  check(await send(server, { path: '/api/v1/dashboards', headers: bearer(doomed) }), {
    status: 401,
    problem: { code: 'token_revoked' },
  });
  const next = await mint(server, { user }, other.secret);
  await app.revokeKey(other.id);
  check(await send(server, { path: '/api/v1/dashboards', headers: bearer(next) }), {
    status: 401,
    problem: { code: 'token_key_revoked' },
  });
});

test('an emergency rotation of the signing key ends it', async () => {
  await app.post('/api/v1/signing-keys/rotate', { environment: 'sandbox', mode: 'emergency' });
  check(await send(server, { path: '/api/v1/dashboards', headers: bearer(token) }), {
    status: 401,
    problem: { code: 'token_unknown_key' },
    notExpected: ['Departures'],
  });
  const fresh = keepSecret(await mint(server, { user }, key.secret));
  assert.equal((await introspect(server, fresh)).json.active, true);
  assert.equal((await introspect(server, liveToken)).json.active, false, 'of production');
  assert.equal((await app.explain(liveToken)).active, true, 'production lives on');
});

logHoldsNoSecret();
