import { BarChart, LineChart } from 'echarts/charts';
import { GridSimpleComponent } from 'echarts/components';
import { type ECharts, use } from 'echarts/core';
import { buildCartesianOption, hasBars } from './cartesian-option.js';
import { spansAt } from './cartesian-spans.js';
import type { Drawer, Drawn, Mark, Place, Point } from './drawer.js';
import type { CartesianModel, Hit } from './plot-model.js';
import { startECharts } from './start-echarts.js';

use([BarChart, LineChart, GridSimpleComponent]);

/** A line this near to the pointer (pixels) is the one that is meant. */
const nearLine = 24;

export const drawer: Drawer<CartesianModel> = {
  start: startECharts,
  buildOption: buildCartesianOption,
  find(drawn, point, mark) {
    const { chart, model } = drawn;
    const along = model.horizontal ? point.y : point.x;
    const position = Number(chart.convertFromPixel(categoryAxis(model), along));
    const index = Math.round(position);
    if (index < 0 || index >= model.labels.length) return null;
    const series = mark ? placeOfMark(mark) : lineAt(drawn, index, point);
    return series === undefined ? { index } : { index, series };
  },
  placeOf({ chart, model, view }, { index }): Place | null {
    if (index < 0 || index >= model.labels.length) return null;
    const at = (place: number) => Number(chart.convertToPixel(categoryAxis(model), place));
    const center = at(index);
    const wide = Math.abs(at(1) - at(0)) || Infinity;
    if (model.horizontal) {
      const height = Math.min(wide, view.height);
      const band = { left: 0, width: view.width, top: center - height / 2, height };
      return { x: view.width / 2, y: center, band };
    }
    const width = hasBars(model) ? Math.min(wide, view.width) : 0;
    const [top, bottom] = heightOf(chart, center, view.height);
    const band = { left: center - width / 2, width, top, height: bottom - top };
    return { x: center, y: top + (bottom - top) / 3, band };
  },
  marksOf({ model, view }, { index }) {
    return model.series.flatMap(({ key, mark }, place) =>
      mark === 'bar' || view.hidden.has(key) ? [] : [{ seriesId: String(place), dataIndex: index }],
    );
  },
};

function categoryAxis({
  horizontal,
}: CartesianModel): { xAxisIndex: number } | { yAxisIndex: number } {
  return horizontal ? { yAxisIndex: 0 } : { xAxisIndex: 0 };
}

function placeOfMark({ seriesId = '' }: Mark): number {
  return Number(seriesId.replace('lone ', ''));
}

function lineAt(
  { chart, model, view }: Drawn<CartesianModel>,
  index: Hit['index'],
  { y }: Point,
): number | undefined {
  const spans = spansAt(model, index, view.hidden);
  let nearest: number | undefined;
  let least = nearLine;
  model.series.forEach(({ mark, axis }, place) => {
    const span = spans[place];
    if (!span || mark === 'bar') return;
    const distance = Math.abs(Number(chart.convertToPixel({ yAxisIndex: axis }, span[1])) - y);
    if (distance < least) [least, nearest] = [distance, place];
  });
  return nearest;
}

/** From where to where the grid reaches. ECharts tells only whether a point is on it. */
function heightOf(chart: ECharts, x: number, height: number): [top: number, bottom: number] {
  const isOn = (y: number) => chart.containPixel({ gridIndex: 0 }, [x, y]);
  const inside = Array.from({ length: Math.ceil(height) }, (_, y) => y).filter(isOn);
  return [inside[0] ?? 0, (inside.at(-1) ?? height) + 1];
}
