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
  readonly #asking = new Submission(this);

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
              (chart) => html`<app-chart-explanation .explained=${chart}></app-chart-explanation>`,
            )}
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
      for await (const chart of streamExplanations(this.dashboardId, token ? { token } : {}))
        this.charts = [...this.charts, chart];
    });
  }
}
