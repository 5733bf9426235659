import { css } from 'lit';

export const editorPageStyles = css`
  .inline::part(form-control-label) {
    position: absolute;
    clip-path: inset(50%);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1.5rem;
    justify-content: space-between;
    align-items: flex-start;
    margin-block-end: 1rem;
  }
  .names {
    display: grid;
    flex: 1 1 20rem;
    gap: 0.25rem;
    max-width: 34rem;
  }
  .names wa-input {
    margin-inline-start: -0.75rem;
  }
  .names wa-input::part(base) {
    border-color: transparent;
    background: transparent;
  }
  .names wa-input:hover::part(base),
  .names wa-input:focus-within::part(base) {
    border-color: var(--wa-form-control-border-color);
    background: var(--app-panel);
  }
  .name::part(input) {
    font-size: 1.25rem;
    font-weight: 650;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 0.35rem 0.75rem;
    align-items: center;
    min-height: 2.5rem;
  }
  .buttons {
    display: flex;
    gap: 0.25rem;
    align-items: center;
  }
  app-refusal[filled] {
    margin-block-end: 1rem;
  }
  .columns.themed {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 17rem;
    gap: 1.25rem;
    align-items: start;
  }
  .canvas {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.875rem;
    min-width: 0;
  }
  .adding {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
  app-themed {
    --aracari-font: var(--wa-font-family-body);
  }
  .field {
    padding: 16px;
    border: 1px solid var(--wa-color-surface-border);
    border-radius: var(--wa-border-radius-l);
    background: var(--_background);
  }
  aside {
    position: sticky;
    inset-block-start: 1rem;
    max-height: calc(100vh - 2rem);
    padding: 1rem;
    border: 1px solid var(--wa-color-surface-border);
    border-radius: var(--wa-border-radius-l);
    background: var(--app-panel);
    overflow: auto;
  }
  aside header {
    display: flex;
    justify-content: space-between;
    align-items: center;
  }
  aside p {
    margin-block: 0.25rem 0.875rem;
  }
  @media (max-width: 1080px) {
    .columns.themed {
      grid-template-columns: minmax(0, 1fr);
    }
    aside {
      position: static;
      max-height: none;
    }
  }
  @media (max-width: 760px) {
    .field {
      padding: 0;
      border: 0;
      background: none;
    }
  }
`;
