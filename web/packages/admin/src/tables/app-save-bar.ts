import { AracariError, type TableDefinition, type TableProblem } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { countOf } from '../databases/schema-words.js';
import '../parts/app-refusal.js';
import { describePlace } from './table-draft.js';

/**
 * Stays at the lower edge while there are changes: saves or discards them, and says why they could not be saved.
 * @fires app-save - Detail is the summary for the list of versions.
 * @fires app-discard - The changes are not wanted.
 * @fires app-reload - Somebody else has changed the table: it is to be loaded again, without the changes.
 */
@customElement('app-save-bar')
export class AppSaveBar extends LitElement {
  @property({ type: Boolean }) busy = false;
  /** The summary where the person writes none. */
  @property({ attribute: false }) proposal = '';
  @property({ attribute: false }) draft!: TableDefinition;
  @property({ attribute: false }) refusal?: AracariError;
  @property({ attribute: false }) problems: TableProblem[] = [];
  @query('wa-input') private summary!: HTMLElement & { value: string };
  @query('.found') private found?: HTMLElement;

  static override styles = [
    baseStyles,
    formStyles,
    css`
      :host {
        position: sticky;
        z-index: 1;
        inset-block-end: 0.75rem;
        margin-block-start: 1.5rem;
      }
      .bar {
        display: grid;
        gap: 0.75rem;
        padding: 0.875rem 1rem;
        border: 1px solid var(--wa-color-brand-border-loud);
        border-radius: var(--wa-border-radius-l);
        background: var(--app-panel);
        box-shadow: 0 6px 24px oklch(0.2 0.02 200 / 0.14);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 0.625rem;
        align-items: center;
      }
      .row wa-input {
        flex: 1 1 16rem;
      }
      wa-input::part(form-control-label) {
        position: absolute;
        clip-path: inset(50%);
      }
      .found {
        max-height: 9rem;
        overflow: auto;
        color: var(--wa-color-danger-on-quiet);
        font-size: var(--wa-font-size-s);
        outline: none;
      }
    `,
  ];

  /** Leads the keyboard to the list of what is wrong. */
  focusFirst(): void {
    void this.updateComplete.then(() => this.found?.focus());
  }

  override render() {
    return html`<div class="bar" role="region" aria-label="Unsaved changes">
      ${this.#renderRefusal()} ${this.#renderProblems()}
      <div class="row">
        <strong class="small">Unsaved changes</strong>
        <wa-input
          size="s"
          label="Summary of the change"
          placeholder=${this.proposal}
          maxlength="200"
          autocomplete="off"
        ></wa-input>
        <wa-button size="s" appearance="outlined" @click=${() => this.#tell('app-discard')}
          >Discard</wa-button
        >
        <wa-button size="s" variant="brand" ?loading=${this.busy} @click=${this.#save}
          >Save changes</wa-button
        >
      </div>
    </div>`;
  }

  #renderRefusal() {
    const { refusal } = this;
    return html`<app-refusal .refusal=${refusal && named(refusal)}></app-refusal> ${
        refusal?.status === 409
          ? html`<div>
              <wa-button size="s" appearance="outlined" @click=${() => this.#tell('app-reload')}
                >Reload, and lose my changes</wa-button
              >
            </div>`
          : nothing
      }`;
  }

  #renderProblems() {
    if (this.problems.length === 0 || this.refusal) return nothing;
    return html`<div class="found" role="alert" tabindex="-1">
      <strong>${countOf(this.problems.length, 'thing')} to mend before this can be saved</strong>
      <ul>
        ${this.problems.map(({ field, what }) => html`<li>${describePlace(field, this.draft)}: ${what}</li>`)}
      </ul>
    </div>`;
  }

  #save(): void {
    const summary = (this.summary.value ?? '').trim() || this.proposal;
    this.dispatchEvent(new CustomEvent('app-save', { detail: summary }));
  }

  #tell(what: 'app-discard' | 'app-reload'): void {
    this.dispatchEvent(new Event(what));
  }
}

/** The server's title of a conflict speaks of things that exist already; here it is a change that does. */
function named(refusal: AracariError): AracariError {
  if (refusal.status !== 409) return refusal;
  const { code, detail } = refusal;
  return new AracariError(409, { code, detail, title: 'Somebody else has changed this table' });
}
