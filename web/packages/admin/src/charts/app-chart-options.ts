import type { ChartOptions, ChartSpec, ColorName, ColorRule, Table } from '@aracari/api';
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { changedText } from '../field-text.js';
import { replaceAt } from '../list-changes.js';
import { optionsOf, withoutUndefined } from './chart-draft.js';
import { chartFormStyles } from './chart-form-styles.js';
import { labelOfDimension, labelOfMetric } from './chart-words.js';

const switches = {
  horizontal: 'Lying bars',
  percent: 'Each stack as 100 %',
  donut: 'With a hole (donut)',
  totals: 'A row of totals',
} as const;

const colorNames: [ColorName, string][] = [
  ['good', 'Good'],
  ['warning', 'Warning'],
  ['bad', 'Bad'],
  ['accent', 'Accent'],
  ['neutral', 'Neutral'],
];

/**
 * What can be said about the picture of a chart, for its type.
 * @fires app-changed - Detail is the spec.
 */
@customElement('app-chart-options')
export class AppChartOptions extends LitElement {
  @property({ attribute: false }) spec!: ChartSpec;
  @property({ attribute: false }) table!: Table;

  static override styles = [baseStyles, formStyles, chartFormStyles];

  override render() {
    const offered = optionsOf[this.spec.type];
    if (offered.length === 0) return nothing;
    return html`<section aria-label="Options">
      <h2>Options</h2>
      ${offered.map((option) => this.#renderOption(option))}
    </section>`;
  }

  #renderOption(option: keyof ChartOptions) {
    switch (option) {
      case 'horizontal':
      case 'percent':
      case 'donut':
      case 'totals':
        return this.#renderSwitch(option);
      case 'lines':
        return this.spec.metrics.map((metric) => this.#renderSeries(metric));
      case 'minimum':
        return this.#renderBounds();
      case 'steps':
        return this.#renderSteps();
      case 'colors':
        return this.#renderColors();
      case 'latitude':
      case 'longitude':
        return this.#renderPlace(option);
      case 'comparison':
        return html`<p class="small quiet">
          ${
            this.spec.dimensions.length > 0
              ? 'Shows the last period, the change from the one before, and the rest as a line.'
              : 'Group by a time to compare with the period before.'
          }
        </p>`;
      default:
        return nothing;
    }
  }

  #renderSwitch(option: keyof typeof switches) {
    const on = this.#options[option] === true;
    return html`<wa-checkbox
      .checked=${on}
      @change=${() => this.#tell({ [option]: on ? undefined : true })}
      >${switches[option]}</wa-checkbox
    >`;
  }

  /** Of a combo: how each metric is drawn, and by which axis it is read. */
  #renderSeries(metric: string) {
    const { lines = [], secondAxis = [] } = this.#options;
    const label = labelOfMetric(metric, this.table);
    const toggled = (list: string[], on: boolean) =>
      on
        ? [...list.filter((each) => each !== metric), metric]
        : list.filter((each) => each !== metric);
    return html`<div class="row">
      <div class="head"><span>${label}</span></div>
      <div class="detail">
        <wa-select
          size="s"
          label="Drawn as"
          .value=${lines.includes(metric) ? 'line' : 'bars'}
          @change=${(event: Event) => this.#tell({ lines: toggled(lines, changedText(event) === 'line') })}
        >
          <wa-option value="bars">Bars</wa-option>
          <wa-option value="line">Line</wa-option>
        </wa-select>
        <wa-select
          size="s"
          label="Axis"
          .value=${secondAxis.includes(metric) ? 'second' : 'first'}
          @change=${(event: Event) => this.#tell({ secondAxis: toggled(secondAxis, changedText(event) === 'second') })}
        >
          <wa-option value="first">First axis</wa-option>
          <wa-option value="second">Second axis</wa-option>
        </wa-select>
      </div>
    </div>`;
  }

  #renderBounds() {
    return html`<div class="detail">
      ${this.#renderNumber('From', this.#options.minimum, (minimum) => this.#tell({ minimum }))}
      ${this.#renderNumber('To', this.#options.maximum, (maximum) => this.#tell({ maximum }))}
    </div>`;
  }

  #renderSteps() {
    const steps = this.#options.steps ?? [];
    const set = (next: typeof steps) =>
      this.#tell({
        steps: next.length > 0 ? [...next].sort((a, b) => a.from - b.from) : undefined,
      });
    return html`<div class="rows">
        ${steps.map(
          (step, index) =>
            html`<div class="row">
              <div class="head">
                <span>Color ${index + 1}</span
                >${this.#renderRemove(`color ${index + 1}`, () => set(replaceAt(steps, index)))}
              </div>
              <div class="detail">
                ${this.#renderNumber('From value', step.from, (from) => set(replaceAt(steps, index, { ...step, from: from ?? 0 })))}
                ${this.#renderColor(step.color, (color) => set(replaceAt(steps, index, { ...step, color })))}
              </div>
            </div>`,
        )}
      </div>
      ${this.#renderAdd('Add color', () => set([...steps, { from: steps.at(-1)?.from ?? 0, color: 'good' }]))}`;
  }

  #renderColors() {
    const [first] = this.spec.metrics;
    if (first === undefined) return nothing;
    const rules = this.#options.colors ?? [];
    const set = (colors: ColorRule[]) =>
      this.#tell({ colors: colors.length > 0 ? colors : undefined });
    return html`<div class="rows">
        ${rules.map((rule, index) =>
          this.#renderRule(rule, index, (next) =>
            set(next ? replaceAt(rules, index, next) : replaceAt(rules, index)),
          ),
        )}
      </div>
      ${this.#renderAdd('Color by value', () => set([...rules, { metric: first, color: 'bad' }]))}`;
  }

  #renderRule(rule: ColorRule, index: number, set: (rule?: ColorRule) => void) {
    const { metrics } = this.spec;
    return html`<div class="row">
      <div class="head">
        <span>Color ${index + 1}</span>${this.#renderRemove(`color ${index + 1}`, () => set())}
      </div>
      <div class="detail">
        ${keyed(
          metrics.join('\n'),
          html`<wa-select
            size="s"
            label="Metric"
            .value=${rule.metric}
            @change=${(event: Event) => set({ ...rule, metric: changedText(event) })}
          >
            ${metrics.map((name) => html`<wa-option value=${name}>${labelOfMetric(name, this.table)}</wa-option>`)}
          </wa-select>`,
        )}
        ${this.#renderColor(rule.color, (color) => set({ ...rule, color }))}
        ${this.#renderNumber('From value', rule.from, (from) => set(withoutUndefined({ ...rule, from })))}
        ${this.#renderNumber('Below value', rule.to, (to) => set(withoutUndefined({ ...rule, to })))}
      </div>
    </div>`;
  }

  #renderPlace(option: 'latitude' | 'longitude') {
    const all = this.spec.dimensions.map(({ dimension }) => dimension);
    return keyed(
      all.join('\n'),
      html`<wa-select
        size="s"
        label=${option === 'latitude' ? 'Latitude' : 'Longitude'}
        .value=${this.#options[option] ?? ''}
        @change=${(event: Event) => this.#tell({ [option]: changedText(event) })}
      >
        ${all.map((name) => html`<wa-option value=${name}>${labelOfDimension(name, this.table)}</wa-option>`)}
      </wa-select>`,
    );
  }

  #renderNumber(
    label: string,
    value: number | undefined,
    set: (value: number | undefined) => void,
  ) {
    return html`<wa-input
      size="s"
      type="number"
      step="any"
      label=${label}
      .value=${value === undefined ? '' : String(value)}
      @change=${(event: Event) => set(changedText(event) === '' ? undefined : Number(changedText(event)))}
    ></wa-input>`;
  }

  #renderColor(color: ColorName, set: (color: ColorName) => void) {
    return html`<wa-select
      size="s"
      label="Color"
      .value=${color}
      @change=${(event: Event) => set(changedText(event) as ColorName)}
    >
      ${colorNames.map(([name, text]) => html`<wa-option value=${name}>${text}</wa-option>`)}
    </wa-select>`;
  }

  #renderAdd(text: string, add: () => void) {
    return html`<div>
      <wa-button size="s" appearance="plain" @click=${add}>
        <wa-icon slot="start" name="plus"></wa-icon>${text}
      </wa-button>
    </div>`;
  }

  #renderRemove(what: string, remove: () => void) {
    return html`<wa-button size="s" appearance="plain" @click=${remove}>
      <wa-icon name="xmark" label="Remove ${what}"></wa-icon>
    </wa-button>`;
  }

  get #options(): ChartOptions {
    return this.spec.options ?? {};
  }

  #tell(part: { [K in keyof ChartOptions]?: ChartOptions[K] | undefined }): void {
    const options = withoutUndefined({ ...this.#options, ...part });
    this.dispatchEvent(new CustomEvent('app-changed', { detail: { ...this.spec, options } }));
  }
}
