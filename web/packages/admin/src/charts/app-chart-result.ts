import { AracariError, type Chart, type ChartSpec, type Column, previewChart } from '@aracari/api';
import { type AracariChartView, themeStyles } from '@aracari/charts';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { appearance } from '../appearance.js';
import { baseStyles } from '../base-styles.js';
import { countOf } from '../databases/schema-words.js';
import { Following } from '../following.js';
import '../parts/app-empty-state.js';
import { sessionStore } from '../session-store.js';
import { chartThemeStyles } from './chart-theme-styles.js';
import { Latest } from './latest.js';

/** How long changes rest before the server is asked. */
const restMilliseconds = 350;

/** What is drawn: a result and the spec that it belongs to. */
interface Drawn {
  chart: Chart;
  columns: Column[];
}

/** The live result of a spec that is being edited. While a newer one is on its way, the one before stays. */
@customElement('app-chart-result')
export class AppChartResult extends LitElement {
  /** Undefined while something is missing. */
  @property({ attribute: false }) spec?: ChartSpec;
  @property() name = '';
  /** What is to be mended first. */
  @property() missing = '';
  @state() private drawn?: Drawn;
  @state() private error: AracariError | undefined;
  @state() private waiting = false;
  #asked = '';
  readonly #latest = new Latest(
    async (spec: ChartSpec, signal: AbortSignal) => ({
      columns: await previewChart(spec, signal),
      spec,
    }),
    (outcome) => this.#told(outcome),
    restMilliseconds,
  );

  constructor() {
    super();
    new Following(this, appearance);
  }

  static override styles = [
    baseStyles,
    themeStyles,
    chartThemeStyles,
    css`
      .stage {
        position: relative;
        display: grid;
        min-height: 24rem;
      }
      aracari-chart-view {
        height: 24rem;
        min-width: 0;
        transition: opacity var(--wa-transition-normal);
      }
      .stale aracari-chart-view {
        opacity: 0.45;
      }
      wa-spinner {
        position: absolute;
        inset-block-start: 0;
        inset-inline-end: 0;
        font-size: 1.25rem;
      }
      app-empty-state {
        align-self: center;
      }
      [role='status'] {
        min-height: 1.5rem;
        margin-block-start: 0.75rem;
      }
      @media (max-width: 760px) {
        .stage {
          min-height: 17rem;
        }
        aracari-chart-view {
          height: 17rem;
        }
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#latest.stop();
    this.#asked = '';
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('spec')) return;
    const question = this.spec ? questionOf(this.spec) : '';
    if (question === this.#asked) {
      // Only the picture has changed: the same rows are drawn another way.
      if (this.drawn && this.spec) this.drawn = { ...this.drawn, chart: this.#chartOf(this.spec) };
      return;
    }
    this.#asked = question;
    this.waiting = this.spec !== undefined;
    if (this.spec) this.#latest.wish(this.spec);
    else this.#latest.stop();
  }

  override render() {
    return html`<div class="stage ${this.waiting ? 'stale' : ''}" aria-busy=${this.waiting}>
        ${this.#renderBody()} ${this.waiting ? html`<wa-spinner></wa-spinner>` : nothing}
      </div>
      <p class="small quiet" role="status">${this.#describe()}</p>`;
  }

  #renderBody() {
    if (!this.spec)
      return html`<app-empty-state icon="charts" heading="Nothing to show yet">
        ${this.missing}
      </app-empty-state>`;
    if (this.error)
      return html`<app-empty-state icon="warning" heading=${this.error.title}
        >${this.error.detail}
        <wa-button slot="action" size="s" appearance="outlined" @click=${this.#again}
          >Try again</wa-button
        ></app-empty-state
      >`;
    if (!this.drawn) return nothing;
    const dark = appearance.scheme === 'dark';
    return html`<div class="aracari-theme ${dark ? 'dark' : ''}">
      <aracari-chart-view
        .chart=${this.drawn.chart}
        .columns=${this.drawn.columns}
        .theme=${appearance.scheme}
      ></aracari-chart-view>
    </div>`;
  }

  #describe(): string {
    if (!this.spec || this.error) return '';
    if (!this.drawn) return 'Loading…';
    return countOf(this.drawn.columns[0]?.values.length ?? 0, 'row');
  }

  #chartOf({ type, options }: ChartSpec): Chart {
    return { id: 'preview', name: this.name, type, ...(options ? { options } : {}) };
  }

  #told(outcome: { answer: { columns: Column[]; spec: ChartSpec } } | { error: unknown }): void {
    this.waiting = false;
    if ('answer' in outcome) {
      this.error = undefined;
      const { columns, spec } = outcome.answer;
      this.drawn = { columns, chart: this.#chartOf(this.spec ?? spec) };
      return;
    }
    if (!(outcome.error instanceof AracariError)) throw outcome.error;
    sessionStore.notice(outcome.error);
    this.error = outcome.error;
  }

  #again(): void {
    if (!this.spec) return;
    this.waiting = true;
    this.#latest.wish(this.spec);
  }
}

/** What decides the rows of a spec. Its type does so only where the server shapes the answer for it. */
function questionOf({ options: _, type, ...asked }: ChartSpec): string {
  return JSON.stringify({ ...asked, shaped: type === 'map' || type === 'value' ? type : '' });
}

declare global {
  interface HTMLElementTagNameMap {
    'app-chart-result': AppChartResult;
    'aracari-chart-view': AracariChartView;
  }
}
