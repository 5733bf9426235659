import type { Chart } from '@aracari/api';
import { css, html, type TemplateResult } from 'lit';

/** The shape of what will come, in grey. */
export function renderSkeleton(chart: Chart | undefined): TemplateResult {
  const shape = chart ? shapeOf(chart) : 'columns';
  const count = shape === 'number' ? 1 : shape === 'columns' ? 9 : 10;
  const bones = Array.from({ length: count }, () => html`<i></i>`);
  return html`<div class="skeleton ${shape}" aria-hidden="true">${bones}</div>`;
}

function shapeOf({ type, orientation, options }: Chart): 'columns' | 'rows' | 'number' {
  if (type === 'value' || type === 'gauge') return 'number';
  const lying = options?.horizontal === true || orientation === 'horizontal';
  return type === 'table' || type === 'funnel' || lying ? 'rows' : 'columns';
}

export const skeletonStyles = css`
  .skeleton {
    display: flex;
    flex: 1;
    gap: 12px;
    min-height: 0;
    overflow: hidden;
    animation: breathe 1.6s ease-in-out infinite;
  }
  .skeleton i {
    flex: 1;
    border-radius: 4px;
    background: var(--_hover);
  }
  .columns {
    align-items: flex-end;
  }
  .columns i {
    height: 45%;
  }
  .columns i:nth-child(3n + 2) {
    height: 70%;
  }
  .columns i:nth-child(4n + 3) {
    height: 88%;
  }
  .columns i:nth-child(5n) {
    height: 58%;
  }
  .rows {
    flex-direction: column;
  }
  .rows i {
    max-height: 16px;
    width: 92%;
  }
  .rows i:nth-child(2n) {
    width: 74%;
  }
  .rows i:nth-child(3n) {
    width: 60%;
  }
  .number {
    align-items: center;
  }
  .number i {
    flex: none;
    width: 46%;
    height: 32px;
  }
  @keyframes breathe {
    50% {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      animation: none;
    }
  }
`;
