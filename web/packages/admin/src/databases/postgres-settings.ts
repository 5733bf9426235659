import type { PostgresConnection, PostgresSettings, TlsMode } from '@aracari/api';

/** What stands in the form of a connection. */
export interface PostgresDraft {
  host: string;
  port: string;
  /** Every token has a database of its own, which `databaseAttribute` names. */
  perTenant: boolean;
  database: string;
  databaseAttribute: string;
  user: string;
  password: string;
  tls: TlsMode;
  caCertificate: string;
}

export interface Refused {
  field: keyof PostgresSettings;
  what: string;
}

export const tlsModes: Record<TlsMode, { name: string; meaning: string }> = {
  'verify-full': {
    name: 'Verify certificate and name',
    meaning: 'Only the server of this host name is talked to, encrypted.',
  },
  'verify-ca': {
    name: 'Verify certificate',
    meaning: 'Any server with a certificate of the authority is talked to, encrypted.',
  },
  require: {
    name: 'Encrypt, verify nothing',
    meaning: 'Nobody listens, but another server can pose as this one.',
  },
  disable: {
    name: 'No TLS',
    meaning: 'Password and rows travel in clear. Only for a server on the same machine.',
  },
};

export function draftOf(stored: PostgresConnection | undefined): PostgresDraft {
  return {
    host: stored?.host ?? '',
    port: String(stored?.port ?? 5432),
    perTenant: Boolean(stored?.databaseAttribute),
    database: stored?.database ?? '',
    databaseAttribute: stored?.databaseAttribute ?? '',
    user: stored?.user ?? '',
    password: '',
    tls: stored?.tls ?? 'verify-full',
    caCertificate: stored?.caCertificate ?? '',
  };
}

/** Whether it matters whose certificates are trusted. */
export function verifies(tls: TlsMode): boolean {
  return tls === 'verify-ca' || tls === 'verify-full';
}

/**
 * Whether the password must be entered: there is none yet, or what is stored would go to another server, as another user,
 * or less protected.
 */
export function needsPassword(
  draft: PostgresDraft,
  stored: PostgresConnection | undefined,
): boolean {
  if (!stored) return true;
  const { host, port, user, tls, caCertificate = '' } = connectionOf(draft);
  return (
    host !== stored.host ||
    port !== stored.port ||
    user !== stored.user ||
    tls !== stored.tls ||
    caCertificate !== (stored.caCertificate ?? '').trim()
  );
}

/** What the form can tell by itself; the rest is for the server to say. */
export function checkDraft(
  draft: PostgresDraft,
  stored: PostgresConnection | undefined,
): Refused | undefined {
  if (!draft.host.trim()) return { field: 'host', what: 'Enter the host.' };
  const port = Number(draft.port);
  if (!/^\d{1,5}$/.test(draft.port.trim()) || port < 1 || port > 65_535)
    return { field: 'port', what: 'A port is a number from 1 to 65535.' };
  if (draft.perTenant && !draft.databaseAttribute)
    return { field: 'databaseAttribute', what: 'Choose the attribute that names the database.' };
  if (!draft.database.trim())
    return {
      field: 'database',
      what: draft.perTenant ? 'Enter a database for tests.' : 'Enter the database.',
    };
  if (!draft.user.trim()) return { field: 'user', what: 'Enter the user.' };
  if (draft.tls === 'verify-ca' && !draft.caCertificate.trim())
    return { field: 'caCertificate', what: 'Paste the certificate: any public one would do else.' };
  if (!draft.password && needsPassword(draft, stored))
    return {
      field: 'password',
      what: stored
        ? 'Host, port, user or TLS has changed: enter the password anew.'
        : 'Enter the password.',
    };
  return undefined;
}

/** As it is sent. A password that was not entered is not there, and the stored one stays. */
export function settingsOf(draft: PostgresDraft): PostgresSettings {
  return {
    ...connectionOf(draft),
    ...(draft.password ? { password: draft.password } : {}),
  };
}

function connectionOf(draft: PostgresDraft): PostgresConnection {
  const certificate = draft.caCertificate.trim();
  return {
    host: draft.host.trim(),
    port: Number(draft.port),
    database: draft.database.trim(),
    ...(draft.perTenant ? { databaseAttribute: draft.databaseAttribute } : {}),
    user: draft.user.trim(),
    tls: draft.tls,
    ...(verifies(draft.tls) && certificate ? { caCertificate: certificate } : {}),
  };
}
