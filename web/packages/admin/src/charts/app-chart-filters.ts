import type { ChartFilter, ChartSpec, DatePreset, FilterKind, Table } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { changedText } from '../field-text.js';
import './app-value-choice.js';
import type { ChartProblem } from './chart-checks.js';
import { withFilter, withoutUndefined } from './chart-draft.js';
import { chartFormStyles } from './chart-form-styles.js';
import { typeOfDimension } from './chart-types.js';
import { labelOfDimension } from './chart-words.js';
import { datePresets, filterKinds, kindOf, kindsFor, newFilter } from './filter-words.js';

/**
 * Which rows a chart keeps, whatever its viewers choose.
 * @fires app-changed - Detail is the spec.
 */
@customElement('app-chart-filters')
export class AppChartFilters extends LitElement {
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
    `,
  ];

  override render() {
    const { filters = [] } = this.spec;
    const free = this.table.dimensions.filter(({ name }) => typeOfDimension(name, this.table));
    return html`<section aria-label="Filters">
      <h2>Filters</h2>
      <div class="rows">${filters.map((filter, index) => this.#renderFilter(filter, index))}</div>
      ${
        free.length === 0
          ? nothing
          : html`<wa-dropdown
              @wa-select=${(event: CustomEvent<{ item: { value: string } }>) => this.#add(event.detail.item.value)}
            >
              <wa-button slot="trigger" size="s" appearance="plain">
                <wa-icon slot="start" name="plus"></wa-icon>Add filter
              </wa-button>
              ${free.map(({ name, label }) => html`<wa-dropdown-item value=${name}>${label}</wa-dropdown-item>`)}
            </wa-dropdown>`
      }
    </section>`;
  }

  #renderFilter(filter: ChartFilter, index: number) {
    const label = labelOfDimension(filter.dimension, this.table);
    const problem = this.problems.find(({ field }) => field === `filters[${index}]`);
    const type = typeOfDimension(filter.dimension, this.table);
    return html`<div
      class="row ${problem?.why === 'gone' ? 'gone' : ''}"
      role="group"
      aria-label="Filter of ${label}"
    >
      <div class="head">
        <span>${label}</span>
        <wa-button size="s" appearance="plain" @click=${() => this.#tell(index, undefined)}>
          <wa-icon name="xmark" label="Remove the filter of ${label}"></wa-icon>
        </wa-button>
      </div>
      ${
        type === undefined
          ? nothing
          : html`<div class="detail">
              ${this.#renderKind(filter, index)} ${this.#renderValue(filter, index)}
            </div>`
      }
      ${problem?.why === 'gone' ? html`<p>${problem.what}</p>` : nothing}
    </div>`;
  }

  #renderKind(filter: ChartFilter, index: number) {
    const type = typeOfDimension(filter.dimension, this.table) ?? 'string';
    const kinds = kindsFor(type);
    if (kinds.length < 2) return nothing;
    return html`<wa-select
      size="s"
      label="Kind"
      .value=${kindOf(filter, type)}
      @change=${(event: Event) => this.#tell(index, newFilter(filter.dimension, changedText(event) as FilterKind))}
    >
      ${kinds.map((kind) => html`<wa-option value=${kind}>${filterKinds[kind]}</wa-option>`)}
    </wa-select>`;
  }

  #renderValue(filter: ChartFilter, index: number) {
    if ('values' in filter)
      return html`<app-value-choice
        label="Values"
        .table=${this.table}
        .dimension=${filter.dimension}
        .values=${filter.values}
        @app-changed=${(event: CustomEvent<(typeof filter)['values']>) => this.#tell(index, { ...filter, values: event.detail })}
      ></app-value-choice>`;
    if ('contains' in filter)
      return html`<wa-input
        size="s"
        label="Text"
        placeholder="Contains …"
        maxlength="200"
        .value=${filter.contains}
        @change=${(event: Event) => this.#tell(index, { ...filter, contains: changedText(event) })}
      ></wa-input>`;
    const type = typeOfDimension(filter.dimension, this.table) ?? 'string';
    return kindOf(filter, type) === 'date'
      ? this.#renderDate(filter, index)
      : this.#renderRange(filter, index, 'number');
  }

  #renderDate(filter: ChartFilter, index: number) {
    const preset = 'preset' in filter ? filter.preset : 'range';
    return html`${keyed(
      filter.dimension,
      html`<wa-select
        size="s"
        label="Time"
        .value=${preset}
        @change=${(event: Event) => this.#choosePreset(filter, index, changedText(event))}
      >
        ${datePresets.map(([value, name]) => html`<wa-option value=${value}>${name}</wa-option>`)}
        <wa-option value="range">From … to …</wa-option>
      </wa-select>`,
    )}
    ${preset === 'range' ? this.#renderRange(filter, index, 'date') : nothing}`;
  }

  #renderRange(filter: ChartFilter, index: number, type: 'number' | 'date') {
    const range = filter as Extract<ChartFilter, { from?: unknown }>;
    return (['from', 'to'] as const).map(
      (bound) =>
        html`<wa-input
          size="s"
          type=${type}
          step="any"
          label=${bound === 'from' ? 'From' : 'To'}
          .value=${String(range[bound] ?? '')}
          @change=${(event: Event) => this.#bound(range, index, bound, changedText(event), type)}
        ></wa-input>`,
    );
  }

  #choosePreset({ dimension }: ChartFilter, index: number, chosen: string): void {
    this.#tell(
      index,
      chosen === 'range' ? { dimension } : { dimension, preset: chosen as DatePreset },
    );
  }

  #bound(
    range: Extract<ChartFilter, { from?: unknown }>,
    index: number,
    bound: 'from' | 'to',
    typed: string,
    type: 'number' | 'date',
  ): void {
    const value = typed === '' ? undefined : type === 'number' ? Number(typed) : typed;
    this.#tell(index, withoutUndefined({ ...range, [bound]: value }) as ChartFilter);
  }

  #add(dimension: string): void {
    const type = typeOfDimension(dimension, this.table) ?? 'string';
    const [kind = 'category'] = kindsFor(type);
    this.#tell((this.spec.filters ?? []).length, newFilter(dimension, kind));
  }

  #tell(index: number, filter: ChartFilter | undefined): void {
    const detail = withFilter(this.spec, index, filter);
    this.dispatchEvent(new CustomEvent('app-changed', { detail }));
  }
}
