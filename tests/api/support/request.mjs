// One HTTP request, as raw as a test needs it: any header, twice if asked, no cookie jar, no
// redirects, no normalised host. Fails where the answer shows a secret that was used before.

import http from 'node:http';
import { assertTellsNoSecret } from './secrets.mjs';

/**
 * @typedef {{status: number, headers: object, text: string, json: any}} Answer `json` is undefined
 * where the text is not JSON.
 * @param {{url: string}} server
 * @param {{method?: string, path: string, headers?: object | [string, string][], body?: any}} wanted
 * An object as body is sent as JSON; text and bytes are sent as they are.
 * @returns {Promise<Answer>}
 */
export async function send(server, { method = 'GET', path, headers = {}, body }) {
  const pairs = Array.isArray(headers) ? [...headers] : Object.entries(headers);
  const names = new Set(pairs.map(([name]) => name.toLowerCase()));
  const payload = encode(body);
  const add = (name, value) => names.has(name) || pairs.push([name, String(value)]);
  add('host', new URL(server.url).host);
  if (payload) {
    add('content-type', 'application/json');
    if (!names.has('transfer-encoding')) add('content-length', payload.length);
  }
  const answer = await exchange(server, { method, path, headers: pairs.flat() }, payload);
  assertTellsNoSecret(method, path, answer);
  return answer;
}

function encode(body) {
  if (body === undefined) return undefined;
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function exchange(server, options, payload) {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, agent: false, setHost: false, ...options });
    request.on('response', (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve(answer(response, Buffer.concat(chunks).toString())));
    });
    // A server that refuses early may close while the body is still being sent.
    request.on('error', (problem) => (request.res ? undefined : reject(problem)));
    request.end(payload);
  });
}

function answer(response, text) {
  return { status: response.statusCode, headers: response.headers, text, json: parse(text) };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
