import { createDashboard } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { renderDialogButtons } from '../dialog-buttons.js';
import { fieldText } from '../field-text.js';
import '../parts/app-refusal.js';
import { router } from '../router.js';
import { refuseLocally, Submission } from '../submission.js';

/**
 * Dialog that makes a dashboard and opens its editor.
 * @fires app-closed - The dialog has closed.
 */
@customElement('app-new-dashboard')
export class AppNewDashboard extends LitElement {
  @property({ type: Boolean }) open = false;
  readonly #making = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    css`
      wa-dialog {
        --width: 28rem;
      }
    `,
  ];

  override render() {
    const refused = this.#making.at('name');
    return html`<wa-dialog label="New dashboard" ?open=${this.open} @wa-after-hide=${this.#closed}>
      ${
        this.open
          ? html`<form id="new-dashboard" novalidate @submit=${this.#make}>
              <app-refusal .refusal=${this.#making.refusal}></app-refusal>
              <wa-input
                autofocus
                name="name"
                label="Name"
                maxlength="200"
                autocomplete="off"
                placeholder="Sales"
                class=${refused ? 'refused' : ''}
                hint=${refused ?? ''}
              ></wa-input>
            </form>`
          : nothing
      }
      ${renderDialogButtons({
        form: 'new-dashboard',
        verb: 'Create dashboard',
        busy: this.#making.busy,
        cancel: () => (this.open = false),
      })}
    </wa-dialog>`;
  }

  async #make(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const name = fieldText(event.target as HTMLFormElement, 'name').trim();
    const made = await this.#making.run(async () => {
      if (!name) throw refuseLocally('name', 'Enter a name.');
      return createDashboard(name);
    });
    if (made) router.go(`/dashboards/${encodeURIComponent(made.id)}/edit`);
  }

  #closed(event: Event): void {
    if (event.target !== event.currentTarget) return;
    this.open = false;
    this.#making.clear();
    this.dispatchEvent(new Event('app-closed'));
  }
}
