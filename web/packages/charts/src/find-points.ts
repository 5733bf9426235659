import type { Drawn, Mark, Place, Point } from './drawer.js';
import type { Hit, ScatterModel } from './plot-model.js';
import { pointOrder, radiusOf } from './scatter-option.js';

/** A point this near to the pointer (pixels) is the one that is meant. */
const near = 14;

const finder = { seriesId: 'points' };

/** The point under the pointer, or the nearest one. */
export function findPoint(
  { chart, model }: Drawn<ScatterModel>,
  { x, y }: Point,
  mark: Mark | undefined,
): Hit | null {
  const at = (mark?.data as { at?: number } | undefined)?.at;
  if (at !== undefined) return { index: at };
  // Both scales are even, so two points are enough to know where all others are.
  const [left = 0, top = 0] = chart.convertFromPixel(finder, [0, 0]) ?? [];
  const [right = 1, bottom = 1] = chart.convertFromPixel(finder, [100, 100]) ?? [];
  const [wide, tall] = [(right - left) / 100 || 1, (bottom - top) / 100 || 1];
  let [nearest, least] = [-1, near];
  model.points.forEach((point, index) => {
    const distance =
      Math.hypot((point.x - left) / wide - x, (point.y - top) / tall - y) -
      radiusOf(point, model.points.length);
    if (distance < least) [nearest, least] = [index, distance];
  });
  return nearest < 0 ? null : { index: nearest };
}

export function placeOfPoint({ chart, model }: Drawn<ScatterModel>, { index }: Hit): Place | null {
  const point = model.points[index];
  const pixel = point && chart.convertToPixel(finder, [point.x, point.y]);
  return pixel ? { x: pixel[0] ?? 0, y: pixel[1] ?? 0 } : null;
}

export function markOfPoint({ model }: Drawn<ScatterModel>, { index }: Hit): Mark[] {
  return [{ seriesId: 'points', dataIndex: pointOrder(model).indexOf(index) }];
}
