import { buildSeries } from './cartesian-series.js';
import { spansAt, spansOf } from './cartesian-spans.js';
import type { PlotView } from './drawer.js';
import { cutTo, labelStep, longestLine, wrapLabel } from './label-width.js';
import type { PlotLook } from './plot-look.js';
import type { CartesianModel } from './plot-model.js';

type Option = Record<string, unknown>;

const labelWidth = 110;
const leastNameWidth = 44;
const nameGap = { ordered: 10, loose: 5 };

/** Bars, lines and areas on one grid. Pure. */
export function buildCartesianOption(
  model: CartesianModel,
  look: PlotLook,
  view: PlotView,
): { series: object[]; [setting: string]: unknown } {
  const spans = spansOf(model, view.hidden);
  return {
    // A picture is there when its data is: nothing to wait for, nothing that moves beside text one reads.
    animation: false,
    textStyle: { fontFamily: look.font },
    series: buildSeries(model, look, view, spans),
    ...(model.horizontal ? layLying(model, look, view) : layStanding(model, look, view)),
  };
}

function layStanding(model: CartesianModel, look: PlotLook, view: PlotView): Option {
  const [start, end] = view.rightToLeft
    ? (['right', 'left'] as const)
    : (['left', 'right'] as const);
  return {
    grid: {
      [start]: 2,
      [end]: hasBars(model) ? 4 : 14,
      top: model.axes.length > 1 ? 30 : 10,
      bottom: 2,
      ...(view.rightToLeft
        ? estimateRooms(model, view)
        : { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' }),
    },
    xAxis: {
      ...buildCategories(model, look, view),
      axisLine: { lineStyle: { color: look.border } },
      boundaryGap: hasBars(model) || model.labels.length === 1,
    },
    yAxis: model.axes.map((_, axis) => buildValues(model, look, view, axis)),
  };
}

/**
 * Room for the texts of the axes. ECharts measures it itself, but is wrong by far where categories begin on the right:
 * it takes a label that reaches over one end for one at the other.
 */
function estimateRooms(model: CartesianModel, view: PlotView): Option {
  const lines = model.labels.some((label) => /\s/.test(label)) ? 2 : 1;
  return {
    outerBoundsMode: 'none',
    right: axisRoom(model, view, 0),
    left: model.axes.length > 1 ? axisRoom(model, view, 1) : 14,
    bottom: lines * 15 + 14,
  };
}

/** About as many pixels as the texts of a value axis will take. */
function axisRoom(model: CartesianModel, { hidden }: PlotView, axis: number): number {
  let [low, high] = [0, model.percent ? 1 : 0];
  model.labels.forEach((_, index) =>
    spansAt(model, index, hidden).forEach((span, place) => {
      if (!span || model.series[place]?.axis !== axis) return;
      [low, high] = [Math.min(low, span[1]), Math.max(high, span[1])];
    }),
  );
  const { textOf = String } = model.axes[axis] ?? {};
  return longestLine([textOf(low), textOf(high)]) + 16;
}

export function hasBars({ series }: CartesianModel): boolean {
  return series.some(({ mark }) => mark === 'bar');
}

function buildCategories(model: CartesianModel, look: PlotLook, view: PlotView): Option {
  const { labels, ordered } = model;
  const rooms = model.axes.reduce((sum, _, axis) => sum + axisRoom(model, view, axis), 0);
  const band = Math.max(1, view.width - rooms) / Math.max(1, labels.length);
  const gap = ordered ? nameGap.ordered : nameGap.loose;
  const needed = longestLine(labels) + gap;
  const room = Math.min(needed, ordered ? labelWidth : leastNameWidth);
  const step = labelStep(room, band);
  const width = Math.min(labelWidth, Math.max(20, band * step - gap));
  const shown = ordered
    ? keepSecondLines(labels, step)
    : labels.map((label, index) => (index % step === 0 ? wrapLabel(label, width) : ''));
  return {
    type: 'category',
    data: labels,
    inverse: view.rightToLeft,
    axisTick: { show: false },
    axisLabel: {
      color: look.muted,
      fontSize: 12,
      lineHeight: 15,
      margin: 10,
      showMinLabel: true,
      interval: (index: number) => index % step === 0,
      formatter: (_: string, index: number) => shown[index] ?? '',
      ...cutTo(width, shown),
    },
  };
}

/** A year that begins at a label that is left out is told at the next one. */
function keepSecondLines(labels: readonly string[], step: number): string[] {
  let kept = '';
  return labels.map((label, index) => {
    const [first = '', second = ''] = label.split('\n');
    if (second) kept = second;
    if (index % step !== 0) return '';
    const text = kept ? `${first}\n${kept}` : first;
    kept = '';
    return text;
  });
}

function buildValues(
  model: CartesianModel,
  look: PlotLook,
  { rightToLeft, width }: PlotView,
  axis: number,
): Option {
  const { label = '', fromZero = true, textOf = String } = model.axes[axis] ?? {};
  const onLeft = (axis === 0) !== rightToLeft;
  return {
    type: 'value',
    position: onLeft ? 'left' : 'right',
    scale: !fromZero,
    splitNumber: 4,
    alignTicks: axis > 0,
    ...(model.percent
      ? { max: 1, min: ({ min }: Extent) => (min < 0 ? -1 : 0) }
      : { min: leastOf }),
    name: label,
    nameGap: 14,
    nameTruncate: { maxWidth: width / 2 - 8, ellipsis: '…' },
    nameTextStyle: { color: look.muted, align: onLeft ? 'left' : 'right', padding: nameShift },
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: look.muted, fontSize: 12, margin: 10, formatter: textOf },
    splitLine: { show: axis === 0, lineStyle: { color: look.grid, width: 1 } },
  };
}

/** The name of an axis begins where its texts do, not at the line. */
const nameShift = [0, -40];

/** A lone value is read from zero; else the least is what ECharts makes of the data. */
function leastOf({ min, max }: Extent): number | null {
  return min === max ? Math.min(0, min) : null;
}

interface Extent {
  min: number;
  max: number;
}

function layLying(model: CartesianModel, look: PlotLook, view: PlotView): Option {
  const labels = model.labels.map((label) => label.replace('\n', ' '));
  const roomOf = (isMeant: (value: number) => boolean) =>
    Math.min(longestLine(barTexts(model, isMeant)), view.width * 0.3);
  const room = 4 + roomOf((value) => value >= 0) + 8;
  const [start, end] = view.rightToLeft
    ? (['right', 'left'] as const)
    : (['left', 'right'] as const);
  const least = model.percent ? 1 : (model.axes[0]?.least ?? 0);
  return {
    grid: { [start]: 2, [end]: room, top: 0, bottom: 0, outerBoundsMode: 'same' },
    // The longest bar fills the width: there are no ticks that would need a round end.
    xAxis: {
      type: 'value',
      show: false,
      inverse: view.rightToLeft,
      min: ({ min }: Extent) => Math.min(0, min),
      max: ({ max }: Extent) => Math.max(least, max, 0),
    },
    yAxis: {
      type: 'category',
      data: labels,
      inverse: true,
      position: start,
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: {
        color: (_: string, index = 0) =>
          view.chosen.size > 0 && !view.chosen.has(index) ? look.muted : look.text,
        fontSize: 12,
        // The texts of bars below zero stand between them and the names.
        margin: 10 + roomOf((value) => value < 0),
        interval: 0,
        ...cutTo(Math.round(Math.min(220, view.width * 0.42)), labels),
      },
    },
  };
}

/** What stands at the ends of bars. */
function barTexts(
  { stacked, series }: CartesianModel,
  isMeant: (value: number) => boolean,
): string[] {
  if (stacked) return [];
  return series.flatMap(({ values, textOf }) =>
    values.flatMap((value, index) => (value !== null && isMeant(value) ? [textOf(index)] : [])),
  );
}
