// The server's own signing keys, opened from its data directory with its master key: so that tokens
// can be made which are rightly signed and wrong in one claim.

import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { encode, signEd25519 } from './jwt.mjs';

const pkcs8Ed25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The seed of a signing key. */
function openSeed({ id, sealed_private_key: sealed }, masterKey) {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', masterKey, bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(id));
  decipher.setAuthTag(bytes.subarray(-16));
  const opened = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  return opened.subarray(0, 32);
}

function privateKey(seed) {
  const key = Buffer.concat([pkcs8Ed25519, seed]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

/** A compact JWE (dir, A256GCM) under the content key of a signing key and an API key. */
function encryptFor(seed, apiKey, header, payload) {
  const label = `aracari embed token A256GCM v1 ${apiKey}`;
  const key = Buffer.from(hkdfSync('sha256', seed, '', label, 32));
  const [protectedHeader, vector] = [encode(header), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', key, vector);
  cipher.setAAD(Buffer.from(protectedHeader));
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
  const parts = [vector, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'));
  return [protectedHeader, '', ...parts].join('.');
}

/**
 * `sign(header, claims)` with the key that `header.kid` names; `encrypt(header, claims, id)` with that of the signing key in
 * `header.kid` and the API key `id`, by default the one that `header.kid` names.
 */
export function openForge(dataDir) {
  const masterKey = Buffer.from(readFileSync(join(dataDir, 'master.key'), 'utf8'), 'base64url');
  const database = new DatabaseSync(join(dataDir, 'aracari.db'), { readOnly: true });
  const rows = database.prepare('SELECT id, sealed_private_key FROM signing_keys').all();
  database.close();
  const seeds = new Map(rows.map((row) => [row.id, openSeed(row, masterKey)]));
  return {
    sign: (header, claims) => signEd25519(header, claims, privateKey(seeds.get(header.kid))),
    encrypt(header, claims, apiKey = header.kid.split('.')[1]) {
      return encryptFor(seeds.get(header.kid.split('.')[0]), apiKey, header, claims);
    },
  };
}
