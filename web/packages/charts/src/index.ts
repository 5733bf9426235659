export { AracariChartPlot } from './aracari-chart-plot.js';
export { AracariChartTable } from './aracari-chart-table.js';
export { AracariChartValue } from './aracari-chart-value.js';
export { AracariChartView } from './aracari-chart-view.js';
export { isEmptyResult } from './chart-columns.js';
export { defineElement } from './define-element.js';
export { preloadPlots } from './plot-engine.js';
export { type Theme, themeStyles } from './theme.js';
