import { css } from 'lit';

/** A list of links that are cards, each with a drawing in a colored field. */
export const cardStyles = css`
  ul {
    display: grid;
    gap: 1rem;
  }
  a {
    display: grid;
    height: 100%;
    border: 1px solid var(--wa-color-surface-border);
    border-radius: var(--wa-border-radius-l);
    background: var(--app-panel);
    box-shadow: var(--app-shadow);
    color: inherit;
    text-decoration: none;
    transition:
      border-color var(--wa-transition-normal),
      box-shadow var(--wa-transition-normal);
  }
  a:hover {
    border-color: var(--wa-color-brand-border-loud);
    box-shadow: 0 4px 14px oklch(0.2 0.02 200 / 0.07);
  }
  a:focus-visible {
    border-radius: var(--wa-border-radius-l);
  }
  .icon {
    display: grid;
    place-items: center;
    width: 2.5rem;
    height: 2.5rem;
    border-radius: var(--wa-border-radius-m);
    background: var(--wa-color-brand-fill-quiet);
    color: var(--wa-color-brand-on-quiet);
    font-size: 1.2rem;
  }
`;

/** The drawing above the words of an empty place. */
export const roundIconStyles = css`
  .icon {
    display: grid;
    place-items: center;
    width: 2.75rem;
    height: 2.75rem;
    margin-block-end: 0.5rem;
    border-radius: 50%;
    background: var(--wa-color-brand-fill-quiet);
    color: var(--wa-color-brand-on-quiet);
    font-size: 1.25rem;
  }
`;
