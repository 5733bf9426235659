import { css, html, type TemplateResult } from 'lit';

/** Lists of terms and what they are, one pair a line. */
export const definitionStyles = css`
  dl {
    display: grid;
    grid-template-columns: minmax(6.5rem, max-content) minmax(0, 1fr);
    font-size: var(--wa-font-size-s);
  }
  dt,
  dd {
    padding-block: 0.4rem;
    border-block-end: 1px solid var(--wa-color-surface-border);
  }
  dt {
    padding-inline-end: 1.5rem;
    color: var(--wa-color-text-quiet);
  }
  dt:last-of-type,
  dd:last-of-type {
    border: 0;
  }
  dd {
    overflow-wrap: anywhere;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.4rem;
    align-items: baseline;
  }
  .line + .line {
    margin-block-start: 0.3rem;
  }
  .value {
    padding: 0.05rem 0.4rem;
    border-radius: var(--wa-border-radius-s);
    background: var(--wa-color-neutral-fill-quiet);
    font-family: var(--wa-font-family-code);
    font-size: 0.8125rem;
  }
`;

export function renderItem(term: string, content: unknown): TemplateResult {
  return html`<dt>${term}</dt>
    <dd>${content}</dd>`;
}
