import type { ThemeTokens, ThemeColors } from '@aracari/api';

/** The most colours that a theme has for series. */
export const mostSeries = 10;

/** The single colours of a theme. */
export type ThemeColorName = Exclude<keyof ThemeColors, 'colors'>;

/** A theme over another: what it does not say is as below. */
export function layThemes(below: ThemeTokens, above: ThemeTokens): ThemeTokens {
  const dark = { ...below.dark, ...above.dark };
  return { ...below, ...above, ...(Object.keys(dark).length > 0 ? { dark } : {}) };
}

export function isColor(value: unknown): value is string {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
}

/** The contrast of two colours by WCAG 2, from 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [a, b] = [luminanceOf(one), luminanceOf(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
