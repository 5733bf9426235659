import type { ContentTheme, ThemeColors } from '@aracari/api';

/** The most colours that a theme has for series. */
export const mostSeries = 10;

/** The single colours of a theme, and the properties of CSS that carry them to charts and tiles. */
export const colorProperties = {
  accent: '--aracari-accent',
  background: '--aracari-background',
  surface: '--aracari-surface',
  text: '--aracari-text',
  muted: '--aracari-text-muted',
  border: '--aracari-border',
} as const satisfies Record<Exclude<keyof ThemeColors, 'colors'>, string>;

export type ColorName = keyof typeof colorProperties;

/** A theme over another: what it does not say is as below. */
export function layThemes(below: ContentTheme, above: ContentTheme): ContentTheme {
  const dark = { ...below.dark, ...above.dark };
  return { ...below, ...above, ...(Object.keys(dark).length > 0 ? { dark } : {}) };
}

/** Properties of CSS for what a theme says, and for nothing else. */
export function variablesOf(theme: ContentTheme, scheme: 'light' | 'dark'): Map<string, string> {
  const colors = scheme === 'dark' ? (theme.dark ?? {}) : theme;
  const variables = new Map<string, string>();
  for (const [name, property] of Object.entries(colorProperties)) {
    const color = colors[name as ColorName];
    if (isColor(color)) variables.set(property, color);
  }
  (colors.colors ?? []).slice(0, mostSeries).forEach((color, index) => {
    if (isColor(color)) variables.set(`--_series-${index + 1}`, color);
  });
  if (theme.font) variables.set('--aracari-font', theme.font);
  if (theme.radius !== undefined) variables.set('--aracari-radius', `${theme.radius}px`);
  if (theme.density === 'compact') variables.set('--aracari-gap', '10px');
  return variables;
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
