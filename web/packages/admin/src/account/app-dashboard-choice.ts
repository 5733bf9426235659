import type { DashboardSummary } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';

/** All dashboards, or the checked ones of a list. */
@customElement('app-dashboard-choice')
export class AppDashboardChoice extends LitElement {
  @property({ attribute: false }) dashboards: DashboardSummary[] = [];
  /** Why the last choice was refused. */
  @property({ attribute: false }) refused?: string;
  @state() private every = true;
  @query('form') private form!: HTMLFormElement;
  @query('wa-radio-group') private group!: HTMLElement;

  static override styles = [
    baseStyles,
    formStyles,
    css`
      form {
        gap: 0.625rem;
      }
      .list {
        max-height: 13rem;
        padding: 0.75rem;
        border: 1px solid var(--wa-color-surface-border);
        border-radius: var(--wa-border-radius-m);
        overflow: auto;
      }
    `,
  ];

  /** The chosen ids; undefined means all. */
  read(): string[] | undefined {
    return this.every ? undefined : new FormData(this.form).getAll('dashboards').map(String);
  }

  override focus(): void {
    this.group.focus();
  }

  override render() {
    return html`<form>
      <wa-radio-group
        class=${this.refused ? 'refused' : ''}
        label="Dashboards"
        value="all"
        hint=${this.refused ?? ''}
        @change=${this.#choose}
      >
        <wa-radio value="all">All dashboards, later ones too</wa-radio>
        <wa-radio value="some">Only these</wa-radio>
      </wa-radio-group>
      ${this.every ? nothing : this.#renderList()}
    </form>`;
  }

  #renderList() {
    return html`<div class="list" role="group" aria-label="Only these dashboards">
      ${this.dashboards.map(
        ({ id, name }) =>
          html`<div><wa-checkbox name="dashboards" value=${id}>${name}</wa-checkbox></div>`,
      )}
    </div>`;
  }

  #choose(event: Event): void {
    this.every = (event.target as HTMLInputElement).value === 'all';
  }
}
