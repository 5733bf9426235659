import { css } from 'lit';

/** Text, links, code and forms: shared by every element of the app, since shadow roots see no page styles. */
export const baseStyles = css`
  :host {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  dl,
  dd,
  pre {
    margin: 0;
    padding: 0;
  }
  ul {
    list-style: none;
  }
  h1 {
    font-size: 1.5rem;
    font-weight: 650;
    letter-spacing: -0.018em;
    line-height: 1.25;
  }
  h2 {
    font-size: 1.0625rem;
    font-weight: 600;
    letter-spacing: -0.008em;
    line-height: 1.35;
  }
  h3 {
    font-size: var(--wa-font-size-m);
    font-weight: 600;
    line-height: 1.4;
  }
  a {
    color: var(--wa-color-text-link);
    text-underline-offset: 0.2em;
  }
  a:focus-visible {
    outline: var(--wa-focus-ring);
    outline-offset: var(--wa-focus-ring-offset);
    border-radius: var(--wa-border-radius-s);
  }
  .quiet {
    color: var(--wa-color-text-quiet);
  }
  .small {
    font-size: var(--wa-font-size-s);
  }
  .hidden-text {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .waiting {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    padding: 1rem 0;
    color: var(--wa-color-text-quiet);
  }
  code,
  pre,
  .code {
    font-family: var(--wa-font-family-code);
    font-size: 0.8125rem;
  }
  pre {
    padding: 0.875rem 1rem;
    border: 1px solid var(--wa-color-surface-border);
    border-radius: var(--wa-border-radius-m);
    background: var(--app-code);
    line-height: 1.6;
    overflow: auto;
    tab-size: 2;
  }
  pre:focus-visible {
    outline: var(--wa-focus-ring);
    outline-offset: var(--wa-focus-ring-offset);
  }
`;

/** Forms: spacing, and how a refused control looks. */
export const formStyles = css`
  form,
  .fields {
    display: grid;
    gap: 1.125rem;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr));
    gap: 1.125rem 0.875rem;
    align-items: start;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.625rem;
    align-items: center;
  }
  .refused::part(hint) {
    color: var(--wa-color-danger-on-quiet);
    font-weight: 500;
  }
  .refused::part(base),
  .refused::part(combobox),
  .refused::part(tag-input) {
    border-color: var(--wa-color-danger-border-loud);
  }
`;
