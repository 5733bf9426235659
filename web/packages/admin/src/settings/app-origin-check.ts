import { checkOrigin, type Environment, type OriginCheck } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import '../parts/app-environment.js';
import '../parts/app-refusal.js';
import { refuseLocally, Submission } from '../submission.js';
import { addRowStyles } from './add-row-styles.js';

const environments: Environment[] = ['production', 'sandbox'];

/** Says for the address of a page whether embeds may render there, by which entry, or why not. */
@customElement('app-origin-check')
export class AppOriginCheck extends LitElement {
  @state() private check?: OriginCheck;
  readonly #submission = new Submission(this);

  static override styles = [
    baseStyles,
    formStyles,
    addRowStyles,
    css`
      .verdicts {
        display: grid;
        grid-template-columns: auto auto minmax(0, 1fr);
        gap: 0.5rem 0.75rem;
        align-items: start;
        margin-block-start: 1rem;
        font-size: var(--wa-font-size-s);
      }
      li {
        display: contents;
      }
      wa-icon {
        margin-block-start: 0.1rem;
        font-size: 1.15rem;
        color: var(--wa-color-danger-on-quiet);
      }
      wa-icon.allowed {
        color: var(--wa-color-success-on-quiet);
      }
      .why {
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render() {
    const refused = this.#submission.at('url');
    return html`<form class="add" novalidate @submit=${this.#submit}>
        <div class="row">
          <wa-input
            class="wide ${refused ? 'refused' : ''}"
            label="Check a page"
            name="url"
            inputmode="url"
            autocomplete="off"
            spellcheck="false"
            placeholder="https://app.example.com/reports"
            hint=${refused ?? 'Paste the address of a page that is to show a dashboard.'}
          ></wa-input>
          <wa-button type="submit" appearance="outlined" ?loading=${this.#submission.busy}
            >Check</wa-button
          >
        </div>
        <app-refusal .refusal=${this.#submission.refusal}></app-refusal>
      </form>
      <div role="status">${this.check ? this.#renderVerdicts(this.check) : nothing}</div>`;
  }

  #renderVerdicts(check: OriginCheck) {
    return html`<ul class="verdicts">
      ${environments.map((environment) => {
        const { allowed, entry, reason } = check[environment];
        return html`<li>
          <wa-icon
            class=${allowed ? 'allowed' : ''}
            name=${allowed ? 'circle-check' : 'circle-xmark'}
            label=${allowed ? 'Allowed' : 'Not allowed'}
          ></wa-icon>
          <app-environment environment=${environment}></app-environment>
          <span class="why">
            ${reason}
            ${entry ? html`<span class="quiet">Entry: <code>${entry.origin}</code></span>` : nothing}
          </span>
        </li>`;
      })}
    </ul>`;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    this.check = undefined;
    this.check = await this.#submission.run(async () => {
      const url = fieldText(form, 'url').trim();
      if (!url) throw refuseLocally('url', 'Paste the address of a page.');
      return checkOrigin(url);
    });
  }
}
