import type { Hit, PlotModel } from './plot-model.js';
import type { PlotLook } from './plot-look.js';

/** A canvas to draw on, in CSS pixels. */
export interface Sheet {
  context: CanvasRenderingContext2D;
  width: number;
  height: number;
  look: PlotLook;
  /** Text is written from right to left, and the axis of values stands on the right. */
  rightToLeft: boolean;
}

/** What the viewer does with the picture. */
export interface Attention {
  /** Under the pointer, or where the arrow keys are. */
  hit: Hit | null;
  /** Keys of hidden series. */
  hidden: ReadonlySet<string>;
  /** Chosen categories, by index: the others step back. Empty when nothing is chosen. */
  chosen: ReadonlySet<number>;
}

/** A drawn picture. Points are in CSS pixels of the sheet. */
export interface Picture {
  find(x: number, y: number): Hit | null;
  /** Where the tip of a place should stand; null for a place that is not drawn. */
  placeOf(hit: Hit): { x: number; y: number } | null;
}

export type Drawer<Model extends PlotModel> = (
  sheet: Sheet,
  model: Model,
  attention: Attention,
) => Picture;

export const labelSize = 12;

export function setFont({ context, look }: Sheet, size = labelSize, weight = 400): void {
  context.font = `${weight} ${size}px ${look.font}`;
}

/** The text, or as much of its beginning as fits into `width`, with an ellipsis. */
export function fitText(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let [fits, least] = [0, text.length];
  while (least - fits > 1) {
    const middle = (fits + least) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= width) fits = middle;
    else least = middle;
  }
  return fits > 0 ? `${text.slice(0, fits).trimEnd()}…` : '';
}

/** Width of the widest line of all texts. Long lists are measured by their longest texts. */
export function widest(context: CanvasRenderingContext2D, texts: readonly string[]): number {
  const lines = texts.flatMap((text) => text.split('\n'));
  const longest =
    lines.length > 400 ? lines.sort((a, b) => b.length - a.length).slice(0, 200) : lines;
  return longest.reduce((most, line) => Math.max(most, context.measureText(line).width), 0);
}

/** A font of at most `size` pixels, smaller where the text would be wider than `width`; at least 11. */
export function setFontFor(sheet: Sheet, text: string, width: number, size: number): void {
  setFont(sheet, size, 600);
  const wide = sheet.context.measureText(text).width;
  if (wide > width) setFont(sheet, Math.max(11, Math.floor((size * width) / wide)), 600);
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Lines on whole device pixels, so that they are sharp. */
export function strokeLine(
  context: CanvasRenderingContext2D,
  from: [number, number],
  to: [number, number],
): void {
  const sharp = (value: number) => Math.round(value - 0.5) + 0.5;
  context.beginPath();
  context.moveTo(sharp(from[0]), sharp(from[1]));
  context.lineTo(sharp(to[0]), sharp(to[1]));
  context.stroke();
}

/** A line of text cut to `width`, from the side where the language begins. */
export function drawText(
  { context }: Sheet,
  text: string,
  { x, y, width, align }: { x: number; y: number; width: number; align: CanvasTextAlign },
): void {
  context.textAlign = align;
  context.textBaseline = 'middle';
  context.fillText(fitText(context, text, width), x, y);
}
