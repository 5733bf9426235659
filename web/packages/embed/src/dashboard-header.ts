import type { Dashboard, ScopeItem } from '@aracari/api';
import { css, html, nothing, type TemplateResult } from 'lit';
import { lockIcon } from './icons.js';

/** Title, the scope that the viewer's token locks, the sandbox mark, and room for the host's own controls. */
export function renderHeader(dashboard: Dashboard): TemplateResult {
  const sandbox = dashboard.environment === 'sandbox';
  return html`
    <header part="header">
      <div class="titles">
        <h2 part="title">${dashboard.name}</h2>
        ${dashboard.description ? html`<p>${dashboard.description}</p>` : nothing}
      </div>
      <div class="marks">
        ${dashboard.scope.map(renderChip)}
        ${
          sandbox
            ? html`<span
                class="mark"
                part="sandbox"
                title="Shown with a sandbox token, for tests only"
                >Sandbox</span
              >`
            : nothing
        }
        <slot name="actions"></slot>
      </div>
    </header>
  `;
}

function renderChip({ attribute, values }: ScopeItem): TemplateResult {
  const text = values.map(String).join(', ');
  const title = `You see only rows where ${attribute} is ${text}`;
  return html`
    <span class="chip" part="chip" title=${title}>
      ${lockIcon}<span class="attribute">${attribute}:</span><span class="values">${text}</span>
    </span>
  `;
}

export const headerStyles = css`
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
    margin-bottom: 16px;
  }
  .titles {
    min-width: 0;
  }
  header h2 {
    margin: 0;
    font-size: 20px;
    font-weight: 600;
    letter-spacing: -0.015em;
    line-height: 28px;
    overflow-wrap: anywhere;
  }
  header p {
    margin: 0;
    color: var(--_muted);
    font-size: 13px;
    line-height: 20px;
  }
  .marks {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    min-width: 0;
  }
  .chip,
  .mark {
    display: inline-flex;
    align-items: center;
    box-sizing: border-box;
    max-width: 100%;
    height: 26px;
    padding: 0 10px;
    border: 1px solid var(--_border);
    border-radius: 13px;
    background: var(--_surface);
    font-size: 12px;
    font-weight: 500;
    white-space: nowrap;
  }
  .chip svg {
    flex: none;
    width: 13px;
    height: 13px;
    margin: 0 5px 0 -2px;
    color: var(--_muted);
  }
  .attribute {
    margin-right: 4px;
    color: var(--_muted);
  }
  .values {
    max-width: 240px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .mark {
    border-color: var(--_warn-border);
    background: var(--_warn-surface);
    color: var(--_warn);
  }
`;
