import type { Dashboard, ScopeItem, Selection } from '@aracari/api';
import { formatValue, type Language } from '@aracari/charts';
import { css, html, nothing, type TemplateResult } from 'lit';
import { crossIcon, lockIcon } from './icons.js';

interface HeaderState {
  language: Language;
  selections: readonly Selection[];
  /** Undoes what was chosen in a chart. */
  remove(chart: string): void;
}

/** Title, the scope that the viewer's token locks, choices in charts, the sandbox mark, and the host's own controls. */
export function renderHeader(dashboard: Dashboard, state: HeaderState): TemplateResult {
  return html`
    <header part="header">
      <div class="titles">
        <h2 part="title">${dashboard.name}</h2>
        ${dashboard.description ? html`<p>${dashboard.description}</p>` : nothing}
      </div>
      <div class="marks">
        ${renderSelections(state)} ${renderMarks(dashboard, state.language)}
        <slot name="actions"></slot>
      </div>
    </header>
  `;
}

/** What the viewer's token decides. */
export function renderMarks(
  { scope, environment }: Dashboard,
  { texts }: Language,
): TemplateResult {
  return html`
    ${scope.map((item) => renderChip(item, texts.scopeHint))}
    ${
      environment === 'sandbox'
        ? html`<span class="mark" part="sandbox" title=${texts.sandboxHint}>${texts.sandbox}</span>`
        : nothing
    }
  `;
}

/** One chip for each chart in which something is chosen. */
function renderSelections({ selections, language, remove }: HeaderState): TemplateResult[] {
  const charts = [...new Set(selections.map(({ chart }) => chart))];
  return charts.map((chart) => {
    const own = selections.filter((one) => one.chart === chart);
    const text = own.flatMap((one) => one.values.map((value) => nameOf(one, value, language)));
    const label = text.join(' · ');
    const hint = language.texts.remove(label);
    return html`
      <span class="chip selection" part="selection">
        <span class="values">${label}</span>
        <button type="button" title=${hint} aria-label=${hint} @click=${() => remove(chart)}>
          ${crossIcon}
        </button>
      </span>
    `;
  });
}

function nameOf(
  { dimension, grain }: Selection,
  value: Selection['values'][number],
  language: Language,
): string {
  const column = { name: dimension, label: dimension, role: 'dimension', type: 'string' } as const;
  return formatValue({ ...column, ...(grain ? { grain } : {}), values: [] }, value, language);
}

function renderChip(
  { attribute, values }: ScopeItem,
  hint: Language['texts']['scopeHint'],
): TemplateResult {
  const text = values.map(String).join(', ');
  return html`
    <span class="chip" part="chip" title=${hint(attribute, text)}>
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
    margin-inline: -2px 5px;
    color: var(--_muted);
  }
  .attribute {
    margin-inline-end: 4px;
    color: var(--_muted);
  }
  .values {
    max-width: 240px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .selection {
    padding-inline-end: 4px;
    border-color: var(--_accent);
  }
  .selection button {
    display: grid;
    place-items: center;
    width: 20px;
    height: 20px;
    margin-inline-start: 4px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--_muted);
    cursor: pointer;
  }
  .selection button:hover {
    background: var(--_hover);
    color: var(--_text);
  }
  .selection button:focus-visible {
    outline: 2px solid var(--_accent);
  }
  .selection svg {
    width: 10px;
    height: 10px;
    margin: 0;
  }
  .mark {
    border-color: var(--_warn-border);
    background: var(--_warn-surface);
    color: var(--_warn);
  }
`;
