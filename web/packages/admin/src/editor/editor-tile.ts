import type { ThemeTokens, DraftTile, ListedChart } from '@aracari/api';
import { html, nothing, type TemplateResult } from 'lit';
import type { Scheme } from '../appearance.js';
import './app-tile-body.js';
import type { ChartResults } from './chart-results.js';
import { firstLine } from './draft-differences.js';

/** What all tiles of a page share. */
export interface TileStage {
  charts: ReadonlyMap<string, ListedChart>;
  results: ChartResults;
  scheme: Scheme;
  theme: ThemeTokens;
  /** While a filter is being edited: whether it acts on this chart; undefined where it cannot. */
  wired?: ((chart: ListedChart) => boolean | undefined) | undefined;
}

/** What was asked for at a tile. */
export type TileDeed = 'edit' | 'remove' | 'wire' | 'earlier' | 'later' | `tab ${string}`;

export function chartOf(tile: DraftTile, { charts }: TileStage): ListedChart | undefined {
  return tile.kind === 'chart' ? charts.get(tile.chart) : undefined;
}

export function titleOf(tile: DraftTile, stage: TileStage): string {
  if (tile.kind === 'text') return `Text: ${firstLine(tile.text) || 'empty'}`;
  return chartOf(tile, stage)?.name ?? 'Deleted chart';
}

export function renderBody(tile: DraftTile, stage: TileStage): TemplateResult {
  const chart = chartOf(tile, stage);
  return html`<app-tile-body
    .tile=${tile}
    .chart=${chart}
    .result=${chart && stage.results.get(chart)}
    .scheme=${stage.scheme}
    .theme=${stage.theme}
  ></app-tile-body>`;
}

/** Whether the filter that is being edited acts on a tile, and the way to change that. */
export function renderWire(
  tile: DraftTile,
  stage: TileStage,
  toggle: () => void,
): TemplateResult | typeof nothing {
  const chart = chartOf(tile, stage);
  if (!stage.wired || !chart) return nothing;
  const wired = stage.wired(chart);
  if (wired === undefined) return html`<span class="wire none">Another table</span>`;
  return html`<label class="wire"
    ><input type="checkbox" .checked=${wired} @change=${toggle} />Filtered<span class="hidden-text">
      : ${chart.name}</span
    ></label
  >`;
}

/** The class of a tile by its wiring. */
export function wiring(tile: DraftTile, stage: TileStage): '' | 'wired' | 'unwired' {
  if (!stage.wired) return '';
  const chart = chartOf(tile, stage);
  return chart && stage.wired(chart) ? 'wired' : 'unwired';
}
