import type { Session } from '@aracari/api';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import logoUrl from '../assets/logo.svg';
import { baseStyles } from '../base-styles.js';
import { Following } from '../following.js';
import { router } from '../router.js';
import { sessionStore } from '../session-store.js';
import './app-profile-menu.js';
import { helpFor } from './help.js';

type SignedIn = Extract<Session, { state: 'signed_in' }>;

/**
 * The frame around every page of a signed-in person: menu at the left, or behind a button in a top bar on a phone.
 * @slot - The page.
 */
@customElement('app-shell')
export class AppShell extends LitElement {
  @property({ attribute: false }) session!: SignedIn;
  @state() private drawerOpen = false;
  @query('main') private main!: HTMLElement;
  #path = router.path;

  constructor() {
    super();
    new Following(this, router);
  }

  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: 14.5rem minmax(0, 1fr);
        min-height: 100vh;
      }
      .side {
        position: sticky;
        inset-block-start: 0;
        height: 100vh;
        padding: 1.125rem 0.75rem 0.75rem;
        border-inline-end: 1px solid var(--wa-color-surface-border);
        background: var(--app-panel);
      }
      .menu {
        display: flex;
        flex-direction: column;
        gap: 0.125rem;
        height: 100%;
      }
      .brand {
        display: inline-flex;
        align-items: center;
        gap: 0.55rem;
        padding: 0.125rem 0.625rem 1.25rem;
        color: var(--wa-color-text-normal);
        font-size: 1.0625rem;
        font-weight: 650;
        letter-spacing: -0.015em;
        text-decoration: none;
      }
      .link {
        display: flex;
        align-items: center;
        gap: 0.65rem;
        padding: 0.5rem 0.625rem;
        border-radius: var(--wa-border-radius-m);
        color: var(--wa-color-text-quiet);
        font-weight: 500;
        text-decoration: none;
        transition: background-color var(--wa-transition-fast);
      }
      .link wa-icon {
        font-size: 1.15em;
      }
      .link:hover {
        background: var(--wa-color-neutral-fill-quiet);
        color: var(--wa-color-text-normal);
      }
      .link[aria-current] {
        background: var(--wa-color-brand-fill-quiet);
        color: var(--wa-color-brand-on-normal);
      }
      app-profile-menu {
        margin-block-start: auto;
      }
      .top {
        display: none;
      }
      main {
        position: relative;
        min-width: 0;
        padding: 2rem 2.5rem 4rem;
        outline: none;
      }
      .page {
        max-width: 70rem;
        margin: 0 auto;
      }
      .help {
        position: absolute;
        inset-block-start: 0.6rem;
        inset-inline-end: 2.5rem;
        color: var(--wa-color-text-quiet);
        font-size: var(--wa-font-size-xs);
        text-underline-offset: 2px;
      }
      .skip:not(:focus) {
        position: absolute;
        clip-path: inset(50%);
      }
      .skip:focus {
        position: fixed;
        z-index: 2;
        padding: 0.5rem 1rem;
        background: var(--app-panel);
      }
      @media (max-width: 760px) {
        :host {
          display: block;
        }
        .side {
          display: none;
        }
        .top {
          position: sticky;
          z-index: 1;
          inset-block-start: 0;
          display: flex;
          align-items: center;
          gap: 0.25rem;
          padding: 0.375rem 0.5rem;
          border-block-end: 1px solid var(--wa-color-surface-border);
          background: var(--app-panel);
        }
        .top .brand {
          padding: 0.25rem;
        }
        main {
          padding: 1.25rem 1rem 3rem;
        }
        .help {
          inset-block-start: 0.15rem;
          inset-inline-end: 1rem;
        }
        wa-drawer {
          --size: 17rem;
          --spacing: 1rem;
        }
        wa-drawer .brand {
          display: none;
        }
      }
    `,
  ];

  override willUpdate(): void {
    if (router.path === this.#path) return;
    this.#path = router.path;
    this.drawerOpen = false;
    // So that the keyboard and screen readers go on from the new page, not from the menu of the one before.
    if (!this.#isTabChange()) this.main?.focus({ preventScroll: true });
  }

  override render() {
    return html`<a class="skip" href="#main" @click=${this.#skip}>Skip to content</a>
      <div class="side">${this.#renderMenu()}</div>
      <div class="top">
        <wa-button appearance="plain" @click=${() => (this.drawerOpen = true)}>
          <wa-icon name="menu" label="Open menu"></wa-icon>
        </wa-button>
        ${this.#renderBrand()}
      </div>
      <wa-drawer
        label="Aracari"
        placement="start"
        light-dismiss
        ?open=${this.drawerOpen}
        @wa-after-hide=${this.#drawerClosed}
      >
        ${this.drawerOpen ? this.#renderMenu() : nothing}
      </wa-drawer>
      <main tabindex="-1">
        <div class="page"><slot></slot></div>
        <a class="help" href=${helpFor(router.path)} target="_blank">Help</a>
      </main>`;
  }

  #renderMenu(): TemplateResult {
    return html`<div class="menu">
      ${this.#renderBrand()}
      <nav aria-label="Main">
        ${this.#renderLink('/dashboards', 'dashboards', 'Dashboards')}
        ${
          sessionStore.mayManage
            ? [
                this.#renderLink('/charts', 'charts', 'Charts'),
                this.#renderLink('/databases', 'database', 'Databases', ['/tables', '/uploads']),
                this.#renderLink('/usage', 'usage', 'Usage'),
                this.#renderLink('/settings', 'settings', 'Settings'),
              ]
            : nothing
        }
      </nav>
      <app-profile-menu .session=${this.session}></app-profile-menu>
    </div>`;
  }

  /** `below`: where pages begin that belong to the link too. */
  #renderLink(path: string, icon: string, text: string, below: string[] = []): TemplateResult {
    const current = [path, ...below].some((each) => router.path.startsWith(each));
    return html`<a
      class="link"
      href=${path}
      aria-current=${current ? 'page' : nothing}
      @click=${this.#closeDrawer}
    >
      <wa-icon name=${icon}></wa-icon>${text}
    </a>`;
  }

  #renderBrand(): TemplateResult {
    return html`<a class="brand" href="/dashboards"
      ><img src=${logoUrl} width="28" height="28" alt="" />Aracari</a
    >`;
  }

  #isTabChange(): boolean {
    return document.activeElement !== null && deepActiveElement()?.localName === 'wa-tab';
  }

  #skip(event: Event): void {
    event.preventDefault();
    this.main.focus();
  }

  #closeDrawer(): void {
    this.drawerOpen = false;
  }

  #drawerClosed(event: Event): void {
    if (event.target === event.currentTarget) this.drawerOpen = false;
  }
}

function deepActiveElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}
