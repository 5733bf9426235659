import { css } from 'lit';

/** A tile while it is edited: a head to take hold of it by, and what it shows. */
export const editorTileStyles = css`
  .tile {
    display: flex;
    flex-direction: column;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    transition: opacity var(--wa-transition-normal);
  }
  .tile:focus-visible {
    outline: var(--wa-focus-ring);
    outline-offset: 1px;
  }
  .tile > header {
    display: flex;
    flex: none;
    align-items: center;
    gap: 0.25rem;
    min-height: 2.5rem;
    padding: 0.25rem 0.35rem 0.25rem 0.5rem;
  }
  .handle {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 0.35rem;
    min-width: 0;
    align-self: stretch;
  }
  .handle wa-icon {
    flex: none;
    color: var(--_muted);
  }
  .handle h2 {
    min-width: 0;
    overflow: hidden;
    color: var(--_text);
    font-size: 13px;
    font-weight: 550;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tile > header wa-button::part(base) {
    padding-inline: 0.4rem;
    color: var(--_muted);
  }
  .tile > app-tile-body {
    flex: 1;
    min-height: 0;
    padding: 0 1rem 0.875rem;
  }
  .wired {
    border-color: var(--wa-color-brand-border-loud);
    box-shadow: 0 0 0 2px var(--wa-color-brand-border-loud);
  }
  .unwired {
    border-style: dashed;
    box-shadow: none;
  }
  .unwired > app-tile-body {
    filter: grayscale(1);
  }
  .wire {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 0.35rem;
    padding: 0.1rem 0.5rem;
    border-radius: var(--wa-border-radius-pill);
    background: var(--wa-color-brand-fill-quiet);
    color: var(--wa-color-brand-on-normal);
    font-size: 0.75rem;
    font-weight: 550;
    white-space: nowrap;
    cursor: pointer;
  }
  .wire input {
    margin: 0;
    accent-color: var(--wa-color-brand-fill-loud);
  }
  .wire.none {
    background: var(--wa-color-neutral-fill-quiet);
    color: var(--wa-color-neutral-on-quiet);
    cursor: default;
  }
`;
