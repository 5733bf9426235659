import { css } from 'lit';

/** Text tiles. Colours come from the theme of the charts. */
export const markdownStyles = css`
  .markdown {
    display: grid;
    gap: 0.5rem;
    color: var(--_text);
    font-size: 14px;
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  .markdown > * {
    margin: 0;
  }
  .markdown h2.large {
    font-size: 1.375rem;
    letter-spacing: -0.012em;
  }
  .markdown h3 {
    font-size: 1.0625rem;
  }
  .markdown h4 {
    margin: 0;
    font-size: 0.875rem;
  }
  .markdown ul,
  .markdown ol {
    padding-inline-start: 1.25rem;
    list-style: revert;
  }
  .markdown a {
    color: var(--_accent);
  }
  .markdown blockquote {
    padding-inline-start: 0.75rem;
    border-inline-start: 3px solid var(--_border);
    color: var(--_muted);
  }
  .markdown hr {
    width: 100%;
    border: 0;
    border-block-start: 1px solid var(--_border);
  }
`;
