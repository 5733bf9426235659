import { outerEnds, type Span } from './cartesian-spans.js';
import type { PlotView } from './drawer.js';
import { fade, type PlotLook } from './plot-look.js';
import type { CartesianModel, CartesianSeries } from './plot-model.js';

const barRadius = 4;
const mostBarWidth = { vertical: 44, horizontal: 18, binned: 160 };

/** More bars than this are drawn as one shape, and more points than this are thinned. */
const many = 4_000;

interface Parts {
  model: CartesianModel;
  look: PlotLook;
  view: PlotView;
  spans: (Span | undefined)[][];
  outer: boolean[][];
}

/** One ECharts series for each visible series, with its place in the model as the `id`. */
export function buildSeries(
  model: CartesianModel,
  look: PlotLook,
  view: PlotView,
  spans: (Span | undefined)[][],
): object[] {
  const parts = { model, look, view, spans, outer: model.stacked ? outerEnds(spans) : [] };
  return model.series.flatMap((series, place) => {
    if (view.hidden.has(series.key)) return [];
    if (series.mark === 'bar') return [buildBars(parts, series, place)];
    return [buildLine(parts, series, place), ...buildLonePoints(parts, series, place)];
  });
}

function shared({ model, look, spans }: Parts, { axis, paint }: CartesianSeries, place: number) {
  const sizes = model.labels.map((_, index) => {
    const span = spans[place]?.[index];
    return span ? span[1] - span[0] : null;
  });
  return {
    id: String(place),
    color: look.paint(paint),
    data: sizes,
    ...(model.horizontal ? { xAxisIndex: axis } : { yAxisIndex: axis }),
    ...(model.stacked ? { stack: 'whole' } : {}),
  };
}

function buildBars(parts: Parts, series: CartesianSeries, place: number): object {
  const { model, view, look } = parts;
  const { data, ...base } = shared(parts, series, place);
  const band = (model.horizontal ? view.height : view.width) / Math.max(1, model.labels.length);
  const direction = model.horizontal ? 'horizontal' : 'vertical';
  return {
    ...base,
    type: 'bar',
    data:
      data.length > many ? data : data.map((size, index) => buildBar(parts, place, index, size)),
    large: data.length > many,
    largeThreshold: many,
    barMaxWidth: model.binned ? mostBarWidth.binned : mostBarWidth[direction],
    barCategoryGap: model.binned ? '6%' : band < 6 ? '10%' : '30%',
    barGap: '6%',
    emphasis: { disabled: true },
    // Between the parts of a stack, a thin line of the ground.
    itemStyle: model.stacked && band > 8 ? { borderColor: look.surface, borderWidth: 1 } : {},
    ...(model.horizontal && !model.stacked ? { label: buildLabel(parts, series) } : {}),
  };
}

function buildBar(parts: Parts, place: number, index: number, value: number | null): object {
  const { model, look, view, outer } = parts;
  const series = model.series[place] as CartesianSeries;
  const color = look.paint(series.paints?.[index] ?? series.paint);
  const negative = (value ?? 0) < 0;
  const round = !model.stacked || outer[place]?.[index];
  const back = view.chosen.size > 0 && !view.chosen.has(index);
  return {
    value,
    itemStyle: {
      ...(round ? { borderRadius: cornersOf(model, view, negative) } : {}),
      ...(back ? { color: fade(color, 0.3) } : series.paints?.[index] ? { color } : {}),
    },
    ...(negative && model.horizontal ? { label: { position: sideOf(view, true) } } : {}),
  };
}

/** Clockwise from the upper left: the end away from zero is round. */
function cornersOf({ horizontal }: CartesianModel, view: PlotView, negative: boolean): number[] {
  const round = barRadius;
  if (!horizontal) return negative ? [0, 0, round, round] : [round, round, 0, 0];
  return sideOf(view, negative) === 'right' ? [0, round, round, 0] : [round, 0, 0, round];
}

function sideOf({ rightToLeft }: PlotView, negative: boolean): 'left' | 'right' {
  return negative === rightToLeft ? 'right' : 'left';
}

function buildLabel({ look, view }: Parts, { textOf }: CartesianSeries): object {
  return {
    show: true,
    position: sideOf(view, false),
    distance: 8,
    color: look.muted,
    fontSize: 12,
    formatter: ({ dataIndex }: { dataIndex: number }) => textOf(dataIndex),
  };
}

function buildLine(parts: Parts, series: CartesianSeries, place: number): object {
  const { model, look } = parts;
  const base = shared(parts, series, place);
  const width = model.stacked ? 1.5 : 2;
  return {
    ...base,
    type: 'line',
    // Colours begin again after the tenth series.
    lineStyle: { width, cap: 'round', join: 'round', type: place < 10 ? 'solid' : [6, 4] },
    symbol: 'circle',
    symbolSize: 8,
    showSymbol: false,
    itemStyle: { borderColor: look.surface, borderWidth: 2 },
    emphasis: { scale: false, lineStyle: { width, color: base.color } },
    ...(base.data.length > many && !model.stacked ? { sampling: 'lttb' } : {}),
    ...buildArea(model, series, base.color),
  };
}

/** A fill that fades downwards: of an area, and of a lone line that is read from zero. */
function buildArea(model: CartesianModel, { mark }: CartesianSeries, color: string): object {
  const lone = model.series.length === 1 && (model.axes[0]?.fromZero ?? true);
  if (mark !== 'area' && !lone) return {};
  const [top, bottom] = model.stacked ? [0.72, 0.72] : mark === 'area' ? [0.4, 0.06] : [0.16, 0];
  const down = { type: 'linear', x: 0, y: 0, x2: 0, y2: 1, global: false };
  const colorStops = [
    { offset: 0, color: fade(color, top) },
    { offset: 1, color: fade(color, bottom) },
  ];
  return { areaStyle: { color: { ...down, colorStops }, opacity: 1 } };
}

/** A point without neighbours is no line: it would not be seen. */
function buildLonePoints(parts: Parts, series: CartesianSeries, place: number): object[] {
  const row = parts.spans[place] ?? [];
  const data = parts.model.labels.flatMap((_, index) => {
    const span = row[index];
    return span && !row[index - 1] && !row[index + 1] ? [[index, span[1]]] : [];
  });
  if (data.length === 0) return [];
  const { color } = shared(parts, series, place);
  return [
    {
      ...{ id: `lone ${place}`, type: 'line', color, data, yAxisIndex: series.axis, silent: true },
      lineStyle: { width: 0 },
      symbol: 'circle',
      symbolSize: 8,
      showAllSymbol: true,
      itemStyle: { borderColor: parts.look.surface, borderWidth: 2 },
    },
  ];
}
