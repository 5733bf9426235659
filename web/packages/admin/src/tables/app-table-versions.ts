import {
  getTableVersion,
  listTableVersions,
  restoreTable,
  type Table,
  type TableVersion,
  type TokenAttribute,
} from '@aracari/api';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { definitionStyles, renderItem } from '../definition-list.js';
import { Loading } from '../loading.js';
import '../parts/app-access-mark.js';
import '../parts/app-badge.js';
import '../parts/app-confirm.js';
import '../parts/app-panel.js';
import '../parts/app-refusal.js';
import { readColumn, readRule } from '../rules/rule-sentence.js';
import { Submission } from '../submission.js';
import { tableStyles } from '../table-styles.js';
import { formatDistance, formatMoment } from '../time.js';
import { readMetric } from './metric-words.js';

/**
 * Tab Versions of a table: who changed what and when, how it was, and back to it.
 * @fires app-restored - Detail is the table after an old version was restored.
 */
@customElement('app-table-versions')
export class AppTableVersions extends LitElement {
  @property({ attribute: false }) table!: Table;
  @property({ attribute: false }) tokenAttributes: TokenAttribute[] = [];
  /** There are changes that are not saved; restoring loses them. */
  @property({ type: Boolean }) changed = false;
  @state() private viewed?: TableVersion & { table: Table };
  @state() private restoring?: TableVersion;
  readonly #versions = new Loading(this, (signal) => listTableVersions(this.table.id, signal));
  readonly #viewing = new Submission(this);

  static override styles = [
    baseStyles,
    tableStyles,
    definitionStyles,
    css`
      wa-dialog {
        --width: 44rem;
      }
      .acts {
        display: inline-flex;
        gap: 0.5rem;
      }
      li + li {
        margin-block-start: 0.35rem;
      }
    `,
  ];

  override updated(changed: PropertyValues<this>): void {
    const before = changed.get('table');
    if (before && before.version !== this.table.version) void this.#versions.reload();
  }

  override render() {
    return html`<app-panel heading="Versions">
        <span slot="description">
          Each saved change makes a version. Restoring an old one makes a new version of it.
        </span>
        <app-refusal .refusal=${this.#viewing.refusal}></app-refusal>
        ${this.#versions.render((list) => this.#renderTable(list))}
      </app-panel>
      ${this.#renderViewed()} ${this.#renderRestoring()}`;
  }

  #renderTable(list: TableVersion[]) {
    return html`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${['Version', 'Change', 'By', 'When'].map(
            (column) => html`<th role="columnheader" scope="col">${column}</th>`,
          )}
          <th role="columnheader" scope="col"><span class="hidden-text">Actions</span></th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${list.map((version) => this.#renderRow(version))}
      </tbody>
    </table>`;
  }

  #renderRow(version: TableVersion) {
    const present = version.version === this.table.version;
    return html`<tr role="row">
      <td role="cell" class="name">
        ${version.version}
        ${present ? html`<app-badge variant="brand">Present</app-badge>` : nothing}
      </td>
      <td role="cell" data-label="Change">${version.summary || '–'}</td>
      <td role="cell" data-label="By">${version.actor}</td>
      <td role="cell" data-label="When">
        <time datetime=${version.at} title=${formatMoment(version.at)}
          >${formatDistance(version.at)}</time
        >
      </td>
      <td role="cell">
        <span class="acts">
          <wa-button
            size="s"
            appearance="outlined"
            title="View version ${version.version}"
            @click=${() => this.#view(version)}
            >View</wa-button
          >
          ${
            present
              ? nothing
              : html`<wa-button
                  size="s"
                  appearance="outlined"
                  title="Restore version ${version.version}"
                  @click=${() => (this.restoring = version)}
                  >Restore</wa-button
                >`
          }
        </span>
      </td>
    </tr>`;
  }

  #renderViewed() {
    const { viewed } = this;
    return html`<wa-dialog
      label="Version ${viewed?.version ?? ''}"
      ?open=${Boolean(viewed)}
      @wa-after-hide=${(event: Event) => {
        if (event.target === event.currentTarget) this.viewed = undefined;
      }}
    >
      ${viewed ? this.#renderTableOf(viewed.table) : nothing}
    </wa-dialog>`;
  }

  #renderTableOf({ access, rules, columns, metrics, dimensions, statement }: Table) {
    const columnType = (name: string) => columns.find((column) => column.name === name)?.type;
    const attributeType = (name: string) =>
      this.tokenAttributes.find((attribute) => attribute.name === name)?.type;
    const closed = columns.filter((each) => each.access !== 'visible' || each.exceptions?.length);
    const list = (lines: string[]) =>
      lines.length > 0
        ? html`<ul>
            ${lines.map((line) => html`<li>${line}</li>`)}
          </ul>`
        : 'None';
    return html`<dl>
      ${renderItem('Access', html`<app-access-mark access=${access}></app-access-mark>`)}
      ${renderItem('Rules', list(rules.map((rule) => `${rule.name}: ${readRule(rule, columnType, attributeType)}`)))}
      ${renderItem('Columns', list(closed.map((each) => `${each.name}: ${readColumn(each.access, each.exceptions ?? [], attributeType)}`)))}
      ${renderItem('Metrics', list(metrics.map((metric) => `${metric.label}: ${readMetric(metric)}`)))}
      ${renderItem('Dimensions', list(dimensions.map(({ label, column }) => `${label}: ${column}`)))}
      ${statement === undefined ? nothing : renderItem('Statement', html`<code>${statement}</code>`)}
    </dl>`;
  }

  #renderRestoring() {
    const { restoring } = this;
    return html`<app-confirm
      heading="Restore version ${restoring?.version ?? ''}?"
      verb="Restore version"
      ?open=${Boolean(restoring)}
      .deed=${() => this.#restore(restoring)}
      @app-closed=${() => (this.restoring = undefined)}
    >
      <p>
        Access, rules, columns, metrics and dimensions become what they were then, for everyone with
        a token, at once. The present version stays in this list.
      </p>
      ${
        this.changed
          ? html`<p><strong>Your changes that are not saved are lost.</strong></p>`
          : nothing
      }
    </app-confirm>`;
  }

  async #view({ version }: TableVersion): Promise<void> {
    this.viewed = await this.#viewing.run(() => getTableVersion(this.table.id, version));
  }

  async #restore(version: TableVersion | undefined): Promise<void> {
    if (!version) return;
    const table = await restoreTable(this.table.id, version.version, this.table.version);
    this.dispatchEvent(new CustomEvent('app-restored', { detail: table }));
  }
}
