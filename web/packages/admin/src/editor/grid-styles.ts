import { css } from 'lit';

/** What gridstack needs of its own sheet, without the pictures in `data:` addresses, which the server's CSP refuses. */
export const gridStyles = css`
  .grid-stack {
    position: relative;
    margin: -8px;
  }
  .grid-stack > .grid-stack-item {
    position: absolute;
    inset-block-start: 0;
    left: 0;
    width: var(--gs-column-width);
    height: var(--gs-cell-height);
  }
  .grid-stack > .grid-stack-item > .grid-stack-item-content,
  .grid-stack > .grid-stack-placeholder > .placeholder-content {
    position: absolute;
    top: var(--gs-item-margin-top);
    right: var(--gs-item-margin-right);
    bottom: var(--gs-item-margin-bottom);
    left: var(--gs-item-margin-left);
    display: grid;
    min-width: 0;
  }
  .grid-stack-item-content > .tile {
    min-width: 0;
    min-height: 0;
  }
  .grid-stack > .grid-stack-placeholder > .placeholder-content {
    border: 2px dashed var(--wa-color-brand-border-loud);
    border-radius: var(--_radius);
    background: var(--wa-color-brand-fill-quiet);
  }
  .handle {
    cursor: grab;
    touch-action: none;
    user-select: none;
  }
  .ui-draggable-dragging .handle {
    cursor: grabbing;
  }
  .ui-draggable-dragging,
  .ui-resizable-resizing {
    z-index: 2;
    opacity: 0.9;
  }
  .grid-stack-item > .ui-resizable-handle {
    position: absolute;
    z-index: 1;
    font-size: 0;
    touch-action: none;
  }
  .grid-stack-item > .ui-resizable-se {
    right: calc(var(--gs-item-margin-right) + 3px);
    bottom: calc(var(--gs-item-margin-bottom) + 3px);
    width: 16px;
    height: 16px;
    border-inline-end: 2px solid var(--_muted);
    border-block-end: 2px solid var(--_muted);
    border-end-end-radius: calc(var(--_radius) - 3px);
    opacity: 0.5;
    cursor: se-resize;
  }
  .grid-stack-item:hover > .ui-resizable-se {
    opacity: 1;
  }
  .grid-stack-item > .ui-resizable-e {
    top: 2.75rem;
    right: 2px;
    bottom: 24px;
    width: 10px;
    cursor: e-resize;
  }
  .grid-stack-item > .ui-resizable-s {
    right: 24px;
    bottom: 2px;
    left: 24px;
    height: 10px;
    cursor: s-resize;
  }
`;
