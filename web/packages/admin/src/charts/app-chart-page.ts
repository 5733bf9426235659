import {
  type ChartSpec,
  type ChartType,
  createChart,
  deleteChart,
  getChart,
  getTable,
  saveChart,
  type StoredChart,
  type Table,
} from '@aracari/api';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { changedText } from '../field-text.js';
import { Loading } from '../loading.js';
import '../parts/app-confirm.js';
import '../parts/app-empty-state.js';
import '../parts/app-refusal.js';
import '../parts/app-trail.js';
import { router } from '../router.js';
import '../shell/app-not-found-page.js';
import { refuseLocally, Submission } from '../submission.js';
import './app-chart-fields.js';
import './app-chart-filters.js';
import './app-chart-options.js';
import './app-chart-order.js';
import './app-chart-result.js';
import './app-chart-type-picker.js';
import { describeDeletion } from './app-charts-page.js';
import { type ChartProblem, checkSpec, withoutGone, withoutOpen } from './chart-checks.js';
import { newSpec, optionsOf, settle } from './chart-draft.js';
import { chartFormStyles } from './chart-form-styles.js';
import { chartPageStyles } from './chart-page-styles.js';
import { proposeName } from './chart-words.js';
import { listTableGroups, type TableGroup } from './table-choices.js';

interface Loaded {
  groups: TableGroup[];
  /** Undefined for a new one. */
  chart?: StoredChart | undefined;
}

/** One chart while it is made or changed: what it shows at the left, its live result at the right. */
@customElement('app-chart-page')
export class AppChartPage extends LitElement {
  /** `new` for one that is not stored yet. */
  @property({ attribute: false }) chartId = 'new';
  @state() private spec?: ChartSpec;
  @state() private table?: Table;
  /** Empty: as proposed. */
  @state() private name = '';
  @state() private leave: (() => void) | undefined;
  @state() private deleting = false;
  /** As it was when nothing had been changed. */
  #before = '';
  readonly #loading = new Loading(this, (signal) => this.#load(signal));
  readonly #saving = new Submission(this);
  readonly #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.#changed) event.preventDefault();
  };

  static override styles = [baseStyles, formStyles, chartFormStyles, chartPageStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('beforeunload', this.#onUnload);
    router.guardLeaving((_, leave) => this.#mayLeave(leave));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('beforeunload', this.#onUnload);
    router.guardLeaving(undefined);
  }

  override render() {
    if (this.#loading.error?.status === 404) return html`<app-not-found-page></app-not-found-page>`;
    return this.#loading.render((loaded) => this.#renderPage(loaded));
  }

  #renderPage({ groups, chart }: Loaded) {
    if (groups.length === 0)
      return html`<app-empty-state icon="database" heading="No tables yet">
        A chart needs a table. Connect a database or upload a file first.
        <wa-button slot="action" variant="brand" href="/databases/new">Add a database</wa-button>
      </app-empty-state>`;
    return html`<app-trail
        .above=${trail(this.#dashboard)}
        current=${chart?.name ?? 'New chart'}
      ></app-trail>
      <h1 class="hidden-text">${chart ? `Edit ${chart.name}` : 'New chart'}</h1>
      ${this.#renderHead(chart)}
      <app-refusal .refusal=${this.#saving.refusal}></app-refusal>
      ${this.#renderConflict()} ${this.#renderGone()}
      <div class="columns">
        <div class="form">${this.#renderTable(groups)} ${this.#renderForm()}</div>
        <div class="result">${this.#renderResult()}</div>
      </div>
      ${this.#renderDialogs(chart)}`;
  }

  #renderHead(chart?: StoredChart) {
    const refused = this.#saving.at('name');
    return html`<div class="title">
      <wa-input
        class="inline ${refused ? 'refused' : ''}"
        label="Name of the chart"
        maxlength="200"
        autocomplete="off"
        placeholder=${this.#proposal}
        hint=${refused ?? ''}
        .value=${this.name}
        @input=${(event: Event) => (this.name = changedText(event))}
      ></wa-input>
      <div class="actions">
        ${
          chart
            ? html`<wa-button appearance="plain" @click=${() => (this.deleting = true)}
                  >Delete</wa-button
                >
                <wa-button appearance="outlined" @click=${() => this.#duplicate()}
                  >Duplicate</wa-button
                >`
            : nothing
        }
        <wa-button
          variant="brand"
          ?loading=${this.#saving.busy}
          ?disabled=${!this.spec || (Boolean(chart) && !this.#changed)}
          @click=${() => this.#save()}
          >${chart ? 'Save changes' : this.#dashboard ? 'Save and add to dashboard' : 'Save chart'}</wa-button
        >
      </div>
    </div>`;
  }

  #renderConflict() {
    const current = this.#theirs;
    if (!current) return nothing;
    return html`<div class="actions conflict">
      <wa-button size="s" appearance="outlined" @click=${() => this.#accept(current)}
        >Take theirs</wa-button
      >
      <wa-button size="s" appearance="outlined" @click=${() => this.#save(current.version)}
        >Save mine over theirs</wa-button
      >
      <wa-button size="s" appearance="outlined" @click=${() => this.#duplicate()}
        >Save mine as another chart</wa-button
      >
    </div>`;
  }

  #renderGone() {
    const gone = this.#problems.filter((each) => each.why === 'gone');
    if (gone.length === 0) return nothing;
    return html`<wa-callout variant="warning" size="s" class="gone-note">
      <wa-icon slot="icon" name="warning"></wa-icon>
      <strong>The table has changed since this chart was made</strong>
      <ul>
        ${gone.map(({ what }) => html`<li>${what}</li>`)}
      </ul>
      <wa-button size="s" appearance="outlined" @click=${this.#dropGone}>Take these out</wa-button>
    </wa-callout>`;
  }

  #renderTable(groups: TableGroup[]) {
    const several = groups.length > 1;
    return html`<section aria-label="Data">
      <h2>Data</h2>
      ${keyed(
        groups,
        html`<wa-select
          size="s"
          label="Table"
          placeholder="Choose a table"
          .value=${this.spec?.table ?? ''}
          @change=${(event: Event) => this.#chooseTable(changedText(event))}
        >
          ${groups.flatMap(({ database, tables }) =>
            tables.map(
              ({ id, label, name }) =>
                html`<wa-option value=${id}
                  >${several ? `${database}: ` : ''}${label || name}</wa-option
                >`,
            ),
          )}
        </wa-select>`,
      )}
    </section>`;
  }

  #renderForm() {
    const { spec, table } = this;
    if (!spec || !table) return nothing;
    const change = (event: CustomEvent<ChartSpec>) => this.#change(event.detail);
    return html`<app-chart-fields
        .spec=${spec}
        .table=${table}
        .problems=${this.#problems}
        @app-changed=${change}
      ></app-chart-fields>
      <app-chart-filters
        .spec=${spec}
        .table=${table}
        .problems=${this.#problems}
        @app-changed=${change}
      ></app-chart-filters>
      <app-chart-order .spec=${spec} .table=${table} @app-changed=${change}></app-chart-order>
      ${
        optionsOf[spec.type].length > 0
          ? html`<app-chart-options
              .spec=${spec}
              .table=${table}
              @app-changed=${change}
            ></app-chart-options>`
          : nothing
      }`;
  }

  #renderResult() {
    const { spec, table } = this;
    if (!spec || !table)
      return html`<app-empty-state icon="charts" heading="Start with a table">
        Choose what the chart is about.
      </app-empty-state>`;
    const problem = this.#problems.find(({ why }) => why !== 'open');
    return html`<app-chart-type-picker
        .spec=${spec}
        .table=${table}
        @app-changed=${(event: CustomEvent<ChartType>) => this.#change({ ...spec, type: event.detail })}
      ></app-chart-type-picker>
      <app-chart-result
        .spec=${problem ? undefined : withoutOpen(spec)}
        missing=${problem?.what ?? ''}
        .name=${this.name || this.#proposal}
      ></app-chart-result>`;
  }

  #renderDialogs(chart?: StoredChart) {
    return html`<app-confirm
        heading="Leave without saving?"
        verb="Leave"
        ?open=${Boolean(this.leave)}
        .deed=${async () => (this.#before = this.#now)}
        @app-done=${() => this.leave?.()}
        @app-closed=${() => (this.leave = undefined)}
      >
        <p>Your changes to this chart are not saved.</p>
      </app-confirm>
      <app-confirm
        heading="Delete this chart?"
        verb="Delete chart"
        ?open=${this.deleting}
        .deed=${async () => chart && deleteChart(chart.id, { force: chart.dashboards.length > 0 })}
        @app-done=${() => this.#go('/charts')}
        @app-closed=${() => (this.deleting = false)}
      >
        <p>${chart ? describeDeletion(chart) : nothing}</p>
      </app-confirm>`;
  }

  get #problems(): ChartProblem[] {
    return this.spec && this.table ? checkSpec(this.spec, this.table) : [];
  }

  get #proposal(): string {
    return this.spec && this.table ? proposeName(this.spec, this.table) : 'New chart';
  }

  get #now(): string {
    return JSON.stringify([this.name, this.spec]);
  }

  get #changed(): boolean {
    return this.#before !== '' && this.#now !== this.#before;
  }

  /** What somebody else has stored meanwhile. */
  get #theirs(): StoredChart | undefined {
    const { refusal } = this.#saving;
    return refusal?.status === 409 ? (refusal.current as StoredChart | undefined) : undefined;
  }

  /** The dashboard that the chart is made for or was opened from. */
  get #dashboard(): string {
    return new URLSearchParams(location.search).get('dashboard') ?? '';
  }

  async #load(signal: AbortSignal): Promise<Loaded> {
    const wanted = new URLSearchParams(location.search).get('table') ?? '';
    const [groups, chart] = await Promise.all([
      listTableGroups(signal),
      this.chartId === 'new' ? undefined : getChart(this.chartId, signal),
    ]);
    const only = groups.flatMap(({ tables }) => tables);
    const tableId = chart?.spec.table ?? (wanted || (only.length === 1 ? (only[0]?.id ?? '') : ''));
    if (tableId) this.table = await getTable(tableId, signal);
    if (chart) this.#show(chart);
    else if (this.table) this.#begin(newSpec(this.table));
    return { groups, chart };
  }

  #show({ name, spec }: StoredChart): void {
    document.title = `${name} · Aracari`;
    this.name = name;
    this.#begin(spec);
  }

  #begin(spec: ChartSpec): void {
    this.spec = spec;
    this.#before = this.#now;
  }

  async #chooseTable(id: string): Promise<void> {
    const table = await this.#saving.run(() => getTable(id));
    if (!table) return;
    this.table = table;
    if (this.#before) this.spec = newSpec(table);
    else this.#begin(newSpec(table));
  }

  #change(spec: ChartSpec): void {
    if (this.table) this.spec = settle(spec, this.table);
  }

  #dropGone(): void {
    if (this.spec && this.table) this.#change(withoutGone(this.spec, this.table));
  }

  async #save(version?: number): Promise<void> {
    const { chart } = this.#loading.value ?? {};
    const saved = await this.#saving.run(async () => {
      const { name, spec } = this.#checked();
      return chart
        ? saveChart(chart.id, version ?? chart.version, name, spec)
        : createChart(name, spec);
    });
    if (!saved) return;
    this.#accept(saved);
    if (chart) return;
    this.#go(
      this.#dashboard
        ? `/dashboards/${encodeURIComponent(this.#dashboard)}/edit?add=${encodeURIComponent(saved.id)}`
        : `/charts/${encodeURIComponent(saved.id)}`,
    );
  }

  async #duplicate(): Promise<void> {
    const copy = await this.#saving.run(async () => {
      const { name, spec } = this.#checked();
      return createChart(`${name} (copy)`, spec);
    });
    if (copy) this.#go(`/charts/${encodeURIComponent(copy.id)}`);
  }

  #checked(): { name: string; spec: ChartSpec } {
    const [problem] = this.#problems;
    if (!this.spec) throw refuseLocally('spec', 'Choose a table.');
    if (problem) throw refuseLocally(problem.field, problem.what);
    return { name: this.name.trim() || this.#proposal, spec: this.spec };
  }

  #accept(chart: StoredChart): void {
    const loaded = this.#loading.value;
    if (!loaded) return;
    if (loaded.chart) this.#loading.value = { ...loaded, chart };
    this.#saving.clear();
    this.#show(chart);
  }

  /** Leaves without asking: everything is stored. */
  #go(address: string): void {
    this.#before = this.#now;
    router.go(address);
  }

  #mayLeave(leave: () => void): boolean {
    if (!this.#changed) return true;
    this.leave = leave;
    return false;
  }
}

function trail(dashboard: string): [string, string][] {
  return dashboard
    ? [[`/dashboards/${encodeURIComponent(dashboard)}/edit`, 'Dashboard']]
    : [['/charts', 'Charts']];
}
