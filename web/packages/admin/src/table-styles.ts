import { css } from 'lit';

/**
 * Tables that become cards on a phone: each cell then shows its `data-label`. Tables, rows and cells carry explicit
 * roles, because browsers drop the native ones when `display` changes.
 */
export const tableStyles = css`
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--wa-font-size-s);
  }
  th {
    padding: 0.5rem 0.75rem;
    color: var(--wa-color-text-quiet);
    font-size: 0.75rem;
    font-weight: 500;
    text-align: start;
    white-space: nowrap;
    border-block-end: 1px solid var(--wa-color-surface-border);
  }
  td {
    padding: 0.7rem 0.75rem;
    vertical-align: middle;
    border-block-end: 1px solid var(--wa-color-surface-border);
  }
  tbody tr:last-child td {
    border-block-end: 0;
  }
  th:first-child,
  td:first-child {
    padding-inline-start: 0;
  }
  th:last-child,
  td:last-child {
    padding-inline-end: 0;
    text-align: end;
  }
  td.name {
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  td time,
  td.nowrap {
    white-space: nowrap;
  }
  tr.over td:not(:last-child) {
    color: var(--wa-color-text-quiet);
  }
  @media (max-width: 760px) {
    table,
    tbody,
    tr,
    td {
      display: block;
    }
    thead {
      display: none;
    }
    tr {
      position: relative;
      padding: 0.875rem 0;
      border-block-end: 1px solid var(--wa-color-surface-border);
    }
    tr:first-child {
      padding-block-start: 0;
    }
    tr:last-child {
      padding-block-end: 0;
      border-block-end: 0;
    }
    td,
    td:last-child {
      display: flex;
      justify-content: space-between;
      align-items: center;
      gap: 1rem;
      padding: 0.2rem 0;
      border: 0;
      text-align: end;
    }
    td::before {
      content: attr(data-label);
      color: var(--wa-color-text-quiet);
      white-space: nowrap;
    }
    td.name {
      min-height: 2rem;
      font-size: var(--wa-font-size-m);
      text-align: start;
    }
    td.name:has(~ td.act) {
      padding-inline-end: 6rem;
    }
    td.name::before,
    td.act::before {
      content: none;
    }
    td.act {
      position: absolute;
      inset-block-start: 0.875rem;
      inset-inline-end: 0;
    }
    tr:first-child td.act {
      inset-block-start: 0;
    }
    /* On a card, what is not so need not be said. */
    td.no {
      display: none;
    }
  }
`;
