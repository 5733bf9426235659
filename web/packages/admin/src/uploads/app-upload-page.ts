import { deleteUpload, getUpload, type Upload } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-confirm.js';
import '../parts/app-panel.js';
import '../parts/app-progress.js';
import '../parts/app-trail.js';
import { router } from '../router.js';
import '../shell/app-not-found-page.js';
import './app-import-form.js';
import './app-transfer.js';
import { transfers } from './transfers.js';

const steps = ['Send', 'Check', 'Import'];
const askEvery = 1000;

/** One upload, from its first byte to the table that it becomes. */
@customElement('app-upload-page')
export class AppUploadPage extends LitElement {
  @property({ attribute: false }) uploadId = '';
  @state() private discarding = false;
  #timer = 0;
  readonly #upload = new Loading(this, (signal) => this.#load(signal));

  static override styles = [
    baseStyles,
    css`
      .page {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
        max-width: 60rem;
      }
      .head {
        display: grid;
        gap: 0.75rem;
      }
      h1 {
        overflow-wrap: anywhere;
      }
      .cancel {
        margin-block-start: 0.75rem;
      }
      ol {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1.5rem;
        margin: 0;
        padding: 0;
        list-style: none;
        color: var(--wa-color-text-quiet);
        font-size: var(--wa-font-size-s);
        counter-reset: step;
      }
      li {
        display: flex;
        gap: 0.45rem;
        align-items: center;
        counter-increment: step;
      }
      li::before {
        content: counter(step);
        display: grid;
        place-items: center;
        width: 1.4rem;
        height: 1.4rem;
        border-radius: 50%;
        background: var(--wa-color-neutral-fill-normal);
        font-size: 0.75rem;
        font-weight: 600;
      }
      [aria-current] {
        color: var(--wa-color-text-normal);
        font-weight: 550;
      }
      [aria-current]::before {
        background: var(--wa-color-brand-fill-loud);
        color: var(--wa-color-brand-on-loud);
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override render() {
    if (this.#upload.error?.status === 404) return html`<app-not-found-page></app-not-found-page>`;
    return this.#upload.render((upload) => this.#renderPage(upload));
  }

  #renderPage(upload: Upload) {
    const current = { receiving: 0, received: 1, failed: 1, importing: 2, imported: 3 }[
      upload.state
    ];
    return html`<div class="page">
        <div class="head">
          <app-trail
            .above=${[
              ['/databases', 'Databases'],
              ['/uploads', 'Upload'],
            ]}
            current=${upload.fileName}
          ></app-trail>
          <h1>${upload.fileName}</h1>
          <ol aria-label="Steps">
            ${steps.map((step, at) => html`<li aria-current=${at === current ? 'step' : nothing}>${step}</li>`)}
          </ol>
        </div>
        ${this.#renderStep(upload)}
      </div>
      <app-confirm
        heading="Discard this upload?"
        verb="Discard"
        ?open=${this.discarding}
        .deed=${() => this.#discard(upload)}
        @app-done=${() => router.go('/uploads')}
        @app-closed=${() => (this.discarding = false)}
      >
        <p>
          What the server has of ${upload.fileName} is
          deleted${upload.state === 'importing' ? ', and its import ends' : ''}.
        </p>
      </app-confirm>`;
  }

  #renderStep(upload: Upload) {
    switch (upload.state) {
      case 'receiving':
        return html`<app-transfer .upload=${upload} @app-done=${() => this.#upload.reload()}
          >${this.#renderDiscard()}</app-transfer
        >`;
      case 'received':
      case 'failed':
        return html`${upload.state === 'failed' ? renderFailure(upload) : nothing}
          <app-import-form .upload=${upload} @app-importing=${() => this.#upload.reload()}
            >${this.#renderDiscard()}</app-import-form
          >`;
      case 'importing':
        return html`<app-panel heading="Importing">
          <span slot="description"
            >The rows are sorted and written. You may leave: it goes on without you.</span
          >
          <app-progress
            .value=${upload.progress}
            label="Import of ${upload.fileName}"
          ></app-progress>
          <div class="cancel">${this.#renderDiscard()}</div>
        </app-panel>`;
      case 'imported':
        return html`<app-panel heading="Imported">
          <p>
            It has become the table
            ${
              upload.table
                ? html`<a href=${addressOf(upload.table)}>${upload.table.label}</a>`
                : nothing
            }.
          </p>
        </app-panel>`;
    }
  }

  #renderDiscard() {
    return html`<wa-button appearance="plain" @click=${() => (this.discarding = true)}
      >Discard</wa-button
    >`;
  }

  async #load(signal: AbortSignal): Promise<Upload> {
    const importing = this.#upload.value?.state === 'importing';
    const upload = await getUpload(this.uploadId, signal);
    document.title = `${upload.fileName} · Aracari`;
    clearTimeout(this.#timer);
    if (upload.state === 'importing')
      this.#timer = window.setTimeout(() => void this.#upload.reload(), askEvery);
    if (upload.state !== 'receiving') transfers.drop(upload.id);
    if (importing && upload.table) router.redirect(addressOf(upload.table));
    return upload;
  }

  async #discard({ id }: Upload): Promise<void> {
    transfers.drop(id);
    await deleteUpload(id);
  }
}

function renderFailure({ reason }: Upload) {
  return html`<wa-callout variant="danger">
    <wa-icon slot="icon" name="circle-xmark"></wa-icon>
    <strong>The import failed</strong>
    <p>${reason}</p>
  </wa-callout>`;
}

function addressOf(table: NonNullable<Upload['table']>): string {
  return `/tables/${encodeURIComponent(table.id)}/rules`;
}
