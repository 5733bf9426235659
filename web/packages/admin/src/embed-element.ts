import { css } from 'lit';

/**
 * Loads the public embed script of this server, which defines `<aracari-dashboard>`: the same file that customers'
 * pages load, so what is seen here is what they get. It must not be bundled.
 */
export async function loadEmbedElement(): Promise<void> {
  const address = '/embed/embed.js';
  await import(/* @vite-ignore */ address);
  await customElements.whenDefined('aracari-dashboard');
}

/** The embed in the look of our own pages. */
export const embedStyles = css`
  aracari-dashboard {
    display: block;
    --aracari-accent: var(--wa-color-focus);
    --aracari-surface: var(--app-panel);
    --aracari-border: var(--wa-color-surface-border);
    --aracari-background: transparent;
    --aracari-padding: 0;
  }
`;
