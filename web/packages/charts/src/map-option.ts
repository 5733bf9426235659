import type { PlotView } from './drawer.js';
import type { PlotLook } from './plot-look.js';
import type { ScatterModel } from './plot-model.js';
import { buildPoints } from './scatter-option.js';

/** Part of the points' span that is shown around them. */
const margin = 0.12;

/** Degrees that are shown at least, so that one point still shows where it is. */
const leastSpan = 4;

/** Points on land and sea, north up. Needs the map `world`. Pure. */
export function buildMapOption(
  model: ScatterModel,
  look: PlotLook,
  view: PlotView,
): { series: object[]; [setting: string]: unknown } {
  const { west, east, south, north, squeeze } = frameOf(model, view);
  return {
    animation: false,
    textStyle: { fontFamily: look.font },
    hoverLayerThreshold: Infinity,
    geo: {
      map: 'world',
      silent: true,
      ...{ left: 0, right: 0, top: 0, bottom: 0 },
      boundingCoords: [
        [west, north],
        [east, south],
      ],
      aspectScale: squeeze,
      itemStyle: { areaColor: look.hover, borderColor: look.border, borderWidth: 1 },
      emphasis: { disabled: true },
      label: { show: false },
    },
    series: [{ ...buildPoints(model, look, view), coordinateSystem: 'geo' }],
  };
}

/** The part of the world that holds all points, in the shape of the view. Degrees. */
export function frameOf({ points }: ScatterModel, { width, height }: PlotView) {
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
  const [x, y] = [(west + east) / 2, (south + north) / 2];
  return {
    ...{ west: x - wide / 2, east: x + wide / 2 },
    ...{ south: y - tall / 2, north: y + tall / 2, squeeze },
  };
}
