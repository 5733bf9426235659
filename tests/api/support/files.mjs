// Files that a server gives out: fetched as bytes, CSV and workbooks taken apart by what their standards say.

import http from 'node:http';
import { inflateRawSync } from 'node:zlib';

/**
 * Posts and reads the answer as bytes. `whole` is false where the connection was cut before the end of the body.
 * @param {{url: string}} server
 * @param {{path: string, headers?: object, body: object, onData?: (bytes: number, request: http.ClientRequest) => void}} wanted
 * @returns {Promise<{status: number, headers: object, bytes: Buffer, text: string, whole: boolean}>}
 */
export function download(server, { path, headers = {}, body, onData }) {
  const { hostname, port } = new URL(server.url);
  const payload = JSON.stringify(body);
  const options = {
    hostname,
    port,
    path,
    method: 'POST',
    agent: false,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(payload),
      ...headers,
    },
  };
  return new Promise((resolve, reject) => {
    const request = http.request(options, (response) => {
      const chunks = [];
      let size = 0;
      const end = () => {
        const bytes = Buffer.concat(chunks);
        const { statusCode: status, headers, complete: whole } = response;
        resolve({ status, headers, bytes, text: bytes.toString(), whole });
      };
      response.on('data', (chunk) => {
        size += chunk.length;
        if (onData) onData(size, request, response);
        else chunks.push(chunk);
      });
      response.on('error', () => undefined);
      response.on('close', end);
    });
    request.on('error', (problem) => (request.res ? undefined : reject(problem)));
    request.end(payload);
  });
}

/** The records of a CSV text (RFC 4180), each a list of cells. */
export function parseCsv(text) {
  const records = [];
  let cells = [];
  for (const [, quoted, plain, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(cells);
    cells = [];
  }
  return records;
}

/** The files of a ZIP archive by name. */
export function unzip(bytes) {
  const files = {};
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const size = bytes.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const local = bytes.readUInt32LE(at + 42);
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(begin, begin + size);
    const method = bytes.readUInt16LE(at + 10);
    files[bytes.toString('utf8', at + 46, at + 46 + name)] = (
      method === 0 ? packed : inflateRawSync(packed)
    ).toString();
    at += 46 + name + extra + comment;
  }
  return files;
}

const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const decode = (xml) => xml.replace(/&(\w+);/g, (_, name) => entities[name]);

/**
 * The one sheet of a workbook: its rows as {column letter: value} with the number format of each, and the XML.
 * @returns {{rows: Record<string, {value: string | number | boolean, format: string}>[], sheet: string}}
 */
export function readWorkbook(bytes) {
  const files = unzip(bytes);
  const codes = Object.fromEntries(
    [...files['xl/styles.xml'].matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(
      ([, id, code]) => [id, decode(code)],
    ),
  );
  const styles = [...files['xl/styles.xml'].split('<cellXfs')[1].matchAll(/<xf numFmtId="(\d+)"/g)];
  const formats = styles.map(([, id]) => codes[id] ?? id);
  const sheet = files['xl/worksheets/sheet1.xml'];
  const rows = [...sheet.matchAll(/<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, cells = '']) =>
    Object.fromEntries(
      [...cells.matchAll(/<c r="([A-Z]+)\d+"(?: s="(\d+)")?(?: t="(\w+)")?>(.*?)<\/c>/gs)].map(
        ([, column, style = '0', type, inner]) => {
          const text = decode(inner.replace(/<[^>]*>/g, ''));
          const value = type === 'inlineStr' ? text : type === 'b' ? text === '1' : Number(text);
          return [column, { value, format: formats[style] }];
        },
      ),
    ),
  );
  return { rows, sheet };
}
