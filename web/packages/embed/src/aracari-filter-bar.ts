import type { DashboardFilter, FilterChoices, Filters, FilterValue } from '@aracari/api';
import { defineElement, type Language, languageOf } from '@aracari/charts';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import './aracari-filter.js';

/** Asks the server which values a filter may have, under the viewer's rules and the other filters. */
export type ChoicesOf = (filter: string, search: string) => Promise<FilterChoices>;

/**
 * The filters of a dashboard, in a row.
 *
 * @fires filter-change - `{id, value}`; no value: the filter keeps everything
 */
export class AracariFilterBar extends LitElement {
  @property({ attribute: false }) definitions: readonly DashboardFilter[] = [];
  @property({ attribute: false }) values: Filters = {};
  @property({ attribute: false }) language: Language = languageOf();
  @property({ attribute: false }) choicesOf: ChoicesOf = () => Promise.resolve({});

  protected override render(): TemplateResult {
    const { texts } = this.language;
    const known = this.definitions.filter(({ id }) => this.values[id] !== undefined);
    return html`
      <div class="bar" role="group" aria-label=${texts.filters}>
        ${this.definitions.map(
          (definition) => html`
            <aracari-filter
              .definition=${definition}
              .value=${this.values[definition.id]}
              .language=${this.language}
              .choicesOf=${this.choicesOf}
            ></aracari-filter>
          `,
        )}
        ${
          known.length > 1
            ? html`<button type="button" @click=${() => known.forEach(({ id }) => this.#clear(id))}>
                ${texts.clearAll}
              </button>`
            : nothing
        }
      </div>
    `;
  }

  #clear(id: string): void {
    const detail: { id: string; value: FilterValue | undefined } = { id, value: undefined };
    this.dispatchEvent(new CustomEvent('filter-change', { detail, bubbles: true, composed: true }));
  }

  static override readonly styles = css`
    :host {
      display: block;
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    button {
      padding: 0 8px;
      border: 0;
      border-radius: 6px;
      background: none;
      color: var(--_muted);
      font: inherit;
      font-size: 13px;
      cursor: pointer;
    }
    button:hover {
      color: var(--_text);
    }
    button:focus-visible {
      outline: 2px solid var(--_accent);
    }
    @media print {
      button {
        display: none;
      }
    }
  `;
}

defineElement('aracari-filter-bar', AracariFilterBar);

declare global {
  interface HTMLElementTagNameMap {
    'aracari-filter-bar': AracariFilterBar;
  }
}
