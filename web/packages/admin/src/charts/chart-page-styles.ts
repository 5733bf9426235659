import { css } from 'lit';

/** The chart editor: form at the left, result at the right; on a phone the result first. */
export const chartPageStyles = css`
  .title {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem 1.5rem;
    align-items: flex-start;
    margin-block: 0.75rem 1.25rem;
  }
  .title > wa-input {
    flex: 1 1 16rem;
  }
  .title > wa-input::part(input) {
    font-weight: 600;
  }
  app-refusal[filled],
  .conflict,
  .gone-note {
    margin-block-end: 1rem;
  }
  .gone-note wa-button {
    margin-block-start: 0.5rem;
  }
  .columns {
    display: grid;
    grid-template-columns: 19rem minmax(0, 1fr);
    gap: 1.25rem;
    align-items: start;
  }
  .form,
  .result {
    padding: 1.25rem;
    border: 1px solid var(--wa-color-surface-border);
    border-radius: var(--wa-border-radius-l);
    background: var(--app-panel);
    box-shadow: var(--app-shadow);
  }
  .form {
    display: grid;
    gap: 1.25rem;
  }
  .form > * + * {
    padding-block-start: 1.25rem;
    border-block-start: 1px solid var(--wa-color-surface-border);
  }
  .result {
    position: sticky;
    inset-block-start: 1rem;
  }
  app-chart-result {
    margin-block-start: 1.25rem;
  }
  @media (max-width: 1080px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
    .result {
      position: static;
      order: -1;
    }
  }
  @media (max-width: 760px) {
    .form,
    .result {
      padding: 1rem;
    }
  }
`;
