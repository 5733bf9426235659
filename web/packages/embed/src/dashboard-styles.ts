import { css } from 'lit';

export const dashboardStyles = css`
  :host {
    display: block;
    contain: layout;
  }
  :host([hidden]) {
    display: none;
  }
  .root {
    --_row-height: 80px;
    container-type: inline-size;
    padding: var(--aracari-padding, var(--_theme-padding, clamp(12px, 2vw, 20px)));
    border-radius: var(--_radius);
    background: var(--_background);
    font-size: 14px;
    line-height: 20px;
    -webkit-font-smoothing: antialiased;
    text-size-adjust: none;
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(12, minmax(0, 1fr));
    grid-auto-rows: var(--_row-height);
    gap: var(--_gap);
  }
  aracari-dashboard-tile {
    grid-column: var(--_column) / span var(--_columns);
    grid-row: var(--_row) / span var(--_rows);
  }
  .notice {
    margin: 0 0 16px;
    padding: 8px 12px;
    border: 1px solid var(--_warn-border);
    border-radius: 8px;
    background: var(--_warn-surface);
    color: var(--_warn);
    font-size: 13px;
  }
  aracari-filter-bar {
    margin-bottom: 16px;
  }
  .empty {
    margin: 0;
    padding: 64px 0;
    color: var(--_muted);
    text-align: center;
  }
  .waiting {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--_gap);
    animation: breathe 1.6s ease-in-out infinite;
  }
  .waiting i {
    height: 240px;
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .waiting i:first-child {
    grid-column: 1 / -1;
    width: 220px;
    height: 28px;
    border-radius: 8px;
  }
  @keyframes breathe {
    50% {
      opacity: 0.5;
    }
  }
  @container (max-width: 600px) {
    .grid {
      grid-template-columns: minmax(0, 1fr);
      grid-auto-rows: auto;
    }
    aracari-dashboard-tile {
      grid-column: 1;
      grid-row: auto;
      height: calc(var(--_rows) * (var(--_row-height) + var(--_gap)) - var(--_gap));
    }
    aracari-dashboard-tile.value {
      height: 124px;
    }
    aracari-dashboard-tile.text {
      height: auto;
    }
    .waiting i {
      grid-column: 1 / -1;
    }
  }
  @media print {
    .root {
      padding: 0;
      background: none;
    }
    aracari-dashboard-tile {
      break-inside: avoid;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .waiting {
      animation: none;
    }
  }
`;
