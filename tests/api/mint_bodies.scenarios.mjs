// POST /embed/generate-token: bodies that are no good JSON, and callers without a good API key.

import { after, test } from 'node:test';
import { demoServer } from './support/demo_server.mjs';
import { check, scenario } from './support/scenario.mjs';
import { send } from './support/request.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
after(() => server.end());

const good = '{"user":{"distinctId":"user-123"}}';
const noToken = ['"token"', 'eyJ', '"expiresAt"'];
const key = server.keys.sandbox;

const request = (body, headers = { 'x-api-key': key }) => ({
  method: 'POST',
  path: '/embed/generate-token',
  headers,
  body,
});

function refused(name, body, { status = 400, code, field, headers }) {
  scenario(server, name, {
    send: request(body, headers),
    status,
    problem: { code, field },
    notExpected: noToken,
  });
}

const bytes = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));
const nested = (depth) => `{"user":${'['.repeat(depth)}${']'.repeat(depth)}}`;

for (const [name, body] of [
  ['an empty body', Buffer.alloc(0)],
  ['only spaces', '   '],
  ['text', 'hello'],
  ['a form', 'user=1'],
  ['half of the JSON', good.slice(0, -1)],
  ['trailing bytes', `${good}x`],
  ['two bodies', `${good}${good}`],
  ['a NUL after the end', `${good}\u0000`],
  ['a raw NUL in a string', '{"user":{"distinctId":"a\u0000b"}}'],
  ['a raw line feed in a string', '{"user":{"distinctId":"a\nb"}}'],
  ['a comment', `/* */${good}`],
  ['a trailing comma', '{"user":{"distinctId":"a",}}'],
  ['NaN', '{"user":{"distinctId":"a","attributes":{"state":NaN}}}'],
  ['single quotes', "{'user':{'distinctId':'a'}}"],
  ['a byte order mark', bytes([0xef, 0xbb, 0xbf], good)],
  ['UTF-16', Buffer.from(good, 'utf16le')],
  ['a stray byte in a string', bytes('{"user":{"distinctId":"a', [0xff], '"}}')],
  ['an overlong encoding', bytes('{"user":{"distinctId":"', [0xc0, 0xaf], '"}}')],
  ['an encoded surrogate', bytes('{"user":{"distinctId":"', [0xed, 0xa0, 0x80], '"}}')],
  ['half an escaped surrogate pair', '{"user":{"distinctId":"\\ud800"}}'],
  ['nesting of 33 levels', nested(33)],
  ['nesting of 5,000 levels', nested(5000)],
]) {
  refused(name, body, { code: 'invalid_json' });
}

for (const [name, body, field] of [
  ['a field twice', '{"user":{"distinctId":"a"},"user":{"distinctId":"b"}}', 'user'],
  ['a field twice inside', '{"user":{"distinctId":"a","distinctId":"b"}}', 'distinctId'],
  ['a field twice by an escape', '{"user":{"distinctId":"a"},"us\\u0065r":{}}', 'user'],
  [
    'an attribute twice',
    '{"user":{"distinctId":"a","attributes":{"state":"TX","state":"CA"}}}',
    'state',
  ],
]) {
  refused(name, body, { code: 'invalid_json', field });
}

for (const [name, body] of [
  ['a list', '[]'],
  ['a string', '"user"'],
  ['null', 'null'],
  ['a number', '1'],
]) {
  refused(`${name} instead of an object`, body, { code: 'invalid_body' });
}

refused('an escaped NUL in the distinctId', '{"user":{"distinctId":"user-1\\u0000admin"}}', {
  code: 'invalid_body',
  field: 'user.distinctId',
});

for (const [name, body] of [
  ['17 KiB', `${good}${' '.repeat(17 * 1024)}`],
  ['nesting of 10,000 levels', nested(10_000)],
  ['10 MB', Buffer.alloc(10_000_000, 0x20)],
]) {
  refused(name, body, { status: 413, code: 'body_too_large' });
}

refused('10 MB in chunks without a length', Buffer.alloc(10_000_000, 0x20), {
  status: 413,
  code: 'body_too_large',
  headers: { 'x-api-key': key, 'transfer-encoding': 'chunked' },
});

test('a body of just under 16 KiB is taken', async () => {
  const answer = await send(server, request(good + ' '.repeat(16 * 1024 - good.length)));
  keepSecret(answer.json.token);
  check(answer, { json: { environment: 'sandbox' } });
});

for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
  refused(`a body declared as “${type}”`, good, {
    status: 415,
    code: 'unsupported_media_type',
    headers: { 'x-api-key': key, 'content-type': type },
  });
}

const lastFlipped = key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A');
const middle = key.length - 20;
const middleFlipped =
  key.slice(0, middle) + (key[middle] === 'A' ? 'B' : 'A') + key.slice(middle + 1);

for (const [name, presented, code = 'api_key_invalid'] of [
  ['no key', undefined, 'api_key_missing'],
  ['an empty key', '', 'api_key_missing'],
  ['a word', 'key'],
  ['a key with a typo in its checksum', lastFlipped],
  ['a key with a typo in its middle', middleFlipped],
  ['a key of another server', 'ara_sandbox_0000000000000000000000000000000000000000000AAAAAA'],
  ['a sandbox key called live', key.replace('ara_sandbox_', 'ara_live_')],
  ['a key and more', `${key}x`],
  ['the key in quotes', `"${key}"`],
  ['8,000 characters', 'a'.repeat(8000)],
  ['the session instead', server.app.session],
]) {
  refused(`caller with ${name}`, good, {
    status: 401,
    code,
    field: 'x-api-key',
    headers: presented === undefined ? {} : { 'x-api-key': presented },
  });
}

refused('a session cookie is no API key', good, {
  status: 401,
  code: 'api_key_missing',
  field: 'x-api-key',
  headers: { cookie: server.app.cookie },
});

refused('an API key as bearer is no API key', good, {
  status: 401,
  code: 'api_key_missing',
  field: 'x-api-key',
  headers: { authorization: `Bearer ${key}` },
});

scenario(server, 'a key in the query is no key', {
  send: { ...request(good, {}), path: `/embed/generate-token?x-api-key=${key}` },
  status: 401,
  problem: { code: 'api_key_missing', field: 'x-api-key' },
  notExpected: noToken,
});

scenario(server, 'two API keys in one request', {
  send: {
    ...request(good),
    headers: [
      ['x-api-key', key],
      ['x-api-key', server.keys.production],
    ],
  },
  status: 400,
  problem: { code: 'invalid_body' },
  notExpected: noToken,
});

test('a revoked key mints nothing more', async () => {
  const revoked = await server.app.createKey({ environment: 'sandbox' });
  await server.app.revokeKey(revoked.id);
  check(await send(server, request(good, { 'x-api-key': revoked.secret })), {
    status: 401,
    problem: { code: 'api_key_revoked', field: 'x-api-key' },
    notExpected: noToken,
  });
});

test('a key mints nothing after its expiry', async () => {
  const expiresAt = new Date(Date.now() + 2000).toISOString().replace(/\.\d+/, '');
  const short = await server.app.createKey({ environment: 'sandbox', expiresAt });
  await new Promise((resolve) => setTimeout(resolve, Date.parse(expiresAt) - Date.now() + 50));
  check(await send(server, request(good, { 'x-api-key': short.secret })), {
    status: 401,
    problem: { code: 'api_key_expired', field: 'x-api-key' },
    notExpected: noToken,
  });
});

test('a key without the scope mint mints nothing', async () => {
  const reader = await server.app.createKey({ environment: 'sandbox', scopes: ['introspect'] });
  check(await send(server, request(good, { 'x-api-key': reader.secret })), {
    status: 403,
    problem: { code: 'scope_missing', field: 'x-api-key' },
    notExpected: noToken,
  });
});

logHoldsNoSecret();
