import type { ColumnType, FileColumn, FileDescription } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { changedText } from '../field-text.js';
import { nameOfType } from '../settings/attribute-types.js';
import { tableStyles } from '../table-styles.js';
import {
  type ColumnChoices,
  noChoices,
  placeOf,
  typeOf,
  withToggled,
  withType,
} from './import-choices.js';

/**
 * The columns of a file with some of their values: which come in, and as what.
 * @fires app-changed - Detail is the choices after the change.
 */
@customElement('app-file-columns')
export class AppFileColumns extends LitElement {
  @property({ attribute: false }) description!: FileDescription;
  @property({ attribute: false }) choices: ColumnChoices = noChoices;
  @property({ attribute: false }) refused: (field: string) => string | undefined = () => undefined;

  static override styles = [
    baseStyles,
    formStyles,
    tableStyles,
    css`
      td:last-child,
      th:last-child {
        text-align: start;
      }
      td {
        vertical-align: top;
      }
      td.name {
        min-width: 11rem;
      }
      td.name small {
        display: block;
        color: var(--wa-color-text-quiet);
        font-weight: 400;
      }
      .out td:not(.name) {
        opacity: 0.5;
      }
      wa-select {
        min-width: 9rem;
      }
      wa-select::part(form-control-label) {
        position: absolute;
        clip-path: inset(50%);
      }
      .samples {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem;
      }
      .samples span {
        max-width: 14rem;
        padding: 0.05rem 0.4rem;
        overflow: hidden;
        border-radius: var(--wa-border-radius-s);
        background: var(--wa-color-neutral-fill-quiet);
        text-overflow: ellipsis;
        white-space: pre;
      }
      @media (max-width: 760px) {
        td[data-label='Values'] {
          align-items: flex-start;
        }
        .samples {
          justify-content: flex-end;
          min-width: 0;
        }
      }
    `,
  ];

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.refused')?.focus();
  }

  override render() {
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${['Column', 'Type', 'Values'].map(
            (title) => html`<th role="columnheader" scope="col">${title}</th>`,
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${this.description.columns.map((column) => this.#renderRow(column))}
      </tbody>
    </table>`;
  }

  #renderRow(column: FileColumn) {
    const { name, original, samples } = column;
    const out = this.choices.leftOut.has(name);
    return html`<tr role="row" class=${out ? 'out' : ''}>
      <td role="cell" class="name">
        <wa-checkbox .checked=${!out} @change=${() => this.#tell(withToggled(this.choices, name))}
          >${name}</wa-checkbox
        >
        ${original && original !== name ? html`<small>“${original}” in the file</small>` : nothing}
      </td>
      <td role="cell" data-label="Type">${this.#renderType(column, out)}</td>
      <td role="cell" data-label="Values">
        <div class="samples code">${samples.map((sample) => html`<span>${sample}</span>`)}</div>
      </td>
    </tr>`;
  }

  #renderType(column: FileColumn, out: boolean) {
    const { name, offers } = column;
    const type = typeOf(column, this.choices);
    const place = placeOf(this.description, this.choices, name);
    const refused = place && this.refused(place);
    if (offers.length < 2 && !refused) return nameOfType(type);
    return html`<wa-select
      class=${refused ? 'refused' : ''}
      size="s"
      label="Type of ${name}"
      .value=${type}
      hint=${refused ?? ''}
      ?disabled=${out}
      @change=${(event: Event) => this.#tell(withType(this.choices, name, changedText(event) as ColumnType))}
    >
      ${offers.map((offer) => html`<wa-option value=${offer}>${nameOfType(offer)}</wa-option>`)}
    </wa-select>`;
  }

  #tell(choices: ColumnChoices): void {
    this.dispatchEvent(new CustomEvent('app-changed', { detail: choices }));
  }
}
