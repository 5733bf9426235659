import { css } from 'lit';

export const filterStyles = css`
  :host {
    display: block;
    min-width: 0;
    max-width: 100%;
    font-size: 13px;
  }
  .filter {
    position: relative;
    display: inline-flex;
    align-items: center;
    box-sizing: border-box;
    max-width: 100%;
    height: 34px;
    border: 1px solid var(--_border);
    border-radius: 8px;
    background: var(--_surface);
    color: var(--_text);
  }
  .filter.set {
    border-color: color-mix(in srgb, var(--_accent) 55%, var(--_border));
    background: color-mix(in srgb, var(--_accent) 6%, var(--_surface));
  }
  button {
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  :is(button, input):focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -1px;
    border-radius: 7px;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    height: 100%;
    padding: 0 10px;
  }
  .label {
    flex: none;
    color: var(--_muted);
  }
  .told {
    min-width: 0;
    max-width: 220px;
    overflow: hidden;
    font-weight: 500;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  svg {
    flex: none;
    width: 13px;
    height: 13px;
    color: var(--_muted);
  }
  .clear {
    display: grid;
    flex: none;
    place-items: center;
    width: 24px;
    height: 24px;
    margin-inline: -6px 4px;
    padding: 0;
    border-radius: 5px;
  }
  .clear svg {
    width: 10px;
    height: 10px;
  }
  .clear:hover {
    background: var(--_hover);
  }
  .search {
    gap: 8px;
    padding-inline-start: 10px;
  }
  input {
    box-sizing: border-box;
    min-width: 0;
    height: 32px;
    padding: 0 10px;
    border: 1px solid var(--_border);
    border-radius: 7px;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }
  .search input {
    width: 150px;
    border-color: transparent;
    background: none;
  }
  .box {
    position: absolute;
    inset: calc(100% + 6px) auto auto 0;
    z-index: 5;
    box-sizing: border-box;
    width: 280px;
    max-width: 86vw;
    padding: 10px;
    border: 1px solid var(--_border);
    border-radius: 12px;
    background: var(--_surface);
    box-shadow: var(--_float);
  }
  .box:dir(rtl) {
    inset: calc(100% + 6px) 0 auto auto;
  }
  .box > input {
    width: 100%;
    margin-bottom: 6px;
  }
  .values {
    display: flex;
    flex-direction: column;
    max-height: 260px;
    overflow: auto;
    scrollbar-width: thin;
  }
  .value {
    display: flex;
    flex: none;
    align-items: center;
    gap: 9px;
    padding: 6px;
    border-radius: 6px;
    text-align: start;
  }
  .value span {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .value:hover,
  .presets button:hover {
    background: var(--_hover);
  }
  .value i {
    display: grid;
    flex: none;
    place-items: center;
    box-sizing: border-box;
    width: 16px;
    height: 16px;
    border: 1.5px solid var(--_muted);
    border-radius: 4px;
  }
  .value[role='radio'] i {
    border-radius: 50%;
  }
  .value[aria-checked='true'] i {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  .value[aria-checked='true'] svg {
    color: var(--_surface);
    stroke-width: 2.4;
  }
  .presets {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 2px;
    margin-bottom: 8px;
    padding-bottom: 8px;
    border-bottom: 1px solid var(--_border);
  }
  .presets button {
    padding: 6px 8px;
    border-radius: 6px;
    text-align: start;
  }
  .presets button[aria-pressed='true'] {
    background: color-mix(in srgb, var(--_accent) 14%, var(--_surface));
    color: var(--_text);
    font-weight: 500;
  }
  .ends {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
  }
  .ends label {
    display: grid;
    gap: 4px;
    min-width: 0;
    color: var(--_muted);
    font-size: 12px;
  }
  .ends input {
    width: 100%;
    font-size: 13px;
  }
  p {
    margin: 8px 4px 2px;
    color: var(--_muted);
    font-size: 12px;
  }
  @media print {
    .head svg,
    .clear,
    .box {
      display: none;
    }
  }
`;
