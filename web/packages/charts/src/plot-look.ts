import { seriesCount } from './theme.js';

/** The colours and the font of a plot, in forms that a canvas understands. */
export interface PlotLook {
  series: string[];
  text: string;
  muted: string;
  grid: string;
  border: string;
  surface: string;
  font: string;
}

/** Reads the look that the theme and the host page give to an element. */
export function readPlotLook(element: Element): PlotLook {
  const style = getComputedStyle(element);
  const color = (name: string) => plainColor(style.getPropertyValue(name).trim());
  return {
    series: Array.from({ length: seriesCount }, (_, index) => color(`--_series-${index + 1}`)),
    text: color('--_text'),
    muted: color('--_muted'),
    grid: color('--_grid'),
    border: color('--_border'),
    surface: color('--_surface'),
    font: style.fontFamily,
  };
}

/** The same colour with an opacity of `alpha` (0..1). Takes what `readPlotLook` gives. */
export function fade(color: string, alpha: number): string {
  return color.replace(/^rgb\((.*)\)$/, `rgba($1,${alpha})`);
}

let pixel: CanvasRenderingContext2D | null = null;
const plainColors = new Map<string, string>();

/** A host page may write colours in any CSS notation; the drawing library mixes only `rgb()`. So paint one and look. */
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
