import { AracariError, type ChartSpec, previewChart, type Scalar, type Table } from '@aracari/api';
import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { sessionStore } from '../session-store.js';
import { chartFormStyles } from './chart-form-styles.js';

/** How many values are offered. */
const mostValues = 200;

/**
 * Chooses values of a dimension from those that are in the data.
 * @fires app-changed - Detail is the list of values.
 */
@customElement('app-value-choice')
export class AppValueChoice extends LitElement {
  @property() label = '';
  @property({ attribute: false }) table!: Table;
  @property({ attribute: false }) dimension = '';
  @property({ attribute: false }) values: Scalar[] = [];
  @state() private found: Scalar[] = [];
  @state() private refused = '';
  #asking: AbortController | undefined;

  static override styles = [baseStyles, formStyles, chartFormStyles];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asking?.abort();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('dimension') || changed.has('table')) void this.#ask();
  }

  override render() {
    const offered = this.#offered;
    return keyed(
      offered.join('\n'),
      html`<wa-select
        size="s"
        multiple
        with-clear
        label=${this.label}
        placeholder="Choose values"
        max-options-visible="3"
        hint=${this.refused}
        .value=${this.values.map((value) => String(offered.indexOf(value)))}
        @change=${this.#choose}
      >
        ${offered.map((value, index) => html`<wa-option value=${String(index)}>${nameOf(value)}</wa-option>`)}
      </wa-select>`,
    );
  }

  /** Chosen values stay, also when the data no longer has them. */
  get #offered(): Scalar[] {
    return [...this.found, ...this.values.filter((value) => !this.found.includes(value))];
  }

  async #ask(): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const columns = await previewChart(this.#question(), asking.signal);
      if (asking.signal.aborted) return;
      this.found = columns[0]?.values ?? [];
      this.refused = this.found.length === mostValues ? `The first ${mostValues} values.` : '';
    } catch (error) {
      if (asking.signal.aborted) return;
      if (!(error instanceof AracariError)) throw error;
      sessionStore.notice(error);
      this.refused = 'The values could not be loaded.';
    }
  }

  #question(): ChartSpec {
    const { id: table, metrics } = this.table;
    const [metric] = metrics;
    return {
      table,
      type: 'table',
      metrics: metric ? [metric.name] : [],
      dimensions: [{ dimension: this.dimension }],
      sort: metric
        ? { by: metric.name, descending: true }
        : { by: this.dimension, descending: false },
      limitRows: mostValues,
    };
  }

  #choose(event: Event): void {
    const chosen = (event.target as unknown as { value: string[] | null }).value ?? [];
    const offered = this.#offered;
    const detail = chosen.map((index) => offered[Number(index)] ?? null);
    this.dispatchEvent(new CustomEvent('app-changed', { detail }));
  }
}

function nameOf(value: Scalar): string {
  if (value === null || value === '') return '(empty)';
  return typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value);
}
