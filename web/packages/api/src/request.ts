import { readProblem, unreachable } from './problem.js';

/**
 * Who asks: the holder of an embed token, the person signed in by the session cookie, or a backend with its API key.
 * `framedBy` is the origin of the page around our own frame page, which must be allowed as well.
 */
export type Credential =
  | { kind: 'token'; token: string; framedBy?: string }
  | { kind: 'session' }
  | { kind: 'apiKey'; key: string };

/** `serverUrl` has no trailing slash; empty means the origin of the page. */
export interface Connection {
  serverUrl: string;
  credential: Credential;
}

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as they are, in place of a body. */
  bytes?: { content: ArrayBuffer; headers: Record<string, string> };
  signal?: AbortSignal | undefined;
}

/** The signed-in person's own connection to the server that served this page. */
export const ownServer: Connection = { serverUrl: '', credential: { kind: 'session' } };

/**
 * Sends one call and returns the answer when it is a 2xx, with its body unread. Otherwise throws `AracariError`.
 * Tokens and keys travel in headers only, and such a call carries no cookies. Nothing is cached, so that a revocation
 * is seen at the next call.
 */
export async function send(connection: Connection, call: Call): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(
      connection.serverUrl + call.path,
      requestInit(connection.credential, call),
    );
  } catch (cause) {
    if (call.signal?.aborted) throw cause;
    throw unreachable(connection.serverUrl);
  }
  if (!response.ok) throw await readProblem(response);
  return response;
}

/** As `send`, for calls that answer with JSON. */
export async function sendForJson<Answer>(connection: Connection, call: Call): Promise<Answer> {
  const response = await send(connection, call);
  try {
    return (await response.json()) as Answer;
  } catch (cause) {
    if (call.signal?.aborted) throw cause;
    throw unreachable(connection.serverUrl);
  }
}

function requestInit(credential: Credential, call: Call): RequestInit {
  const headers = credentialHeaders(credential);
  const init: RequestInit = {
    method: call.method,
    headers,
    credentials: credential.kind === 'session' ? 'same-origin' : 'omit',
    cache: 'no-store',
    signal: call.signal ?? null,
  };
  if (call.body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(call.body);
  } else if (call.bytes) {
    Object.assign(headers, call.bytes.headers);
    init.body = call.bytes.content;
  }
  return init;
}

function credentialHeaders(credential: Credential): Record<string, string> {
  switch (credential.kind) {
    case 'token':
      return {
        authorization: `Bearer ${credential.token}`,
        ...(credential.framedBy ? { 'aracari-framed-by': credential.framedBy } : {}),
      };
    case 'apiKey':
      return { 'x-api-key': credential.key };
    case 'session':
      return {};
  }
}
