import type { PlotView } from './drawer.js';
import type { PlotLook } from './plot-look.js';
import type { GaugeModel } from './plot-model.js';

type Option = Record<string, unknown>;

/** Degrees that the arc is open at the bottom, to each side of it. */
const opening = 60;

/** The arc is one and a half radii high: its ends hang below the middle. */
const heightInRadii = 1.55;

/** One value on an arc, with the steps of its scale as a thin arc within. Pure. */
export function buildGaugeOption(
  model: GaugeModel,
  look: PlotLook,
  view: PlotView,
): { series: object[]; [setting: string]: unknown } {
  const { width, height } = view;
  const radius = Math.max(20, Math.min(width / 2 - 8, (height - 26) / heightInRadii));
  const thick = Math.max(8, Math.min(22, radius * 0.18));
  const center = [width / 2, (height - radius * heightInRadii - 14) / 2 + radius];
  const shared = { ...arcOf(model, view), center, radius };
  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    series: [
      { ...shared, ...buildValue(model, look, radius, thick) },
      ...(model.steps.length > 0 ? [{ ...shared, ...buildSteps(model, look, radius, thick) }] : []),
      ...[-1, 1].map((side) => ({ ...shared, ...buildEnd(model, look, view, side, radius) })),
    ],
  };
}

function arcOf({ least, most }: GaugeModel, { rightToLeft }: PlotView): Option {
  const [start, end] = [270 - opening, -90 + opening];
  return {
    type: 'gauge',
    min: least,
    max: most,
    clockwise: !rightToLeft,
    startAngle: rightToLeft ? end : start,
    endAngle: rightToLeft ? start : end,
    silent: true,
    ...Object.fromEntries(
      ['pointer', 'axisTick', 'splitLine', 'axisLabel', 'progress', 'title', 'detail'].map(
        (part) => [part, { show: false }],
      ),
    ),
  };
}

function buildValue(model: GaugeModel, look: PlotLook, radius: number, thick: number): Option {
  const room = { width: (radius - thick - 12) * 1.75, overflow: 'truncate', ellipsis: '…' };
  const size = Math.max(15, Math.min(40, radius * 0.36));
  const fit = Math.min(size, (room.width / Math.max(1, model.text.length)) * 1.7);
  return {
    id: 'value',
    axisLine: { roundCap: true, lineStyle: { width: thick, color: [[1, look.hover]] } },
    progress: {
      show: model.value > model.least,
      roundCap: true,
      width: thick,
      itemStyle: { color: look.paint(model.paint) },
    },
    title: {
      show: radius > 60,
      offsetCenter: [0, radius * 0.36],
      color: look.muted,
      fontSize: 12,
      ...room,
    },
    detail: {
      show: true,
      offsetCenter: [0, 0],
      color: look.text,
      fontFamily: look.font,
      fontSize: fit,
      fontWeight: 600,
      formatter: () => model.text,
    },
    data: [{ value: Math.max(model.least, Math.min(model.most, model.value)), name: model.label }],
  };
}

function buildSteps(
  { steps, least, most }: GaugeModel,
  look: PlotLook,
  radius: number,
  thick: number,
): Option {
  const part = (value: number) => (value - least) / (most - least);
  const first = steps[0]?.from ?? least;
  const color = [
    ...(first > least ? [[part(first), look.hover]] : []),
    ...steps.map(({ to, paint }) => [part(to), look.paint(paint)]),
  ];
  return {
    id: 'steps',
    radius: radius - thick - 4,
    axisLine: { lineStyle: { width: 3, color } },
    data: [],
  };
}

/** What the scale ends with, below one end of the arc. */
function buildEnd(
  { leastText, mostText, least }: GaugeModel,
  look: PlotLook,
  { rightToLeft }: PlotView,
  side: number,
  radius: number,
): Option {
  const away = Math.cos((opening / 180 - 0.5) * Math.PI) * radius * 0.91;
  const first = side < 0 !== rightToLeft;
  return {
    id: `end ${side}`,
    axisLine: { show: false },
    title: {
      show: true,
      offsetCenter: [side * away, radius * 0.5 + 16],
      color: look.muted,
      fontSize: 12,
      width: radius * 0.8,
      overflow: 'truncate',
    },
    data: [{ value: least, name: first ? leastText : mostText }],
  };
}
