/** Times as people read them. The interface is English, so an English form of the reader's own region, if there is one. */
const locale = navigator.language.startsWith('en') ? navigator.language : 'en-GB';
const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const distance = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

export function formatMoment(time: string | number): string {
  return moment.format(new Date(time));
}

export function formatDay(time: string | number): string {
  return day.format(new Date(time));
}

/** “3 minutes ago”, “in 2 days”, “just now”. */
export function formatDistance(time: string, now = Date.now()): string {
  const seconds = (new Date(time).getTime() - now) / 1000;
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return distance.format(Math.trunc(seconds / length), unit);
  }
  return 'just now';
}

/** “42 seconds”, “10 minutes”, “1 hour”, “90 days”. What is left over counts as a whole. */
export function formatDuration(seconds: number): string {
  const suits = ([, length]: [string, number]) => seconds >= 2 * length || seconds === length;
  const [unit, length] = durationUnits.find(suits) ?? ['second', 1];
  const form = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
  return form.format(Math.ceil(seconds / length));
}

const durationUnits = units.filter(([unit]) => unit !== 'year' && unit !== 'month');

/** `59:58` or `1:00:00`; below zero counts as zero. */
export function formatCountdown(secondsLeft: number): string {
  const seconds = Math.max(0, Math.floor(secondsLeft));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}
