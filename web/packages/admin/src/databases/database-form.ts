import { css, html, type TemplateResult } from 'lit';
import { formStyles } from '../base-styles.js';
import type { Submission } from '../submission.js';

/** The name of a database, in a form. */
export function renderNameField(submission: Submission, value: string): TemplateResult {
  const refused = submission.at('name');
  return html`<wa-input
    class=${refused ? 'refused' : ''}
    label="Name"
    name="name"
    autocomplete="off"
    .value=${value}
    hint=${refused ?? 'As makers see it.'}
  ></wa-input>`;
}

/** The foot of a page with one form. */
export function renderPageButtons(
  submission: Submission,
  verb: string,
  back: string,
): TemplateResult {
  return html`<app-refusal .refusal=${submission.refusal}></app-refusal>
    <div class="actions">
      <wa-button type="submit" variant="brand" ?loading=${submission.busy}>${verb}</wa-button>
      <wa-button appearance="outlined" href=${back}>Cancel</wa-button>
    </div>`;
}

/** Pages with one form in panels, no wider than is good to read. */
export const pageFormStyles = [
  formStyles,
  css`
    h1 {
      margin-block: 0.75rem 1.5rem;
    }
    .page {
      gap: 1.25rem;
      grid-template-columns: minmax(0, 1fr);
      max-width: 46rem;
    }
  `,
];
