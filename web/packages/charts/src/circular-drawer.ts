import { FunnelChart, GaugeChart, PieChart } from 'echarts/charts';
import { TitleComponent } from 'echarts/components';
import { type EChartsCoreOption, use } from 'echarts/core';
import { buildCircularOption, middleText, radiiOf, visibleSlices } from './circular-option.js';
import type { Drawer, Drawn, Mark, Place } from './drawer.js';
import { buildFunnelOption, stepHeight } from './funnel-option.js';
import { buildGaugeOption } from './gauge-option.js';
import type { CircularModel, FunnelModel, GaugeModel, Hit } from './plot-model.js';
import { startECharts } from './start-echarts.js';

use([PieChart, FunnelChart, GaugeChart, TitleComponent]);

/** Parts of a whole, steps, and one value: what has no axes. */
type Model = CircularModel | FunnelModel | GaugeModel;

export const drawer: Drawer<Model> = {
  start: startECharts,
  buildOption(model, look, view): EChartsCoreOption {
    if (model.kind === 'circular') return buildCircularOption(model, look, view);
    if (model.kind === 'funnel') return buildFunnelOption(model, look, view);
    return buildGaugeOption(model, look, view);
  },
  find({ model, view }, { y }, mark) {
    if (model.kind === 'gauge') return { index: 0 };
    if (model.kind === 'circular') {
      const at = (mark?.data as { at?: number } | undefined)?.at;
      return at === undefined ? null : { index: at };
    }
    const index = Math.floor(y / stepHeight(model.steps.length, view));
    return index >= 0 && index < model.steps.length ? { index } : null;
  },
  placeOf: (drawn, hit) => placeOf(drawn, hit),
  marksOf({ model, view }, { index }): Mark[] {
    if (model.kind === 'gauge') return [];
    if (model.kind === 'funnel') return [{ seriesId: 'steps', dataIndex: index }];
    const dataIndex = visibleSlices(model, view).findIndex(({ at }) => at === index);
    return dataIndex < 0 ? [] : [{ seriesId: 'slices', dataIndex }];
  },
  attend: (model, hit, view) =>
    model.kind === 'circular' && model.donut ? { title: middleText(model, hit, view) } : undefined,
};

function placeOf({ model, view }: Drawn<Model>, { index }: Hit): Place | null {
  const center = { x: view.width / 2, y: view.height / 2 };
  if (model.kind === 'gauge') return center;
  if (model.kind === 'funnel')
    return { ...center, y: (index + 0.5) * stepHeight(model.steps.length, view) };
  const slices = visibleSlices(model, view);
  const at = slices.findIndex((slice) => slice.at === index);
  if (at < 0) return null;
  const sumOf = (some: typeof slices) => some.reduce((sum, { value }) => sum + value, 0);
  const middle = sumOf(slices.slice(0, at)) + (slices[at]?.value ?? 0) / 2;
  const angle = (middle / sumOf(slices)) * 2 * Math.PI;
  const [inner, outer] = radiiOf(model, view);
  const away = (inner + outer) / 2;
  return { x: center.x + Math.sin(angle) * away, y: center.y - Math.cos(angle) * away };
}
