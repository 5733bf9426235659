import type { RotationSchedule, SigningKey } from '@aracari/api';

/** What a key does when, in milliseconds. */
export interface KeySpan {
  key: SigningKey;
  publishedAt: number;
  signsFrom: number;
  signsUntil: number;
  verifiesUntil: number;
}

export interface TimeLine {
  from: number;
  to: number;
  /** The oldest first. */
  spans: KeySpan[];
}

const dayMilliseconds = 86_400_000;

/** The time line of the keys of one environment that tokens may bear, up to the next rotation. */
export function layTimeLine(
  keys: SigningKey[],
  { everyDays }: RotationSchedule,
  now: number,
): TimeLine {
  const living = keys
    .filter(({ status }) => status === 'next' || status === 'active' || status === 'retiring')
    .sort((a, b) => a.activatesAt.localeCompare(b.activatesAt));
  const from = Math.min(now, ...living.map(({ createdAt }) => Date.parse(createdAt)));
  const newest = Date.parse(living.at(-1)?.activatesAt ?? '') || now;
  const ahead = (everyDays || 1) * dayMilliseconds;
  const ends = living.map(({ retiresAt }) => (retiresAt ? Date.parse(retiresAt) : 0));
  const to = Math.max(now, newest + ahead, ...ends);
  const spans = living.map((key, index) => {
    const successor = living[index + 1];
    const signsUntil = successor ? Date.parse(successor.activatesAt) : to;
    return {
      key,
      publishedAt: Date.parse(key.createdAt),
      signsFrom: Date.parse(key.activatesAt),
      signsUntil,
      verifiesUntil: key.retiresAt ? Date.parse(key.retiresAt) : signsUntil,
    };
  });
  return { from, to, spans };
}
