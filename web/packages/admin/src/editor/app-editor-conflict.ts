import type { StoredDashboard, TileLayout } from '@aracari/api';
import { css, html, LitElement, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { tableStyles } from '../table-styles.js';
import { type Edited, editedOf } from './dashboard-draft.js';
import { findDifferences } from './draft-differences.js';
import { gridColumns } from './tile-places.js';

/**
 * Somebody else has saved the dashboard that is being edited: both are there, and one is to be chosen. The other one is
 * a step of undo away.
 * @fires app-take - Theirs.
 * @fires app-keep - Mine.
 * @fires app-copy - Theirs stays, mine becomes another dashboard.
 */
@customElement('app-editor-conflict')
export class AppEditorConflict extends LitElement {
  @property({ attribute: false }) mine!: Edited;
  @property({ attribute: false }) theirs!: StoredDashboard;
  @property({ attribute: false }) nameOf: (chart: string) => string = (chart) => chart;
  @state() private comparing = false;

  static override styles = [
    baseStyles,
    formStyles,
    tableStyles,
    css`
      wa-callout {
        margin-block-end: 1rem;
      }
      .actions {
        margin-block-start: 0.6rem;
      }
      wa-dialog {
        --width: 56rem;
      }
      td:last-child,
      th:last-child {
        text-align: start;
      }
      .sides {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr));
        gap: 1.25rem;
        margin-block-end: 1.25rem;
      }
      figure {
        margin: 0;
      }
      svg {
        width: 100%;
        height: 12rem;
        border: 1px solid var(--wa-color-surface-border);
        border-radius: var(--wa-border-radius-m);
        background: var(--app-code);
      }
      rect {
        fill: var(--app-panel);
        stroke: var(--wa-color-neutral-border-loud);
        stroke-width: 0.06;
      }
      rect.other {
        fill: var(--wa-color-warning-fill-normal);
        stroke: var(--wa-color-warning-border-loud);
      }
    `,
  ];

  override render() {
    return html`<wa-callout variant="warning" size="s" role="alert">
        <wa-icon slot="icon" name="warning"></wa-icon>
        <strong>Somebody else has changed this dashboard meanwhile</strong>
        <p>
          Saving has stopped. Nothing is lost: the one that you do not choose stays one undo away.
        </p>
        <div class="actions">
          <wa-button size="s" variant="brand" @click=${() => (this.comparing = true)}
            >Open both side by side</wa-button
          >
          ${this.#renderChoices()}
        </div>
      </wa-callout>
      <wa-dialog label="Two versions" ?open=${this.comparing} @wa-after-hide=${this.#closed}>
        ${this.comparing ? this.#renderBoth() : ''}
        <div slot="footer" class="actions">${this.#renderChoices()}</div>
      </wa-dialog>`;
  }

  #renderChoices() {
    return html`<wa-button size="s" appearance="outlined" @click=${() => this.#choose('app-take')}
        >Take theirs</wa-button
      >
      <wa-button size="s" appearance="outlined" @click=${() => this.#choose('app-keep')}
        >Keep mine</wa-button
      >
      <wa-button size="s" appearance="outlined" @click=${() => this.#choose('app-copy')}
        >Keep both: mine as a copy</wa-button
      >`;
  }

  #renderBoth() {
    const theirs = editedOf(this.theirs);
    const differences = findDifferences(this.mine, theirs, this.nameOf);
    return html`<div class="sides">
        ${this.#renderSide('Mine', this.mine, theirs)}
        ${this.#renderSide('Theirs', theirs, this.mine)}
      </div>
      <table role="table">
        <thead role="rowgroup">
          <tr role="row">
            ${['What', 'Mine', 'Theirs'].map((text) => html`<th role="columnheader" scope="col">${text}</th>`)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${differences.map(
            ({ what, mine, theirs: other }) =>
              html`<tr role="row">
                <td role="cell" class="name">${what}</td>
                <td role="cell" data-label="Mine">${mine}</td>
                <td role="cell" data-label="Theirs">${other}</td>
              </tr>`,
          )}
        </tbody>
      </table>`;
  }

  /** The tiles as a small plan; those that the other side has not, or elsewhere, stand out. */
  #renderSide(title: string, { draft }: Edited, other: Edited) {
    const places = new Map(other.draft.tiles.map(({ id, layout }) => [id, planOf(layout)]));
    const all = [...draft.tiles, ...other.draft.tiles];
    const rows = Math.max(6, ...all.map(({ layout }) => layout.y + layout.height));
    return html`<figure>
      <figcaption><h3>${title}</h3></figcaption>
      <svg
        viewBox="0 0 ${gridColumns} ${rows}"
        preserveAspectRatio="xMidYMin meet"
        role="img"
        aria-label="Plan of the tiles, ${title}"
      >
        ${draft.tiles.map(({ id, layout }) => {
          const { x, y, width, height } = layout;
          const same = places.get(id) === planOf(layout);
          return svg`<rect
            class=${same ? '' : 'other'}
            x=${x + 0.08}
            y=${y + 0.08}
            width=${width - 0.16}
            height=${height - 0.16}
            rx="0.15"
          ></rect>`;
        })}
      </svg>
    </figure>`;
  }

  #choose(what: 'app-take' | 'app-keep' | 'app-copy'): void {
    this.comparing = false;
    this.dispatchEvent(new Event(what));
  }

  #closed(event: Event): void {
    if (event.target === event.currentTarget) this.comparing = false;
  }
}

function planOf({ x, y, width, height }: TileLayout): string {
  return [x, y, width, height].join();
}
