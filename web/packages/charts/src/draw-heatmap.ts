import {
  type Box,
  type Drawer,
  drawText,
  fitText,
  setFont,
  type Sheet,
  widest,
} from './picture.js';
import { isDark, mix } from './plot-look.js';
import type { HeatmapModel } from './plot-model.js';

/** How strong the weakest value is drawn, so that it differs from no value. */
const weakest = 0.08;

export const draw: Drawer<HeatmapModel> = (sheet, model, { hit, chosen }) => {
  setFont(sheet);
  const field = layOut(sheet, model);
  const [width, height] = [
    field.width / Math.max(1, model.columns.length),
    field.height / Math.max(1, model.rows.length),
  ];
  const leftOf = (column: number) =>
    sheet.rightToLeft
      ? field.left + field.width - (column + 1) * width
      : field.left + column * width;
  drawNames(sheet, model, field, { width, height }, leftOf);
  const gap = Math.min(width, height) > 9 ? 2 : Math.min(width, height) > 4 ? 1 : 0;
  const written = width >= 38 && height >= 18;
  setFont(sheet, 11);
  model.cells.forEach((row, down) =>
    row.forEach((cell, across) => {
      const box = {
        left: leftOf(across) + gap / 2,
        top: field.top + down * height + gap / 2,
        width: width - gap,
        height: height - gap,
      };
      const back = chosen.size > 0 && !chosen.has(across);
      drawCell(sheet, model, cell, box, { written, back });
      if (hit?.index === across && (hit.series ?? 0) === down) outline(sheet, box);
    }),
  );
  const within = (place: number, count: number) => Math.max(0, Math.min(count - 1, place));
  return {
    find(x, y) {
      const [right, low] = [x - field.left, y - field.top];
      if (right < 0 || low < 0 || right > field.width || low > field.height) return null;
      const across = Math.floor((sheet.rightToLeft ? field.width - right : right) / width);
      return {
        index: within(across, model.columns.length),
        series: within(Math.floor(low / height), model.rows.length),
      };
    },
    placeOf: ({ index, series = 0 }) => ({
      x: leftOf(index) + width / 2,
      y: field.top + (series + 0.5) * height,
    }),
  };
};

function layOut({ context, width, height, rightToLeft }: Sheet, model: HeatmapModel): Box {
  const names = Math.min(widest(context, model.rows), width * 0.3, 160) + (model.rows[0] ? 10 : 0);
  const lines = model.columns.some((label) => label.includes('\n')) ? 2 : 1;
  return {
    left: rightToLeft ? 0 : names,
    top: 0,
    width: Math.max(10, width - names),
    height: Math.max(10, height - lines * 15 - 8),
  };
}

function drawNames(
  sheet: Sheet,
  model: HeatmapModel,
  field: Box,
  cell: { width: number; height: number },
  leftOf: (column: number) => number,
): void {
  const { context, look, rightToLeft } = sheet;
  context.fillStyle = look.muted;
  const x = rightToLeft ? field.left + field.width + 10 : field.left - 10;
  const room = rightToLeft ? sheet.width - x : x;
  const each = Math.max(1, Math.ceil(14 / cell.height));
  model.rows.forEach((label, row) => {
    if (row % each !== 0) return;
    const y = field.top + (row + 0.5) * cell.height;
    const text = label.replace('\n', ' ');
    drawText(sheet, text, { x, y, width: room, align: rightToLeft ? 'left' : 'right' });
  });
  const needed = (Math.min(90, widest(context, model.columns)) + 8) / cell.width;
  const step = [1, 2, 3, 6, 12].find((every) => every >= needed) ?? Math.ceil(needed);
  model.columns.forEach((label, column) => {
    if (column % step !== 0) return;
    label.split('\n').forEach((text, line) => {
      const shown = fitText(context, text, cell.width * step - 4);
      const half = context.measureText(shown).width / 2;
      const center = leftOf(column) + cell.width / 2;
      const y = field.top + field.height + 13 + line * 15;
      const inside = Math.max(half, Math.min(sheet.width - half, center));
      drawText(sheet, shown, { x: inside, y, width: 200, align: 'center' });
    });
  });
}

function drawCell(
  { context, look, ...sheet }: Sheet,
  { least, most }: HeatmapModel,
  { value, text, paint }: HeatmapModel['cells'][number][number],
  box: Box,
  { written, back }: { written: boolean; back: boolean },
): void {
  const part = value === null || most === least ? 1 : (value - least) / (most - least);
  const strength = (weakest + part * (1 - weakest)) * (back ? 0.3 : 1);
  const full = paint ? mix(look.surface, look.paint(paint), back ? 0.3 : 0.85) : undefined;
  const color =
    value === null ? look.hover : (full ?? mix(look.surface, look.paint('series-1'), strength));
  context.fillStyle = color;
  context.beginPath();
  context.roundRect(box.left, box.top, box.width, box.height, Math.min(3, box.width / 3));
  context.fill();
  if (!written || value === null) return;
  context.fillStyle = isDark(color) ? 'rgb(255,255,255)' : 'rgb(22,24,29)';
  const place = { x: box.left + box.width / 2, y: box.top + box.height / 2, width: box.width - 6 };
  if (context.measureText(text).width <= place.width)
    drawText({ context, look, ...sheet }, text, { ...place, align: 'center' });
}

function outline({ context, look }: Sheet, { left, top, width, height }: Box): void {
  context.strokeStyle = look.text;
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(left, top, width, height, 3);
  context.stroke();
  context.lineWidth = 1;
}
