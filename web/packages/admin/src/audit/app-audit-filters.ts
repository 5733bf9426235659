import type { AuditFilters, Environment } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import { actionGroups } from './audit-words.js';

/**
 * The form that narrows the audit log.
 * @fires app-filtered - Detail is the `AuditFilters` that were asked for.
 */
@customElement('app-audit-filters')
export class AppAuditFilters extends LitElement {
  @query('form') private form!: HTMLFormElement;

  static override styles = [
    baseStyles,
    formStyles,
    css`
      form {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr));
        gap: 0.875rem;
        align-items: end;
        margin-block-end: 1.25rem;
        padding-block-end: 1.25rem;
        border-block-end: 1px solid var(--wa-color-surface-border);
      }
    `,
  ];

  override render() {
    return html`<form novalidate autocomplete="off" @submit=${this.#submit} @reset=${this.#cleared}>
      <wa-select label="Action" name="action" value="">
        <wa-option value="">All actions</wa-option>
        ${actionGroups.map(([prefix, text]) => html`<wa-option value=${prefix}>${text}</wa-option>`)}
      </wa-select>
      <wa-input label="Actor" name="actor" placeholder="Email or key name"></wa-input>
      <wa-input label="Subject" name="subject" placeholder="Name or id"></wa-input>
      <wa-select label="Environment" name="environment" value="">
        <wa-option value="">Both</wa-option>
        <wa-option value="sandbox">Sandbox</wa-option>
        <wa-option value="production">Production</wa-option>
      </wa-select>
      <wa-input label="From" name="from" type="date"></wa-input>
      <wa-input label="To" name="to" type="date"></wa-input>
      <div class="actions">
        <wa-button type="submit" appearance="outlined">Apply</wa-button>
        <wa-button type="reset" appearance="plain">Clear</wa-button>
      </div>
    </form>`;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    this.#tell(readFilters(this.form));
  }

  #cleared(): void {
    this.#tell({});
  }

  #tell(detail: AuditFilters): void {
    this.dispatchEvent(new CustomEvent<AuditFilters>('app-filtered', { detail }));
  }
}

function readFilters(form: HTMLFormElement): AuditFilters {
  const filters: AuditFilters = {};
  for (const name of ['action', 'actor', 'subject'] as const) {
    const text = fieldText(form, name).trim();
    if (text) filters[name] = text;
  }
  const environment = fieldText(form, 'environment') as Environment | '';
  if (environment) filters.environment = environment;
  const [from, to] = [fieldText(form, 'from'), fieldText(form, 'to')];
  if (from) filters.from = timeOfDay(from, '00:00:00');
  if (to) filters.to = timeOfDay(to, '23:59:59');
  return filters;
}

/** A time where the person is, as the server writes it. */
function timeOfDay(day: string, time: string): string {
  return new Date(`${day}T${time}`).toISOString().replace(/\.\d+Z$/, 'Z');
}
