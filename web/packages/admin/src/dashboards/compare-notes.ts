import type { ChartResult } from '@aracari/api';
import { type Comparison, compareCharts, type Difference } from './compare-results.js';
import { formatCell } from './dashboard-words.js';

/** Words at one chart of an embed, and more of them for whoever asks. */
export interface ChartNote {
  text: string;
  details?: string;
}

/** One chart as two viewers were given it. */
export interface ComparedChart extends Comparison {
  /** Whether it was refused to the first and to the second. */
  refused: [boolean, boolean];
}

const names = ['First', 'Second'] as const;
const mostDetailed = 5;

export function compareResults(
  first: ChartResult | undefined,
  second: ChartResult | undefined,
): ComparedChart {
  const refused: [boolean, boolean] = [isRefused(first), isRefused(second)];
  return { refused, ...compareCharts(columnsOf(first), columnsOf(second)) };
}

export function differs({ refused, differences }: ComparedChart): boolean {
  return refused.some(Boolean) || differences.length > 0;
}

/** What the embed of one side says at a chart, as seen from that side; nothing where both see the same. */
export function noteOf(chart: ComparedChart, side: 0 | 1): ChartNote | undefined {
  const { refused, differences, same } = chart;
  const other = side === 0 ? 1 : 0;
  if (refused[side] && refused[other]) return { text: 'Refused to both' };
  if (refused[side]) return { text: `${names[other]}: not refused` };
  if (refused[other]) return { text: `${names[other]}: refused` };
  const [only] = differences;
  if (!only) return undefined;
  if (differences.length === 1 && only.where.length === 0)
    return { text: `${names[other]}: ${figureOf(only, other)}` };
  return {
    text: `${differences.length} of ${differences.length + same} values differ`,
    details: detail(differences, side, other),
  };
}

function detail(differences: Difference[], side: 0 | 1, other: 0 | 1): string {
  const lines = differences
    .slice(0, mostDetailed)
    .map(
      (each) =>
        `${placeOf(each)}: ${figureOf(each, side)} here, ${figureOf(each, other)} for the ${names[other].toLowerCase()}`,
    );
  const left = differences.length - lines.length;
  return [...lines, ...(left > 0 ? [`and ${left} more`] : [])].join('\n');
}

function placeOf({ where, metric }: Difference): string {
  return [...where.map((each) => formatCell(each)), metric].join(' · ');
}

function figureOf({ first, second, format }: Difference, side: 0 | 1): string {
  return formatCell(side === 0 ? first : second, format);
}

function isRefused(result: ChartResult | undefined): boolean {
  return Boolean(result && 'error' in result);
}

function columnsOf(result: ChartResult | undefined) {
  return result && 'columns' in result ? result.columns : [];
}
