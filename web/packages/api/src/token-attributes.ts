import type { ColumnType } from './dashboards.js';
import { ownServer, send, sendForJson } from './request.js';

/** A registered fact about an end user that access rules may use. `list` means a list of values of `type`. */
export interface TokenAttribute {
  id: string;
  name: string;
  type: ColumnType;
  list: boolean;
  required: boolean;
}

export interface NewTokenAttribute {
  name: string;
  type: ColumnType;
  list?: boolean;
  required?: boolean;
}

const path = '/api/v1/token-attributes';

export async function listTokenAttributes(): Promise<TokenAttribute[]> {
  const answer = await sendForJson<{ tokenAttributes: TokenAttribute[] }>(ownServer, {
    method: 'GET',
    path,
  });
  return answer.tokenAttributes;
}

export async function addTokenAttribute(body: NewTokenAttribute): Promise<TokenAttribute> {
  const call = { method: 'POST', path, body } as const;
  return (await sendForJson<{ tokenAttribute: TokenAttribute }>(ownServer, call)).tokenAttribute;
}

export async function removeTokenAttribute(id: string): Promise<void> {
  await send(ownServer, { method: 'DELETE', path: `${path}/${encodeURIComponent(id)}` });
}
