import { css, svg, html, type TemplateResult } from 'lit';

/** How much of a whole, as a bar; the figures stand beside it. */
export function renderPartBar(part: number, whole: number): TemplateResult {
  // A little must still be seen, and nothing must be seen as nothing.
  const percent = part > 0 && whole > 0 ? Math.max((part / whole) * 100, 0.5) : 0;
  return html`<svg class="part-bar" width="100%" height="10" aria-hidden="true">
    ${svg`<rect class="whole" width="100%" height="10" rx="3"></rect>
    <rect class="part" width="${percent}%" height="10" rx="3"></rect>`}
  </svg>`;
}

export const partBarStyles = css`
  .part-bar {
    display: block;
    margin-block-start: 0.3rem;
  }
  .part-bar .whole {
    fill: var(--wa-color-neutral-fill-normal);
  }
  .part-bar .part {
    fill: var(--wa-color-brand-fill-loud);
  }
`;
