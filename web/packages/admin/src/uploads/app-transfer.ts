import type { Upload } from '@aracari/api';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import '../parts/app-panel.js';
import '../parts/app-progress.js';
import './app-file-drop.js';
import type { FileTransfer, TransferState } from './file-transfer.js';
import { transfers } from './transfers.js';
import { describeAmount, describePace } from './upload-words.js';

/**
 * The sending of a file: how far it is, how fast, and how long it still takes; pause and resume. After a reload the file
 * has to be chosen again, and only the rest of it is sent.
 * @fires app-done - The server has all of it.
 */
@customElement('app-transfer')
export class AppTransfer extends LitElement {
  @property({ attribute: false }) upload!: Upload;
  @state() private transfer?: FileTransfer | undefined;
  @state() private complaint = '';
  readonly #changed = (): void => {
    this.requestUpdate();
    if (this.transfer?.state.kind === 'done') this.dispatchEvent(new Event('app-done'));
  };

  static override styles = [
    baseStyles,
    formStyles,
    css`
      .transfer {
        display: grid;
        gap: 0.875rem;
      }
      .figures {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0.25rem 1rem;
        font-size: var(--wa-font-size-s);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('upload')) this.#follow(transfers.of(this.upload.id));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.transfer?.removeEventListener('change', this.#changed);
  }

  override render() {
    const { transfer, upload } = this;
    const sent = transfer?.sent ?? upload.received;
    return html`<app-panel heading="Sending">
      <div class="transfer">
        <app-progress
          .value=${sent / upload.bytes}
          label="Upload of ${upload.fileName}"
        ></app-progress>
        <p class="figures">
          <span>${describeAmount(sent, upload.bytes)}</span>
          <span class="quiet">${transfer ? paceOf(transfer) : nothing}</span>
        </p>
        ${transfer ? this.#renderControls(transfer) : this.#renderChoice()}
      </div>
    </app-panel>`;
  }

  #renderControls(transfer: FileTransfer) {
    const { state } = transfer;
    return html`<div role="status">${renderState(state)}</div>
      <div class="actions">
        ${
          transfer.active
            ? html`<wa-button appearance="outlined" @click=${() => transfer.pause()}
                ><wa-icon slot="start" name="pause"></wa-icon>Pause</wa-button
              >`
            : state.kind === 'done'
              ? nothing
              : html`<wa-button variant="brand" @click=${() => transfer.resume()}
                  >Resume</wa-button
                >`
        }
        ${
          state.kind === 'waiting'
            ? html`<wa-button appearance="plain" @click=${() => transfer.tryNow()}
                >Try now</wa-button
              >`
            : nothing
        }
        <slot></slot>
      </div>`;
  }

  #renderChoice() {
    return html`<p>Choose the same file again to go on: what the server has is not sent again.</p>
      <app-file-drop @app-chosen=${this.#choose}></app-file-drop>
      <p role="alert">${this.complaint}</p>
      <div class="actions"><slot></slot></div>`;
  }

  #choose({ detail: file }: CustomEvent<File>): void {
    this.complaint = complainOf(file, this.upload);
    if (!this.complaint) this.#follow(transfers.start(this.upload, file));
  }

  #follow(transfer: FileTransfer | undefined): void {
    this.transfer?.removeEventListener('change', this.#changed);
    this.transfer = transfer;
    transfer?.addEventListener('change', this.#changed);
  }
}

function paceOf(transfer: FileTransfer): string {
  return transfer.state.kind === 'sending'
    ? describePace(transfer.bytesPerSecond, transfer.secondsLeft)
    : '';
}

function renderState(state: TransferState) {
  switch (state.kind) {
    case 'waiting':
      return renderNote('The server does not answer. It goes on by itself once it does.');
    case 'paused':
      return renderNote(state.reason ?? 'Paused. You may leave, and go on within a day.');
    case 'failed':
      return renderNote(state.reason);
    default:
      return nothing;
  }
}

function renderNote(text: string) {
  return html`<wa-callout variant="warning" size="s">
    <wa-icon slot="icon" name="warning"></wa-icon>${text}
  </wa-callout>`;
}

/** Half of one file and half of another would be a file that nobody has. */
function complainOf(file: File, { fileName, bytes, createdAt }: Upload): string {
  if (file.name !== fileName || file.size !== bytes)
    return `This is another file. Choose ${fileName}, of ${bytes} bytes.`;
  if (file.lastModified > new Date(createdAt).getTime())
    return 'The file has changed since the upload began. Discard this upload, and upload it anew.';
  return '';
}
