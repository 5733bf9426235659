import type { PlotView } from './drawer.js';
import { cutTo, labelStep, longestLine } from './label-width.js';
import { isDark, mix, type PlotLook } from './plot-look.js';
import type { HeatmapModel } from './plot-model.js';

type Option = Record<string, unknown>;

/** How strong the weakest value is drawn, so that it differs from no value. */
const weakest = 0.08;

/** The least cell that its value is written into. */
const writable = { width: 38, height: 18 };

/** A field of cells on two axes of names. Pure. */
export function buildHeatmapOption(
  model: HeatmapModel,
  look: PlotLook,
  view: PlotView,
): { series: object[]; [setting: string]: unknown } {
  const cell = cellSize(model, view);
  const color = look.paint('series-1');
  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    hoverLayerThreshold: Infinity,
    grid: { left: 1, right: 1, top: 1, bottom: 0, outerBoundsMode: 'same' },
    xAxis: buildColumns(model, look, view, cell),
    yAxis: buildRows(model, look, view, cell),
    visualMap: {
      show: false,
      type: 'continuous',
      dimension: 2,
      min: Number.isFinite(model.least) ? model.least : 0,
      max: Number.isFinite(model.most) ? model.most : 1,
      inRange: { color: [mix(look.surface, color, weakest), color] },
    },
    series: [
      {
        id: 'cells',
        type: 'heatmap',
        itemStyle: gapOf(cell, look),
        emphasis: { itemStyle: { borderColor: look.text, borderWidth: 1.5 } },
        label: { show: false, fontSize: 11, formatter: textOf(model) },
        data: buildCells(model, look, view, cell),
      },
    ],
  };
}

interface Size {
  width: number;
  height: number;
}

function cellSize({ columns, rows }: HeatmapModel, { width, height }: PlotView): Size {
  const names = Math.min(longestLine(rows), width * 0.3, 160) + (rows[0] ? 10 : 0);
  const lines = columns.some((label) => label.includes('\n')) ? 2 : 1;
  return {
    width: Math.max(10, width - names) / Math.max(1, columns.length),
    height: Math.max(10, height - lines * 15 - 8) / Math.max(1, rows.length),
  };
}

function gapOf({ width, height }: Size, look: PlotLook): Option {
  const least = Math.min(width, height);
  const borderWidth = least > 9 ? 2 : least > 4 ? 1 : 0;
  return { borderColor: look.surface, borderWidth, borderRadius: Math.min(4, width / 3) };
}

function buildCells(model: HeatmapModel, look: PlotLook, view: PlotView, cell: Size): object[] {
  const written = cell.width >= writable.width && cell.height >= writable.height;
  return model.cells.flatMap((row, down) =>
    row.map(({ value, text, paint }, across) => {
      const back = view.chosen.size > 0 && !view.chosen.has(across);
      const own = value === null ? look.hover : paint && mix(look.surface, look.paint(paint), 0.85);
      const fits = written && value !== null && longestLine([text]) * 0.9 <= cell.width - 4;
      const ground = own ?? rampColor(model, look, value);
      return {
        value: [across, down, value ?? model.least],
        ...(own ? { visualMap: false } : {}),
        itemStyle: { ...(own ? { color: own } : {}), opacity: back ? 0.3 : 1 },
        ...(fits ? { label: { show: true, color: inkOn(ground, look, back) } } : {}),
      };
    }),
  );
}

function rampColor({ least, most }: HeatmapModel, look: PlotLook, value: number | null): string {
  const part = value === null || most === least ? 1 : (value - least) / (most - least);
  return mix(look.surface, look.paint('series-1'), weakest + part * (1 - weakest));
}

function inkOn(ground: string, look: PlotLook, back: boolean): string {
  if (back) return look.text;
  return isDark(ground) ? 'rgb(255,255,255)' : 'rgb(22,24,29)';
}

function textOf({ cells }: HeatmapModel) {
  return ({ value: [across = 0, down = 0] }: { value: number[] }) =>
    cells[down]?.[across]?.text ?? '';
}

const bare = { axisTick: { show: false }, axisLine: { show: false }, splitLine: { show: false } };

function buildColumns({ columns }: HeatmapModel, look: PlotLook, view: PlotView, { width }: Size) {
  const step = labelStep(Math.min(90, longestLine(columns)) + 8, width);
  return {
    type: 'category',
    data: columns,
    inverse: view.rightToLeft,
    ...bare,
    axisLabel: {
      color: look.muted,
      fontSize: 12,
      lineHeight: 15,
      margin: 6,
      interval: (index: number) => index % step === 0,
      ...cutTo(Math.max(20, width * step - 4), columns),
    },
  };
}

function buildRows({ rows }: HeatmapModel, look: PlotLook, view: PlotView, { height }: Size) {
  const step = Math.max(1, Math.ceil(14 / height));
  const labels = rows.map((label) => label.replace('\n', ' '));
  return {
    type: 'category',
    data: labels,
    inverse: true,
    position: view.rightToLeft ? 'right' : 'left',
    ...bare,
    axisLabel: {
      color: look.muted,
      fontSize: 12,
      margin: 10,
      interval: (index: number) => index % step === 0,
      ...cutTo(Math.min(160, view.width * 0.3), labels),
    },
  };
}
