import { html, type TemplateResult } from 'lit';

/** What came of something that was tried, in a sentence or several. For a live region. */
export function renderOutcome(good: boolean, sentences: string[]): TemplateResult {
  return html`<wa-callout variant=${good ? 'success' : 'danger'} size="s">
    <wa-icon slot="icon" name=${good ? 'circle-check' : 'circle-xmark'}></wa-icon>
    ${
      sentences.length === 1
        ? sentences[0]
        : html`<ul>
            ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
          </ul>`
    }
  </wa-callout>`;
}
