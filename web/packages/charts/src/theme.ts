import { css } from 'lit';

export type Theme = 'light' | 'dark';

/** How many series colours a theme has; further series begin again. */
export const seriesCount = 6;

/**
 * The look of everything: put this on an element of class `aracari-theme`, with `dark` for the dark theme. Names with an
 * underscore are ours and inherit into the charts; names with `--aracari-` are what a host page may set. The series
 * colours differ in lightness as well as in hue, so that they stay apart for colour-blind readers.
 */
export const themeStyles = css`
  .aracari-theme {
    --_font: var(
      --aracari-font,
      ui-sans-serif,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Helvetica Neue',
      sans-serif
    );
    --_radius: var(--aracari-radius, 12px);
    --_gap: var(--aracari-gap, 16px);
    --_accent: var(--aracari-accent, #3560d8);
    --_background: var(--aracari-background, #f6f7f9);
    --_surface: var(--aracari-surface, #ffffff);
    --_text: var(--aracari-text, #16181d);
    --_muted: var(--aracari-text-muted, #646b79);
    --_border: var(--aracari-border, #e4e7ec);
    --_grid: #eceef2;
    --_hover: #f0f2f5;
    --_shadow: 0 1px 2px rgb(16 24 40 / 4%);
    --_float: 0 8px 24px rgb(16 24 40 / 12%), 0 1px 3px rgb(16 24 40 / 10%);
    --_danger: #b42318;
    --_danger-surface: #fef3f2;
    --_warn: #8a5100;
    --_warn-surface: #fff4e0;
    --_warn-border: #f5d7a3;
    --_series-1: var(--_accent);
    --_series-2: #e08a00;
    --_series-3: #0d8f7b;
    --_series-4: #b1458f;
    --_series-5: #58b4e8;
    --_series-6: #7a7f8c;
    color-scheme: light;
    color: var(--_text);
    font-family: var(--_font);
  }
  .aracari-theme.dark {
    --_accent: var(--aracari-accent, #7391f8);
    --_background: var(--aracari-background, #0c0e12);
    --_surface: var(--aracari-surface, #14171d);
    --_text: var(--aracari-text, #eceef2);
    --_muted: var(--aracari-text-muted, #969dab);
    --_border: var(--aracari-border, #252a33);
    --_grid: #20242c;
    --_hover: #1d2129;
    --_shadow: none;
    --_float: 0 8px 28px rgb(0 0 0 / 55%);
    --_danger: #ff9c92;
    --_danger-surface: #2b1715;
    --_warn: #f2c069;
    --_warn-surface: #2a2113;
    --_warn-border: #4d3b18;
    --_series-2: #f2b04d;
    --_series-3: #3cc4ac;
    --_series-4: #e08cc4;
    --_series-5: #a5dcf8;
    --_series-6: #8a90a0;
    color-scheme: dark;
  }
`;
