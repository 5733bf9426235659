import { type ECharts, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([CanvasRenderer]);

/** An instance on a canvas that fills `stage`. Charts and components are registered by the drawers that need them. */
export function startECharts(stage: HTMLElement): ECharts {
  return init(stage, null, { renderer: 'canvas', locale: 'EN' });
}
