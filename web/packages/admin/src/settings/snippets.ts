import type { TokenRequest } from '@aracari/api';

export type SnippetLanguage = 'HTML' | 'React' | 'curl' | 'Node' | 'Python';

/** What the snippets are about. The API key is not among it: code reads it from the environment. */
export interface SnippetSubject {
  serverUrl: string;
  dashboardId: string;
  token: string;
  request: TokenRequest;
}

export const snippetWriters: Record<SnippetLanguage, (subject: SnippetSubject) => string> = {
  HTML: writeHtml,
  React: writeReact,
  curl: writeCurl,
  Node: writeNode,
  Python: writePython,
};

function writeHtml({ serverUrl, dashboardId, token }: SnippetSubject): string {
  return `<script type="module" src="${serverUrl}/embed/embed.js"></script>

<!-- This token is for a first try. In your product, put in one that your
     backend generates for the signed-in user: see Node and Python. -->
<aracari-dashboard
  dashboard-id="${escapeAttribute(dashboardId)}"
  auth-token="${escapeAttribute(token)}"
  server-url="${serverUrl}"
  data-theme="light"
></aracari-dashboard>`;
}

function writeReact({ serverUrl, dashboardId }: SnippetSubject): string {
  return `import { useEffect, useState } from "react";

export function Analytics() {
  const [token, setToken] = useState("");

  useEffect(() => {
    const script = document.createElement("script");
    script.type = "module";
    script.src = "${serverUrl}/embed/embed.js";
    document.head.append(script);

    // Your backend generates the token for the signed-in user.
    fetch("/aracari-token", { method: "POST" })
      .then((answer) => answer.json())
      .then(({ token }) => setToken(token));
  }, []);

  if (!token) return null;
  return (
    <aracari-dashboard
      dashboard-id=${JSON.stringify(dashboardId)}
      auth-token={token}
      server-url="${serverUrl}"
      data-theme="light"
    />
  );
}`;
}

function writeCurl({ serverUrl, request }: SnippetSubject): string {
  const body = writeLiteral(request, jsonWords).replaceAll("'", "'\\''");
  return `curl -sS ${serverUrl}/embed/generate-token \\
  -H "x-api-key: $ARACARI_API_KEY" \\
  -H "content-type: application/json" \\
  -d '${body}'`;
}

function writeNode({ serverUrl, request }: SnippetSubject): string {
  return `// On your server, for the signed-in user.
const answer = await fetch("${serverUrl}/embed/generate-token", {
  method: "POST",
  headers: {
    "x-api-key": process.env.ARACARI_API_KEY,
    "content-type": "application/json",
  },
  body: JSON.stringify(${indentRest(writeLiteral(request, jsonWords), 2)}),
});
if (!answer.ok) throw new Error((await answer.json()).detail);
const { token } = await answer.json();`;
}

function writePython({ serverUrl, request }: SnippetSubject): string {
  return `# On your server, for the signed-in user.
import os

import requests

answer = requests.post(
    "${serverUrl}/embed/generate-token",
    headers={"x-api-key": os.environ["ARACARI_API_KEY"]},
    json=${indentRest(writeLiteral(request, pythonWords), 4)},
    timeout=10,
)
answer.raise_for_status()
token = answer.json()["token"]`;
}

type Words = Record<'true' | 'false' | 'null', string>;
const jsonWords: Words = { true: 'true', false: 'false', null: 'null' };
const pythonWords: Words = { true: 'True', false: 'False', null: 'None' };

/** One member a line, lists on one line. JSON and Python differ in three words, and in nothing else that occurs here. */
function writeLiteral(value: unknown, words: Words, depth = 0): string {
  if (Array.isArray(value))
    return `[${value.map((item) => writeLiteral(item, words, depth)).join(', ')}]`;
  if (value === null || typeof value === 'boolean') return words[`${value}`];
  if (typeof value !== 'object') return JSON.stringify(value);
  const indent = '  '.repeat(depth + 1);
  const members = Object.entries(value as object).map(
    ([name, member]) =>
      `${indent}${JSON.stringify(name)}: ${writeLiteral(member, words, depth + 1)}`,
  );
  return `{\n${members.join(',\n')}\n${'  '.repeat(depth)}}`;
}

function indentRest(text: string, spaces: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(spaces)}`);
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
