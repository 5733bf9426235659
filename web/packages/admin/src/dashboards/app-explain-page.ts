import { type ExplainedChart, getDashboard, ownServer, streamExplanations } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-panel.js';
import '../shell/app-not-found-page.js';
import { Submission } from '../submission.js';
import { renderTokenForm, tokenFieldStyles } from '../token-field.js';
import './app-chart-explanation.js';
import './app-dashboard-head.js';

/** Why each chart of a dashboard shows what it shows to the holder of a token, or to the maker. */
@customElement('app-explain-page')
export class AppExplainPage extends LitElement {
  @property({ attribute: false }) dashboardId = '';
  @state() private charts: ExplainedChart[] = [];
  readonly #dashboard = new Loading(this, (signal) =>
    getDashboard(ownServer, this.dashboardId, signal),
  );
  /** By chart; empty until they are asked for. */
  @state() private plans: ReadonlyMap<string, string> = new Map();
  /** Whose view is explained; empty: the maker's own. */
  #token = '';
  readonly #asking = new Submission(this);
  readonly #planning = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    tokenFieldStyles,
    css`
      .charts {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
        margin-block-start: 1.25rem;
      }
    `,
  ];

  override render() {
    if (this.#dashboard.error?.status === 404)
      return html`<app-not-found-page></app-not-found-page>`;
    return this.#dashboard.render(
      ({ id, name, published }) =>
        html`<app-dashboard-head
            .dashboardId=${id}
            name=${name}
            page="explain"
            .published=${published}
          ></app-dashboard-head>
          ${this.#renderForm()}
          <div class="charts" aria-live="polite">
            ${this.charts.map(
              (chart) =>
                html`<app-chart-explanation
                  .explained=${chart}
                  .plan=${this.plans.get(chart.chart)}
                  ?planning=${this.#planning.busy}
                  @app-plan-wanted=${this.#plan}
                ></app-chart-explanation>`,
            )}
            <app-refusal .refusal=${this.#planning.refusal}></app-refusal>
          </div>`,
    );
  }

  #renderForm() {
    return html`<app-panel heading="Explain">
      <span slot="description">
        For each chart the final SQL, every condition with its rule and attribute, rows before and
        after, and where the time went. Paste an embed token to explain what its holder sees;
        without one you see your own, all rows.
      </span>
      ${renderTokenForm({
        label: 'Explain for Token',
        verb: 'Explain charts',
        asking: this.#asking,
        ask: (token) => void this.#explain(token),
      })}
    </app-panel>`;
  }

  async #explain(token: string): Promise<void> {
    await this.#asking.run(async () => {
      this.charts = [];
      this.plans = new Map();
      this.#token = token;
      this.#planning.clear();
      for await (const chart of streamExplanations(this.dashboardId, token ? { token } : {}))
        this.charts = [...this.charts, chart];
    });
  }

  /** The engine plans one query like the other, so all charts are asked about at once. */
  async #plan(): Promise<void> {
    const token = this.#token;
    const plans = await this.#planning.run(async () => {
      const found = new Map<string, string>();
      const wishes = { plan: true, ...(token ? { token } : {}) } as const;
      for await (const chart of streamExplanations(this.dashboardId, wishes))
        found.set(chart.chart, 'plan' in chart ? (chart.plan ?? '') : '');
      return found;
    });
    // What was explained meanwhile for somebody else has other plans.
    if (plans && token === this.#token) this.plans = plans;
  }
}
