// Tokens that were altered, forged, signed elsewhere or put together wrongly.

import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { after, test } from 'node:test';
import { signIn } from './support/app.mjs';
import { badToken, introspect } from './support/bad_token.mjs';
import { bearer, demoServer, mint, watchedServer } from './support/demo_server.mjs';
import { openForge } from './support/forge.mjs';
import { alter, encode, parts, signEd25519, signHs256 } from './support/jwt.mjs';
import { send } from './support/request.mjs';
import { check } from './support/scenario.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
after(() => server.end());

const good = await server.mint({ user: { attributes: { state: 'TX' } } });
const production = await server.mint({ user: {} }, server.keys.production);
const { header, claims } = parts(good);
const other = parts(production);
const stranger = generateKeyPairSync('ed25519').privateKey;
const forge = openForge(server.dataDir);

const jwks = (await send(server, { path: '/.well-known/jwks.json' })).json;
const jwk = jwks.keys.find(({ kid }) => kid === header.kid);
const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
const pem = publicKey.export({ type: 'spki', format: 'pem' });

const foreign = await (async () => {
  const account = { email: 'admin@other.example', password: 'another password 1' };
  const env = { ARACARI_ADMIN_EMAIL: account.email, ARACARI_ADMIN_PASSWORD: account.password };
  const otherServer = await watchedServer({ env });
  const { secret } = await (
    await signIn(otherServer, account)
  ).createKey({ environment: 'sandbox' });
  const token = await mint(otherServer, {}, secret);
  await otherServer.stop();
  await otherServer.remove();
  return token;
})();

const bad = (...rest) => badToken(server, ...rest);
const signed = (headerChanges) => forge.sign({ ...header, ...headerChanges }, claims);

const { state: _, ...noAttributes } = claims.attributes;
const flipped = (text, at) =>
  text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);

// Altered.
bad(
  'another state in the payload',
  alter(good, { claims: { ...claims, attributes: { state: 'CA' } } }),
  'token_signature_invalid',
);
bad(
  'no attributes in the payload',
  alter(good, { claims: { ...claims, attributes: noAttributes } }),
  'token_signature_invalid',
);
bad(
  'a later expiry',
  alter(good, { claims: { ...claims, exp: claims.exp + 60 } }),
  'token_signature_invalid',
);
bad(
  'the role admin in the payload',
  alter(good, { claims: { ...claims, role: 'admin' } }),
  'token_signature_invalid',
);
bad('one character of the signature', flipped(good, good.length - 40), 'token_signature_invalid');
bad('an empty signature', alter(good, { signature: '' }), 'token_signature_invalid');
bad(
  'half a signature',
  alter(good, {
    signature: Buffer.from(parts(good).signature, 'base64url').subarray(32).toString('base64url'),
  }),
  'token_signature_invalid',
);
bad(
  'a signature of zeros',
  alter(good, { signature: Buffer.alloc(64).toString('base64url') }),
  'token_signature_invalid',
);
bad(
  'the signature of another token',
  alter(good, { signature: other.signature }),
  'token_signature_invalid',
);
bad(
  'the same header in another order',
  alter(good, { header: { kid: header.kid, typ: header.typ, alg: 'EdDSA' } }),
  'token_signature_invalid',
);

// Another algorithm or type.
bad(
  'alg none without a signature',
  alter(good, { header: { ...header, alg: 'none' }, signature: '' }),
  'token_wrong_type',
);
bad('alg None', alter(good, { header: { ...header, alg: 'None' } }), 'token_wrong_type');
bad('alg eddsa', alter(good, { header: { ...header, alg: 'eddsa' } }), 'token_wrong_type');
bad(
  'HS256 with the public key as bytes',
  signHs256({ ...header, alg: 'HS256' }, claims, Buffer.from(jwk.x, 'base64url')),
  'token_wrong_type',
);
bad(
  'HS256 with the public key as PEM',
  signHs256({ ...header, alg: 'HS256' }, claims, pem),
  'token_wrong_type',
);
bad('EdDSA claimed over an HMAC', signHs256(header, claims, pem), 'token_signature_invalid');
bad('typ JWT', signed({ typ: 'JWT' }), 'token_wrong_type');
bad('typ at+jwt', signed({ typ: 'at+jwt' }), 'token_wrong_type');

// Another key.
bad(
  'an unknown kid',
  signEd25519({ ...header, kid: 'sig_unknown' }, claims, stranger),
  'token_unknown_key',
);
bad(
  'a stranger’s signature under our kid',
  signEd25519(header, claims, stranger),
  'token_signature_invalid',
);
bad(
  'the kid of production over a sandbox signature',
  alter(good, { header: { ...header, kid: other.header.kid } }),
  'token_signature_invalid',
);
for (const kid of ['../../../../dev/null', '/dev/null', "' OR 1=1 --", 'a\u0000b', '*', '0']) {
  bad(
    `kid ${JSON.stringify(kid)}`,
    signEd25519({ ...header, kid }, claims, stranger),
    'token_unknown_key',
  );
}
bad(
  'a kid of 10 KiB',
  `${encode({ ...header, kid: 'k'.repeat(4000) })}.${encode(claims)}.AA`,
  'token_malformed',
);
bad('a token of another server', foreign, 'token_unknown_key');

// Header members that would bring a key, or something that must be understood.
const strangerJwk = createPublicKey(stranger).export({ format: 'jwk' });
for (const [name, member] of [
  ['jwk', strangerJwk],
  ['jku', `${server.url}/.well-known/jwks.json`],
  ['x5u', 'http://127.0.0.1/cert.pem'],
  ['x5c', ['AAAA']],
  ['crit', ['exp']],
  ['b64', false],
  ['zip', 'DEF'],
  ['cty', 'JWT'],
]) {
  const more = { ...header, [name]: member };
  bad(
    `a stranger’s key beside ${name} in the header`,
    signEd25519(more, claims, stranger),
    'token_malformed',
  );
  bad(`our own signature over a header with ${name}`, forge.sign(more, claims), 'token_malformed');
}
bad(
  'a header without kid',
  signEd25519({ alg: 'EdDSA', typ: header.typ }, claims, stranger),
  'token_malformed',
);
bad(
  'alg twice',
  alter(good, {
    header: `{"alg":"none","alg":"EdDSA","typ":"${header.typ}","kid":"${header.kid}"}`,
  }),
  'token_malformed',
);

// Form.
bad('a word', 'token', 'token_malformed');
bad('two dots', '..', 'token_malformed');
bad('two parts', good.split('.').slice(0, 2).join('.'), 'token_malformed');
bad('four parts', `${good}.AAAA`, 'token_malformed');
bad('five parts, as of an encrypted token', 'a.b.c.d.e', 'token_malformed');
bad('padded base64', `${good}==`, 'token_malformed');
bad('base64 instead of base64url', alter(good, { signature: 'AA+/' }), 'token_malformed');
bad(
  'bits behind the last byte',
  alter(good, { signature: parts(good).signature.slice(0, -1) + 'B' }),
  'token_malformed',
);
bad('a space inside', good.replace('.', '. '), 'token_malformed');
bad('9 KiB', `${good}${'A'.repeat(9000 - good.length)}`, 'token_too_large', { status: 400 });
bad('an API key', server.keys.sandbox, 'token_malformed');
bad('the secret of a session', server.app.session, 'token_malformed');

test('an expired token tells its own people since when', async () => {
  const short = await server.mint({ expiresIn: '1s' });
  const { exp } = parts(short).claims;
  while (Date.now() / 1000 < exp) await new Promise((resolve) => setTimeout(resolve, 100));
  const refusal = { status: 401, problem: { code: 'token_expired' } };
  check(await send(server, { path: '/api/v1/dashboards', headers: bearer(short) }), refusal);
  assert.equal((await introspect(server, short)).text, '{"active":false}');
  const told = await server.app.explain(short);
  assert.match(told.verdict, /expired \d+ s ago/i);
  assert.equal(told.claims.sub, 'user-1');
  assert.equal(told.secondsLeft, 0);
});

test('a token of 1 MB is refused before it is read', async () => {
  const huge = `${good}${'A'.repeat(1_000_000)}`;
  const answer = await send(server, { path: '/api/v1/dashboards', headers: bearer(huge) });
  check(answer, { status: 400, problem: { code: 'invalid_body' }, notExpected: ['Departures'] });
  check(await introspect(server, huge), { status: 413, problem: { code: 'body_too_large' } });
});

test('a token that was just refused for its signature still works unaltered', async () => {
  assert.equal((await introspect(server, keepSecret(good))).json.active, true);
  const repeated = await mint(server, {}, server.keys.sandbox);
  assert.equal((await introspect(server, repeated)).json.active, true);
});

logHoldsNoSecret();
