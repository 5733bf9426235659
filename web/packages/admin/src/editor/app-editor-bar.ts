import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { changedText } from '../field-text.js';
import { Following } from '../following.js';
import './app-save-state.js';
import type { EditorSession } from './editor-session.js';

/** What the menu of a dashboard offers. */
export type BarDeed =
  'theme' | 'versions' | 'duplicate' | 'export' | 'discard' | 'delete' | 'publish';

/**
 * The dashboard's name, whether it is saved, steps back and forth, and what can be done with it as a whole.
 * @fires app-deed - Detail is a BarDeed.
 */
@customElement('app-editor-bar')
export class AppEditorBar extends LitElement {
  @property({ attribute: false }) session!: EditorSession;
  #following: EditorSession | undefined;

  static override styles = [
    baseStyles,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1.5rem;
        justify-content: space-between;
        align-items: flex-start;
        margin-block-end: 1rem;
      }
      .names {
        display: grid;
        flex: 1 1 20rem;
        gap: 0.25rem;
        max-width: 34rem;
      }
      .names wa-input {
        margin-inline-start: -0.75rem;
      }
      .names wa-input::part(form-control-label) {
        position: absolute;
        clip-path: inset(50%);
      }
      .names wa-input::part(base) {
        border-color: transparent;
        background: transparent;
      }
      .names wa-input:hover::part(base),
      .names wa-input:focus-within::part(base) {
        border-color: var(--wa-form-control-border-color);
        background: var(--app-panel);
      }
      .name::part(input) {
        font-size: 1.25rem;
        font-weight: 650;
      }
      .tools {
        display: flex;
        flex-wrap: wrap;
        gap: 0.35rem 0.75rem;
        align-items: center;
        min-height: 2.5rem;
      }
      .buttons {
        display: flex;
        gap: 0.25rem;
        align-items: center;
      }
    `,
  ];

  override willUpdate(): void {
    if (this.#following === this.session) return;
    this.#following = this.session;
    new Following(this, this.session);
  }

  override render() {
    const { session } = this;
    return html`<div class="bar">
      <div class="names">
        ${this.#renderText('name', 'Name of the dashboard', 'Untitled dashboard', 200)}
        ${this.#renderText('description', 'Description', 'What it is about, in a sentence', 500)}
      </div>
      <div class="tools">
        <app-save-state
          .state=${session.state}
          @app-retry=${() => session.flush()}
        ></app-save-state>
        <span class="buttons">
          ${this.#renderStep('undo', 'Undo', session.canUndo, () => session.undo())}
          ${this.#renderStep('redo', 'Redo', session.canRedo, () => session.redo())}
          ${this.#renderMenu()}
          <wa-button size="s" variant="brand" @click=${() => this.#tell('publish')}
            >Publish…</wa-button
          >
        </span>
      </div>
    </div>`;
  }

  #renderText(
    part: 'name' | 'description',
    label: string,
    placeholder: string,
    mostCharacters: number,
  ) {
    const { session } = this;
    return html`<wa-input
      class=${part}
      size=${part === 'name' ? 'm' : 's'}
      label=${label}
      maxlength=${mostCharacters}
      autocomplete="off"
      placeholder=${placeholder}
      .value=${session.edited[part]}
      @input=${(event: Event) => session.change({ [part]: changedText(event) }, part)}
    ></wa-input>`;
  }

  #renderStep(icon: string, label: string, possible: boolean, act: () => void) {
    return html`<wa-button size="s" appearance="plain" ?disabled=${!possible} @click=${act}>
      <wa-icon name=${icon} label=${label}></wa-icon>
    </wa-button>`;
  }

  #renderMenu() {
    const { published, hasDraft } = this.session.stored;
    return html`<wa-dropdown
      placement="bottom-end"
      @wa-select=${(event: CustomEvent<{ item: { value: BarDeed } }>) => this.#tell(event.detail.item.value)}
    >
      <wa-button slot="trigger" size="s" appearance="plain">
        <wa-icon name="more" label="More for this dashboard"></wa-icon>
      </wa-button>
      ${renderItem('theme', 'palette', 'Theme')} ${renderItem('versions', 'history', 'Versions')}
      ${renderItem('duplicate', 'copy', 'Duplicate')}
      ${renderItem('export', 'download', 'Export as JSON')}
      ${published && hasDraft ? renderItem('discard', 'undo', 'Discard the draft') : nothing}
      <wa-dropdown-item value="delete" variant="danger"
        ><wa-icon slot="icon" name="trash"></wa-icon>Delete</wa-dropdown-item
      >
    </wa-dropdown>`;
  }

  #tell(deed: BarDeed): void {
    this.dispatchEvent(new CustomEvent('app-deed', { detail: deed }));
  }
}

function renderItem(deed: BarDeed, icon: string, text: string) {
  return html`<wa-dropdown-item value=${deed}
    ><wa-icon slot="icon" name=${icon}></wa-icon>${text}</wa-dropdown-item
  >`;
}
