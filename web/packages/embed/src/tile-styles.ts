import { css } from 'lit';

export const tileStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  section {
    position: relative;
    display: flex;
    flex-direction: column;
    box-sizing: border-box;
    height: 100%;
    padding: var(--_card-padding);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }
  .head {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    min-height: 24px;
    margin-bottom: 10px;
  }
  h3 {
    flex: 1;
    min-width: 0;
    margin: 0;
    overflow: hidden;
    color: var(--_text);
    font-size: 13px;
    font-weight: 550;
    line-height: 20px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  section[part~='tile-noted'] {
    border-color: var(--_warn);
    box-shadow: 0 0 0 1px var(--_warn);
  }
  .note {
    flex: 0 1 auto;
    max-width: 60%;
    padding: 0 8px;
    overflow: hidden;
    border-radius: 10px;
    background: var(--_warn-surface);
    color: var(--_warn);
    font-size: 12px;
    font-weight: 550;
    line-height: 20px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  button {
    border-radius: 6px;
    font: inherit;
    cursor: pointer;
  }
  button:hover {
    background: var(--_hover);
    color: var(--_text);
  }
  button:focus-visible {
    outline: 2px solid var(--_accent);
  }
  .toggle {
    display: grid;
    flex: none;
    place-items: center;
    width: 26px;
    height: 26px;
    margin-block: -1px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_muted);
    opacity: 0.65;
  }
  section:hover .toggle,
  .toggle:focus-visible {
    opacity: 1;
  }
  .toggle svg {
    width: 15px;
    height: 15px;
  }
  .head > button:last-of-type {
    margin-inline-end: -6px;
  }
  .head > button + button {
    margin-inline-start: -4px;
  }
  .menu {
    position: absolute;
    inset: 42px 12px auto auto;
    z-index: 3;
    min-width: 176px;
    padding: 4px;
    border: 1px solid var(--_border);
    border-radius: 10px;
    background: var(--_surface);
    box-shadow: var(--_float);
  }
  [dir='rtl'] .menu {
    inset: 42px auto auto 12px;
  }
  .menu button {
    display: block;
    width: 100%;
    padding: 6px 10px;
    border: 0;
    background: none;
    color: var(--_text);
    font-size: 13px;
    line-height: 20px;
    text-align: start;
  }
  .retry {
    margin-top: 10px;
    padding: 4px 12px;
    border: 1px solid var(--_border);
    background: var(--_surface);
    color: var(--_text);
    font-weight: 500;
  }
  aracari-chart-view {
    flex: 1;
    min-height: 0;
    transition: opacity 0.15s;
  }
  :host([stale]) aracari-chart-view {
    opacity: 0.45;
  }
  .empty,
  .problem {
    display: grid;
    flex: 1;
    place-content: center;
    justify-items: center;
    min-height: 0;
    margin: 0;
    overflow: auto;
    color: var(--_muted);
    font-size: 13px;
    line-height: 19px;
    text-align: center;
  }
  section.text {
    overflow: auto;
  }
  .thinned {
    margin: 6px 0 0;
    color: var(--_muted);
    font-size: 12px;
    line-height: 16px;
  }
  .failure-line {
    margin: 6px 0 0;
    color: var(--_danger);
    font-size: 12px;
  }
  .problem svg {
    width: 18px;
    height: 18px;
    margin-bottom: 6px;
    color: var(--_danger);
  }
  .problem strong {
    color: var(--_text);
    font-weight: 550;
  }
  .problem p {
    max-width: 42ch;
    margin: 2px 0 0;
    overflow-wrap: anywhere;
  }
  @media print {
    .toggle,
    .menu {
      display: none;
    }
    section {
      box-shadow: none;
    }
  }
`;
