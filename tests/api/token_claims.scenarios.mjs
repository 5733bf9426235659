// Tokens that this server's own keys signed and that are wrong in one claim.

import { after } from 'node:test';
import { badToken } from './support/bad_token.mjs';
import { demoServer } from './support/demo_server.mjs';
import { openForge } from './support/forge.mjs';
import { parts } from './support/jwt.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
after(() => server.end());

const { header, claims } = parts(await server.mint({ user: { attributes: { state: 'TX' } } }));
const other = parts(await server.mint({}, server.keys.production));
const forge = openForge(server.dataDir);
const now = claims.iat;

const bad = (...rest) => badToken(server, ...rest);
const signedText = (claim, text) =>
  forge.sign(header, JSON.stringify({ ...claims, [claim]: 'HERE' }).replace('"HERE"', text));
const signed = (changes) => forge.sign(header, { ...claims, ...changes });

bad(
  'sandbox signature over production claims',
  signed({
    env: 'production',
    iss: other.claims.iss,
    aud: other.claims.aud,
    akid: other.claims.akid,
  }),
  'token_wrong_issuer',
);
bad('the environment alone swapped', signed({ env: 'production' }), 'token_wrong_issuer');
bad('the issuer of production', signed({ iss: other.claims.iss }), 'token_wrong_issuer');
bad('another organization', signed({ org: 'org_other' }), 'token_wrong_issuer');
bad('the audience of production', signed({ aud: other.claims.aud }), 'token_wrong_audience');
bad('a list as audience', signed({ aud: [claims.aud] }), 'token_malformed');
bad('the key of production', signed({ akid: other.claims.akid }), 'token_key_revoked', {
  signed: true,
});
bad('a key that does not exist', signed({ akid: 'key_unknown' }), 'token_key_revoked', {
  signed: true,
});
bad('25 hours of life', signed({ exp: now + 25 * 3600 }), 'token_lifetime', { signed: true });
bad('the end before the beginning', signed({ exp: now - 1 }), 'token_lifetime', { signed: true });
bad(
  'issued in ten minutes',
  signed({ iat: now + 600, nbf: now + 600, exp: now + 1200 }),
  'token_not_yet_valid',
  { signed: true },
);
bad('valid in ten minutes', signed({ nbf: now + 600 }), 'token_not_yet_valid', { signed: true });
bad(
  'ended an hour ago',
  signed({ iat: now - 7200, nbf: now - 7200, exp: now - 3600 }),
  'token_expired',
  { signed: true },
);
for (const claim of ['exp', 'nbf', 'iat']) {
  for (const value of [undefined, null, `${now + 60}`, now + 0.5, -1, 1e18, true]) {
    bad(`${claim} ${JSON.stringify(value)}`, signed({ [claim]: value }), 'token_malformed');
  }
}
// Numbers that no JSON.stringify writes.
for (const text of [
  '1e400',
  '-1e400',
  '1e309',
  `${now + 60}.0`,
  `${now + 60}e0`,
  '0x7fffffff',
  'NaN',
  '9'.repeat(400),
  `0${now + 60}`,
]) {
  bad(`exp ${text.slice(0, 20)}`, signedText('exp', text), 'token_malformed');
}
bad('exp 9007199254740993', signedText('exp', '9007199254740993'), 'token_malformed');
for (const aud of ['', [], [''], {}, null, [claims.aud, other.claims.aud]]) {
  bad(`aud ${JSON.stringify(aud).slice(0, 20)}`, signed({ aud }), 'token_malformed');
}
for (const claim of [
  'iss',
  'aud',
  'sub',
  'org',
  'env',
  'akid',
  'jti',
  'role',
  'attributes',
  'permissions',
  'resources',
]) {
  bad(`no ${claim}`, signed({ [claim]: undefined }), 'token_malformed');
}
bad('an unknown claim', signed({ scope: 'all' }), 'token_malformed');
bad(
  'a claim twice',
  forge.sign(header, JSON.stringify(claims).replace('{', '{"sub":"admin",')),
  'token_malformed',
);
bad('a payload that is a list', forge.sign(header, [claims]), 'token_malformed');

logHoldsNoSecret();
