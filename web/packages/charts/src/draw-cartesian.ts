import { area, line } from 'd3-shape';
import {
  type Attention,
  type Box,
  type Drawer,
  drawText,
  fitText,
  type Picture,
  setFont,
  type Sheet,
  strokeLine,
  widest,
} from './picture.js';
import { fade } from './plot-look.js';
import type { CartesianModel, CartesianSeries, Hit } from './plot-model.js';
import { scaleOver, type ValueScale } from './value-scale.js';

/** One bar, or the part of one. */
interface Bar extends Box {
  series: number;
  index: number;
  /** Which end is round: the one away from zero. 0 for a part between others. */
  end: -1 | 0 | 1;
}

/** Everything of a picture that has a place, before it is drawn. */
interface Plan {
  sheet: Sheet;
  model: CartesianModel;
  attention: Attention;
  plot: Box;
  scales: ValueScale[];
  /** Of each series and category: from where to where, in values. Undefined for what is hidden or missing. */
  spans: ([number, number] | undefined)[][];
  /** Pixels of one category. */
  band: number;
  bars: Bar[];
}

const labelWidth = 110;
const leastNameWidth = 38;
const nameGap = 8;
const lineHeight = 15;
const mostBarWidth = { vertical: 44, horizontal: 18, binned: 160 };

export const draw: Drawer<CartesianModel> = (sheet, model, attention) => {
  setFont(sheet);
  const spans = spansOf(model, attention);
  const scales = model.axes.map((_, axis) => scaleOf(model, spans, axis));
  const plot = layOut(sheet, model, scales);
  const band = (model.horizontal ? plot.height : plot.width) / Math.max(1, bands(model));
  const plan: Plan = { sheet, model, attention, plot, scales, spans, band, bars: [] };
  plan.bars = barsOf(plan);
  drawAxes(plan);
  drawPointer(plan);
  for (const bar of plan.bars) drawBar(plan, bar);
  model.series.forEach((series, place) => {
    if (series.mark !== 'bar' && !attention.hidden.has(series.key)) drawLine(plan, series, place);
  });
  if (model.horizontal) drawBarTexts(plan);
  drawPoints(plan);
  return pictureOf(plan);
};

/** Lines begin and end at the edges of the plot, so they have one step less. */
function bands({ series, labels }: CartesianModel): number {
  const lines = series.every(({ mark }) => mark !== 'bar');
  return lines && labels.length > 1 ? labels.length - 1 : labels.length;
}

function spansOf(
  { series, labels, stacked, percent }: CartesianModel,
  { hidden }: Attention,
): Plan['spans'] {
  const spans: Plan['spans'] = series.map(() => []);
  for (let index = 0; index < labels.length; index += 1) {
    const visible = series.filter(({ key }) => !hidden.has(key));
    const sum = visible.reduce((total, { values }) => total + Math.abs(values[index] ?? 0), 0);
    let [below, above] = [0, 0];
    series.forEach(({ key, values }, place) => {
      const value = values[index] ?? null;
      if (value === null || hidden.has(key)) return;
      const size = percent ? (sum > 0 ? value / sum : 0) : value;
      if (!stacked) spans[place]![index] = [0, size];
      else if (size < 0) spans[place]![index] = [below, (below += size)];
      else spans[place]![index] = [above, (above += size)];
    });
  }
  return spans;
}

function scaleOf(model: CartesianModel, spans: Plan['spans'], axis: number): ValueScale {
  const { fromZero = true, least: reach } = model.axes[axis] ?? {};
  let [low, high] = fromZero ? [0, 0] : [Infinity, -Infinity];
  model.series.forEach((series, place) => {
    if (series.axis !== axis) return;
    for (const span of spans[place] ?? []) {
      if (!span) continue;
      low = Math.min(low, span[1]);
      high = Math.max(high, span[1]);
    }
  });
  if (reach !== undefined) high = Math.max(high, reach);
  if (model.percent) return scaleOver([low < 0 ? -1 : 0, 1], { exact: true });
  return scaleOver([low, high], { exact: model.horizontal && !model.percent });
}

function layOut(sheet: Sheet, model: CartesianModel, scales: ValueScale[]): Box {
  return model.horizontal ? layLying(sheet, model) : layStanding(sheet, model, scales);
}

function layStanding(sheet: Sheet, model: CartesianModel, scales: ValueScale[]): Box {
  const { context, width, height } = sheet;
  const rooms = scales.map((scale, axis) => widest(context, tickTexts(model, scale, axis)) + 12);
  const [near = 0, far = 10] = rooms;
  const top = model.axes.length > 1 ? 26 : 10;
  const left = sheet.rightToLeft ? far : near;
  const band = (width - near - far) / Math.max(1, model.labels.length);
  const wraps = !model.ordered && widest(context, model.labels) > band - nameGap;
  const lines = wraps || model.labels.some((label) => label.includes('\n')) ? 2 : 1;
  const bottom = lines * lineHeight + 12;
  return {
    ...{ left, top },
    width: Math.max(10, width - near - far),
    height: Math.max(10, height - top - bottom),
  };
}

function layLying(sheet: Sheet, model: CartesianModel): Box {
  const { context, width, height } = sheet;
  const names = Math.min(widest(context, oneLine(model.labels)), width * 0.42, 220) + 13;
  const texts = model.stacked
    ? []
    : model.series.flatMap(({ values, textOf }) => values.map((_, index) => textOf(index)));
  const room = texts.length > 0 ? Math.min(widest(context, texts), width * 0.3) + 10 : 4;
  return {
    left: sheet.rightToLeft ? room : names,
    top: 0,
    width: Math.max(10, width - names - room),
    height,
  };
}

function tickTexts(model: CartesianModel, { ticks }: ValueScale, axis: number): string[] {
  return ticks.map((tick) => model.axes[axis]?.textOf(tick) ?? '');
}

/** Where a value stands, along the axis of values. */
function along({ sheet, model, plot, scales }: Plan, value: number, axis = 0): number {
  const part = scales[axis]?.partOf(value) ?? 0;
  if (!model.horizontal) return plot.top + plot.height * (1 - part);
  return plot.left + plot.width * (sheet.rightToLeft ? 1 - part : part);
}

/** Where the middle of a category stands, along the axis of categories. */
function across({ sheet, model, plot, band }: Plan, index: number): number {
  const shift = bands(model) < model.labels.length ? 0 : 0.5;
  const lone = model.labels.length === 1 && shift === 0 ? 0.5 : shift;
  if (model.horizontal) return plot.top + (index + lone) * band;
  const distance = (index + lone) * band;
  return sheet.rightToLeft ? plot.left + plot.width - distance : plot.left + distance;
}

function barsOf(plan: Plan): Bar[] {
  const { model, attention } = plan;
  const drawn = model.series
    .map((series, place) => ({ series, place }))
    .filter(({ series }) => series.mark === 'bar' && !attention.hidden.has(series.key));
  const lanes = model.stacked ? 1 : Math.max(1, drawn.length);
  const bars: Bar[] = [];
  drawn.forEach(({ series, place }, order) => {
    const lane = model.stacked ? 0 : order;
    plan.spans[place]?.forEach((span, index) => {
      if (span) bars.push(barOf(plan, { series, place, index, span, lane, lanes }));
    });
  });
  return model.stacked ? roundEnds(plan, bars) : bars;
}

interface Cell {
  series: CartesianSeries;
  place: number;
  index: number;
  span: [number, number];
  lane: number;
  lanes: number;
}

function barOf(plan: Plan, { series, place, index, span, lane, lanes }: Cell): Bar {
  const { model, band, sheet } = plan;
  const gap = model.binned ? 0.06 : band < 6 ? 0.1 : 0.3;
  const most = model.binned
    ? mostBarWidth.binned
    : model.horizontal
      ? mostBarWidth.horizontal
      : mostBarWidth.vertical;
  const between = lanes > 1 && band / lanes > 8 ? 2 : 0;
  const thick = Math.max(0.5, Math.min(most, (band * (1 - gap)) / lanes - between));
  const whole = lanes * (thick + between) - between;
  const order = sheet.rightToLeft && !model.horizontal ? lanes - 1 - lane : lane;
  const start = across(plan, index) - whole / 2 + order * (thick + between);
  const [from, to] = [along(plan, span[0], series.axis), along(plan, span[1], series.axis)];
  const low = Math.min(from, to);
  const long = Math.abs(to - from);
  const end = span[1] < span[0] ? -1 : 1;
  const shared = { series: place, index, end } as const;
  return model.horizontal
    ? { ...shared, left: low, top: start, width: long, height: thick }
    : { ...shared, left: start, top: low, width: thick, height: long };
}

/** Of a stack, only its outer ends are round. */
function roundEnds({ spans }: Plan, bars: Bar[]): Bar[] {
  return bars.map((bar) => {
    const own = spans[bar.series]?.[bar.index]?.[1] ?? 0;
    const outer = spans.every((row) => {
      const span = row[bar.index];
      return !span || (bar.end > 0 ? span[1] <= own : span[1] >= own);
    });
    return outer ? bar : { ...bar, end: 0 };
  });
}

function drawAxes(plan: Plan): void {
  if (plan.model.horizontal) drawLyingNames(plan);
  else {
    drawTicks(plan);
    drawNames(plan);
  }
}

function drawTicks(plan: Plan): void {
  const { sheet, model, plot, scales } = plan;
  const { context, look, rightToLeft } = sheet;
  scales.forEach((scale, axis) => {
    const onLeft = (axis === 0) !== rightToLeft;
    const x = onLeft ? plot.left - 10 : plot.left + plot.width + 10;
    tickTexts(model, scale, axis).forEach((text, index) => {
      const value = scale.ticks[index] ?? 0;
      const y = along(plan, value, axis);
      context.strokeStyle = value === 0 ? look.border : look.grid;
      if (axis === 0) strokeLine(context, [plot.left, y], [plot.left + plot.width, y]);
      context.fillStyle = look.muted;
      drawText(sheet, text, { x, y, width: 200, align: onLeft ? 'right' : 'left' });
    });
    const { label = '' } = model.axes[axis] ?? {};
    const edge = onLeft ? 0 : sheet.width;
    const width = sheet.width / 2 - 8;
    drawText(sheet, label, { x: edge, y: 7, width, align: onLeft ? 'left' : 'right' });
  });
}

/** Every n-th name from the first, n being the least that gives each its room. */
function drawNames(plan: Plan): void {
  const { sheet, model, plot, band } = plan;
  const { context, look } = sheet;
  const step = stepFor(model, widest(context, model.labels) + nameGap, Math.max(0.001, band));
  const width = Math.min(labelWidth, Math.max(band * step - nameGap, 20));
  // A year that begins at a name that is left out is told at the next one.
  let kept = '';
  context.fillStyle = look.muted;
  model.labels.forEach((label, index) => {
    const [first = '', second = ''] = label.split('\n');
    if (second) kept = second;
    if (index % step !== 0) return;
    const lines = model.ordered ? [first, kept] : wrapText(context, label, width);
    kept = '';
    lines.forEach((text, row) => {
      const shown = fitText(context, text, width);
      const half = context.measureText(shown).width / 2;
      const x = Math.max(half, Math.min(sheet.width - half, across(plan, index)));
      const y = plot.top + plot.height + 16 + row * lineHeight;
      drawText(sheet, shown, { x, y, width: labelWidth, align: 'center' });
    });
  });
}

/** Of names in order, a step that divides a day or a year. Others are wrapped and cut before they are left out. */
function stepFor({ ordered }: CartesianModel, needed: number, band: number): number {
  const room = ordered ? Math.min(labelWidth, needed) : Math.min(leastNameWidth, needed);
  const least = room / band;
  return [1, 2, 3, 6, 12].find((every) => every >= least) ?? Math.ceil(least);
}

/** As much of the text on a first line as fits, and the rest on a second. */
function wrapText(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  if (context.measureText(text).width <= width) return [text];
  const words = text.split(' ');
  let first = words.shift() ?? '';
  while (words[0] && context.measureText(`${first} ${words[0]}`).width <= width)
    first += ` ${words.shift()}`;
  return [first, words.join(' ')];
}

function oneLine(labels: readonly string[]): string[] {
  return labels.map((label) => label.replace('\n', ' '));
}

function drawLyingNames(plan: Plan): void {
  const { sheet, model, plot, attention } = plan;
  const { context, look, rightToLeft } = sheet;
  const x = rightToLeft ? plot.left + plot.width + 12 : plot.left - 12;
  const width = rightToLeft ? sheet.width - x : x;
  oneLine(model.labels).forEach((text, index) => {
    context.fillStyle = isBack(attention, index) ? look.muted : look.text;
    drawText(sheet, text, {
      x,
      y: across(plan, index),
      width,
      align: rightToLeft ? 'left' : 'right',
    });
  });
}

function isBack({ chosen }: Attention, index: number): boolean {
  return chosen.size > 0 && !chosen.has(index);
}

/** What stands behind the marks where the pointer is: a shade for bars, a line for lines. */
function drawPointer(plan: Plan): void {
  const { sheet, model, plot, attention, band } = plan;
  if (!attention.hit) return;
  const { context, look } = sheet;
  const center = across(plan, attention.hit.index);
  if (model.horizontal || model.series.some(({ mark }) => mark === 'bar')) {
    context.fillStyle = fade(look.muted, 0.1);
    if (model.horizontal) context.fillRect(0, center - band / 2, sheet.width, band);
    else context.fillRect(center - band / 2, plot.top, band, plot.height);
    return;
  }
  context.strokeStyle = fade(look.muted, 0.6);
  context.setLineDash([3, 3]);
  strokeLine(context, [center, plot.top], [center, plot.top + plot.height]);
  context.setLineDash([]);
}

function drawBar({ sheet, model, attention }: Plan, bar: Bar): void {
  const { context, look } = sheet;
  const series = model.series[bar.series];
  if (!series) return;
  const color = look.paint(series.paints?.[bar.index] ?? series.paint);
  context.fillStyle = isBack(attention, bar.index) ? fade(color, 0.3) : color;
  const radius = Math.min(4, bar.width / 2, bar.height / 2) * Math.abs(bar.end);
  // Between the parts of a stack, a thin line of the ground.
  const apart = model.stacked && (model.horizontal ? bar.width : bar.height) > 3 ? 1 : 0;
  const { left, top } = bar;
  const width = bar.width - (model.horizontal ? apart : 0);
  const height = bar.height - (model.horizontal ? 0 : apart);
  context.beginPath();
  context.roundRect(
    left,
    top + (model.horizontal ? 0 : apart),
    width,
    height,
    cornersOf(model, bar, radius, sheet),
  );
  context.fill();
}

/** Clockwise from the upper left. */
function cornersOf(
  { horizontal }: CartesianModel,
  { end }: Bar,
  radius: number,
  sheet: Sheet,
): number[] {
  if (!horizontal) return end > 0 ? [radius, radius, 0, 0] : [0, 0, radius, radius];
  const toRight = end > 0 !== sheet.rightToLeft;
  return toRight ? [0, radius, radius, 0] : [radius, 0, 0, radius];
}

function drawLine(plan: Plan, series: CartesianSeries, place: number): void {
  const { sheet, model, plot, spans } = plan;
  const { context, look } = sheet;
  const color = look.paint(series.paint);
  const points = Array.from({ length: model.labels.length }, (_, index) => index);
  const spanOf = (index: number) => spans[place]?.[index];
  const x = (index: number) => across(plan, index);
  const y = (end: 0 | 1) => (index: number) => along(plan, spanOf(index)?.[end] ?? 0, series.axis);
  const isThere = (index: number) => spanOf(index) !== undefined;
  const lone = model.series.length === 1 && (model.axes[0]?.fromZero ?? true);
  context.save();
  context.beginPath();
  if (series.mark === 'area' || lone) {
    area<number>(x, y(0), y(1)).defined(isThere).context(context)(points);
    const down = context.createLinearGradient(0, plot.top, 0, plot.top + plot.height);
    const [top, bottom] = model.stacked
      ? [0.72, 0.72]
      : series.mark === 'area'
        ? [0.4, 0.06]
        : [0.16, 0];
    down.addColorStop(0, fade(color, top));
    down.addColorStop(1, fade(color, bottom));
    context.fillStyle = down;
    context.fill();
    context.beginPath();
  }
  line<number>(x, y(1)).defined(isThere).context(context)(points);
  context.strokeStyle = color;
  // Colours begin again after the tenth series.
  if (place >= 10) context.setLineDash([6, 4]);
  context.lineWidth = model.stacked ? 1.5 : 2;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.stroke();
  context.restore();
  drawLonePoints(plan, series, place);
}

/** A point without neighbours is no line: it would not be seen. */
function drawLonePoints(plan: Plan, series: CartesianSeries, place: number): void {
  const row = plan.spans[place] ?? [];
  for (let index = 0; index < plan.model.labels.length; index += 1) {
    if (row[index] && !row[index - 1] && !row[index + 1]) drawPoint(plan, series, place, index);
  }
}

function drawPoints(plan: Plan): void {
  const { model, attention } = plan;
  const { hit } = attention;
  if (!hit) return;
  model.series.forEach((series, place) => {
    if (series.mark !== 'bar') drawPoint(plan, series, place, hit.index);
  });
}

function drawPoint(plan: Plan, series: CartesianSeries, place: number, index: number): void {
  const span = plan.spans[place]?.[index];
  if (!span) return;
  const { context, look } = plan.sheet;
  context.beginPath();
  context.arc(across(plan, index), along(plan, span[1], series.axis), 4, 0, 2 * Math.PI);
  context.fillStyle = look.paint(series.paint);
  context.strokeStyle = look.surface;
  context.lineWidth = 2;
  context.fill();
  context.stroke();
  context.lineWidth = 1;
}

function drawBarTexts({ sheet, model, bars }: Plan): void {
  if (model.stacked) return;
  const { context, look, rightToLeft } = sheet;
  context.fillStyle = look.muted;
  for (const bar of bars) {
    const right = bar.end > 0 !== rightToLeft;
    const x = right ? bar.left + bar.width + 8 : bar.left - 8;
    const text = model.series[bar.series]?.textOf(bar.index) ?? '';
    drawText(sheet, text, {
      ...{ x, y: bar.top + bar.height / 2, width: sheet.width * 0.3 },
      align: right ? 'left' : 'right',
    });
  }
}

function pictureOf(plan: Plan): Picture {
  const { model, plot, sheet, band } = plan;
  return {
    find(x, y) {
      const outside = model.horizontal
        ? y < plot.top || y > plot.top + plot.height
        : x < plot.left - band / 2 || x > plot.left + plot.width + band / 2 || y < plot.top;
      if (outside || model.labels.length === 0) return null;
      const place = model.horizontal
        ? (y - plot.top) / band
        : (sheet.rightToLeft ? plot.left + plot.width - x : x - plot.left) / band;
      const shift = bands(model) < model.labels.length ? 0.5 : 0;
      const index = Math.max(0, Math.min(model.labels.length - 1, Math.floor(place + shift)));
      const series = seriesAt(plan, index, x, y);
      return series === undefined ? { index } : { index, series };
    },
    placeOf: ({ index }) => {
      const center = across(plan, index);
      return model.horizontal
        ? { x: plot.left + plot.width / 2, y: center }
        : { x: center, y: plot.top + plot.height / 3 };
    },
  };
}

/** The bar under the pointer, or the nearest line. */
function seriesAt(plan: Plan, index: Hit['index'], x: number, y: number): number | undefined {
  const bar = plan.bars.find(
    ({ index: own, left, top, width, height }) =>
      own === index && x >= left && x <= left + width && y >= top && y <= top + height,
  );
  if (bar) return bar.series;
  let nearest: number | undefined;
  let least = 24;
  plan.model.series.forEach((series, place) => {
    const span = plan.spans[place]?.[index];
    if (!span || series.mark === 'bar') return;
    const distance = Math.abs(along(plan, span[1], series.axis) - y);
    if (distance < least) [least, nearest] = [distance, place];
  });
  return nearest;
}
