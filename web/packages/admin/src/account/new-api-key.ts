import type { ApiKeyLimits, ApiKeyScope, Environment, NewApiKey, TokenForm } from '@aracari/api';
import { fieldText } from '../field-text.js';
import { refuseLocally } from '../submission.js';

/** Reads the form of Create API Key. `limits` are undefined where the usual ones are to do. */
export function readNewApiKey(form: HTMLFormElement, limits: ApiKeyLimits | undefined): NewApiKey {
  const name = fieldText(form, 'name').trim();
  if (!name) throw refuseLocally('name', 'Give the key a name.');
  const scopes = new FormData(form).getAll('scopes') as ApiKeyScope[];
  if (scopes.length === 0) throw refuseLocally('scopes', 'Choose at least one scope.');
  const expiresAt = readExpiry(fieldText(form, 'expiry'), fieldText(form, 'expiryDate'));
  const requestsPerMinute = readRequests(fieldText(form, 'requestsPerMinute').trim());
  return {
    name,
    environment: fieldText(form, 'environment') as Environment,
    scopes,
    tokenForm: fieldText(form, 'tokenForm') as TokenForm,
    ...(expiresAt ? { expiresAt } : {}),
    ...(requestsPerMinute ? { requestsPerMinute } : {}),
    ...(limits ? { limits } : {}),
  };
}

/** RFC 3339. A date means the end of that day where the person is. */
function readExpiry(expiry: string, date: string): string | undefined {
  if (expiry === 'never') return undefined;
  if (expiry === 'date' && !date)
    throw refuseLocally('expiresAt', 'Choose the date on which the key expires.');
  const end =
    expiry === 'date'
      ? new Date(`${date}T23:59:59`)
      : new Date(Date.now() + Number(expiry) * 86_400_000);
  return end.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Undefined for the usual number. */
function readRequests(text: string): number | undefined {
  if (!text) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw refuseLocally('requestsPerMinute', 'Must be a whole number from 1 on.');
  return Number(text);
}
