import type { Claims } from '@aracari/api';

/** What a browser can read of a token. Nothing is verified here: only the server can say whether a token is good. */
export type DecodedToken =
  | { kind: 'signed'; header: Record<string, unknown>; claims: Claims }
  | { kind: 'encrypted'; header: Record<string, unknown> }
  | { kind: 'unreadable' };

export function decodeToken(token: string): DecodedToken {
  const parts = token.split('.');
  try {
    const header = decodePart<Record<string, unknown>>(parts[0]);
    if (parts.length === 5) return { kind: 'encrypted', header };
    if (parts.length === 3) return { kind: 'signed', header, claims: decodePart<Claims>(parts[1]) };
  } catch {
    return { kind: 'unreadable' };
  }
  return { kind: 'unreadable' };
}

function decodePart<T extends object>(part: string | undefined): T {
  const base64 = (part ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (typeof value !== 'object' || value === null) throw new TypeError('not an object');
  return value as T;
}
