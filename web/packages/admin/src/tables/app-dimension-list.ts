import type { Dimension, TableColumn, TableProblem } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { changedText } from '../field-text.js';
import '../parts/app-panel.js';
import { problemAt } from '../rules/problems-at.js';

/**
 * The dimensions of a table: the columns that charts may group by, and how they are called there.
 * @fires app-changed - Detail is the list.
 */
@customElement('app-dimension-list')
export class AppDimensionList extends LitElement {
  @property({ attribute: false }) dimensions: Dimension[] = [];
  @property({ attribute: false }) columns: TableColumn[] = [];
  @property({ attribute: false }) problems: TableProblem[] = [];

  static override styles = [
    baseStyles,
    formStyles,
    css`
      li {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr)) auto;
        gap: 0.5rem;
        align-items: start;
        padding-block: 0.35rem;
      }
      li + li wa-input::part(form-control-label),
      li + li wa-select::part(form-control-label) {
        position: absolute;
        clip-path: inset(50%);
      }
      li wa-button {
        align-self: end;
      }
      @media (max-width: 760px) {
        li {
          grid-template-columns: minmax(0, 1fr);
          padding-block: 0.75rem;
          border-block-end: 1px solid var(--wa-color-surface-border);
        }
        li wa-button {
          justify-self: start;
        }
      }
    `,
  ];

  override render() {
    return html`<app-panel heading="Dimensions">
      <span slot="description">What charts may group and filter by.</span>
      <wa-button slot="action" appearance="outlined" @click=${this.#add}>
        <wa-icon slot="start" name="plus"></wa-icon>Add dimension
      </wa-button>
      ${
        this.dimensions.length > 0
          ? html`<ul>
              ${this.dimensions.map((dimension, index) => this.#renderRow(dimension, index))}
            </ul>`
          : html`<p class="quiet">No dimensions yet.</p>`
      }
    </app-panel>`;
  }

  #renderRow(dimension: Dimension, index: number) {
    const refused = (part: string) => problemAt(this.problems, `dimensions[${index}].${part}`);
    const text = (part: 'label' | 'name', label: string) =>
      html`<wa-input
        size="s"
        label=${label}
        autocomplete="off"
        .value=${dimension[part]}
        class=${refused(part) ? 'refused' : ''}
        hint=${refused(part) ?? ''}
        @change=${(event: Event) => this.#replace(index, [{ ...dimension, [part]: changedText(event).trim() }])}
      ></wa-input>`;
    const names = this.columns.map(({ name }) => name);
    const shown = names.includes(dimension.column) ? names : [dimension.column, ...names];
    return html`<li>
      ${text('label', 'Display name')} ${text('name', 'Name')}
      ${keyed(
        shown.join('\n'),
        html`<wa-select
          size="s"
          label="Column"
          .value=${dimension.column}
          class=${refused('column') ? 'refused' : ''}
          hint=${refused('column') ?? ''}
          @change=${(event: Event) => this.#replace(index, [{ ...dimension, column: changedText(event) }])}
        >
          ${shown.map((name) => html`<wa-option value=${name}>${name}</wa-option>`)}
        </wa-select>`,
      )}
      <wa-button
        size="s"
        appearance="outlined"
        title="Remove ${dimension.label}"
        @click=${() => this.#replace(index, [])}
        >Remove</wa-button
      >
    </li>`;
  }

  #add(): void {
    const used = new Set(this.dimensions.map(({ column }) => column));
    const free = this.columns.find(({ name, gone }) => !gone && !used.has(name)) ?? this.columns[0];
    if (!free) return;
    const added = { name: free.name, label: free.label ?? free.name, column: free.name };
    this.#tell([...this.dimensions, added]);
  }

  #replace(index: number, next: Dimension[]): void {
    const { dimensions } = this;
    this.#tell([...dimensions.slice(0, index), ...next, ...dimensions.slice(index + 1)]);
  }

  #tell(dimensions: Dimension[]): void {
    this.dispatchEvent(new CustomEvent('app-changed', { detail: dimensions }));
  }
}
