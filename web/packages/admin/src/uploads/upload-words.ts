import type { FileFormat, Upload } from '@aracari/api';
import { formatBytes } from '../databases/schema-words.js';

export const formats: [FileFormat, string][] = [
  ['csv', 'CSV'],
  ['parquet', 'Parquet'],
  ['json', 'JSON'],
];

export const delimiters: [string, string][] = [
  [',', 'Comma'],
  [';', 'Semicolon'],
  ['\t', 'Tab'],
  ['|', 'Bar'],
  [':', 'Colon'],
];

/** “12 MB of 40 MB”. */
export function describeAmount(sent: number, bytes: number): string {
  return `${formatBytes(sent)} of ${formatBytes(bytes)}`;
}

/** “3.4 MB/s, about 2 minutes left”; as much of it as can be told. */
export function describePace(bytesPerSecond: number, secondsLeft: number | undefined): string {
  if (bytesPerSecond <= 0 || secondsLeft === undefined) return '';
  return `${formatBytes(bytesPerSecond)}/s, ${describeTimeLeft(secondsLeft)} left`;
}

function describeTimeLeft(seconds: number): string {
  if (seconds < 5) return 'a few seconds';
  if (seconds < 90) return `about ${Math.ceil(seconds / 5) * 5} seconds`;
  if (seconds < 5_400) return `about ${Math.round(seconds / 60)} minutes`;
  return `about ${Math.round(seconds / 3_600)} hours`;
}

/** A name that SQL takes without quotes: “Orders 2026 (final).csv” is `orders_2026_final`. */
export function proposeTableName(fileName: string): string {
  const plain = stemOf(fileName)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  if (!plain) return 'table_1';
  return /^\d/.test(plain) ? `t_${plain}` : plain;
}

/** The same for people: “Orders 2026 (final)”. */
export function proposeTableLabel(fileName: string): string {
  const words = stemOf(fileName)
    .replaceAll(/[_\s]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function stemOf(fileName: string): string {
  return fileName.replace(/(\.(csv|tsv|txt|parquet|json|jsonl|ndjson|gz|zst))+$/i, '');
}

/**
 * The upload that a chosen file goes on with: begun earlier, and whole or not. A file that has been changed since would
 * become a mixture of two, and is another file.
 */
export function findBegun(
  uploads: Upload[],
  file: { name: string; size: number; lastModified: number },
): Upload | undefined {
  return uploads.find(
    ({ fileName, bytes, state, createdAt }) =>
      (state === 'receiving' || state === 'received') &&
      fileName === file.name &&
      bytes === file.size &&
      file.lastModified <= new Date(createdAt).getTime(),
  );
}

/** What is the matter with an upload, in a word or two. */
export function describeState({ state, received, bytes }: Upload): string {
  switch (state) {
    case 'receiving':
      return `${describeAmount(received, bytes)} sent`;
    case 'received':
      return 'To be imported';
    case 'importing':
      return 'Being imported';
    case 'imported':
      return 'Imported';
    case 'failed':
      return 'Import failed';
  }
}
