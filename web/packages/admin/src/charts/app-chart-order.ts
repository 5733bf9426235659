import type { ChartSpec, Table } from '@aracari/api';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { changedText } from '../field-text.js';
import { mayHaveTop } from './chart-draft.js';
import { chartFormStyles } from './chart-form-styles.js';
import { labelOfDimension, labelOfMetric } from './chart-words.js';

/**
 * In which order a chart shows its rows, and how many.
 * @fires app-changed - Detail is the spec.
 */
@customElement('app-chart-order')
export class AppChartOrder extends LitElement {
  @property({ attribute: false }) spec!: ChartSpec;
  @property({ attribute: false }) table!: Table;

  static override styles = [baseStyles, formStyles, chartFormStyles];

  override render() {
    return html`<section aria-label="Order and limit">
      <h2>Order and limit</h2>
      <div class="detail">${this.#renderSort()}</div>
      ${mayHaveTop(this.spec) ? this.#renderTop() : nothing}
      <wa-input
        size="s"
        type="number"
        min="1"
        max="100000"
        label="Row limit"
        placeholder="As many as there are"
        .value=${String(this.spec.limitRows ?? '')}
        @change=${(event: Event) => this.#limit(changedText(event))}
      ></wa-input>
    </section>`;
  }

  #renderSort() {
    const { metrics, dimensions, sort } = this.spec;
    const choices = [
      ...dimensions.map(({ dimension }) => [dimension, labelOfDimension(dimension, this.table)]),
      ...metrics.map((name) => [name, labelOfMetric(name, this.table)]),
    ] as [string, string][];
    return html`${keyed(
      choices.join('\n'),
      html`<wa-select
        size="s"
        label="Order by"
        .value=${sort ? `by ${sort.by}` : 'itself'}
        @change=${(event: Event) => this.#sortBy(changedText(event))}
      >
        <wa-option value="itself">Automatic</wa-option>
        ${choices.map(([name, label]) => html`<wa-option value="by ${name}">${label}</wa-option>`)}
      </wa-select>`,
    )}
    ${
      sort
        ? html`<wa-select
            size="s"
            label="Direction"
            .value=${sort.descending ? 'down' : 'up'}
            @change=${(event: Event) => this.#tell({ sort: { ...sort, descending: changedText(event) === 'down' } })}
          >
            <wa-option value="down">Largest first</wa-option>
            <wa-option value="up">Smallest first</wa-option>
          </wa-select>`
        : nothing
    }`;
  }

  /** The others are one more row, or are left out. */
  #renderTop() {
    const { top } = this.spec;
    return html`<wa-checkbox
        .checked=${Boolean(top)}
        @change=${() => this.#tell({ top: top ? undefined : { count: 10, other: true } })}
        >Only the largest</wa-checkbox
      >
      ${
        top
          ? html`<div class="detail">
              <wa-input
                size="s"
                type="number"
                min="1"
                max="1000"
                label="How many"
                .value=${String(top.count)}
                @change=${(event: Event) => this.#tell({ top: { ...top, count: wholeFrom(changedText(event), 10, 1000) } })}
              ></wa-input>
              <wa-select
                size="s"
                label="The others"
                .value=${top.other ? 'together' : 'out'}
                @change=${(event: Event) => this.#tell({ top: { ...top, other: changedText(event) === 'together' } })}
              >
                <wa-option value="together">Together as “Other”</wa-option>
                <wa-option value="out">Left out</wa-option>
              </wa-select>
            </div>`
          : nothing
      }`;
  }

  #sortBy(chosen: string): void {
    const by = chosen.replace(/^by /, '');
    const descending = this.spec.metrics.includes(by);
    this.#tell({ sort: chosen === 'itself' ? undefined : { by, descending } });
  }

  #limit(typed: string): void {
    this.#tell({ limitRows: typed === '' ? undefined : wholeFrom(typed, 1000, 100_000) });
  }

  #tell(part: { [K in keyof ChartSpec]?: ChartSpec[K] | undefined }): void {
    const detail = Object.fromEntries(
      Object.entries({ ...this.spec, ...part }).filter(([, value]) => value !== undefined),
    );
    this.dispatchEvent(new CustomEvent('app-changed', { detail }));
  }
}

/** A whole number of 1 to `most`; `otherwise` for what is none. */
function wholeFrom(typed: string, otherwise: number, most: number): number {
  const number = Math.trunc(Number(typed));
  return number >= 1 ? Math.min(most, number) : otherwise;
}
