import {
  AracariError,
  type Chart,
  type ChartResult,
  chartsOf,
  type Connection,
  type Dashboard,
  getDashboard,
  ownServer,
  streamData,
} from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, queryAll, state } from 'lit/decorators.js';
import { appearance } from '../appearance.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { carriedToken } from '../carried-token.js';
import { countOf } from '../databases/schema-words.js';
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
import { type ChartNote, compareResults, differs, noteOf } from './compare-notes.js';
import { LinkedScroll } from './linked-scroll.js';

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
  @queryAll('.side') private panes!: NodeListOf<HTMLElement>;
  readonly #comparing = new Submission(this);
  readonly #link = new LinkedScroll();

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
      .verdict {
        margin-block: 1.5rem 1rem;
      }
      .sides {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
        gap: 1.25rem;
        align-items: start;
        margin-block-end: 1.25rem;
      }
      section {
        min-width: 0;
      }
      /* Each side scrolls by itself and takes the other along, so that on a phone both stay in view. */
      .side {
        max-height: min(80vh, 60rem);
        padding: 0.75rem;
        overflow: auto;
        border: 1px solid var(--wa-color-surface-border);
        border-radius: var(--wa-border-radius-l);
        background: var(--app-page);
      }
      .side:focus-visible {
        outline: var(--wa-focus-ring);
      }
      @media (max-width: 760px) {
        .side {
          max-height: 42vh;
        }
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
    const charts = chartsOf(dashboard);
    return html`<p class="verdict" role="status">${this.#describe(charts, results)}</p>
      <div class="sides">
        ${sides.map(
          ([name, label], index) =>
            html`<section aria-labelledby=${name}>
              <h2 id=${name}>${label}${renderHolder(tokens[index])}</h2>
              <div
                class="side"
                tabindex="0"
                role="group"
                aria-label="Dashboard of the ${label.toLowerCase()}"
                @scroll=${this.#scrolled}
              >
                <aracari-dashboard
                  dashboard-id=${dashboard.id}
                  auth-token=${tokens[index]}
                  server-url=${location.origin}
                  data-theme=${appearance.scheme}
                  .notes=${notesOf(charts, results, index as 0 | 1)}
                ></aracari-dashboard>
              </div>
            </section>`,
        )}
      </div>
      <app-chart-differences
        .charts=${charts}
        .first=${results[0]}
        .second=${results[1]}
      ></app-chart-differences>`;
  }

  #describe(charts: Chart[], [first, second]: Compared['results']): string {
    const different = charts.filter(({ id }) =>
      differs(compareResults(first.get(id), second.get(id))),
    );
    if (different.length === 0) return 'Both see the same in every chart.';
    const verb = different.length === 1 ? 'differs' : 'differ';
    return `${different.length} of ${countOf(charts.length, 'chart')} ${verb}, marked below.`;
  }

  #scrolled(event: Event): void {
    this.#link.follow(event.currentTarget as HTMLElement, this.panes);
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
      for await (const result of streamData(
        connection,
        { kind: 'dashboard', id: this.dashboardId },
        {},
      ))
        results.set(result.chart, result);
    } catch (error) {
      if (!(error instanceof AracariError)) throw error;
      const { code, title, detail } = error;
      throw new AracariError(error.status, { code, title, detail, field });
    }
    return results;
  }
}

function notesOf(charts: Chart[], [first, second]: Compared['results'], side: 0 | 1) {
  const notes: Record<string, ChartNote> = {};
  for (const { id } of charts) {
    const note = noteOf(compareResults(first.get(id), second.get(id)), side);
    if (note) notes[id] = note;
  }
  return notes;
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
