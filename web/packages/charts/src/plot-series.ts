import type { Chart, Column, Scalar } from '@aracari/api';
import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import { dimensionsOf, metricsOf } from './chart-columns.js';
import { formatValue } from './chart-values.js';
import { fade, type PlotLook } from './plot-look.js';

export type Series = BarSeriesOption | LineSeriesOption;

export interface PlotSpec {
  chart: Chart;
  columns: readonly Column[];
}

export function isHorizontal(chart: Chart): boolean {
  return chart.type === 'bar' && chart.orientation === 'horizontal';
}

/** Whether a line plot shows zero: always, unless its values differ too little to be seen from there. */
export function fromZero(columns: readonly Column[]): boolean {
  const values = metricsOf(columns).flatMap((metric) =>
    metric.values.filter((value) => value !== null).map(Number),
  );
  const high = Math.max(...values.map(Math.abs));
  const low = Math.min(...values);
  return low < 0 || high - low > 0.3 * high;
}

/** One series for each metric, in the colours of the look. */
export function buildSeries(spec: PlotSpec, look: PlotLook): Series[] {
  const metrics = metricsOf(spec.columns);
  return metrics.map((metric, index) => {
    const color = look.series[index % look.series.length] ?? look.text;
    const data = metric.values.map(drawnValue);
    if (spec.chart.type === 'line')
      return buildLine(data, color, metrics.length === 1 && fromZero(spec.columns), look);
    return isHorizontal(spec.chart)
      ? buildHorizontalBar(metric, data, color, look)
      : buildBar(spec, data, color);
  });
}

function buildLine(
  data: (number | null)[],
  color: string,
  filled: boolean,
  look: PlotLook,
): LineSeriesOption {
  const down = { type: 'linear', x: 0, y: 0, x2: 0, y2: 1, global: false } as const;
  const stops = [
    { offset: 0, color: fade(color, 0.16) },
    { offset: 1, color: fade(color, 0) },
  ];
  return {
    type: 'line',
    data,
    color,
    lineStyle: { width: 2, cap: 'round', join: 'round' },
    symbol: 'circle',
    symbolSize: 8,
    showSymbol: data.length === 1,
    itemStyle: { borderColor: look.surface, borderWidth: 2 },
    ...(filled ? { areaStyle: { color: { ...down, colorStops: stops } } } : {}),
  };
}

function buildBar(spec: PlotSpec, data: (number | null)[], color: string): BarSeriesOption {
  const binned = dimensionsOf(spec.columns)[0]?.binWidth !== undefined;
  return {
    type: 'bar',
    data: data.map((value) => ({
      value,
      itemStyle: { borderRadius: value !== null && value < 0 ? [0, 0, 4, 4] : [4, 4, 0, 0] },
    })),
    color,
    barMaxWidth: binned ? 120 : 44,
    barCategoryGap: binned ? '6%' : '28%',
    emphasis: { disabled: true },
  };
}

function buildHorizontalBar(
  metric: Column,
  data: (number | null)[],
  color: string,
  look: PlotLook,
): BarSeriesOption {
  return {
    type: 'bar',
    data: data.map((value) => ({
      value,
      itemStyle: { borderRadius: value !== null && value < 0 ? [4, 0, 0, 4] : [0, 4, 4, 0] },
    })),
    color,
    barMaxWidth: 18,
    barCategoryGap: '34%',
    emphasis: { disabled: true },
    label: {
      show: true,
      position: 'right',
      color: look.muted,
      fontFamily: look.font,
      fontSize: 12,
      formatter: ({ dataIndex }) => formatValue(metric, metric.values[dataIndex]),
    },
  };
}

function drawnValue(value: Scalar): number | null {
  const number = value === null ? NaN : Number(value);
  return Number.isFinite(number) ? number : null;
}
