import type { DraftTile, Tab } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { baseStyles } from '../base-styles.js';
import {
  chartOf,
  renderBody,
  renderWire,
  type TileDeed,
  type TileStage,
  titleOf,
  wiring,
} from './editor-tile.js';
import { editorTileStyles } from './editor-tile-styles.js';
import { inReadingOrder } from './tile-places.js';

/**
 * The tiles of one tab below each other, as a phone shows them: their order and texts can be changed.
 * @fires app-deed - Detail is [tile id, what was asked for].
 */
@customElement('app-editor-list')
export class AppEditorList extends LitElement {
  @property({ attribute: false }) tiles: DraftTile[] = [];
  @property({ attribute: false }) tabs: Tab[] = [];
  @property({ attribute: false }) stage!: TileStage;

  static override styles = [
    baseStyles,
    editorTileStyles,
    css`
      .list {
        display: grid;
        gap: 0.75rem;
      }
      .tile.chart > app-tile-body {
        flex: none;
        height: 15rem;
      }
      .tile.value > app-tile-body {
        height: 5rem;
      }
      p.small {
        margin-block-start: 0.75rem;
      }
    `,
  ];

  override render() {
    const order = inReadingOrder(this.tiles);
    return html`<div class="list">
        ${repeat(
          order,
          ({ id }) => id,
          (tile, index) => this.#renderTile(tile, index, order.length),
        )}
      </div>
      <p class="small quiet">On a wider screen tiles can be dragged and resized.</p>`;
  }

  #renderTile(tile: DraftTile, index: number, count: number) {
    const title = titleOf(tile, this.stage);
    const kind = chartOf(tile, this.stage)?.spec.type === 'value' ? 'chart value' : tile.kind;
    return html`<div
      class="tile ${kind} ${wiring(tile, this.stage)}"
      role="group"
      aria-label=${title}
    >
      <header>
        <div class="handle"><h2>${tile.kind === 'text' ? 'Text' : title}</h2></div>
        ${renderWire(tile, this.stage, () => this.#ask(tile.id, 'wire'))}
        ${this.#renderTool('arrow-up', `Move ${title} up`, index === 0, tile.id, 'earlier')}
        ${this.#renderTool('arrow-down', `Move ${title} down`, index === count - 1, tile.id, 'later')}
        ${this.#renderTool('pencil', `Edit ${title}`, false, tile.id, 'edit')}
        ${this.#renderTool('xmark', `Remove ${title}`, false, tile.id, 'remove')}
      </header>
      ${renderBody(tile, this.stage)}
    </div>`;
  }

  #renderTool(icon: string, label: string, disabled: boolean, id: string, deed: TileDeed) {
    if (this.stage.wired) return '';
    return html`<wa-button
      size="s"
      appearance="plain"
      ?disabled=${disabled}
      @click=${() => this.#ask(id, deed)}
    >
      <wa-icon name=${icon} label=${label}></wa-icon>
    </wa-button>`;
  }

  #ask(id: string, deed: TileDeed): void {
    this.dispatchEvent(new CustomEvent('app-deed', { detail: [id, deed] }));
  }
}
