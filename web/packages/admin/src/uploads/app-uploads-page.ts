import { createUpload, deleteUpload, listUploads, type Upload } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-confirm.js';
import '../parts/app-panel.js';
import '../parts/app-refusal.js';
import '../parts/app-trail.js';
import { router } from '../router.js';
import { Submission } from '../submission.js';
import { tableStyles } from '../table-styles.js';
import { formatDistance } from '../time.js';
import './app-file-drop.js';
import { transfers } from './transfers.js';
import { describeState, findBegun } from './upload-words.js';

/** Where a file is chosen to become a table, and what is left of earlier uploads. */
@customElement('app-uploads-page')
export class AppUploadsPage extends LitElement {
  @state() private discarded?: Upload | undefined;
  readonly #uploads = new Loading(this, listUploads);
  readonly #beginning = new Submission(this);

  static override styles = [
    baseStyles,
    tableStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
        max-width: 60rem;
      }
      h1 {
        margin-block: 0.75rem 0.35rem;
      }
    `,
  ];

  override render() {
    return html`<div>
        <app-trail
          .above=${[
            ['/databases', 'Databases'],
            ['/databases/new', 'Add'],
          ]}
          current="Upload"
        ></app-trail>
        <h1>Upload a file</h1>
        <p class="quiet">
          It becomes a table. Before that you see its columns, and may choose their types.
        </p>
      </div>
      <app-file-drop ?disabled=${this.#beginning.busy} @app-chosen=${this.#begin}></app-file-drop>
      <app-refusal .refusal=${this.#beginning.refusal}></app-refusal>
      ${this.#uploads.render((uploads) => this.#renderUnfinished(uploads))}
      <app-confirm
        heading="Discard this upload?"
        verb="Discard"
        ?open=${Boolean(this.discarded)}
        .deed=${async () => this.discarded && discard(this.discarded)}
        @app-done=${() => this.#uploads.reload()}
        @app-closed=${() => (this.discarded = undefined)}
      >
        <p>What the server has of ${this.discarded?.fileName} is deleted.</p>
      </app-confirm>`;
  }

  #renderUnfinished(uploads: Upload[]) {
    const unfinished = uploads.filter(({ state }) => state !== 'imported');
    if (unfinished.length === 0) return nothing;
    return html`<app-panel heading="Unfinished uploads">
      <span slot="description">
        Choose the same file again to go on where it stopped. They are kept for a day.
      </span>
      <table role="table">
        <thead role="rowgroup">
          <tr role="row">
            ${['File', 'State', 'Begun', ''].map(
              (column) => html`<th role="columnheader" scope="col">${column}</th>`,
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${unfinished.map((upload) => this.#renderRow(upload))}
        </tbody>
      </table>
    </app-panel>`;
  }

  #renderRow(upload: Upload) {
    return html`<tr role="row">
      <td role="cell" class="name"><a href=${addressOf(upload)}>${upload.fileName}</a></td>
      <td role="cell" data-label="State">${describeState(upload)}</td>
      <td role="cell" data-label="Begun">${formatDistance(upload.createdAt)}</td>
      <td role="cell" class="act">
        ${
          upload.state === 'importing'
            ? nothing
            : html`<wa-button size="s" appearance="plain" @click=${() => (this.discarded = upload)}
                >Discard<span class="hidden-text"> ${upload.fileName}</span></wa-button
              >`
        }
      </td>
    </tr>`;
  }

  async #begin({ detail: file }: CustomEvent<File>): Promise<void> {
    const upload = await this.#beginning.run(async () => {
      const begun = findBegun(await listUploads(), file);
      return begun ?? createUpload({ fileName: file.name, bytes: file.size });
    });
    if (!upload) return;
    if (upload.state === 'receiving') transfers.start(upload, file);
    router.go(addressOf(upload));
  }
}

async function discard({ id }: Upload): Promise<void> {
  transfers.drop(id);
  await deleteUpload(id);
}

function addressOf({ id }: Upload): string {
  return `/uploads/${encodeURIComponent(id)}`;
}
