import type { Tab } from '@aracari/api';
import { css, html, type TemplateResult } from 'lit';

interface Choosing {
  label: string;
  choose(tab: string): void;
  /** What the chosen tab shows. */
  content: TemplateResult;
}

/** The tabs of a dashboard: arrow keys go from one to the next, as the ARIA practices have it. */
export function renderTabs(
  tabs: readonly Tab[],
  shown: Tab | undefined,
  { label, choose, content }: Choosing,
): TemplateResult {
  const move = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
    const step = steps[event.key];
    if (step === undefined || !shown) return;
    event.preventDefault();
    const list = event.currentTarget as HTMLElement;
    const turn = getComputedStyle(list).direction === 'rtl' ? -step : step;
    const next = (tabs.indexOf(shown) + turn + tabs.length) % tabs.length;
    const tab = tabs[next];
    if (!tab) return;
    choose(tab.id);
    list.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return html`
    <div class="tabs" part="tabs" role="tablist" aria-label=${label} @keydown=${move}>
      ${tabs.map(
        (tab) => html`
          <button
            type="button"
            role="tab"
            part="tab"
            id=${`tab-${tabs.indexOf(tab)}`}
            aria-selected=${tab === shown}
            aria-controls="panel"
            tabindex=${tab === shown ? 0 : -1}
            @click=${() => choose(tab.id)}
          >
            ${tab.label}
          </button>
        `,
      )}
    </div>
    <div id="panel" role="tabpanel" aria-labelledby=${`tab-${shown ? tabs.indexOf(shown) : 0}`}>
      ${content}
    </div>
  `;
}

export const tabStyles = css`
  .tabs {
    display: flex;
    gap: 4px;
    margin-bottom: 16px;
    overflow-x: auto;
    border-bottom: 1px solid var(--_border);
    scrollbar-width: none;
  }
  .tabs button {
    flex: none;
    margin-bottom: -1px;
    padding: 8px 12px;
    border: 0;
    border-bottom: 2px solid transparent;
    border-radius: 6px 6px 0 0;
    background: none;
    color: var(--_muted);
    font: inherit;
    font-size: 13px;
    font-weight: 500;
    cursor: pointer;
  }
  .tabs button:hover {
    color: var(--_text);
  }
  .tabs button[aria-selected='true'] {
    border-bottom-color: var(--_accent);
    color: var(--_text);
  }
  .tabs button:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
`;
