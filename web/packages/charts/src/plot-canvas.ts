import type { AnyDrawer } from './drawers.js';
import type { Attention, Picture, Sheet } from './picture.js';
import type { PlotModel } from './plot-model.js';

/** Browsers refuse larger canvases. */
const mostPixels = 16_000_000;

/** Draws on a canvas, as sharp as the screen is. A picture is there when its data is: nothing moves. */
export function paint(
  canvas: HTMLCanvasElement,
  draw: AnyDrawer,
  model: PlotModel,
  { width, height, ...sheet }: Omit<Sheet, 'context'>,
  attention: Attention,
): Picture {
  const fine = Math.sqrt(mostPixels / Math.max(1, width * height));
  const ratio = Math.min(window.devicePixelRatio || 1, fine);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.scale(ratio, ratio);
  context.direction = sheet.rightToLeft ? 'rtl' : 'ltr';
  return draw({ context, width, height, ...sheet }, model, attention);
}
