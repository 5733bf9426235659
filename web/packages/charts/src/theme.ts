import type { ThemeTokens } from '@aracari/api';
import { css } from 'lit';

export type Theme = 'light' | 'dark';

/** How many series colours a theme has; further series begin again. */
export const seriesCount = 10;

/**
 * Puts a theme's values on the element of class `aracari-theme`, for `themeStyles` to read. What a host page sets itself is
 * stronger. A value that is none is left out: text from a server never becomes more than one value of one property.
 */
export function applyTokens(element: HTMLElement, tokens: ThemeTokens = {}, theme: Theme): void {
  const { dark, ...light } = tokens;
  const { colors = [], ...named } = theme === 'dark' ? { ...dark } : light;
  const font = light.font && /^[\w\s,'"-]{1,200}$/.test(light.font) ? light.font : undefined;
  const radius = light.radius ?? NaN;
  const values: Record<string, string | undefined> = {
    font,
    radius: radius >= 0 && radius <= 40 ? `${radius}px` : undefined,
    gap: light.density === 'compact' ? '10px' : undefined,
    padding: light.density === 'compact' ? '12px 14px' : undefined,
  };
  for (const name of ['background', 'surface', 'text', 'muted', 'border', 'accent'] as const)
    values[name] = colorOf(named[name]);
  for (let index = 0; index < seriesCount; index += 1)
    values[`series-${index + 1}`] = colorOf(colors[index]);
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) element.style.removeProperty(`--_theme-${name}`);
    else element.style.setProperty(`--_theme-${name}`, value);
  }
}

/** No `var()`: behind it could stand anything, also an address to load from. */
const colorForms =
  /^(#[\da-f]{3,8}|[a-z]{1,30}|(rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\([\w\s.,%/+-]{1,80}\))$/i;

function colorOf(value: unknown): string | undefined {
  const known = typeof value === 'string' && colorForms.test(value);
  return known && CSS.supports('color', value) ? value : undefined;
}

/**
 * The look of everything: put this on an element of class `aracari-theme`, with `dark` for the dark theme. Names with an
 * underscore are ours and inherit into the charts; names with `--aracari-` are what a host page may set; `--_theme-` is
 * what `applyTokens` sets. The series colours differ in lightness as well as in hue, so that they stay apart for
 * colour-blind readers.
 */
export const themeStyles = css`
  .aracari-theme {
    --_font: var(
      --aracari-font,
      var(
        --_theme-font,
        ui-sans-serif,
        system-ui,
        -apple-system,
        'Segoe UI',
        Roboto,
        'Helvetica Neue',
        sans-serif
      )
    );
    --_radius: var(--aracari-radius, var(--_theme-radius, 12px));
    --_gap: var(--aracari-gap, var(--_theme-gap, 16px));
    --_card-padding: var(--_theme-padding, 16px 20px);
    --_accent: var(--aracari-accent, var(--_theme-accent, #3560d8));
    --_background: var(--aracari-background, var(--_theme-background, #f6f7f9));
    --_surface: var(--aracari-surface, var(--_theme-surface, #ffffff));
    --_text: var(--aracari-text, var(--_theme-text, #16181d));
    --_muted: var(--aracari-text-muted, var(--_theme-muted, #646b79));
    --_border: var(--aracari-border, var(--_theme-border, #e4e7ec));
    --_grid: color-mix(in srgb, var(--_border) 75%, var(--_surface));
    --_hover: color-mix(in srgb, var(--_text) 6%, var(--_surface));
    --_shadow: 0 1px 2px rgb(16 24 40 / 4%);
    --_float: 0 8px 24px rgb(16 24 40 / 12%), 0 1px 3px rgb(16 24 40 / 10%);
    --_danger: #b42318;
    --_danger-surface: #fef3f2;
    --_warn: #8a5100;
    --_warn-surface: #fff4e0;
    --_warn-border: #f5d7a3;
    --_series-1: var(--_theme-series-1, var(--_accent));
    --_series-2: var(--_theme-series-2, #e08a00);
    --_series-3: var(--_theme-series-3, #0d8f7b);
    --_series-4: var(--_theme-series-4, #b1458f);
    --_series-5: var(--_theme-series-5, #58b4e8);
    --_series-6: var(--_theme-series-6, #7a7f8c);
    --_series-7: var(--_theme-series-7, #8a3a1d);
    --_series-8: var(--_theme-series-8, #c3b93a);
    --_series-9: var(--_theme-series-9, #4b2e83);
    --_series-10: var(--_theme-series-10, #f2a7b5);
    --_good: #12855f;
    --_warning: #dc8a0c;
    --_bad: #c53030;
    --_neutral: #868d9a;
    color-scheme: light;
    color: var(--_text);
    font-family: var(--_font);
  }
  .aracari-theme.dark {
    --_accent: var(--aracari-accent, var(--_theme-accent, #7391f8));
    --_background: var(--aracari-background, var(--_theme-background, #0c0e12));
    --_surface: var(--aracari-surface, var(--_theme-surface, #14171d));
    --_text: var(--aracari-text, var(--_theme-text, #eceef2));
    --_muted: var(--aracari-text-muted, var(--_theme-muted, #969dab));
    --_border: var(--aracari-border, var(--_theme-border, #252a33));
    --_shadow: none;
    --_float: 0 8px 28px rgb(0 0 0 / 55%);
    --_danger: #ff9c92;
    --_danger-surface: #2b1715;
    --_warn: #f2c069;
    --_warn-surface: #2a2113;
    --_warn-border: #4d3b18;
    --_series-2: var(--_theme-series-2, #f2b04d);
    --_series-3: var(--_theme-series-3, #3cc4ac);
    --_series-4: var(--_theme-series-4, #d469b2);
    --_series-5: var(--_theme-series-5, #a5dcf8);
    --_series-6: var(--_theme-series-6, #8a90a0);
    --_series-7: var(--_theme-series-7, #d0683f);
    --_series-8: var(--_theme-series-8, #ece27a);
    --_series-9: var(--_theme-series-9, #a58be0);
    --_series-10: var(--_theme-series-10, #f7c9d2);
    --_good: #3fbf8f;
    --_warning: #f0ab3c;
    --_bad: #ef7370;
    --_neutral: #8a90a0;
    color-scheme: dark;
  }
`;
