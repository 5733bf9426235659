import { css } from 'lit';

/** The parts of the chart editor's form: headed groups of rows, each row with a way to take it out. */
export const chartFormStyles = css`
  section {
    display: grid;
    gap: 0.6rem;
  }
  section + section {
    margin-block-start: 1.25rem;
    padding-block-start: 1.25rem;
    border-block-start: 1px solid var(--wa-color-surface-border);
  }
  section > h2 {
    font-size: var(--wa-font-size-m);
  }
  .rows {
    display: grid;
    gap: 0.5rem;
  }
  .row {
    display: grid;
    gap: 0.5rem;
    padding: 0.35rem 0.35rem 0.35rem 0.75rem;
    border: 1px solid var(--wa-color-surface-border);
    border-radius: var(--wa-border-radius-m);
    background: var(--app-code);
  }
  .row.gone {
    border-color: var(--wa-color-danger-border-loud);
  }
  .row > p {
    padding-block-end: 0.25rem;
    color: var(--wa-color-danger-on-quiet);
    font-size: var(--wa-font-size-s);
  }
  .head {
    display: flex;
    align-items: center;
    gap: 0.15rem;
    min-height: 2rem;
  }
  .head > span {
    flex: 1;
    min-width: 0;
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  .head wa-button::part(base) {
    padding-inline: 0.4rem;
  }
  .detail {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 7rem), 1fr));
    gap: 0.5rem;
    padding-inline-end: 0.4rem;
    padding-block-end: 0.4rem;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
  }
  .inline::part(form-control-label) {
    position: absolute;
    clip-path: inset(50%);
  }
`;
