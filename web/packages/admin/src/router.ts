/** Asked before the person leaves for `path`: true to let it happen, else it calls `leave` if and when it may. */
export type LeaveGuard = (path: string, leave: () => void) => boolean;

/** Where the person is. Moves within the app without loading the page again. Fires `change`. */
class Router extends EventTarget {
  /** The address last shown, to go back to when the browser's own buttons are not allowed to leave. */
  #shown = addressNow();
  #guard: LeaveGuard | undefined;

  constructor() {
    super();
    addEventListener('popstate', () => this.#popped());
  }

  get path(): string {
    return location.pathname;
  }

  /** A path of this app to go to after sign-in, from `?next=`. Anything else is ignored: it could lead elsewhere. */
  get next(): string | undefined {
    const next = new URLSearchParams(location.search).get('next');
    return next && /^\/(?![/\\])/.test(next) ? next : undefined;
  }

  /** For a page with changes that are not saved. Undefined: the person may leave. */
  guardLeaving(guard: LeaveGuard | undefined): void {
    this.#guard = guard;
  }

  go(address: string): void {
    const path = new URL(address, location.origin).pathname;
    if (this.#guard && !this.#guard(path, () => this.#push(address))) return;
    this.#push(address);
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

  #push(address: string): void {
    history.pushState(null, '', address);
    scrollTo(0, 0);
    this.#changed();
  }

  /** The browser has gone already: where that is not allowed yet, the address is put back. */
  #popped(): void {
    const wanted = addressNow();
    if (!this.#guard || this.#guard(location.pathname, () => this.#push(wanted)))
      return this.#changed();
    history.pushState(null, '', this.#shown);
  }

  #changed(): void {
    this.#shown = addressNow();
    this.dispatchEvent(new Event('change'));
  }
}

function addressNow(): string {
  return location.pathname + location.search + location.hash;
}

export const router = new Router();
