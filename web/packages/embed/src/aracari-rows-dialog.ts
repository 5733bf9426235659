import type { Chart, Column } from '@aracari/api';
import { defineElement, formatCount, type Language, languageOf, type Theme } from '@aracari/charts';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { RowsLoader } from './aracari-dashboard-tile.js';
import { crossIcon } from './icons.js';

/** The rows behind a chart, in a dialog over the page. Opens when it is put into the page, and leaves it when closed. */
export class AracariRowsDialog extends LitElement {
  /** The chart's. */
  @property() name = '';
  @property({ attribute: false }) load: RowsLoader = () => Promise.resolve([]);
  @property({ attribute: false }) theme: Theme = 'light';
  @property({ attribute: false }) language: Language = languageOf();

  @state() private columns: Column[] | undefined;
  @state() private failure = '';

  @query('dialog') private dialog!: HTMLDialogElement;

  readonly #abort = new AbortController();

  protected override firstUpdated(): void {
    this.dialog.showModal();
    this.load(this.#abort.signal).then(
      (columns) => (this.columns = columns),
      (cause: unknown) => {
        this.failure = cause instanceof Error ? cause.message : this.language.texts.failed;
      },
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#abort.abort();
  }

  protected override render(): TemplateResult {
    const { texts } = this.language;
    return html`
      <dialog aria-labelledby="title" @close=${() => this.remove()} @click=${this.#aside}>
        <div class="content">
          <header>
            <h2 id="title">${texts.rowsOf(this.name)}</h2>
            <button
              type="button"
              title=${texts.close}
              aria-label=${texts.close}
              @click=${this.#close}
            >
              ${crossIcon}
            </button>
          </header>
          ${this.#renderRows()}
        </div>
      </dialog>
    `;
  }

  #renderRows(): TemplateResult {
    const { columns, failure, language } = this;
    const { texts } = language;
    if (failure) return html`<p role="alert">${failure}</p>`;
    if (!columns) return html`<p role="status">…</p>`;
    const count = columns[0]?.values.length ?? 0;
    if (count === 0) return html`<p>${texts.noData}</p>`;
    const chart: Chart = { id: 'rows', name: texts.rowsOf(this.name), type: 'table' };
    const told = formatCount(count, language);
    return html`
      <aracari-chart-view
        .chart=${chart}
        .columns=${columns}
        .theme=${this.theme}
        .locale=${language.locale}
        .timeZone=${language.timeZone}
      ></aracari-chart-view>
      <p class="count">${count < 1000 ? texts.rows(told) : texts.firstRows(told)}</p>
    `;
  }

  readonly #close = (): void => this.dialog.close();

  /** A click beside the dialog closes it. */
  readonly #aside = ({ target }: Event): void => {
    if (target === this.dialog) this.dialog.close();
  };

  static override readonly styles = css`
    dialog {
      width: min(1080px, 92vw);
      height: min(640px, 84vh);
      padding: 0;
      border: 1px solid var(--_border);
      border-radius: 14px;
      background: var(--_surface);
      box-shadow: var(--_float);
      color: var(--_text);
    }
    dialog::backdrop {
      background: rgb(10 12 18 / 45%);
    }
    .content {
      display: flex;
      flex-direction: column;
      box-sizing: border-box;
      height: 100%;
      padding: 20px 24px;
    }
    header {
      display: flex;
      align-items: center;
      gap: 12px;
      margin-bottom: 12px;
    }
    h2 {
      flex: 1;
      min-width: 0;
      margin: 0;
      overflow: hidden;
      font-size: 16px;
      font-weight: 600;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    button {
      display: grid;
      place-items: center;
      width: 28px;
      height: 28px;
      padding: 0;
      border: 0;
      border-radius: 6px;
      background: none;
      color: var(--_muted);
      cursor: pointer;
    }
    button:hover {
      background: var(--_hover);
      color: var(--_text);
    }
    button:focus-visible {
      outline: 2px solid var(--_accent);
    }
    svg {
      width: 14px;
      height: 14px;
    }
    aracari-chart-view {
      flex: 1;
    }
    p {
      margin: auto;
      color: var(--_muted);
      font-size: 13px;
    }
    .count {
      margin: 10px 0 0;
      font-size: 12px;
    }
  `;
}

defineElement('aracari-rows-dialog', AracariRowsDialog);

declare global {
  interface HTMLElementTagNameMap {
    'aracari-rows-dialog': AracariRowsDialog;
  }
}
