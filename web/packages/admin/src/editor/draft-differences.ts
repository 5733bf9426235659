import type { DashboardDraft, DraftTile } from '@aracari/api';
import type { Edited } from './dashboard-draft.js';

/** What two editors have made of the same dashboard, part by part; only parts that differ. */
export interface Difference {
  what: string;
  mine: string;
  theirs: string;
}

/** `nameOf` gives a chart's name. */
export function findDifferences(
  mine: Edited,
  theirs: Edited,
  nameOf: (chart: string) => string,
): Difference[] {
  const own = listParts(mine, nameOf);
  const other = listParts(theirs, nameOf);
  const keys = [...new Set([...own.keys(), ...other.keys()])];
  return keys.flatMap((key) => {
    const [a, b] = [own.get(key), other.get(key)];
    if (a?.content === b?.content) return [];
    return [
      {
        what: a?.what ?? b?.what ?? '',
        mine: a?.text ?? 'Not there',
        theirs: b?.text ?? 'Not there',
      },
    ];
  });
}

interface Part {
  what: string;
  text: string;
  /** Equal where the parts are. */
  content: string;
}

function listParts({ name, description, draft }: Edited, nameOf: (chart: string) => string) {
  const parts = new Map<string, Part>();
  const add = (key: string, what: string, text: string, content: unknown) =>
    parts.set(key, { what, text, content: JSON.stringify(content) });
  add('name', 'Name', name, name);
  add('description', 'Description', description || 'None', description);
  for (const tile of draft.tiles)
    add(`tile ${tile.id}`, describeTile(tile, nameOf), describePlace(tile, draft), orderless(tile));
  for (const filter of draft.filters)
    add(
      `filter ${filter.id}`,
      `Filter “${filter.label}”`,
      describeFilter(filter),
      orderless(filter),
    );
  draft.tabs.forEach((tab, index) => add(`tab ${tab.id}`, 'Tab', tab.label, [tab.label, index]));
  add('theme', 'Theme', describeTheme(draft), orderless(draft.theme));
  return parts;
}

function describeTile(tile: DraftTile, nameOf: (chart: string) => string): string {
  return tile.kind === 'chart' ? nameOf(tile.chart) : `Text “${firstLine(tile.text)}”`;
}

function describePlace({ layout, tab }: DraftTile, { tabs }: DashboardDraft): string {
  const { x, y, width, height } = layout;
  const on = tabs.find(({ id }) => id === tab)?.label;
  return `${on ? `${on}, ` : ''}column ${x + 1}, row ${y + 1}, ${width} × ${height}`;
}

function describeFilter({ dimension, charts }: DashboardDraft['filters'][number]): string {
  return `${dimension}, ${charts ? `${charts.length} charts` : 'all charts'}`;
}

function describeTheme({ theme }: DashboardDraft): string {
  const count = Object.keys(theme).length;
  return count === 0 ? 'As the organization’s' : `${count} settings of its own`;
}

export function firstLine(text: string): string {
  const line = text.replace(/^[#>*\-\s]+/, '').split('\n', 1)[0] ?? '';
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** Members sorted by name, so that equal content is written equally. */
function orderless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(orderless);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, orderless(member)]),
  );
}
