import { endSession, listSessions, type SignedInSession, signOutOthers } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-badge.js';
import '../parts/app-refusal.js';
import { Submission } from '../submission.js';
import { tableStyles } from '../table-styles.js';
import { formatDistance, formatMoment } from '../time.js';
import { describeDevice } from './device.js';

/** Where one is signed in, and signing out there. */
@customElement('app-sessions')
export class AppSessions extends LitElement {
  readonly #sessions = new Loading(this, listSessions);
  readonly #ending = new Submission(this);

  static override styles = [
    baseStyles,
    tableStyles,
    css`
      td.name > div {
        display: flex;
        flex-wrap: wrap;
        gap: 0.125rem 0.5rem;
      }
      .others {
        margin-block-start: 1rem;
      }
    `,
  ];

  reload(): void {
    void this.#sessions.reload();
  }

  override render() {
    return this.#sessions.render(
      (sessions) =>
        html`<table role="table">
            <thead role="rowgroup">
              <tr role="row">
                ${['Device', 'Address', 'Last seen', 'Signed in'].map(
                  (column) => html`<th role="columnheader" scope="col">${column}</th>`,
                )}
                <th role="columnheader" scope="col"><span class="hidden-text">Actions</span></th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              ${sessions.map((session) => this.#renderRow(session))}
            </tbody>
          </table>
          <app-refusal .refusal=${this.#ending.refusal}></app-refusal>
          ${sessions.length > 1 ? this.#renderOthers() : nothing}`,
    );
  }

  #renderRow(session: SignedInSession) {
    const { current, userAgent, remoteAddress, lastSeenAt, createdAt } = session;
    return html`<tr role="row">
      <td role="cell" class="name" title=${userAgent}>
        <div>
          ${describeDevice(userAgent)}
          ${current ? html`<app-badge variant="brand">This device</app-badge>` : nothing}
        </div>
      </td>
      <td role="cell" data-label="Address">${remoteAddress}</td>
      <td role="cell" data-label="Last seen">${renderTime(lastSeenAt)}</td>
      <td role="cell" data-label="Signed in">${renderTime(createdAt)}</td>
      <td role="cell" class="act">
        ${
          current
            ? nothing
            : html`<wa-button
                size="s"
                appearance="outlined"
                title="Sign out ${describeDevice(userAgent)}"
                @click=${() => this.#end(() => endSession(session.id))}
                >Sign out</wa-button
              >`
        }
      </td>
    </tr>`;
  }

  #renderOthers() {
    return html`<wa-button
      class="others"
      size="s"
      appearance="outlined"
      ?loading=${this.#ending.busy}
      @click=${() => this.#end(signOutOthers)}
      >Sign out all others</wa-button
    >`;
  }

  async #end(deed: () => Promise<void>): Promise<void> {
    await this.#ending.run(deed);
    await this.#sessions.reload();
  }
}

function renderTime(time: string) {
  return html`<time datetime=${time} title=${formatMoment(time)}>${formatDistance(time)}</time>`;
}
