import type { PlotView } from './drawer.js';
import { fade, type PlotLook } from './plot-look.js';
import type { ScatterModel, ScatterPoint } from './plot-model.js';

type Option = Record<string, unknown>;

const radii = { plain: 4, least: 3, most: 15 };

/** With more points than this, each is smaller. */
const many = 400;

/** Points between two axes of values. Pure. */
export function buildScatterOption(
  model: ScatterModel,
  look: PlotLook,
  view: PlotView,
): { series: object[]; [setting: string]: unknown } {
  const [start, end] = view.rightToLeft
    ? (['right', 'left'] as const)
    : (['left', 'right'] as const);
  const splitNumber = Math.max(2, Math.floor(view.width / 90));
  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    hoverLayerThreshold: Infinity,
    grid: {
      [start]: 2,
      [end]: 16,
      top: 30,
      bottom: 24,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      ...buildAxis(look, model.xText, model.xLabel, view),
      splitNumber,
      inverse: view.rightToLeft,
      nameLocation: 'end',
      nameGap: 0,
      nameTextStyle: {
        color: look.muted,
        align: end,
        verticalAlign: 'top',
        padding: [26, 0, 0, 0],
      },
    },
    yAxis: {
      ...buildAxis(look, model.yText, model.yLabel, view),
      position: start,
      nameGap: 14,
      nameTextStyle: { color: look.muted, align: start, padding: [0, -34] },
    },
    series: [buildPoints(model, look, view)],
  };
}

function buildAxis(
  look: PlotLook,
  formatter: (value: number) => string,
  name: string,
  { width }: PlotView,
): Option {
  return {
    type: 'value',
    scale: true,
    name,
    nameTruncate: { maxWidth: width * 0.7, ellipsis: '…' },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: look.muted, fontSize: 12, margin: 10, hideOverlap: true, formatter },
    splitLine: { lineStyle: { color: look.grid, width: 1 } },
  };
}

/** The largest first, so that none hides a smaller one. `at` is the place in the model. */
export function pointOrder({ points }: ScatterModel): number[] {
  const size = (at: number) => points[at]?.size ?? 0;
  return points.map((_, at) => at).sort((a, b) => size(b) - size(a));
}

export function radiusOf({ size }: ScatterPoint, count: number): number {
  if (size === null) return count > many ? 2.5 : radii.plain;
  const grown = (radii.most - radii.least) * Math.sqrt(size);
  return radii.least + grown * (count > many ? 0.5 : 1);
}

export function buildPoints(model: ScatterModel, look: PlotLook, { chosen }: PlotView): Option {
  const { points } = model;
  const color = look.paint('series-1');
  const back = { color: fade(color, 0.12), borderColor: fade(color, 0.3) };
  return {
    id: 'points',
    type: 'scatter',
    clip: false,
    itemStyle: { color: fade(color, 0.5), borderColor: fade(color, 0.9), borderWidth: 1 },
    emphasis: {
      scale: false,
      itemStyle: { color: fade(color, 0.95), borderColor: look.text, borderWidth: 1.5 },
    },
    data: pointOrder(model).map((at) => {
      const point = points[at] as ScatterPoint;
      return {
        ...{ value: [point.x, point.y], at },
        symbolSize: 2 * radiusOf(point, points.length),
        ...(chosen.size > 0 && !chosen.has(at) ? { itemStyle: back } : {}),
      };
    }),
  };
}
