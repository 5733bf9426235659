import { css } from 'lit';

/** Fields into which a token is pasted. */
export const tokenFieldStyles = css`
  wa-textarea::part(textarea) {
    font-family: var(--wa-font-family-code);
    font-size: 0.8125rem;
    overflow-wrap: anywhere;
  }
`;
