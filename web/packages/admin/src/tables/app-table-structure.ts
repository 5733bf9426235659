import type { Dimension, Metric, TableColumn, TableDefinition, TableProblem } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { changedText } from '../field-text.js';
import '../parts/app-badge.js';
import '../parts/app-panel.js';
import { problemAt, problemWithin } from '../rules/problems-at.js';
import { nameOfType } from '../settings/attribute-types.js';
import { tableStyles } from '../table-styles.js';
import './app-dimension-list.js';
import './app-metric-list.js';

/**
 * Tab Structure of a table: how it and its columns are called, and the metrics and dimensions that charts ask for.
 * @fires app-changed - Detail is what has changed of the draft.
 */
@customElement('app-table-structure')
export class AppTableStructure extends LitElement {
  @property({ attribute: false }) draft!: TableDefinition;
  @property({ attribute: false }) problems: TableProblem[] = [];

  static override styles = [
    baseStyles,
    formStyles,
    tableStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
      }
      .columns td {
        padding-block: 0.35rem;
      }
      .columns wa-input::part(form-control-label) {
        position: absolute;
        clip-path: inset(50%);
      }
      .columns td.name {
        font-family: var(--wa-font-family-code);
        font-size: 0.8125rem;
      }
      .refusal {
        display: block;
        color: var(--wa-color-danger-on-quiet);
      }
      wa-textarea.sql::part(textarea) {
        font-family: var(--wa-font-family-code);
        font-size: 0.8125rem;
      }
      .columns td:last-child,
      .columns th:last-child {
        text-align: start;
      }
      @media (max-width: 760px) {
        .columns td[data-label] {
          display: grid;
          grid-template-columns: 7rem minmax(0, 1fr);
          text-align: start;
        }
      }
    `,
  ];

  override render() {
    return html`${this.#renderTable()} ${this.#renderColumns()}
      <app-metric-list
        .metrics=${this.draft.metrics}
        .columns=${this.draft.columns}
        .problems=${this.problems}
        @app-changed=${(event: CustomEvent<Metric[]>) => this.#tell({ metrics: event.detail })}
      ></app-metric-list>
      <app-dimension-list
        .dimensions=${this.draft.dimensions}
        .columns=${this.draft.columns}
        .problems=${this.problems}
        @app-changed=${(event: CustomEvent<Dimension[]>) => this.#tell({ dimensions: event.detail })}
      ></app-dimension-list>`;
  }

  #renderTable() {
    const { label, description, statement } = this.draft;
    const refused = problemAt(this.problems, 'statement');
    return html`<app-panel heading="Table">
      <div class="fields">
        <wa-input
          label="Display name"
          autocomplete="off"
          maxlength="200"
          .value=${label}
          class=${problemAt(this.problems, 'label') ? 'refused' : ''}
          hint=${problemAt(this.problems, 'label') ?? ''}
          @change=${(event: Event) => this.#tell({ label: changedText(event) })}
        ></wa-input>
        <wa-textarea
          label="Description"
          rows="2"
          resize="auto"
          maxlength="2000"
          .value=${description}
          class=${problemAt(this.problems, 'description') ? 'refused' : ''}
          hint=${problemAt(this.problems, 'description') ?? ''}
          @change=${(event: Event) => this.#tell({ description: changedText(event) })}
        ></wa-textarea>
        ${
          statement === undefined
            ? nothing
            : html`<wa-textarea
                class="sql ${refused ? 'refused' : ''}"
                label="SELECT statement"
                rows="6"
                resize="vertical"
                spellcheck="false"
                .value=${statement}
                hint=${refused ?? 'One read-only SELECT over tables of the same database.'}
                @change=${(event: Event) => this.#tell({ statement: changedText(event) })}
              ></wa-textarea>`
        }
      </div>
    </app-panel>`;
  }

  #renderColumns() {
    return html`<app-panel heading="Columns">
      <span slot="description"
        >Types are the database's. Who sees a column is said under Access rules.</span
      >
      <table role="table" class="columns">
        <thead role="rowgroup">
          <tr role="row">
            ${['Column', 'Type', 'Display name', 'Description'].map(
              (column) => html`<th role="columnheader" scope="col">${column}</th>`,
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${this.draft.columns.map((column, index) => this.#renderColumn(column, index))}
        </tbody>
      </table>
    </app-panel>`;
  }

  #renderColumn(column: TableColumn, index: number) {
    const refused = problemWithin(this.problems, `columns[${index}]`);
    const { name, type, gone, label = '', description = '' } = column;
    return html`<tr role="row">
      <td role="cell" class="name">
        ${name} ${gone ? html`<app-badge variant="danger">Gone</app-badge>` : nothing}
        ${refused ? html`<small class="refusal">${refused}</small>` : nothing}
      </td>
      <td role="cell" data-label="Type">${nameOfType(type)}</td>
      <td role="cell" data-label="Display name">
        <wa-input
          size="s"
          label="Display name of ${name}"
          placeholder=${name}
          autocomplete="off"
          maxlength="200"
          .value=${label}
          @change=${(event: Event) => this.#changeColumn(index, 'label', changedText(event))}
        ></wa-input>
      </td>
      <td role="cell" data-label="Description">
        <wa-input
          size="s"
          label="Description of ${name}"
          autocomplete="off"
          maxlength="2000"
          .value=${description}
          @change=${(event: Event) => this.#changeColumn(index, 'description', changedText(event))}
        ></wa-input>
      </td>
    </tr>`;
  }

  #changeColumn(index: number, part: 'label' | 'description', text: string): void {
    const columns = this.draft.columns.map((column, at) => {
      if (at !== index) return column;
      const { [part]: _, ...rest } = column;
      return text.trim() ? { ...column, [part]: text.trim() } : (rest as TableColumn);
    });
    this.#tell({ columns });
  }

  #tell(changed: Partial<TableDefinition>): void {
    this.dispatchEvent(new CustomEvent('app-changed', { detail: changed }));
  }
}
