// Takes tokens apart and puts forged ones together.

import { createHmac, sign } from 'node:crypto';

export const encode = (value) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const decode = (part) => JSON.parse(Buffer.from(part, 'base64url').toString());

/** {header, claims, signature} of a compact JWS. */
export function parts(token) {
  const [header, payload, signature] = token.split('.');
  return { header: decode(header), claims: decode(payload), signature };
}

/** The token with other parts and the old signature. Texts are taken as JSON text. */
export function alter(token, { header, claims, signature }) {
  const [oldHeader, oldPayload, oldSignature] = token.split('.');
  return [
    header === undefined ? oldHeader : encode(header),
    claims === undefined ? oldPayload : encode(claims),
    signature ?? oldSignature,
  ].join('.');
}

/** A token signed with our own Ed25519 private key. */
export function signEd25519(header, claims, privateKey) {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`;
}

/** A token signed by HMAC with `secret`, as in the confusion of algorithms. */
export function signHs256(header, claims, secret) {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}
