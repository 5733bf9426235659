/** Where the person is. Moves within the app without loading the page again. Fires `change`. */
class Router extends EventTarget {
  constructor() {
    super();
    addEventListener('popstate', () => this.#changed());
  }

  get path(): string {
    return location.pathname;
  }

  /** A path of this app to go to after sign-in, from `?next=`. Anything else is ignored: it could lead elsewhere. */
  get next(): string | undefined {
    const next = new URLSearchParams(location.search).get('next');
    return next && /^\/(?![/\\])/.test(next) ? next : undefined;
  }

  go(address: string): void {
    history.pushState(null, '', address);
    scrollTo(0, 0);
    this.#changed();
  }

  /** As `go`, leaving no step back: for redirects. */
  redirect(address: string): void {
    history.replaceState(null, '', address);
    this.#changed();
  }

  /** Takes over plain clicks on links of this app. To be called for clicks anywhere in the page. */
  followLink(event: MouseEvent): void {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey
    )
      return;
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link || link.target || link.hasAttribute('download') || !this.#isOurs(link)) return;
    event.preventDefault();
    if (link.href !== location.href) this.go(link.pathname + link.search + link.hash);
  }

  #isOurs(link: HTMLAnchorElement): boolean {
    return link.origin === location.origin && !/^\/(docs|embed|openapi)/.test(link.pathname);
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

export const router = new Router();
