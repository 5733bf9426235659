import assert from 'node:assert/strict';
import test from 'node:test';
import { checkDraft, draftOf, needsPassword, settingsOf, verifies } from './postgres-settings.ts';

const stored = {
  host: 'db.example.com',
  port: 5432,
  database: 'shop',
  user: 'reader',
  tls: 'verify-full',
  caCertificate: '-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n',
};
const draft = (changes) => ({ ...draftOf(stored), ...changes });
const refusedField = (changes) => checkDraft(draft(changes), stored)?.field;

test('what is stored is sent again without a password', () => {
  const sent = settingsOf(draftOf(stored));
  assert.deepEqual(sent, { ...stored, caCertificate: stored.caCertificate.trim() });
  assert.ok(!('password' in sent));
  assert.equal(checkDraft(draftOf(stored), stored), undefined);
});

test('a stored password never goes to another server, as another user, or less protected', () => {
  const changes = [
    { host: 'elsewhere.example.com' },
    { port: '5433' },
    { user: 'admin' },
    { tls: 'require' },
    { tls: 'disable' },
    { caCertificate: '' },
    { caCertificate: 'another' },
  ];
  for (const change of changes) {
    assert.ok(needsPassword(draft(change), stored), JSON.stringify(change));
    assert.equal(refusedField(change), 'password', JSON.stringify(change));
    assert.equal(refusedField({ ...change, password: 'x' }), undefined, JSON.stringify(change));
  }
});

test('another database of the same server keeps the password', () => {
  assert.ok(!needsPassword(draft({ database: 'archive' }), stored));
  assert.ok(!needsPassword(draft({ perTenant: true, databaseAttribute: 'tenant' }), stored));
  assert.ok(!needsPassword(draft({ host: ' db.example.com ' }), stored));
});

test('a new connection verifies certificate and name, and wants everything', () => {
  const empty = draftOf(undefined);
  assert.equal(empty.tls, 'verify-full');
  assert.equal(empty.port, '5432');
  const fields = [];
  const filled = { host: 'h', database: 'd', user: 'u', password: 'p' };
  let now = empty;
  for (let refused = checkDraft(now); refused; refused = checkDraft(now)) {
    fields.push(refused.field);
    now = { ...now, [refused.field]: filled[refused.field] };
  }
  assert.deepEqual(fields, ['host', 'database', 'user', 'password']);
});

test('ports', () => {
  for (const port of ['', '0', '65536', '-1', '5432x', '1e3', '54.5'])
    assert.equal(refusedField({ port, password: 'p' }), 'port', port);
  for (const port of ['1', ' 5433 ', '65535'])
    assert.equal(refusedField({ port, password: 'p' }), undefined, port);
});

test('a database a tenant: the attribute is named, and left out when it is not wanted', () => {
  assert.equal(refusedField({ perTenant: true }), 'databaseAttribute');
  const perTenant = { perTenant: true, databaseAttribute: 'tenant' };
  assert.equal(settingsOf(draft(perTenant)).databaseAttribute, 'tenant');
  assert.ok(!('databaseAttribute' in settingsOf(draft({ ...perTenant, perTenant: false }))));
});

test('without a name to verify, an authority must be named', () => {
  const open = { tls: 'verify-ca', caCertificate: ' ', password: 'p' };
  assert.equal(refusedField(open), 'caCertificate');
  assert.equal(refusedField({ ...open, tls: 'verify-full' }), undefined);
  assert.equal(refusedField({ ...open, caCertificate: 'A' }), undefined);
});

test('a certificate is sent only where it is looked at', () => {
  assert.ok(verifies('verify-ca') && verifies('verify-full'));
  for (const tls of ['require', 'disable']) {
    assert.ok(!verifies(tls));
    assert.ok(!('caCertificate' in settingsOf(draft({ tls }))));
  }
});
