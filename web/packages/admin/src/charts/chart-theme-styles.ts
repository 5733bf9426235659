import { css } from 'lit';

/** Charts in the look of our own pages; to stand beside the theme of the charts. */
export const chartThemeStyles = css`
  .aracari-theme {
    --aracari-font: var(--wa-font-family-body);
    --aracari-accent: var(--wa-color-focus);
    --aracari-surface: var(--app-panel);
    --aracari-border: var(--wa-color-surface-border);
    min-width: 0;
  }
`;
