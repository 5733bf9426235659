import { previewTable, type Scalar, type TablePreview } from '@aracari/api';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { countOf } from '../databases/schema-words.js';
import '../parts/app-badge.js';
import '../parts/app-panel.js';
import { nameOfType } from '../settings/attribute-types.js';
import { Submission } from '../submission.js';
import { renderTokenForm, tokenFieldStyles } from '../token-field.js';
import './app-decision.js';

const limit = 50;

/** Tab Preview of a table: its first rows, as the signed-in maker or as the holder of a token sees them, and why. */
@customElement('app-table-preview')
export class AppTablePreview extends LitElement {
  @property({ attribute: false }) tableId = '';
  /** The version that is stored; another one is looked at anew. */
  @property({ attribute: false }) version = 0;
  /** There are changes that are not saved, and so not in the preview. */
  @property({ type: Boolean }) changed = false;
  @state() private preview?: TablePreview & { withToken: boolean };
  readonly #asking = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    tokenFieldStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
      }
      wa-callout {
        margin-block-end: 1.125rem;
      }
      .scroll {
        max-height: 34rem;
        overflow: auto;
        border: 1px solid var(--wa-color-surface-border);
        border-radius: var(--wa-border-radius-m);
      }
      .scroll:focus-visible {
        outline: var(--wa-focus-ring);
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--wa-font-size-s);
        font-variant-numeric: tabular-nums;
      }
      th {
        position: sticky;
        inset-block-start: 0;
        background: var(--app-panel);
        font-weight: 600;
        text-align: start;
      }
      th small {
        display: block;
        color: var(--wa-color-text-quiet);
        font-weight: 400;
      }
      th,
      td {
        padding: 0.45rem 0.75rem;
        border-block-end: 1px solid var(--wa-color-surface-border);
        white-space: nowrap;
      }
      tbody tr:last-child td {
        border-block-end: 0;
      }
      .number {
        text-align: end;
      }
      .null {
        color: var(--wa-color-text-quiet);
      }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('version') || changed.has('tableId')) void this.#ask('');
  }

  override render() {
    return html`<app-panel heading="Preview">
        <span slot="description">
          Paste an embed token to see what its holder sees, and why. Without one you see all rows,
          as you write the rules.
        </span>
        ${
          this.changed
            ? html`<wa-callout variant="warning" size="s">
                <wa-icon slot="icon" name="warning"></wa-icon>
                Your unsaved changes are not in this preview.
              </wa-callout>`
            : nothing
        }
        ${renderTokenForm({
          label: 'Preview with Token',
          verb: 'Show rows',
          asking: this.#asking,
          ask: (token) => void this.#ask(token),
        })}
      </app-panel>
      ${this.preview ? this.#renderPreview(this.preview) : nothing}`;
  }

  #renderPreview({ columns, rows, decision, withToken }: TablePreview & { withToken: boolean }) {
    const whose = withToken ? 'as the token’s holder sees them' : 'as you see them';
    return html`${
        decision && withToken
          ? html`<app-panel heading="Why these rows">
              <app-decision .decision=${decision}></app-decision>
            </app-panel>`
          : nothing
      }
      <app-panel heading="Rows">
        <span slot="description" role="status"
          >${
            rows.length > 0
              ? `The first ${countOf(rows.length, 'row')}, ${whose}.`
              : withToken
                ? 'The holder of this token sees no rows.'
                : 'The table has no rows.'
          }</span
        >
        ${rows.length > 0 ? this.#renderRows({ columns, rows }) : nothing}
      </app-panel>`;
  }

  #renderRows({ columns, rows }: Pick<TablePreview, 'columns' | 'rows'>) {
    const number = columns.map(({ type }) => type === 'integer' || type === 'numeric');
    return html`<div class="scroll" tabindex="0" role="group" aria-label="Rows of the table">
      <table>
        <thead>
          <tr>
            ${columns.map(
              ({ label, name, type, masked }, index) =>
                html`<th scope="col" class=${number[index] ? 'number' : ''} title=${name}>
                  ${label || name}
                  ${masked ? html`<app-badge variant="warning">Masked</app-badge>` : nothing}
                  <small>${nameOfType(type)}</small>
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${row.map(
                  (cell, index) =>
                    html`<td class=${number[index] ? 'number' : ''}>${renderCell(cell)}</td>`,
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  async #ask(token: string): Promise<void> {
    const wishes = token ? { limit, token } : { limit };
    const preview = await this.#asking.run(() => previewTable(this.tableId, wishes));
    // What was shown before belongs to somebody else: a refusal must not stand above it.
    this.preview = preview && { ...preview, withToken: token !== '' };
  }
}

function renderCell(cell: Scalar) {
  return cell === null ? html`<span class="null">NULL</span>` : String(cell);
}
