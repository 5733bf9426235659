import { ScatterChart } from 'echarts/charts';
import { GridSimpleComponent } from 'echarts/components';
import { use } from 'echarts/core';
import type { Drawer } from './drawer.js';
import { findPoint, markOfPoint, placeOfPoint } from './find-points.js';
import type { ScatterModel } from './plot-model.js';
import { buildScatterOption } from './scatter-option.js';
import { startECharts } from './start-echarts.js';

use([ScatterChart, GridSimpleComponent]);

export const drawer: Drawer<ScatterModel> = {
  start: startECharts,
  buildOption: buildScatterOption,
  find: findPoint,
  placeOf: placeOfPoint,
  marksOf: markOfPoint,
};
