import type { DraftTile, Tab, TileLayout } from '@aracari/api';
import { GridStack, type GridStackNode } from 'gridstack';
import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { baseStyles } from '../base-styles.js';
import { tabOf } from './dashboard-draft.js';
import {
  renderBody,
  renderWire,
  type TileDeed,
  type TileStage,
  titleOf,
  wiring,
} from './editor-tile.js';
import { editorTileStyles } from './editor-tile-styles.js';
import { gridStyles } from './grid-styles.js';
import { gap, gridColumns, inReadingOrder, nudge, placeTile, rowHeight } from './tile-places.js';

/**
 * The tiles of one tab on their grid: moved and resized with the pointer, or with the arrow keys.
 * @fires app-tiles - Detail is all tiles of the tab, some at other places.
 * @fires app-deed - Detail is [tile id, what was asked for].
 */
@customElement('app-editor-grid')
export class AppEditorGrid extends LitElement {
  @property({ attribute: false }) tiles: DraftTile[] = [];
  @property({ attribute: false }) tabs: Tab[] = [];
  @property({ attribute: false }) stage!: TileStage;
  /** What the arrow keys did last, for screen readers. */
  @state() private said = '';
  @query('.grid-stack') private field!: HTMLElement;
  #grid: GridStack | undefined;
  /** The grid is being told of places, and what it tells back is known. */
  #telling = false;
  /** A tile is in the person's hand: places are the grid's business until it is let go. */
  #held = false;
  static override styles = [
    baseStyles,
    gridStyles,
    editorTileStyles,
    css`
      .keys {
        margin-block-start: 0.75rem;
        color: var(--_muted);
      }
      kbd {
        padding: 0.05rem 0.35rem;
        border: 1px solid var(--_border);
        border-radius: var(--wa-border-radius-s);
        font-family: inherit;
        font-size: 0.75rem;
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#grid?.destroy(false);
    this.#grid = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate('tiles');
  }

  override render() {
    return html`<div class="grid-stack">
        ${repeat(
          inReadingOrder(this.tiles),
          ({ id }) => id,
          (tile) =>
            html`<div class="grid-stack-item" data-id=${tile.id}>
              <div class="grid-stack-item-content">${this.#renderTile(tile)}</div>
            </div>`,
        )}
      </div>
      <p class="keys small">
        Drag a tile by its head and resize it at its corner. With the keyboard: <kbd>Tab</kbd> to a
        tile, arrows to move it, <kbd>Shift</kbd> and arrows to resize it, <kbd>Delete</kbd> to
        remove it.
      </p>
      <span class="hidden-text" role="status">${this.said}</span>`;
  }

  #renderTile(tile: DraftTile) {
    const title = titleOf(tile, this.stage);
    return html`<div
      class="tile ${wiring(tile, this.stage)}"
      role="group"
      tabindex="0"
      aria-label=${title}
      aria-roledescription="tile"
      aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Shift+ArrowRight Delete"
      @keydown=${(event: KeyboardEvent) => this.#pressed(event, tile)}
    >
      <header>
        <div class="handle">
          <wa-icon name="grip"></wa-icon>
          <h2 title=${title}>${tile.kind === 'text' ? 'Text' : title}</h2>
        </div>
        ${renderWire(tile, this.stage, () => this.#ask(tile.id, 'wire'))}
        ${this.stage.wired ? '' : this.#renderTools(tile, title)}
      </header>
      ${renderBody(tile, this.stage)}
    </div>`;
  }

  #renderTools(tile: DraftTile, title: string) {
    return html`<wa-button size="s" appearance="plain" @click=${() => this.#ask(tile.id, 'edit')}>
        <wa-icon name="pencil" label="Edit ${title}"></wa-icon>
      </wa-button>
      ${
        this.tabs.length > 1
          ? this.#renderMenu(tile, title)
          : html`<wa-button
              size="s"
              appearance="plain"
              @click=${() => this.#ask(tile.id, 'remove')}
            >
              <wa-icon name="xmark" label="Remove ${title}"></wa-icon>
            </wa-button>`
      }`;
  }

  #renderMenu(tile: DraftTile, title: string) {
    return html`<wa-dropdown
      @wa-select=${(event: CustomEvent<{ item: { value: TileDeed } }>) => this.#ask(tile.id, event.detail.item.value)}
    >
      <wa-button slot="trigger" size="s" appearance="plain">
        <wa-icon name="more" label="More for ${title}"></wa-icon>
      </wa-button>
      ${this.tabs
        .filter(({ id }) => id !== tabOf(tile, this.tabs))
        .map(
          ({ id, label }) =>
            html`<wa-dropdown-item value="tab ${id}">Move to ${label}</wa-dropdown-item>`,
        )}
      <wa-dropdown-item value="remove" variant="danger">Remove</wa-dropdown-item>
    </wa-dropdown>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('tiles') && !this.#held) this.#sync();
  }

  /** Leads the keyboard to a tile. */
  focusTile(id: string): void {
    this.renderRoot.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"] .tile`)?.focus();
  }

  /** Tells the grid where the tiles are, unless it is just as it says. */
  #sync(): void {
    this.#grid ??= this.#start();
    const grid = this.#grid;
    const wanted = new Map(this.tiles.map(({ id, layout }) => [id, layout]));
    const nodes = [...grid.engine.nodes];
    const same =
      nodes.length === wanted.size &&
      nodes.every((node) => samePlace(node, wanted.get(node.el?.dataset['id'] ?? '')));
    if (same) return;
    this.#telling = true;
    grid.batchUpdate();
    grid.removeAll(false, false);
    for (const element of this.#items) {
      const layout = wanted.get(element.dataset['id'] ?? '');
      if (layout) grid.makeWidget(element, placeOf(layout));
    }
    grid.batchUpdate(false);
    this.#telling = false;
  }

  #start(): GridStack {
    const grid = GridStack.init(
      {
        column: gridColumns,
        cellHeight: rowHeight + gap,
        margin: gap / 2,
        mode: 'float',
        animate: false,
        auto: false,
        minRow: 2,
        draggable: { handle: '.handle' },
        resizable: { handles: 'se,e,s' },
        alwaysShowResizeHandle: true,
      },
      this.field,
    );
    if (!grid) throw new Error('The grid of the editor was not drawn.');
    // The order of the elements is that of the rendering; were they sorted here, it would not find them again.
    Object.assign(grid, { _sortDom: () => grid });
    grid.on('change', () => this.#moved());
    grid.on('dragstart resizestart', () => (this.#held = true));
    grid.on('dragstop resizestop', () => this.#letGo());
    return grid;
  }

  #letGo(): void {
    this.#held = false;
    this.requestUpdate('tiles');
  }

  get #items(): HTMLElement[] {
    return [...this.field.querySelectorAll<HTMLElement>('.grid-stack-item[data-id]')];
  }

  #moved(): void {
    if (this.#telling || !this.#grid) return;
    const places = new Map(
      this.#grid.engine.nodes.map((node) => [node.el?.dataset['id'], layoutOf(node)]),
    );
    const tiles = this.tiles.map((tile) => ({
      ...tile,
      layout: places.get(tile.id) ?? tile.layout,
    }));
    this.dispatchEvent(new CustomEvent('app-tiles', { detail: tiles }));
  }

  #pressed(event: KeyboardEvent, tile: DraftTile): void {
    // Keys within the tile, such as arrows in a table, are not for the tile.
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey)
      return;
    if (event.key === 'Delete') return this.#removeByKey(event, tile);
    if (event.key === 'Enter') return this.#ask(tile.id, 'edit');
    const layout = nudge(tile.layout, event.key, event.shiftKey);
    if (!layout) return;
    event.preventDefault();
    const tiles = placeTile(this.tiles, tile.id, layout);
    this.dispatchEvent(new CustomEvent('app-tiles', { detail: tiles }));
    this.said = event.shiftKey
      ? `${layout.width} columns wide, ${layout.height} rows high`
      : `Column ${layout.x + 1}, row ${layout.y + 1}`;
    void this.updateComplete.then(() => this.focusTile(tile.id));
  }

  #removeByKey(event: KeyboardEvent, tile: DraftTile): void {
    event.preventDefault();
    const order = inReadingOrder(this.tiles);
    const at = order.findIndex(({ id }) => id === tile.id);
    const next = order[at + 1] ?? order[at - 1];
    this.#ask(tile.id, 'remove');
    this.said = 'Removed. Undo brings it back.';
    if (next) void this.updateComplete.then(() => this.focusTile(next.id));
  }

  #ask(id: string, deed: TileDeed): void {
    this.dispatchEvent(new CustomEvent('app-deed', { detail: [id, deed] }));
  }
}

function placeOf({ x, y, width, height }: TileLayout) {
  return { x, y, w: width, h: height, minW: 2 };
}

function layoutOf({ x = 0, y = 0, w = 1, h = 1 }: GridStackNode): TileLayout {
  return { x, y, width: w, height: h };
}

function samePlace(node: GridStackNode, layout: TileLayout | undefined): boolean {
  return layout !== undefined && JSON.stringify(layoutOf(node)) === JSON.stringify(orderOf(layout));
}

function orderOf({ x, y, width, height }: TileLayout): TileLayout {
  return { x, y, width, height };
}
