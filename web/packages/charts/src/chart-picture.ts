import type { AracariChartView } from './aracari-chart-view.js';
import { metricsOf } from './chart-columns.js';
import { formatValue } from './chart-values.js';
import { languageOf } from './language.js';
import { fineness } from './plot-engine.js';
import { readPlotLook } from './plot-look.js';

const margin = 20;
const titleHeight = 34;
const legendHeight = 24;

/** A PNG of a chart with its name and legend, twice as fine as the screen's pixels. */
export async function takePicture(view: AracariChartView): Promise<Blob> {
  const plot = view.renderRoot.querySelector('aracari-chart-plot');
  const look = readPlotLook(plot ?? view.renderRoot.firstElementChild ?? view);
  const legend = plot && plot.model.legend.length > 1 ? plot.model.legend : [];
  const drawn = plot?.copyPicture(look.surface);
  const [width, height] = drawn ? [drawn.width / fineness, drawn.height / fineness] : [360, 60];
  const canvas = document.createElement('canvas');
  const whole = {
    width: width + 2 * margin,
    height: height + 2 * margin + titleHeight + (legend.length > 0 ? legendHeight : 0),
  };
  [canvas.width, canvas.height] = [whole.width * fineness, whole.height * fineness];
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.scale(fineness, fineness);
  context.fillStyle = look.surface;
  context.fillRect(0, 0, whole.width, whole.height);
  context.fillStyle = look.text;
  context.textBaseline = 'middle';
  context.font = `600 15px ${look.font}`;
  context.fillText(fitText(context, view.chart.name, width), margin, margin + 8);
  let top = margin + titleHeight;
  if (drawn) {
    if (legend.length > 0) {
      context.font = `400 12px ${look.font}`;
      let left = margin;
      for (const { label, paint } of legend) {
        const text = fitText(context, label, 160);
        const wide = context.measureText(text).width + 32;
        if (left + wide > whole.width) break;
        context.fillStyle = look.paint(paint);
        context.fillRect(left, top + 2, 9, 9);
        context.fillStyle = look.muted;
        context.fillText(text, left + 15, top + 7);
        left += wide;
      }
      top += legendHeight;
    }
    context.drawImage(drawn, margin, top, width, height);
  } else {
    const metric = metricsOf(view.columns)[0];
    const language = languageOf(view.locale, view.timeZone);
    context.font = `600 32px ${look.font}`;
    const text = metric ? formatValue(metric, metric.values.at(-1), language) : '';
    context.fillText(fitText(context, text, width), margin, top + 24);
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture')))),
  );
}

/** The text, or as much of its beginning as fits into `width`, with an ellipsis. */
function fitText(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let [fits, least] = [0, text.length];
  while (least - fits > 1) {
    const middle = (fits + least) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= width) fits = middle;
    else least = middle;
  }
  return fits > 0 ? `${text.slice(0, fits).trimEnd()}…` : '';
}
