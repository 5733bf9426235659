import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { roundIconStyles } from '../card-styles.js';

const endings = '.csv,.tsv,.txt,.parquet,.json,.jsonl,.ndjson';

/**
 * A place to drop a file on, or to choose one by.
 * @fires app-chosen - Detail is the file.
 */
@customElement('app-file-drop')
export class AppFileDrop extends LitElement {
  @property({ type: Boolean }) disabled = false;
  @state() private over = false;
  @state() private complaint = '';

  static override styles = [
    baseStyles,
    roundIconStyles,
    css`
      label {
        display: grid;
        justify-items: center;
        gap: 0.3rem;
        padding: 2.5rem 1.25rem;
        border: 1.5px dashed var(--wa-form-control-border-color);
        border-radius: var(--wa-border-radius-l);
        text-align: center;
        cursor: pointer;
      }
      label:hover,
      label.over {
        border-color: var(--wa-color-brand-border-loud);
        background: var(--wa-color-brand-fill-quiet);
      }
      label:focus-within {
        outline: var(--wa-focus-ring);
        outline-offset: var(--wa-focus-ring-offset);
      }
      label.disabled {
        opacity: 0.6;
        pointer-events: none;
      }
      .choose {
        color: var(--wa-color-text-link);
        text-decoration: underline;
        text-underline-offset: 0.2em;
      }
      [role='alert'] {
        color: var(--wa-color-danger-on-quiet);
        font-size: var(--wa-font-size-s);
      }
      [role='alert']:not(:empty) {
        margin-block-start: 0.5rem;
      }
    `,
  ];

  override render() {
    return html`<label
        class="${this.over ? 'over' : ''} ${this.disabled ? 'disabled' : ''}"
        @dragover=${this.#dragged}
        @dragleave=${() => (this.over = false)}
        @drop=${this.#dropped}
      >
        <input
          class="hidden-text"
          type="file"
          aria-label="Choose a file"
          accept=${endings}
          ?disabled=${this.disabled}
          @change=${this.#picked}
        />
        <span class="icon"><wa-icon name="upload"></wa-icon></span>
        <span>Drop a file here, or <span class="choose">choose one</span></span>
        <span class="quiet small">CSV, Parquet or JSON</span>
      </label>
      <p role="alert">${this.complaint}</p>`;
  }

  #dragged(event: DragEvent): void {
    event.preventDefault();
    this.over = true;
  }

  #dropped(event: DragEvent): void {
    event.preventDefault();
    this.over = false;
    if (!this.disabled) this.#take([...(event.dataTransfer?.files ?? [])]);
  }

  #picked(event: Event): void {
    const input = event.target as HTMLInputElement;
    this.#take([...(input.files ?? [])]);
    // So that the same file can be chosen again.
    input.value = '';
  }

  #take(files: File[]): void {
    const [file] = files;
    if (!file) return;
    this.complaint = complainOf(files, file);
    if (!this.complaint) this.dispatchEvent(new CustomEvent('app-chosen', { detail: file }));
  }
}

function complainOf(files: File[], { name, size }: File): string {
  if (files.length > 1) return 'One file at a time: each becomes a table of its own.';
  return size === 0 ? `${name} is empty.` : '';
}
