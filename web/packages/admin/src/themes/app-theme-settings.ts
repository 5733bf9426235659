import { type ThemeTokens, getTheme, saveTheme } from '@aracari/api';
import '@aracari/charts';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { appearance, type Scheme } from '../appearance.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { Loading } from '../loading.js';
import '../parts/app-confirm.js';
import '../parts/app-panel.js';
import '../parts/app-refusal.js';
import { router } from '../router.js';
import { Submission } from '../submission.js';
import './app-theme-form.js';
import './app-themed.js';
import { sampleCharts } from './theme-sample.js';

/** The look of all dashboards of the organization, with a sample that changes with it. */
@customElement('app-theme-settings')
export class AppThemeSettings extends LitElement {
  @state() private theme: ThemeTokens = {};
  @state() private scheme: Scheme = appearance.scheme;
  @state() private leave: (() => void) | undefined;
  #stored = '{}';
  readonly #loading = new Loading(this, async (signal) => this.#accept(await getTheme(signal)));
  readonly #saving = new Submission(this);
  readonly #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.#changed) event.preventDefault();
  };

  static override styles = [
    baseStyles,
    formStyles,
    css`
      .columns {
        display: grid;
        grid-template-columns: 17rem minmax(0, 1fr);
        gap: 1.5rem;
        align-items: start;
      }
      .sample {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--_gap);
        padding: 1.25rem;
        border: 1px solid var(--wa-color-surface-border);
        border-radius: var(--wa-border-radius-l);
        background: var(--_background);
      }
      app-themed {
        position: sticky;
        inset-block-start: 1rem;
      }
      .tile {
        display: flex;
        flex-direction: column;
        height: 13rem;
        padding: 1rem 1.25rem;
        border: 1px solid var(--_border);
        border-radius: var(--_radius);
        background: var(--_surface);
        color: var(--_text);
        font-family: var(--_font);
      }
      .tile.wide {
        grid-column: 1 / -1;
        height: 17rem;
      }
      .tile h3 {
        margin-block-end: 0.5rem;
        font-size: 13px;
      }
      aracari-chart-view {
        flex: 1;
        min-height: 0;
      }
      .save {
        margin-block-start: 1.25rem;
      }
      @media (max-width: 1080px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
        app-themed {
          position: static;
          order: -1;
        }
      }
      @media (max-width: 760px) {
        .sample {
          grid-template-columns: minmax(0, 1fr);
          padding: 0.75rem;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('beforeunload', this.#onUnload);
    router.guardLeaving((_, leave) => this.#mayLeave(leave));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('beforeunload', this.#onUnload);
    router.guardLeaving(undefined);
  }

  override render() {
    return html`<app-panel heading="Theme">
        <span slot="description">
          How dashboards and charts look where they are embedded. A dashboard may have a theme of
          its own over this one, and a page may set single values.
        </span>
        ${this.#loading.render(() => this.#renderEditor())}
      </app-panel>
      <app-confirm
        heading="Leave without saving?"
        verb="Leave"
        ?open=${Boolean(this.leave)}
        .deed=${async () => (this.#stored = JSON.stringify(this.theme))}
        @app-done=${() => this.leave?.()}
        @app-closed=${() => (this.leave = undefined)}
      >
        <p>Your changes to the theme are not saved.</p>
      </app-confirm>`;
  }

  #renderEditor() {
    return html`<div class="columns">
      <div>
        <app-theme-form
          .theme=${this.theme}
          .scheme=${this.scheme}
          .refused=${this.#saving.at('theme')}
          @app-scheme=${(event: CustomEvent<Scheme>) => (this.scheme = event.detail)}
          @app-changed=${(event: CustomEvent<ThemeTokens>) => (this.theme = event.detail)}
        ></app-theme-form>
        <div class="save">
          <app-refusal .refusal=${this.#saving.refusal}></app-refusal>
          <div class="actions">
            <wa-button
              variant="brand"
              ?disabled=${!this.#changed}
              ?loading=${this.#saving.busy}
              @click=${this.#save}
              >Save theme</wa-button
            >
            ${
              this.#changed
                ? html`<wa-button
                    appearance="plain"
                    @click=${() => (this.theme = JSON.parse(this.#stored))}
                    >Discard</wa-button
                  >`
                : nothing
            }
          </div>
        </div>
      </div>
      ${this.#renderSample()}
    </div>`;
  }

  #renderSample() {
    return html`<app-themed .theme=${this.theme} .scheme=${this.scheme}>
      <div class="sample" role="region" aria-label="Sample">
        ${sampleCharts.map(
          ({ chart, columns, wide }) =>
            html`<section class="tile ${wide ? 'wide' : ''}" aria-label=${chart.name}>
              <h3>${chart.name}</h3>
              <aracari-chart-view
                .chart=${chart}
                .columns=${columns}
                .theme=${this.scheme}
                .tokens=${this.theme}
              ></aracari-chart-view>
            </section>`,
        )}
      </div>
    </app-themed>`;
  }

  get #changed(): boolean {
    return JSON.stringify(this.theme) !== this.#stored;
  }

  async #save(): Promise<void> {
    const saved = await this.#saving.run(() => saveTheme(this.theme));
    if (saved) this.#accept(saved);
  }

  #accept(theme: ThemeTokens): ThemeTokens {
    this.theme = theme;
    this.#stored = JSON.stringify(theme);
    return theme;
  }

  #mayLeave(leave: () => void): boolean {
    if (!this.#changed) return true;
    this.leave = leave;
    return false;
  }
}
