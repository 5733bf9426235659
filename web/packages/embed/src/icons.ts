import { svg, type TemplateResult } from 'lit';

export const lockIcon = icon(
  svg`<rect x="3" y="7" width="10" height="7" rx="1.5" /><path d="M5 7V5a3 3 0 0 1 6 0v2" />`,
);
export const tableIcon = icon(
  svg`<rect x="2" y="2.5" width="12" height="11" rx="1.5" /><path d="M2 6.5h12M2 10h12M6.5 6.5v7" />`,
);
export const plotIcon = icon(svg`<path d="M2.5 13.5h11M4.5 10.5v-4M8 10.5v-8M11.5 10.5v-6" />`);
export const warningIcon = icon(svg`<path d="M8 2 1.8 13.2h12.4zM8 6.5v3M8 11.4v.1" />`);
export const crossIcon = icon(svg`<path d="m3.5 3.5 9 9M12.5 3.5l-9 9" />`);
export const moreIcon = icon(svg`<path d="M3.2 8h.1M8 8h.1M12.8 8h.1" stroke-width="2.2" />`);
export const downIcon = icon(svg`<path d="m4 6.5 4 4 4-4" />`);
export const checkIcon = icon(svg`<path d="m3 8.5 3.2 3.2L13 4.8" />`);

function icon(shapes: TemplateResult): TemplateResult {
  return svg`<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round"
    stroke-linejoin="round" aria-hidden="true">${shapes}</svg>`;
}
