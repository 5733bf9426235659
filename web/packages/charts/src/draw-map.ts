import { drawPoints } from './draw-scatter.js';
import { landLines } from './land.js';
import { type Drawer, drawText, setFont, type Sheet, strokeLine } from './picture.js';
import type { ScatterModel } from './plot-model.js';
import { scaleOver } from './value-scale.js';

/** Degrees around the points, and at least so many, so that one point still shows where it is. */
const margin = 0.12;
const leastSpan = 4;

/** Points on land and sea: degrees as they are, north up. Nothing is fetched from elsewhere. */
export const draw: Drawer<ScatterModel> = (sheet, model, attention) => {
  const { context, width, height, look } = sheet;
  setFont(sheet, 11);
  const view = viewOf(sheet, model);
  const placeOf = ({ x, y }: { x: number; y: number }) => ({
    x: ((x - view.west) / view.wide) * width,
    y: ((view.north - y) / view.tall) * height,
  });
  context.save();
  context.beginPath();
  context.roundRect(0, 0, width, height, 6);
  context.clip();
  context.fillStyle = look.surface;
  context.fillRect(0, 0, width, height);
  drawLand(sheet, placeOf);
  drawDegrees(sheet, model, view, placeOf);
  const picture = drawPoints(sheet, model, attention, placeOf);
  context.restore();
  return picture;
};

interface View {
  west: number;
  north: number;
  wide: number;
  tall: number;
}

/** The part of the world that holds all points, in the shape of the sheet. */
function viewOf({ width, height }: Sheet, { points }: ScatterModel): View {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    [west, east] = [Math.min(west, x), Math.max(east, x)];
    [south, north] = [Math.min(south, y), Math.max(north, y)];
  }
  if (points.length === 0) [west, east, south, north] = [-180, 180, -60, 80];
  // Degrees of longitude become narrower away from the equator.
  const squeeze = Math.max(0.3, Math.cos((((south + north) / 2) * Math.PI) / 180));
  const need = (span: number) => Math.max(leastSpan, span * (1 + 2 * margin));
  const tall = Math.max(need(north - south), (need(east - west) * squeeze * height) / width);
  const wide = (tall * width) / height / squeeze;
  return { west: (west + east - wide) / 2, north: (south + north + tall) / 2, wide, tall };
}

type PlaceOf = (point: { x: number; y: number }) => { x: number; y: number };

function drawLand({ context, look }: Sheet, placeOf: PlaceOf): void {
  const { land, borders } = landLines();
  const trace = (line: [number, number][]) =>
    line.forEach(([east, north], index) => {
      const { x, y } = placeOf({ x: east, y: north });
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
  context.beginPath();
  land.forEach(trace);
  context.fillStyle = look.hover;
  context.fill();
  context.strokeStyle = look.border;
  context.lineWidth = 1;
  context.beginPath();
  land.forEach(trace);
  borders.forEach(trace);
  context.stroke();
}

function drawDegrees(sheet: Sheet, model: ScatterModel, view: View, placeOf: PlaceOf): void {
  const { context, width, height, look } = sheet;
  const { west, north, wide, tall } = view;
  context.strokeStyle = look.grid;
  context.fillStyle = look.muted;
  for (const east of scaleOver([west, west + wide], { count: 5, exact: true }).ticks) {
    const { x } = placeOf({ x: east, y: 0 });
    strokeLine(context, [x, 0], [x, height]);
    if (x > 24 && x < width - 24 && Math.abs(east) <= 180)
      drawText(sheet, model.xText(east), { x, y: height - 10, width: 60, align: 'center' });
  }
  for (const at of scaleOver([north - tall, north], { count: 4, exact: true }).ticks) {
    const { y } = placeOf({ x: 0, y: at });
    strokeLine(context, [0, y], [width, y]);
    if (y > 14 && y < height - 24 && Math.abs(at) <= 90)
      drawText(sheet, model.yText(at), { x: 8, y: y - 8, width: 60, align: 'left' });
  }
}
