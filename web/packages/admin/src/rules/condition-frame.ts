import { html, nothing, type TemplateResult } from 'lit';

/** The controls of one condition beside each other and, where it may go, the button that takes it away. */
export function renderCondition(
  controls: unknown,
  remove: (() => void) | undefined,
): TemplateResult {
  return html`<div class="condition">
    ${controls}
    ${
      remove
        ? html`<wa-button class="remove" size="s" appearance="plain" @click=${remove}
            ><wa-icon name="xmark" label="Remove condition"></wa-icon
          ></wa-button>`
        : nothing
    }
  </div>`;
}
