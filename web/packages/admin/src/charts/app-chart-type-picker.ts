import type { ChartSpec, ChartType, Table } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { chartTypes, shapeOf } from './chart-types.js';

/**
 * Chooses the picture of a chart, by its picture. Only those that fit can be chosen; the others say what they need.
 * @fires app-changed - Detail is the type.
 */
@customElement('app-chart-type-picker')
export class AppChartTypePicker extends LitElement {
  @property({ attribute: false }) spec!: ChartSpec;
  @property({ attribute: false }) table!: Table;

  static override styles = [
    baseStyles,
    css`
      .types {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem;
      }
      button {
        display: grid;
        justify-items: center;
        gap: 0.15rem;
        width: 4.6rem;
        padding: 0.5rem 0.15rem 0.4rem;
        border: 1px solid transparent;
        border-radius: var(--wa-border-radius-m);
        background: none;
        color: var(--wa-color-text-quiet);
        font: inherit;
        font-size: 0.75rem;
        cursor: pointer;
      }
      button wa-icon {
        font-size: 1.35rem;
      }
      button:hover:not([aria-disabled]) {
        background: var(--wa-color-neutral-fill-quiet);
        color: var(--wa-color-text-normal);
      }
      button:focus-visible {
        outline: var(--wa-focus-ring);
        outline-offset: -2px;
      }
      button[aria-checked='true'] {
        border-color: var(--wa-color-brand-border-loud);
        background: var(--wa-color-brand-fill-quiet);
        color: var(--wa-color-brand-on-normal);
        font-weight: 600;
      }
      button[aria-disabled] {
        cursor: not-allowed;
      }
      button[aria-disabled] wa-icon {
        opacity: 0.4;
      }
      @media (max-width: 760px) {
        .types {
          flex-wrap: nowrap;
          overflow-x: auto;
          scrollbar-width: thin;
        }
        button {
          flex: none;
        }
      }
    `,
  ];

  override render() {
    const shape = shapeOf(this.spec, this.table);
    return html`<div class="types" role="radiogroup" aria-label="Chart type" @keydown=${this.#move}>
      ${chartTypes.map(({ type, name, fits, needs }) => {
        const fitting = fits(shape);
        const chosen = this.spec.type === type;
        return html`<button
          type="button"
          role="radio"
          aria-checked=${chosen}
          aria-disabled=${fitting ? nothing : 'true'}
          tabindex=${chosen ? 0 : -1}
          title=${fitting ? name : `${name}: needs ${needs}`}
          data-type=${type}
          @click=${() => fitting && this.#choose(type)}
        >
          <wa-icon name="chart-${type}"></wa-icon>${name}
        </button>`;
      })}
    </div>`;
  }

  /** As radio buttons do: arrows choose among those that fit. */
  #move(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const shape = shapeOf(this.spec, this.table);
    const fitting = chartTypes.filter(({ fits }) => fits(shape)).map(({ type }) => type);
    const at = fitting.indexOf(this.spec.type);
    const next = fitting[(at + step + fitting.length) % fitting.length];
    if (next) this.#choose(next);
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`[data-type=${next}]`)?.focus(),
    );
  }

  #choose(type: ChartType): void {
    this.dispatchEvent(new CustomEvent('app-changed', { detail: type }));
  }
}
