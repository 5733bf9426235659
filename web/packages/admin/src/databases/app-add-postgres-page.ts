import { createDatabase } from '@aracari/api';
import { html, LitElement } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { fieldText } from '../field-text.js';
import '../parts/app-panel.js';
import '../parts/app-refusal.js';
import '../parts/app-trail.js';
import { router } from '../router.js';
import { refuseLocally, Submission } from '../submission.js';
import './app-postgres-connections.js';
import type { AppPostgresConnections } from './app-postgres-connections.js';
import { pageFormStyles, renderNameField, renderPageButtons } from './database-form.js';

/** Adds a database that a PostgreSQL server holds. */
@customElement('app-add-postgres-page')
export class AppAddPostgresPage extends LitElement {
  @query('app-postgres-connections') private connections!: AppPostgresConnections;
  readonly #submission = new Submission(this);

  static override styles = [baseStyles, ...pageFormStyles];

  override render() {
    const refused = (field: string) => this.#submission.at(field);
    return html`<app-trail
        .above=${[
          ['/databases', 'Databases'],
          ['/databases/new', 'Add'],
        ]}
        current="PostgreSQL"
      ></app-trail>
      <h1>Add a PostgreSQL database</h1>
      <form class="page" novalidate @submit=${this.#submit}>
        <app-panel heading="General">${renderNameField(this.#submission, '')}</app-panel>
        <app-postgres-connections
          class=${refused('postgres') || refused('sandbox') ? 'refused' : ''}
          .refused=${refused}
        ></app-postgres-connections>
        ${renderPageButtons(this.#submission, 'Add database', '/databases/new')}
      </form>`;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const added = await this.#submission.run(async () => {
      const name = fieldText(form, 'name').trim();
      if (!name) throw refuseLocally('name', 'Enter a name.');
      const { postgres, sandbox } = this.connections.read();
      return createDatabase({ name, kind: 'postgres', postgres, ...(sandbox ? { sandbox } : {}) });
    });
    if (added) router.go(`/databases/${encodeURIComponent(added.id)}`);
  }
}
