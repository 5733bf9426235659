import {
  AracariError,
  type ChartResult,
  type Connection,
  type Dashboard,
  getDashboard,
  ownServer,
  streamDashboardData,
} from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { appearance } from '../appearance.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { carriedToken } from '../carried-token.js';
import { embedStyles, loadEmbedElement } from '../embed-element.js';
import { fieldText } from '../field-text.js';
import { Following } from '../following.js';
import { decodeToken } from '../jwt.js';
import { Loading } from '../loading.js';
import '../parts/app-panel.js';
import '../parts/app-refusal.js';
import '../shell/app-not-found-page.js';
import { refuseLocally, Submission } from '../submission.js';
import { renderTokenField, tokenFieldStyles } from '../token-field.js';
import './app-chart-differences.js';
import './app-dashboard-head.js';

type Results = ReadonlyMap<string, ChartResult>;

/** What two viewers were given, by chart. */
interface Compared {
  tokens: [string, string];
  results: [Results, Results];
}

const sides = [
  ['first', 'First token'],
  ['second', 'Second token'],
] as const;

/** The same dashboard for two tokens, side by side on the real embed path, and which values differ. */
@customElement('app-compare-page')
export class AppComparePage extends LitElement {
  @property({ attribute: false }) dashboardId = '';
  @state() private compared?: Compared;
  readonly #dashboard = new Loading(this, (signal) =>
    getDashboard(ownServer, this.dashboardId, signal),
  );
  readonly #comparing = new Submission(this);

  constructor() {
    super();
    new Following(this, appearance);
  }

  static override styles = [
    baseStyles,
    formStyles,
    tokenFieldStyles,
    embedStyles,
    css`
      .tokens {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
        gap: 1.125rem;
        align-items: start;
      }
      .differences {
        margin-block: 1.25rem;
      }
      .sides {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
        gap: 1.25rem;
        align-items: start;
      }
      section {
        min-width: 0;
      }
      h2 {
        margin-block-end: 0.5rem;
      }
    `,
  ];

  override render() {
    if (this.#dashboard.error?.status === 404)
      return html`<app-not-found-page></app-not-found-page>`;
    return this.#dashboard.render(
      (dashboard) =>
        html`<app-dashboard-head
            .dashboardId=${dashboard.id}
            name=${dashboard.name}
            page="compare"
            .published=${dashboard.published}
          ></app-dashboard-head>
          ${this.#renderForm()}
          ${this.compared ? this.#renderCompared(dashboard, this.compared) : nothing}`,
    );
  }

  #renderForm() {
    return html`<app-panel heading="Compare">
      <span slot="description">
        Paste two embed tokens to see this dashboard as their holders do, through the same embed as
        in your product, and every value that differs.
      </span>
      <form novalidate @submit=${this.#submit}>
        <div class="tokens">
          ${sides.map(([name, label]) =>
            renderTokenField({
              label,
              name,
              value: name === 'first' ? carriedToken() : '',
              refused: this.#comparing.at(name),
            }),
          )}
        </div>
        <div class="actions">
          <wa-button type="submit" variant="brand" ?loading=${this.#comparing.busy}
            >Compare tokens</wa-button
          >
        </div>
        <app-refusal .refusal=${this.#comparing.refusal}></app-refusal>
      </form>
    </app-panel>`;
  }

  #renderCompared(dashboard: Dashboard, { tokens, results }: Compared) {
    return html`<app-chart-differences
        class="differences"
        .charts=${dashboard.tiles.map(({ chart }) => chart)}
        .first=${results[0]}
        .second=${results[1]}
      ></app-chart-differences>
      <div class="sides">
        ${sides.map(
          ([name, label], index) =>
            html`<section aria-labelledby=${name}>
              <h2 id=${name}>${label}${renderHolder(tokens[index])}</h2>
              <aracari-dashboard
                dashboard-id=${dashboard.id}
                auth-token=${tokens[index]}
                server-url=${location.origin}
                data-theme=${appearance.scheme}
              ></aracari-dashboard>
            </section>`,
        )}
      </div>`;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    this.compared = undefined;
    this.compared = await this.#comparing.run(async () => {
      const tokens = [readToken(form, 'first'), readToken(form, 'second')] as [string, string];
      await loadEmbedElement().catch(() => {
        throw refuseLocally('', 'The embed script of this server did not load. Try again.');
      });
      const [first, second] = await Promise.all([
        this.#collect(tokens[0], 'first'),
        this.#collect(tokens[1], 'second'),
      ]);
      return { tokens, results: [first, second] };
    });
  }

  /** The data as the embed asks for it. A refusal is said at the field of its token. */
  async #collect(token: string, field: string): Promise<Results> {
    const connection: Connection = { serverUrl: '', credential: { kind: 'token', token } };
    const results = new Map<string, ChartResult>();
    try {
      for await (const result of streamDashboardData(connection, this.dashboardId, {}))
        results.set(result.chart, result);
    } catch (error) {
      if (!(error instanceof AracariError)) throw error;
      const { code, title, detail } = error;
      throw new AracariError(error.status, { code, title, detail, field });
    }
    return results;
  }
}

/** Whose token it is, where it can be read. */
function renderHolder(token = '') {
  const decoded = decodeToken(token);
  return decoded.kind === 'signed'
    ? html` <span class="quiet small">of ${decoded.claims.sub}</span>`
    : nothing;
}

function readToken(form: HTMLFormElement, name: string): string {
  const token = fieldText(form, name).trim();
  if (!token) throw refuseLocally(name, 'Paste a token.');
  return token;
}
