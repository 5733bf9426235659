import type { Paint } from './plot-model.js';

/** The colours and the font of a plot, in forms that a canvas understands. */
export interface PlotLook {
  paint(paint: Paint): string;
  text: string;
  muted: string;
  grid: string;
  border: string;
  surface: string;
  hover: string;
  font: string;
}

/** Reads the look that the theme and the host page give to an element. */
export function readPlotLook(element: Element): PlotLook {
  const style = getComputedStyle(element);
  const color = (name: string) => plainColor(style.getPropertyValue(`--_${name}`).trim());
  return {
    paint: color,
    text: color('text'),
    muted: color('muted'),
    grid: color('grid'),
    border: color('border'),
    surface: color('surface'),
    hover: color('hover'),
    font: style.fontFamily,
  };
}

/** The same colour with an opacity of `alpha` (0..1). Takes what `readPlotLook` gives. */
export function fade(color: string, alpha: number): string {
  return color.replace(/^rgb\((.*)\)$/, `rgba($1,${alpha})`);
}

/** A colour between two, `part` (0..1) of the way to the second. Takes what `readPlotLook` gives. */
export function mix(from: string, to: string, part: number): string {
  const [a, b] = [channelsOf(from), channelsOf(to)];
  const mixed = a.map((value, index) => Math.round(value + ((b[index] ?? 0) - value) * part));
  return `rgb(${mixed.join(',')})`;
}

/** Whether text on this colour must be light. */
export function isDark(color: string): boolean {
  const [red = 0, green = 0, blue = 0] = channelsOf(color);
  return 0.299 * red + 0.587 * green + 0.114 * blue < 140;
}

function channelsOf(color: string): number[] {
  return (color.match(/\d+/g) ?? []).slice(0, 3).map(Number);
}

let pixel: CanvasRenderingContext2D | null = null;
const plainColors = new Map<string, string>();

/** A host page may write colours in any CSS notation; only `rgb()` can be mixed here. So paint one and look. */
function plainColor(color: string): string {
  const known = plainColors.get(color);
  if (known !== undefined) return known;
  pixel ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!pixel) return color;
  pixel.fillStyle = '#808080';
  pixel.fillStyle = color;
  pixel.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pixel.getImageData(0, 0, 1, 1).data;
  const plain = `rgb(${red},${green},${blue})`;
  plainColors.set(color, plain);
  return plain;
}
