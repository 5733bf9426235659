import type { Chart, ChartType, Column } from '@aracari/api';
import { buildCartesian } from './build-cartesian.js';
import { buildHeatmap, buildMap, buildScatter } from './build-fields.js';
import { buildCircular, buildFunnel, buildGauge } from './build-parts.js';
import type { Language } from './language.js';
import type { PlotModel } from './plot-model.js';

type Build = (chart: Chart, columns: readonly Column[], language: Language) => PlotModel;

const builders: Record<Exclude<ChartType, 'value' | 'table'>, Build> = {
  bar: buildCartesian,
  stackedBar: buildCartesian,
  line: buildCartesian,
  area: buildCartesian,
  combo: buildCartesian,
  circular: buildCircular,
  heatmap: buildHeatmap,
  scatter: buildScatter,
  funnel: buildFunnel,
  gauge: buildGauge,
  map: buildMap,
};

/** What to draw of a result. Of a type that this version does not know, bars. */
export function buildPlot(chart: Chart, columns: readonly Column[], language: Language): PlotModel {
  const build = builders[chart.type as keyof typeof builders] ?? buildCartesian;
  return build(chart, columns, language);
}
