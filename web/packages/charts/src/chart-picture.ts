import type { AracariChartView } from './aracari-chart-view.js';
import { metricsOf } from './chart-columns.js';
import { formatValue } from './chart-values.js';
import { languageOf } from './language.js';
import { fitText } from './picture.js';
import { readPlotLook } from './plot-look.js';

const margin = 20;
const titleHeight = 34;
const legendHeight = 24;

/** A PNG of a chart with its name and legend, twice as fine as the screen's pixels. */
export async function takePicture(view: AracariChartView): Promise<Blob> {
  const plot = view.renderRoot.querySelector('aracari-chart-plot');
  const look = readPlotLook(plot ?? view.renderRoot.firstElementChild ?? view);
  const legend = plot && plot.model.legend.length > 1 ? plot.model.legend : [];
  const drawn = plot?.picture;
  const [width, height] = drawn ? [drawn.clientWidth, drawn.clientHeight] : [360, 60];
  const canvas = document.createElement('canvas');
  const whole = {
    width: width + 2 * margin,
    height: height + 2 * margin + titleHeight + (legend.length > 0 ? legendHeight : 0),
  };
  [canvas.width, canvas.height] = [whole.width * 2, whole.height * 2];
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.scale(2, 2);
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
