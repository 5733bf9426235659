/**
 * The part of ECharts that we use. Only ever loaded by `import('./echarts.js')`: it is a chunk of its own, and it
 * imports nothing of ours, so that the chunk does not pull in a second copy of the embed script.
 */
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, CanvasRenderer]);

export { init };
