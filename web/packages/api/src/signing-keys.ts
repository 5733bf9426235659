import type { Environment } from './dashboards.js';
import { ownServer, sendForJson } from './request.js';

export type SigningKeyStatus = 'next' | 'active' | 'retiring' | 'retired' | 'revoked';

/** A key with which the server signs the tokens of one environment. `id` is the `kid` of its tokens. */
export interface SigningKey {
  id: string;
  environment: Environment;
  status: SigningKeyStatus;
  /** When it was published. */
  createdAt: string;
  /** From when on it signs. */
  activatesAt: string;
  /** Until when it verifies; null while that is not known. */
  retiresAt: string | null;
  revokedAt: string | null;
}

/** `everyDays` is 0 where keys are never rotated by themselves. */
export interface RotationSchedule {
  everyDays: number;
  publishAheadSeconds: number;
  tokenLifetimeMaxSeconds: number;
}

export interface SigningKeys {
  signingKeys: SigningKey[];
  rotation: RotationSchedule;
}

/** `overlap`: no token is hurt. `emergency`: every token of the environment is dead at once. */
export type RotationMode = 'overlap' | 'emergency';

const path = '/api/v1/signing-keys';

/** Newest first. */
export function listSigningKeys(): Promise<SigningKeys> {
  return sendForJson(ownServer, { method: 'GET', path });
}

export async function rotateSigningKey(
  environment: Environment,
  mode: RotationMode,
): Promise<SigningKey[]> {
  const call = { method: 'POST', path: `${path}/rotate`, body: { environment, mode } } as const;
  return (await sendForJson<{ signingKeys: SigningKey[] }>(ownServer, call)).signingKeys;
}
