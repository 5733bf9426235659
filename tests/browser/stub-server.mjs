// A server of embeds that answers what a test tells it to, and remembers what it was asked. It serves the built script
// as the real one does, and is another origin than the page.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const built = new URL('../../web/dist/embed/', import.meta.url);

const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type, aracari-framed-by',
  'access-control-allow-methods': 'GET, POST',
};

/** One line for each chart, and the end line. */
export function dataLines(results) {
  const lines = [...results, { end: true, charts: results.length }];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/**
 * `answer({method, path, body, token})` gives `{status?, json}` or `{lines}`, or nothing for 404. `asked` holds every call.
 * @returns {Promise<{url, asked: object[], close}>}
 */
export async function serveStub(answer) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://stub').pathname;
    if (path.startsWith('/embed/')) return serveScript(path.slice(7), response);
    if (request.method === 'OPTIONS') return end(response, 204, 'text/plain', '');
    const text = await bodyOf(request);
    const call = {
      method: request.method,
      path,
      token: (request.headers.authorization ?? '').replace('Bearer ', ''),
      body: text ? JSON.parse(text) : undefined,
    };
    asked.push(call);
    const given = (await answer(call)) ?? { status: 404, json: problem('not_found') };
    if (given.drop) return request.socket.destroy();
    if (given.lines) return end(response, 200, 'application/x-ndjson', dataLines(given.lines));
    const { status = 200, json } = given;
    return end(response, status, 'application/json', JSON.stringify(json));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export function problem(code, title = 'Refused', detail = 'This was refused.') {
  return { code, title, detail };
}

async function serveScript(name, response) {
  if (!/^[\w-]+\.js$/.test(name)) return end(response, 404, 'text/plain', '');
  try {
    return end(response, 200, 'text/javascript', await readFile(new URL(name, built)));
  } catch {
    return end(response, 404, 'text/plain', '');
  }
}

function end(response, status, type, body) {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...cors });
  response.end(body);
}

async function bodyOf(request) {
  let text = '';
  for await (const piece of request) text += piece;
  return text;
}
