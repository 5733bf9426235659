// Pages of other origins that embed a dashboard: a small server with a strict policy of its own.

import { createServer } from 'node:http';
import { freePort } from '../harness/aracari.mjs';

const style = `
  :root { color-scheme: light dark }
  body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: #fff; color: #1b1f27 }
  body.dark { background: #0c0e12; color: #eceef2 }
  main { max-width: 1200px; margin: 0 auto; padding: 16px }
`;

/**
 * Serves pages at `http://<host>:<free port>`. A page may load scripts from, and connect to, `serverUrl` alone.
 * @returns {Promise<{origin, put: (path, body, theme?) => string, close}>} `put` gives the page's address.
 */
export async function serveHostPages(serverUrl, host) {
  const pages = new Map();
  const policy = `default-src 'none'; script-src ${serverUrl}; connect-src ${serverUrl}; style-src 'self'; base-uri 'none'`;
  const server = createServer((request, response) => {
    const page = pages.get(request.url);
    if (request.url === '/style.css') return respond(response, 200, 'text/css', style);
    // An answer without content keeps the browser from complaining about a missing icon.
    if (!page) return respond(response, 204, 'text/plain', '');
    response.setHeader('content-security-policy', policy);
    return respond(response, 200, 'text/html; charset=utf-8', page);
  });
  const port = await freePort();
  await new Promise((resolve) => server.listen(port, host, resolve));
  const origin = `http://${host}:${port}`;
  return {
    origin,
    put(path, body, theme = 'light') {
      pages.set(path, render(body, theme));
      return origin + path;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * Serves one page that frames `address` and gives it `token` when it is asked to: what docs tell a customer to write.
 * `window.tokensSent` counts.
 */
export async function serveFramingPage(address, token, host) {
  const page = `<!doctype html><html lang="en"><title>A customer's product</title>
    <iframe src="${address}" title="Departures" style="width: 100%; border: 0"></iframe>
    <script>
      window.tokensSent = 0;
      const frame = document.querySelector('iframe');
      addEventListener('message', ({ data, source }) => {
        if (source !== frame.contentWindow) return;
        if (data.type === 'aracari-frame-height') frame.style.height = data.height + 'px';
        if (data.type !== 'aracari-frame-ready') return;
        window.tokensSent += 1;
        const message = { type: 'aracari-frame-token', token: '${token}' };
        source.postMessage(message, '${new URL(address).origin}');
      });
    </script></html>`;
  const server = createServer((request, response) =>
    request.url === '/'
      ? respond(response, 200, 'text/html; charset=utf-8', page)
      : respond(response, 204, 'text/plain', ''),
  );
  await new Promise((resolve) => server.listen(0, host, resolve));
  return {
    origin: `http://${host}:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function respond(response, status, type, body) {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}

function render(body, theme) {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>A customer's product</title>
  <link rel="stylesheet" href="/style.css">
</head>
<body class="${theme}"><main>
${body}
</main></body>
</html>`;
}
