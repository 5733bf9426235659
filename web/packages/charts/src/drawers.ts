import type { ChartType } from '@aracari/api';
import type { Drawer } from './drawer.js';
import type { PlotModel } from './plot-model.js';

export type AnyDrawer = Drawer<PlotModel>;

/** What is drawn decides what of the library is loaded: a chunk for each family of types. */
const families = {
  cartesian: () => import('./cartesian-drawer.js'),
  circular: () => import('./circular-drawer.js'),
  heatmap: () => import('./heatmap-drawer.js'),
  scatter: () => import('./scatter-drawer.js'),
  map: () => import('./map-drawer.js'),
};

type Family = keyof typeof families;

const familyOf: Partial<Record<ChartType, Family>> = {
  circular: 'circular',
  funnel: 'circular',
  gauge: 'circular',
  heatmap: 'heatmap',
  scatter: 'scatter',
  map: 'map',
};

const loaded = new Map<Family, AnyDrawer>();

/** The drawer for a chart type, loaded once. Rejects when it cannot be loaded; the next call tries again. */
export async function loadDrawer(type: ChartType): Promise<AnyDrawer> {
  const family = familyOf[type] ?? 'cartesian';
  const known = loaded.get(family);
  if (known) return known;
  const { drawer } = await families[family]();
  loaded.set(family, drawer as AnyDrawer);
  return drawer as AnyDrawer;
}
