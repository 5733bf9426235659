// The server's own signing keys, opened from its data directory with its master key: so that tokens
// can be made which are rightly signed and wrong in one claim.

import { createDecipheriv, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { signEd25519 } from './jwt.mjs';

const pkcs8Ed25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

function openKey({ id, sealed_private_key: sealed }, masterKey) {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', masterKey, bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(id));
  decipher.setAuthTag(bytes.subarray(-16));
  const opened = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  const key = Buffer.concat([pkcs8Ed25519, opened.subarray(0, 32)]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

/** `sign(header, claims)` with the key that `header.kid` names. */
export function openForge(dataDir) {
  const masterKey = Buffer.from(readFileSync(join(dataDir, 'master.key'), 'utf8'), 'base64url');
  const database = new DatabaseSync(join(dataDir, 'aracari.db'), { readOnly: true });
  const rows = database.prepare('SELECT id, sealed_private_key FROM signing_keys').all();
  database.close();
  const keys = new Map(rows.map((row) => [row.id, openKey(row, masterKey)]));
  return { sign: (header, claims) => signEd25519(header, claims, keys.get(header.kid)) };
}
