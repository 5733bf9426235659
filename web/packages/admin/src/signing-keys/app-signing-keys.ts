import { type Environment, listSigningKeys, type RotationSchedule } from '@aracari/api';
import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { baseStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import { formatDuration } from '../time.js';
import './app-signing-key-panel.js';

const environments: Environment[] = ['production', 'sandbox'];

/** Settings → Signing Keys: with what the server signs tokens, and until when it verifies them. */
@customElement('app-signing-keys')
export class AppSigningKeys extends LitElement {
  readonly #keys = new Loading(this, listSigningKeys);

  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
      }
      .schedule {
        max-width: 46rem;
      }
    `,
  ];

  override render() {
    return this.#keys.render(
      ({ signingKeys, rotation }) =>
        html`<p class="quiet schedule">
            The server signs embed tokens with these keys; the public halves are at
            <a href="/.well-known/jwks.json" target="_blank">/.well-known/jwks.json</a>.
            ${describe(rotation)}
          </p>
          ${environments.map(
            (environment) =>
              html`<app-signing-key-panel
                .environment=${environment}
                .signingKeys=${signingKeys.filter((key) => key.environment === environment)}
                .rotation=${rotation}
                @app-rotated=${() => this.#keys.reload()}
              ></app-signing-key-panel>`,
          )}`,
    );
  }
}

function describe({ everyDays, publishAheadSeconds, tokenLifetimeMaxSeconds }: RotationSchedule) {
  const schedule = everyDays
    ? `A new key every ${everyDays} days, published ${formatDuration(publishAheadSeconds)} before use.`
    : `Keys are not rotated by themselves. A new key is published ${formatDuration(publishAheadSeconds)} before use.`;
  return `${schedule} An old key verifies for ${formatDuration(tokenLifetimeMaxSeconds)} more, until its last token is dead.`;
}
