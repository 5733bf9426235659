import { css, html, type TemplateResult } from 'lit';

export interface TokenField {
  /** The label that a person sees. */
  label: string;
  /** Its name in the form. */
  name?: string;
  /** What stands in it at first. */
  value?: string;
  /** Why the server refused what stands in it. */
  refused: string | undefined;
  rows?: number;
}

/** A field of a form into which a token is pasted. */
export function renderTokenField({
  label,
  name = 'token',
  value = '',
  refused,
  rows = 2,
}: TokenField): TemplateResult {
  return html`<wa-textarea
    class=${refused ? 'refused' : ''}
    name=${name}
    label=${label}
    rows=${rows}
    resize="vertical"
    autocomplete="off"
    spellcheck="false"
    value=${value}
    placeholder="eyJ…"
    hint=${refused ?? ''}
  ></wa-textarea>`;
}

export const tokenFieldStyles = css`
  wa-textarea::part(textarea) {
    font-family: var(--wa-font-family-code);
    font-size: 0.8125rem;
    overflow-wrap: anywhere;
  }
`;
