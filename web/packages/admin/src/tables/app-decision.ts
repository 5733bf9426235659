import type { BoundCondition, Scalar } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { definitionStyles, renderItem } from '../definition-list.js';
import { partBarStyles, renderPartBar } from '../part-bar.js';
import { readBound } from '../rules/rule-sentence.js';
import './app-sql.js';

/** What was decided about one table for one viewer. */
export interface Decision {
  rowsBefore: number;
  rowsAfter: number;
  conditions: BoundCondition[];
  hiddenColumns: string[];
  maskedColumns: string[];
  /** With its arguments, where the decision stands for itself. */
  sql?: string;
  arguments?: Scalar[];
}

const whole = new Intl.NumberFormat('en');
const share = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** Rows before and after the rules, each condition with its rule and attribute, and what is hidden or masked. */
@customElement('app-decision')
export class AppDecision extends LitElement {
  @property({ attribute: false }) decision!: Decision;

  static override styles = [
    baseStyles,
    definitionStyles,
    partBarStyles,
    css`
      .decision {
        display: grid;
        gap: 0.875rem;
      }
      .figures {
        font-size: var(--wa-font-size-s);
        font-variant-numeric: tabular-nums;
      }
      li + li {
        margin-block-start: 0.3rem;
      }
    `,
  ];

  override render() {
    const { conditions, hiddenColumns, maskedColumns, sql } = this.decision;
    return html`<div class="decision">
      ${this.#renderRows()}
      <dl>
        ${renderItem(
          'Conditions',
          conditions.length > 0
            ? html`<ul>
                ${conditions.map(
                  (bound) =>
                    html`<li>
                      ${readBound(bound)} <span class="quiet">(rule “${bound.rule}”)</span>
                    </li>`,
                )}
              </ul>`
            : 'None: all rows',
        )}
        ${renderItem('Hidden columns', renderNames(hiddenColumns))}
        ${renderItem('Masked columns', renderNames(maskedColumns))}
      </dl>
      ${sql ? html`<app-sql .sql=${sql} .values=${this.decision.arguments ?? []}></app-sql>` : nothing}
    </div>`;
  }

  #renderRows() {
    const { rowsBefore, rowsAfter } = this.decision;
    const part = rowsBefore > 0 ? rowsAfter / rowsBefore : 0;
    const figures = `${whole.format(rowsBefore)} rows → ${whole.format(rowsAfter)} (${share.format(part)})`;
    return html`<div>
      <p class="figures">${figures}</p>
      ${renderPartBar(rowsAfter, rowsBefore)}
    </div>`;
  }
}

function renderNames(names: string[]) {
  if (names.length === 0) return 'None';
  return html`<span class="line"
    >${names.map((name) => html`<span class="value">${name}</span>`)}</span
  >`;
}
