import type { ChartDimension, ChartSpec, Grain, Table } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { changedText } from '../field-text.js';
import { moveWithin, replaceAt } from '../list-changes.js';
import type { ChartProblem } from './chart-checks.js';
import { mostDimensions, newDimension } from './chart-draft.js';
import { chartFormStyles } from './chart-form-styles.js';
import { isNumber, typeOfDimension } from './chart-types.js';
import { labelOfDimension, labelOfMetric } from './chart-words.js';
import { grainsFor } from './grain-words.js';

/**
 * What a chart shows: metrics, and the dimensions that they are grouped by.
 * @fires app-changed - Detail is the spec.
 */
@customElement('app-chart-fields')
export class AppChartFields extends LitElement {
  @property({ attribute: false }) spec!: ChartSpec;
  @property({ attribute: false }) table!: Table;
  @property({ attribute: false }) problems: ChartProblem[] = [];

  static override styles = [
    baseStyles,
    formStyles,
    chartFormStyles,
    css`
      wa-dropdown wa-button {
        justify-self: start;
      }
      wa-dropdown::part(menu) {
        max-height: 20rem;
        overflow: auto;
      }
    `,
  ];

  override render() {
    return html`<section aria-label="Metrics">
        <h2>Metrics</h2>
        <div class="rows">
          ${this.spec.metrics.map((name, index) => this.#renderMetric(name, index))}
        </div>
        ${this.#renderAddMetric()}
      </section>
      <section aria-label="Group by">
        <h2>Group by</h2>
        <div class="rows">
          ${this.spec.dimensions.map((dimension, index) => this.#renderDimension(dimension, index))}
        </div>
        ${this.#renderAddDimension()}
      </section>`;
  }

  #renderMetric(name: string, index: number) {
    const label = labelOfMetric(name, this.table);
    const problem = this.#problemAt(`metrics[${index}]`);
    return html`<div class="row ${problem ? 'gone' : ''}" role="group" aria-label=${label}>
      <div class="head">
        <span>${label}</span>
        ${this.#renderUp(label, index, (to) => this.#tell({ metrics: moveWithin(this.spec.metrics, index, to) }))}
        ${this.#renderRemove(label, () => this.#tell({ metrics: replaceAt(this.spec.metrics, index) }))}
      </div>
      ${problem ? html`<p>${problem.what}</p>` : nothing}
    </div>`;
  }

  #renderDimension(dimension: ChartDimension, index: number) {
    const label = labelOfDimension(dimension.dimension, this.table);
    const problem = this.#problemAt(`dimensions[${index}]`);
    const { dimensions } = this.spec;
    return html`<div
      class="row ${problem?.why === 'gone' ? 'gone' : ''}"
      role="group"
      aria-label=${label}
    >
      <div class="head">
        <span>${label}</span>
        ${this.#renderUp(label, index, (to) => this.#tell({ dimensions: moveWithin(dimensions, index, to) }))}
        ${this.#renderRemove(label, () => this.#tell({ dimensions: replaceAt(dimensions, index) }))}
      </div>
      ${this.#renderCut(dimension, index)} ${problem ? html`<p>${problem.what}</p>` : nothing}
    </div>`;
  }

  /** How finely times and numbers are grouped. */
  #renderCut(dimension: ChartDimension, index: number) {
    const type = typeOfDimension(dimension.dimension, this.table);
    if (type === undefined) return nothing;
    const grains = grainsFor(type);
    if (grains.length > 0)
      return html`<div class="detail">
        <wa-select
          size="s"
          label="Grain"
          .value=${dimension.grain ?? 'none'}
          @change=${(event: Event) => this.#cut(index, changedText(event))}
        >
          ${grains.map(([grain, name]) => html`<wa-option value=${grain}>${name}</wa-option>`)}
          <wa-option value="none">Each value</wa-option>
        </wa-select>
      </div>`;
    if (!isNumber(type)) return nothing;
    return html`<div class="detail">
      <wa-input
        size="s"
        type="number"
        min="0"
        step="any"
        label="Bins of width"
        placeholder="Each value"
        .value=${dimension.binWidth === undefined ? '' : String(dimension.binWidth)}
        @change=${(event: Event) => this.#bin(index, changedText(event))}
      ></wa-input>
    </div>`;
  }

  #renderAddMetric() {
    const free = this.table.metrics.filter(({ name }) => !this.spec.metrics.includes(name));
    if (this.table.metrics.length === 0)
      return html`<p class="small quiet">
        The table has no metrics yet.
        <a href="/tables/${encodeURIComponent(this.table.id)}/structure">Define the first one</a>
      </p>`;
    return this.#renderAdd('Add metric', free, (name) =>
      this.#tell({ metrics: [...this.spec.metrics, name] }),
    );
  }

  #renderAddDimension() {
    const { dimensions } = this.spec;
    const free = this.table.dimensions.filter(
      ({ name }) =>
        typeOfDimension(name, this.table) && !dimensions.some((each) => each.dimension === name),
    );
    if (this.table.dimensions.length === 0)
      return html`<p class="small quiet">
        The table has no dimensions yet.
        <a href="/tables/${encodeURIComponent(this.table.id)}/structure">Define the first one</a>
      </p>`;
    if (dimensions.length >= mostDimensions) return nothing;
    return this.#renderAdd('Add dimension', free, (name) =>
      this.#tell({ dimensions: [...dimensions, newDimension(name, this.table)] }),
    );
  }

  #renderAdd(verb: string, free: { name: string; label: string }[], add: (name: string) => void) {
    if (free.length === 0) return nothing;
    return html`<wa-dropdown
      @wa-select=${(event: CustomEvent<{ item: { value: string } }>) => add(event.detail.item.value)}
    >
      <wa-button slot="trigger" size="s" appearance="plain">
        <wa-icon slot="start" name="plus"></wa-icon>${verb}
      </wa-button>
      ${free.map(({ name, label }) => html`<wa-dropdown-item value=${name}>${label}</wa-dropdown-item>`)}
    </wa-dropdown>`;
  }

  #renderUp(label: string, index: number, move: (to: number) => void) {
    if (index === 0) return nothing;
    return html`<wa-button size="s" appearance="plain" @click=${() => move(index - 1)}>
      <wa-icon name="arrow-up" label="Move ${label} up"></wa-icon>
    </wa-button>`;
  }

  #renderRemove(label: string, remove: () => void) {
    return html`<wa-button size="s" appearance="plain" @click=${remove}>
      <wa-icon name="xmark" label="Remove ${label}"></wa-icon>
    </wa-button>`;
  }

  #problemAt(field: string): ChartProblem | undefined {
    return this.problems.find((each) => each.field === field || each.field.startsWith(`${field}.`));
  }

  #cut(index: number, chosen: string): void {
    const { dimensions } = this.spec;
    const { dimension } = dimensions[index] ?? {};
    if (dimension === undefined) return;
    const cut = chosen === 'none' ? { dimension } : { dimension, grain: chosen as Grain };
    this.#tell({ dimensions: replaceAt(dimensions, index, cut) });
  }

  #bin(index: number, typed: string): void {
    const { dimensions } = this.spec;
    const { dimension } = dimensions[index] ?? {};
    if (dimension === undefined) return;
    const bin = typed === '' ? { dimension } : { dimension, binWidth: Number(typed) };
    this.#tell({ dimensions: replaceAt(dimensions, index, bin) });
  }

  #tell(part: Partial<ChartSpec>): void {
    this.dispatchEvent(new CustomEvent('app-changed', { detail: { ...this.spec, ...part } }));
  }
}
