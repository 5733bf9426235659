import { css } from 'lit';

export const editorPageStyles = css`
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
