import { css } from 'lit';

/** The row under a list in which an entry is added. Labels stay above their inputs, so the button sits on their line. */
export const addRowStyles = css`
  .add {
    margin-block-start: 1.25rem;
    padding-block-start: 1.25rem;
    border-block-start: 1px solid var(--wa-color-surface-border);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
    align-items: flex-start;
  }
  .row > wa-input,
  .row > wa-select {
    flex: 1 1 10rem;
  }
  .row > .wide {
    flex: 2 1 16rem;
  }
  .row > wa-button,
  .row > .checks {
    margin-block-start: calc(0.5em + 1.2em);
  }
  .row > .checks {
    display: flex;
    gap: 1.25rem;
    align-items: center;
    min-height: var(--wa-form-control-height);
  }
  @media (max-width: 760px) {
    .row > * {
      flex: 1 1 100%;
    }
    .row > wa-button,
    .row > .checks {
      margin-block-start: 0;
    }
  }
`;
