import type { Tab } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';

/** What was asked for at a tab. */
export type TabDeed =
  | { name: 'show'; id: string }
  | { name: 'remove' | 'earlier' | 'later'; id: string }
  | { name: 'rename'; id: string; label: string }
  | { name: 'add' };

/**
 * The tabs of a dashboard while it is edited.
 * @fires app-deed - Detail is a TabDeed.
 */
@customElement('app-editor-tabs')
export class AppEditorTabs extends LitElement {
  @property({ attribute: false }) tabs: Tab[] = [];
  @property({ attribute: false }) shown = '';
  /** The tab whose name is being written. */
  @state() private renaming = '';

  static override styles = [
    baseStyles,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem;
        border-block-end: 1px solid var(--wa-color-surface-border);
      }
      .tabs {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem;
      }
      .tab {
        display: flex;
        align-items: center;
        margin-block-end: -1px;
        border-block-end: 2px solid transparent;
      }
      .tab.shown {
        border-color: var(--wa-color-brand-fill-loud);
      }
      button {
        padding: 0.55rem 0.6rem;
        border: 0;
        border-radius: var(--wa-border-radius-s);
        background: none;
        color: var(--wa-color-text-quiet);
        font: inherit;
        font-weight: 500;
        cursor: pointer;
      }
      .shown button {
        color: var(--wa-color-brand-on-normal);
      }
      button:focus-visible {
        outline: var(--wa-focus-ring);
        outline-offset: -2px;
      }
      wa-input {
        width: 10rem;
      }
      wa-input::part(form-control-label) {
        position: absolute;
        clip-path: inset(50%);
      }
    `,
  ];

  override render() {
    return html`<div class="bar">
      <div class="tabs" role="group" aria-label="Tabs">
        ${this.tabs.map((tab, index) => this.#renderTab(tab, index))}
      </div>
      <wa-button size="s" appearance="plain" @click=${() => this.#tell({ name: 'add' })}>
        <wa-icon slot="start" name="plus"></wa-icon>Add tab
      </wa-button>
    </div>`;
  }

  #renderTab(tab: Tab, index: number) {
    const shown = tab.id === this.shown;
    if (this.renaming === tab.id) return this.#renderName(tab);
    return html`<div class="tab ${shown ? 'shown' : ''}">
      <button
        type="button"
        aria-current=${shown ? 'true' : nothing}
        @click=${() => this.#tell({ name: 'show', id: tab.id })}
        @dblclick=${() => this.#rename(tab.id)}
      >
        ${tab.label}
      </button>
      ${shown ? this.#renderMenu(tab, index) : nothing}
    </div>`;
  }

  #renderMenu({ id, label }: Tab, index: number) {
    return html`<wa-dropdown
      @wa-select=${(event: CustomEvent<{ item: { value: string } }>) => this.#chosen(id, event.detail.item.value)}
    >
      <wa-button slot="trigger" size="s" appearance="plain">
        <wa-icon name="more" label="More for tab ${label}"></wa-icon>
      </wa-button>
      <wa-dropdown-item value="rename">Rename</wa-dropdown-item>
      ${index > 0 ? html`<wa-dropdown-item value="earlier">Move to the left</wa-dropdown-item>` : nothing}
      ${
        index < this.tabs.length - 1
          ? html`<wa-dropdown-item value="later">Move to the right</wa-dropdown-item>`
          : nothing
      }
      <wa-dropdown-item value="remove" variant="danger">Remove with its tiles</wa-dropdown-item>
    </wa-dropdown>`;
  }

  #renderName({ id, label }: Tab) {
    return html`<wa-input
      size="s"
      label="Name of the tab"
      maxlength="100"
      autocomplete="off"
      .value=${label}
      @keydown=${(event: KeyboardEvent) => this.#key(event, id)}
      @blur=${(event: Event) => this.#named(event, id)}
    ></wa-input>`;
  }

  #chosen(id: string, deed: string): void {
    if (deed === 'rename') this.#rename(id);
    else this.#tell({ name: deed as 'remove' | 'earlier' | 'later', id });
  }

  #rename(id: string): void {
    this.renaming = id;
    void this.updateComplete.then(async () => {
      const input = this.renderRoot.querySelector<
        HTMLElement & { select(): void; updateComplete: Promise<unknown> }
      >('wa-input');
      await input?.updateComplete;
      input?.focus();
      input?.select();
    });
  }

  #key(event: KeyboardEvent, id: string): void {
    if (event.key === 'Escape') this.renaming = '';
    if (event.key === 'Enter') this.#named(event, id);
  }

  #named(event: Event, id: string): void {
    if (this.renaming !== id) return;
    const label = ((event.target as HTMLInputElement).value ?? '').trim();
    this.renaming = '';
    if (label) this.#tell({ name: 'rename', id, label });
  }

  #tell(deed: TabDeed): void {
    this.dispatchEvent(new CustomEvent('app-deed', { detail: deed }));
  }
}
