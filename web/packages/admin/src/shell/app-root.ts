import { AracariError, type Session } from '@aracari/api';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Following } from '../following.js';
import '../parts/app-failure.js';
import { router } from '../router.js';
import { redirects, type Route, routes } from '../routes.js';
import { sessionStore } from '../session-store.js';
import './app-not-found-page.js';
import './app-shell.js';

const programGone = new AracariError(0, {
  code: 'unreachable',
  title: 'This page could not be loaded',
  detail: 'The server cannot be reached, or it was updated while you were here.',
});

/** Shows the page that the address and the session call for, and leads elsewhere when they do not fit. */
@customElement('app-root')
export class AppRoot extends LitElement {
  /** The programs of routes that have been loaded. */
  @state() private loaded: readonly Route['load'][] = [];
  @state() private loadFailed = false;

  static override styles = css`
    :host {
      display: block;
      min-height: 100vh;
    }
    .alone {
      display: grid;
      min-height: 100vh;
      place-items: center;
    }
  `;

  constructor() {
    super();
    new Following(this, router);
    new Following(this, sessionStore);
    this.addEventListener('click', (event) => router.followLink(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void sessionStore.load();
  }

  override willUpdate(): void {
    const session = sessionStore.current;
    if (!session) return;
    const elsewhere = findRedirect(session);
    if (elsewhere) router.redirect(elsewhere);
    const route = findRoute();
    document.title = `${route?.title ?? 'Page not found'} · Aracari`;
    if (route && !this.loaded.includes(route.load)) void this.#load(route);
  }

  override render() {
    if (sessionStore.failure) return html`<div class="alone">${this.#renderFailure()}</div>`;
    const session = sessionStore.current;
    if (!session) return nothing;
    const page = this.#renderPage(findRoute());
    return session.state === 'signed_in'
      ? html`<app-shell .session=${session}>${page}</app-shell>`
      : page;
  }

  #renderPage(route: Route | undefined): unknown {
    if (!route || !maySee(route)) {
      return html`<app-not-found-page></app-not-found-page>`;
    }
    if (this.loadFailed) {
      return html`<app-failure
        .error=${programGone}
        @app-retry=${() => location.reload()}
      ></app-failure>`;
    }
    if (!this.loaded.includes(route.load)) return nothing;
    const [, id = '', tab = ''] = route.path.exec(router.path) ?? [];
    return route.render(decodeURIComponent(id), tab);
  }

  #renderFailure(): TemplateResult {
    return html`<app-failure
      .error=${sessionStore.failure}
      @app-retry=${() => sessionStore.load()}
    ></app-failure>`;
  }

  async #load(route: Route): Promise<void> {
    try {
      await route.load();
      this.loaded = [...this.loaded, route.load];
    } catch {
      this.loadFailed = true;
    }
  }
}

function findRoute(path = router.path): Route | undefined {
  return routes.find((route) => route.path.test(path));
}

function maySee({ audience }: Route): boolean {
  if (audience === 'admin') return sessionStore.isAdmin;
  return audience !== 'maker' || sessionStore.mayManage;
}

function findRedirect(session: Session): string | undefined {
  const wanted = redirects[router.path] ?? router.path;
  const audience = findRoute(wanted)?.audience;
  switch (session.state) {
    case 'setup_required':
      return audience === 'setup' ? undefined : '/setup';
    case 'signed_out':
      if (audience === 'guest') return undefined;
      return audience && audience !== 'setup'
        ? `/sign-in?next=${encodeURIComponent(wanted + location.hash)}`
        : '/sign-in';
    case 'signed_in':
      if (audience === 'setup' || audience === 'guest') return router.next ?? '/dashboards';
      return wanted === router.path ? undefined : wanted + location.hash;
  }
}
