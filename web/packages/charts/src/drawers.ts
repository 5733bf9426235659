import type { ChartType } from '@aracari/api';
import type { Drawer } from './picture.js';
import type { PlotModel } from './plot-model.js';

export type AnyDrawer = Drawer<PlotModel>;

/** What is drawn decides what is loaded. */
const loads = {
  cartesian: () => import('./draw-cartesian.js'),
  circular: () => import('./draw-circular.js'),
  heatmap: () => import('./draw-heatmap.js'),
  scatter: () => import('./draw-scatter.js'),
  funnel: () => import('./draw-funnel.js'),
  gauge: () => import('./draw-gauge.js'),
  map: () => import('./draw-map.js'),
};

const loaded = new Map<keyof typeof loads, AnyDrawer>();

/** The drawer for a chart type, loaded once. Rejects when it cannot be loaded; the next call tries again. */
export async function loadDrawer(type: ChartType): Promise<AnyDrawer> {
  const name = type in loads ? (type as keyof typeof loads) : 'cartesian';
  const known = loaded.get(name);
  if (known) return known;
  const { draw } = await loads[name]();
  loaded.set(name, draw as AnyDrawer);
  return draw as AnyDrawer;
}
