import { css } from 'lit';

/** Pages with one tab an address. */
export const tabStyles = css`
  h1 {
    margin-block-end: 0.75rem;
  }
  wa-tab {
    margin-inline-end: 1.25rem;
  }
  wa-tab:last-of-type {
    margin-inline-end: 0;
  }
  wa-tab::part(base) {
    padding: 0.7rem 0.125rem;
  }
  wa-tab-panel {
    --padding: 1.5rem 0 0;
  }
  @media (max-width: 480px) {
    wa-tab {
      margin-inline-end: 0.875rem;
      font-size: var(--wa-font-size-s);
    }
  }
`;
