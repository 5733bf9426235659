import { html, type TemplateResult } from 'lit';

/** The foot of a dialog with one form: the way out, and the button that sends the form of this id. */
export function renderDialogButtons(buttons: {
  form: string;
  verb: string;
  busy: boolean;
  cancel: () => void;
}): TemplateResult {
  return html`<wa-button slot="footer" appearance="outlined" @click=${buttons.cancel}
      >Cancel</wa-button
    >
    <wa-button
      slot="footer"
      type="submit"
      form=${buttons.form}
      variant="brand"
      ?loading=${buttons.busy}
      >${buttons.verb}</wa-button
    >`;
}
