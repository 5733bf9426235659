import type { Filters, RowPlace, Selection } from '@aracari/api';

/** How long it took from the first request to the last drawn tile. */
export interface ReadyDetail {
  milliseconds: number;
}

/** `chart` is the chart that failed, absent when it is the whole embed. */
export interface ErrorDetail {
  code: string;
  title: string;
  detail: string;
  chart?: string;
}

export interface FilterChangeDetail {
  filters: Filters;
}

export interface SelectionChangeDetail {
  selections: Selection[];
}

export interface TabChangeDetail {
  tab: string;
}

/** A viewer clicked a place of a chart. */
export interface ChartClickDetail {
  chart: string;
  at: RowPlace[];
}

declare global {
  interface HTMLElementEventMap {
    'aracari-ready': CustomEvent<ReadyDetail>;
    'aracari-error': CustomEvent<ErrorDetail>;
    'aracari-filter-change': CustomEvent<FilterChangeDetail>;
    'aracari-selection-change': CustomEvent<SelectionChangeDetail>;
    'aracari-tab-change': CustomEvent<TabChangeDetail>;
    'aracari-chart-click': CustomEvent<ChartClickDetail>;
  }
}
