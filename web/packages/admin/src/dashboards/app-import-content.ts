import { applyContent, type ContentChange } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import '../parts/app-badge.js';
import '../parts/app-refusal.js';
import { refuseLocally, Submission } from '../submission.js';

/** Larger files are none of ours. */
const mostBytes = 2_000_000;

const words: Record<ContentChange['change'], [text: string, variant: string]> = {
  created: ['New', 'success'],
  updated: ['Changed', 'warning'],
  unchanged: ['As it is', 'neutral'],
};

/**
 * Dialog that brings in a JSON file of dashboards and charts: first it shows what would change.
 * @fires app-done - The content was brought in.
 * @fires app-closed - The dialog has closed.
 */
@customElement('app-import-content')
export class AppImportContent extends LitElement {
  @property({ type: Boolean }) open = false;
  @state() private changes: ContentChange[] | undefined;
  #content: unknown;
  readonly #applying = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      wa-dialog {
        --width: 32rem;
      }
      .fields {
        justify-items: start;
      }
      label {
        display: grid;
        gap: 0.35rem;
        font-weight: 500;
      }
      ul {
        width: 100%;
        max-height: 18rem;
        overflow: auto;
      }
      li {
        display: flex;
        justify-content: space-between;
        gap: 1rem;
        padding-block: 0.45rem;
        border-block-end: 1px solid var(--wa-color-surface-border);
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render() {
    return html`<wa-dialog
      label="Import dashboards"
      ?open=${this.open}
      @wa-after-hide=${this.#closed}
    >
      ${this.open ? this.#renderBody() : nothing}
      <wa-button slot="footer" appearance="outlined" @click=${() => (this.open = false)}
        >Cancel</wa-button
      >
      <wa-button
        slot="footer"
        variant="brand"
        ?disabled=${!this.changes?.some(({ change }) => change !== 'unchanged')}
        ?loading=${this.#applying.busy}
        @click=${this.#apply}
        >Import</wa-button
      >
    </wa-dialog>`;
  }

  #renderBody() {
    return html`<div class="fields">
      <p class="small quiet">
        A file that was exported here or from another Aracari. Nothing changes before you have seen
        what would.
      </p>
      <label
        >JSON file
        <input type="file" accept=".json,application/json" @change=${this.#chosen} />
      </label>
      <app-refusal .refusal=${this.#applying.refusal}></app-refusal>
      ${this.changes ? this.#renderChanges(this.changes) : nothing}
    </div>`;
  }

  #renderChanges(changes: ContentChange[]) {
    return html`<ul role="list" aria-label="What would change">
      ${changes.map(({ kind, name, change }) => {
        const [text, variant] = words[change];
        return html`<li>
          <span>${kind === 'chart' ? 'Chart' : 'Dashboard'} “${name}”</span>
          <app-badge variant=${variant}>${text}</app-badge>
        </li>`;
      })}
    </ul>`;
  }

  async #chosen(event: Event): Promise<void> {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    this.changes = undefined;
    if (!file) return;
    this.changes = await this.#applying.run(async () => {
      this.#content = await readContent(file);
      return applyContent(this.#content, { rehearsal: true });
    });
  }

  async #apply(): Promise<void> {
    const done = await this.#applying.run(() => applyContent(this.#content, { rehearsal: false }));
    if (!done) return;
    this.open = false;
    this.dispatchEvent(new Event('app-done'));
  }

  #closed(event: Event): void {
    if (event.target !== event.currentTarget) return;
    this.open = false;
    this.changes = undefined;
    this.#applying.clear();
    this.dispatchEvent(new Event('app-closed'));
  }
}

async function readContent(file: File): Promise<unknown> {
  if (file.size > mostBytes) throw refuseLocally('file', 'The file is too large for dashboards.');
  try {
    return JSON.parse(await file.text());
  } catch {
    throw refuseLocally('file', 'This is not a JSON file.');
  }
}
