import type {
  Aggregate,
  Comparison,
  Measure,
  MeasureFilter,
  Metric,
  TableColumn,
} from '@aracari/api';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { changedText } from '../field-text.js';
import '../parts/app-refusal.js';
import { isConstant, readConstant, typedConstant } from '../rules/constants.js';
import { describeType } from '../settings/attribute-value.js';
import { refuseLocally, Submission } from '../submission.js';
import { aggregates, comparisons, readMetric, suits } from './metric-words.js';

const empty: Metric = { name: '', label: '', measure: { aggregate: 'count' } };
type Part = 'measure' | 'denominator';

/**
 * Dialog with one metric: a measure, or the ratio of two, and how its numbers are written.
 * @fires app-changed - Detail is the metric, when it is kept.
 * @fires app-closed - The dialog has closed.
 */
@customElement('app-metric-dialog')
export class AppMetricDialog extends LitElement {
  @property({ type: Boolean }) open = false;
  /** Undefined for a new one. */
  @property({ attribute: false }) metric?: Metric;
  @property({ attribute: false }) columns: TableColumn[] = [];
  @state() private draft: Metric = empty;
  readonly #keeping = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      wa-dialog {
        --width: 38rem;
      }
      fieldset {
        display: grid;
        gap: 0.75rem;
        min-width: 0;
        margin: 0;
        padding: 0.875rem;
        border: 1px solid var(--wa-color-surface-border);
        border-radius: var(--wa-border-radius-m);
      }
      legend {
        padding-inline: 0.35rem;
        font-weight: 600;
      }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open') && this.open) this.draft = this.metric ?? empty;
  }

  override render() {
    return html`<wa-dialog
      label=${this.metric ? 'Edit metric' : 'Add metric'}
      ?open=${this.open}
      @wa-after-hide=${this.#closed}
    >
      ${this.open ? this.#renderForm() : nothing}
      <wa-button slot="footer" appearance="outlined" @click=${() => (this.open = false)}
        >Cancel</wa-button
      >
      <wa-button slot="footer" type="submit" form="metric" variant="brand">Keep</wa-button>
    </wa-dialog>`;
  }

  #renderForm() {
    const { draft } = this;
    return html`<form id="metric" novalidate @submit=${this.#keep}>
      <app-refusal .refusal=${this.#keeping.refusal}></app-refusal>
      <div class="pair">
        ${this.#renderText('label', 'Display name', 'Average delay')}
        ${this.#renderText('name', 'Name', 'average_delay')}
      </div>
      ${this.#renderMeasure('measure', draft.measure, draft.denominator ? 'Numerator' : 'Measure')}
      <wa-checkbox .checked=${Boolean(draft.denominator)} @change=${this.#toggleRatio}
        >Divide by another measure</wa-checkbox
      >
      ${draft.denominator ? this.#renderMeasure('denominator', draft.denominator, 'Denominator') : nothing}
      ${this.#renderFormat()}
      <p class="small quiet">${readMetric(draft)}.</p>
    </form>`;
  }

  #renderText(part: 'label' | 'name', label: string, placeholder: string) {
    const refused = this.#keeping.at(part);
    return html`<wa-input
      label=${label}
      placeholder=${placeholder}
      autocomplete="off"
      .value=${this.draft[part]}
      class=${refused ? 'refused' : ''}
      hint=${refused ?? ''}
      @change=${(event: Event) => (this.draft = { ...this.draft, [part]: changedText(event).trim() })}
    ></wa-input>`;
  }

  #renderMeasure(part: Part, measure: Measure, legend: string) {
    const { aggregate, column } = measure;
    const fitting = this.#names((each) => suits(aggregate, each.type));
    const refused = this.#keeping.at(part);
    return html`<fieldset>
      <legend>${legend}</legend>
      <div class="pair">
        <wa-select
          label="Aggregate"
          .value=${aggregate}
          @change=${(event: Event) => this.#aggregate(part, measure, changedText(event) as Aggregate)}
        >
          ${aggregates.map(([value, text]) => html`<wa-option value=${value}>${text}</wa-option>`)}
        </wa-select>
        ${
          aggregate === 'count'
            ? nothing
            : keyed(
                fitting.join('\n'),
                html`<wa-select
                  label="Column"
                  placeholder="Choose a column"
                  class=${refused ? 'refused' : ''}
                  hint=${refused ?? ''}
                  .value=${column ?? ''}
                  @change=${(event: Event) => this.#set(part, { ...measure, column: changedText(event) })}
                >
                  ${fitting.map((name) => html`<wa-option value=${name}>${name}</wa-option>`)}
                </wa-select>`,
              )
        }
      </div>
      <wa-checkbox
        .checked=${Boolean(measure.filter)}
        @change=${() => this.#toggleFilter(part, measure)}
        >Only some rows</wa-checkbox
      >
      ${measure.filter ? this.#renderFilter(part, measure, measure.filter) : nothing}
    </fieldset>`;
  }

  #renderFilter(part: Part, measure: Measure, filter: MeasureFilter) {
    const set = (next: MeasureFilter) => this.#set(part, { ...measure, filter: next });
    const names = this.#names(() => true);
    const refused = this.#keeping.at(`${part}Filter`);
    return html`<div class="pair">
      ${keyed(
        names.join('\n'),
        html`<wa-select
          label="Where"
          .value=${filter.column}
          @change=${(event: Event) => this.#filterColumn(part, measure, changedText(event))}
        >
          ${names.map((name) => html`<wa-option value=${name}>${name}</wa-option>`)}
        </wa-select>`,
      )}
      <wa-select
        label="Comparison"
        .value=${filter.operator}
        @change=${(event: Event) => set({ ...filter, operator: changedText(event) as Comparison })}
      >
        ${comparisons.map(([value, text]) => html`<wa-option value=${value}>${text}</wa-option>`)}
      </wa-select>
      <wa-input
        label="Value"
        autocomplete="off"
        class=${refused ? 'refused' : ''}
        hint=${refused ?? ''}
        .value=${typedConstant(filter.type, filter.value)}
        @change=${(event: Event) => set({ ...filter, value: readConstant(filter.type, changedText(event)) })}
      ></wa-input>
    </div>`;
  }

  #renderFormat() {
    const { style = 'decimal', decimals = 0, unit } = this.draft.format ?? {};
    const change = (part: object) =>
      (this.draft = { ...this.draft, format: { style, decimals, unit: unit ?? '', ...part } });
    return html`<div class="pair">
      <wa-select
        label="Written as"
        .value=${style}
        @change=${(event: Event) => change({ style: changedText(event) })}
      >
        <wa-option value="decimal">Number</wa-option>
        <wa-option value="percent">Percent</wa-option>
      </wa-select>
      <wa-input
        label="Decimals"
        type="number"
        min="0"
        max="15"
        .value=${String(decimals)}
        @change=${(event: Event) => change({ decimals: Math.min(15, Math.max(0, Math.trunc(Number(changedText(event))) || 0)) })}
      ></wa-input>
      <wa-input
        label="Unit"
        autocomplete="off"
        placeholder="min"
        .value=${unit ?? ''}
        @change=${(event: Event) => change({ unit: changedText(event).trim() })}
      ></wa-input>
    </div>`;
  }

  #names(suitable: (column: TableColumn) => boolean): string[] {
    return this.columns.filter((each) => !each.gone && suitable(each)).map(({ name }) => name);
  }

  #aggregate(part: Part, measure: Measure, aggregate: Aggregate): void {
    const { column, ...rest } = measure;
    const kept = this.columns.find(({ name, type }) => name === column && suits(aggregate, type));
    this.#set(part, { ...rest, aggregate, ...(kept ? { column: kept.name } : {}) });
  }

  #filterColumn(part: Part, measure: Measure, name: string): void {
    const column = this.columns.find((each) => each.name === name);
    if (!column || !measure.filter) return;
    const filter = { ...measure.filter, column: name, type: column.type, value: '' };
    this.#set(part, { ...measure, filter });
  }

  #toggleFilter(part: Part, { filter, ...measure }: Measure): void {
    const [column] = this.columns.filter(({ gone }) => !gone);
    if (filter || !column) return this.#set(part, measure);
    const { name, type } = column;
    this.#set(part, { ...measure, filter: { column: name, operator: 'equal', type, value: '' } });
  }

  #toggleRatio(): void {
    const { denominator, ...rest } = this.draft;
    this.draft = denominator ? rest : { ...rest, denominator: { aggregate: 'count' } };
  }

  #set(part: Part, measure: Measure): void {
    this.draft = { ...this.draft, [part]: measure };
  }

  async #keep(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const kept = await this.#keeping.run(async () => checked(this.draft));
    if (!kept) return;
    this.dispatchEvent(new CustomEvent('app-changed', { detail: kept }));
    this.open = false;
  }

  #closed(event: Event): void {
    if (event.target !== event.currentTarget) return;
    this.open = false;
    this.#keeping.clear();
    this.dispatchEvent(new Event('app-closed'));
  }
}

/** Refuses what is not filled in. */
function checked(metric: Metric): Metric {
  if (!metric.label) throw refuseLocally('label', 'Enter a name.');
  if (!/^[A-Za-z0-9_]+$/.test(metric.name))
    throw refuseLocally('name', 'Enter a name of letters, digits and _.');
  for (const part of ['measure', 'denominator'] as const) {
    const measure = metric[part];
    if (!measure) continue;
    if (measure.aggregate !== 'count' && !measure.column)
      throw refuseLocally(part, 'Choose a column.');
    const { filter } = measure;
    if (filter && !isConstant(filter.type, filter.value))
      throw refuseLocally(`${part}Filter`, `Enter ${describeType(filter.type)}.`);
  }
  return metric;
}
