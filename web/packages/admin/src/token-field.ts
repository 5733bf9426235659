import { css, html, type TemplateResult } from 'lit';
import { carriedToken } from './carried-token.js';
import { fieldText } from './field-text.js';
import './parts/app-refusal.js';
import type { Submission } from './submission.js';

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

/** A form that asks for one token; empty stands for the person who is signed in. */
export function renderTokenForm(form: {
  label: string;
  verb: string;
  asking: Submission;
  ask: (token: string) => void;
}): TemplateResult {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    form.ask(fieldText(event.currentTarget as HTMLFormElement, 'token').trim());
  };
  return html`<form novalidate @submit=${submit}>
    ${renderTokenField({
      label: form.label,
      value: carriedToken(),
      refused: form.asking.at('token'),
    })}
    <div class="actions">
      <wa-button type="submit" variant="brand" ?loading=${form.asking.busy}>${form.verb}</wa-button>
    </div>
    <app-refusal .refusal=${form.asking.refusal}></app-refusal>
  </form>`;
}

export const tokenFieldStyles = css`
  wa-textarea::part(textarea) {
    font-family: var(--wa-font-family-code);
    font-size: 0.8125rem;
    overflow-wrap: anywhere;
  }
`;
