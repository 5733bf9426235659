import type { PermissionKind } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import { permissionKinds } from './token-options.js';
import { type PermissionWishes, usualPermissions } from './token-request.js';

/** One choice of a permission for each kind of thing, starting with what tokens usually have. */
@customElement('app-permissions-input')
export class AppPermissionsInput extends LitElement {
  /** Why the last choice for a kind was refused. */
  @property({ attribute: false }) refused: (kind: PermissionKind) => string | undefined = () =>
    undefined;
  @query('form') private form!: HTMLFormElement;

  static override styles = [
    baseStyles,
    formStyles,
    css`
      form {
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: 0.875rem;
        align-items: start;
      }
    `,
  ];

  read(): PermissionWishes {
    const chosen = (kind: PermissionKind) => fieldText(this.form, kind);
    return {
      dashboard: chosen('dashboard'),
      chart: chosen('chart'),
      database: chosen('database'),
      ai: chosen('ai'),
    };
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.refused')?.focus();
  }

  override render() {
    return html`<form>
      ${permissionKinds.map(([kind, label, permissions]) => this.#renderKind(kind, label, permissions))}
    </form>`;
  }

  #renderKind(kind: PermissionKind, label: string, permissions: string[]) {
    const refused = this.refused(kind);
    return html`<wa-select
      class=${refused ? 'refused' : ''}
      label=${label}
      name=${kind}
      value=${usualPermissions[kind]}
      hint=${refused ?? ''}
    >
      ${['none', ...permissions].map((value) => html`<wa-option value=${value}>${value.replace('+', ', ')}</wa-option>`)}
    </wa-select>`;
  }
}
