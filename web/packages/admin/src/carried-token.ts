import { sessionStore } from './session-store.js';

/**
 * The token that was generated last in the sandbox, carried to the pages that test rules with a token, so that it need not
 * be pasted. Only in memory: never in an address or in storage, and gone when the session ends.
 */
let carried = '';

export function carryToken(token: string): void {
  carried = token;
}

export function carriedToken(): string {
  return carried;
}

sessionStore.addEventListener('change', () => {
  if (sessionStore.current?.state !== 'signed_in') carried = '';
});
