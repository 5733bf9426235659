import {
  type Attention,
  type Box,
  type Drawer,
  drawText,
  setFont,
  type Sheet,
  strokeLine,
  widest,
} from './picture.js';
import { fade } from './plot-look.js';
import type { ScatterModel, ScatterPoint } from './plot-model.js';
import { scaleOver } from './value-scale.js';

const radii = { plain: 4, least: 3, most: 15 };

export const draw: Drawer<ScatterModel> = (sheet, model, attention) => {
  setFont(sheet);
  const [x, y] = [boundsOf(model.points, 'x'), boundsOf(model.points, 'y')];
  const [across, up] = [
    scaleOver(x, { count: Math.max(2, Math.floor(sheet.width / 90)) }),
    scaleOver(y, { count: 5 }),
  ];
  const box = layOut(sheet, up.ticks.map(model.yText));
  const placeOf = (point: { x: number; y: number }) => {
    const part = across.partOf(point.x);
    return {
      x: box.left + box.width * (sheet.rightToLeft ? 1 - part : part),
      y: box.top + box.height * (1 - up.partOf(point.y)),
    };
  };
  drawFrame(sheet, model, box, { xs: across.ticks, ys: up.ticks, placeOf });
  return drawPoints(sheet, model, attention, placeOf);
};

function boundsOf(points: readonly ScatterPoint[], side: 'x' | 'y'): [number, number] {
  return points.reduce<[number, number]>(
    ([least, most], point) => [Math.min(least, point[side]), Math.max(most, point[side])],
    [Infinity, -Infinity],
  );
}

function layOut({ context, width, height, rightToLeft }: Sheet, texts: string[]): Box {
  const room = widest(context, texts) + 12;
  return {
    left: rightToLeft ? 14 : room,
    top: 26,
    width: Math.max(10, width - room - 14),
    height: Math.max(10, height - 26 - 44),
  };
}

interface Frame {
  xs: number[];
  ys: number[];
  placeOf(point: { x: number; y: number }): { x: number; y: number };
}

function drawFrame(sheet: Sheet, model: ScatterModel, box: Box, { xs, ys, placeOf }: Frame): void {
  const { context, look, rightToLeft } = sheet;
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  context.strokeStyle = look.grid;
  context.fillStyle = look.muted;
  const [near, far] = rightToLeft ? (['left', 'right'] as const) : (['right', 'left'] as const);
  for (const value of ys) {
    const { y } = placeOf({ x: 0, y: value });
    strokeLine(context, [box.left, y], [right, y]);
    const x = rightToLeft ? right + 10 : box.left - 10;
    drawText(sheet, model.yText(value), { x, y, width: 200, align: near });
  }
  for (const value of xs) {
    const { x } = placeOf({ x: value, y: 0 });
    strokeLine(context, [x, box.top], [x, bottom]);
    const text = model.xText(value);
    const half = context.measureText(text).width / 2;
    const inside = Math.max(half, Math.min(sheet.width - half, x));
    drawText(sheet, text, { x: inside, y: bottom + 14, width: 90, align: 'center' });
  }
  const start = rightToLeft ? sheet.width : 0;
  const end = rightToLeft ? box.left : right;
  drawText(sheet, model.yLabel, { x: start, y: 8, width: sheet.width, align: far });
  drawText(sheet, model.xLabel, { x: end, y: bottom + 34, width: box.width, align: near });
}

/** Draws points, the largest first so that none hides a smaller one, and finds them again. */
export function drawPoints(
  { context, look }: Sheet,
  { points }: ScatterModel,
  { hit, chosen }: Attention,
  placeOf: Frame['placeOf'],
): ReturnType<Drawer<ScatterModel>> {
  const order = points.map((_, index) => index);
  order.sort((a, b) => (points[b]?.size ?? 0) - (points[a]?.size ?? 0));
  const many = points.length > 400;
  const radiusOf = ({ size }: ScatterPoint) =>
    size === null
      ? many
        ? 2.5
        : radii.plain
      : radii.least + (radii.most - radii.least) * Math.sqrt(size) * (many ? 0.5 : 1);
  const color = look.paint('series-1');
  for (const index of order) {
    const point = points[index];
    if (!point) continue;
    const { x, y } = placeOf(point);
    const back = chosen.size > 0 && !chosen.has(index);
    context.beginPath();
    context.arc(x, y, radiusOf(point), 0, 2 * Math.PI);
    context.fillStyle = fade(color, back ? 0.12 : hit?.index === index ? 0.95 : 0.5);
    context.fill();
    context.strokeStyle = hit?.index === index ? look.text : fade(color, back ? 0.3 : 0.9);
    context.lineWidth = hit?.index === index ? 1.5 : 1;
    context.stroke();
  }
  context.lineWidth = 1;
  return {
    find(x, y) {
      let [nearest, least] = [-1, 14];
      points.forEach((point, index) => {
        const place = placeOf(point);
        const distance = Math.hypot(place.x - x, place.y - y) - radiusOf(point);
        if (distance < least) [nearest, least] = [index, distance];
      });
      return nearest < 0 ? null : { index: nearest };
    },
    placeOf: ({ index }) => {
      const point = points[index];
      return point ? placeOf(point) : null;
    },
  };
}
