import { HeatmapChart } from 'echarts/charts';
import { GridSimpleComponent, VisualMapContinuousComponent } from 'echarts/components';
import { use } from 'echarts/core';
import type { Drawer } from './drawer.js';
import { buildHeatmapOption } from './heatmap-option.js';
import type { HeatmapModel } from './plot-model.js';
import { startECharts } from './start-echarts.js';

use([HeatmapChart, GridSimpleComponent, VisualMapContinuousComponent]);

const grid = { gridIndex: 0 };

export const drawer: Drawer<HeatmapModel> = {
  start: startECharts,
  buildOption: buildHeatmapOption,
  find({ chart, model }, { x, y }) {
    if (!chart.containPixel(grid, [x, y])) return null;
    const [index = 0, series = 0] = chart.convertFromPixel(grid, [x, y]).map(Math.round);
    return index < model.columns.length && series < model.rows.length ? { index, series } : null;
  },
  placeOf({ chart }, { index, series = 0 }) {
    const [x = 0, y = 0] = chart.convertToPixel(grid, [index, series]);
    return { x, y };
  },
  marksOf: ({ model }, { index, series = 0 }) => [
    { seriesId: 'cells', dataIndex: series * model.columns.length + index },
  ],
};
