/** Gives a fresh embed token, from the host's own backend. */
export type AuthTokenProvider = () => string | Promise<string>;

/** Clock and timers, so that tests need not wait. */
export interface TokenTimes {
  /** Milliseconds since 1970. */
  now(): number;
  setTimer(run: () => void, milliseconds: number): unknown;
  clearTimer(timer: unknown): void;
}

export interface TokenListener {
  /** There is a token, or another one. */
  tokenChanged(): void;
  /** The provider failed; it is asked again later. */
  tokenFailed(): void;
}

/** A new token is fetched so long before the old one ends, or in the last fifth of a short life. */
const aheadMilliseconds = 60_000;

/** A page that slept has no timer that rings in time: so the clock is looked at so often. */
const mostWaitMilliseconds = 20_000;

const firstRetryMilliseconds = 1_000;
const mostRetryMilliseconds = 30_000;

/** Those with elements. */
const inUse = new Set<TokenSource>();

/**
 * The token of all elements that have the same provider. The provider is called once for all of them, before the token
 * ends: by the server's clock, since the viewer's may be wrong. When it fails it is asked again after growing pauses, and
 * the old token stays as long as it is good.
 */
export class TokenSource {
  token = '';

  private readonly provider: AuthTokenProvider;
  private readonly times: TokenTimes;
  readonly #listeners = new Set<TokenListener>();
  #pending: Promise<void> | undefined;
  #renewAt = Infinity;
  #failures = 0;
  #retryAt = 0;
  #timer: unknown;

  constructor(provider: AuthTokenProvider, times: TokenTimes) {
    this.provider = provider;
    this.times = times;
  }

  add(listener: TokenListener): void {
    this.#listeners.add(listener);
    inUse.add(this);
    if (!this.token) this.check();
    this.#schedule();
  }

  remove(listener: TokenListener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size > 0) return;
    inUse.delete(this);
    this.times.clearTimer(this.#timer);
  }

  /** The server told until when a token is good, and what its own clock said then. */
  learn(token: string, expiresAt: string | null, serverTime: string | undefined): void {
    if (token !== this.token || !expiresAt) return;
    const now = this.times.now();
    const left = Date.parse(expiresAt) - (serverTime ? Date.parse(serverTime) : now);
    if (!Number.isFinite(left)) return;
    this.#renewAt = now + left - Math.min(aheadMilliseconds, left / 5);
    this.#schedule();
  }

  /** The server refused a token: asks for another one, unless there is one already. */
  renew(refused: string): void {
    if (refused !== this.token) return;
    this.#renewAt = 0;
    this.check();
  }

  /** Asks for a new token if it is time for one. For whoever notices that time has passed, or that the network is back. */
  check({ retryNow = false } = {}): void {
    const now = this.times.now();
    if (this.#pending || (this.token && now < this.#renewAt)) return;
    if (!retryNow && now < this.#retryAt) return;
    this.#pending = this.#fetch().finally(() => {
      this.#pending = undefined;
      this.#schedule();
    });
  }

  async #fetch(): Promise<void> {
    const before = this.token;
    try {
      const token = await this.provider();
      if (typeof token !== 'string' || !token) throw new Error('no token');
      // A provider that gives the same token again is not asked in a loop.
      this.#pause(token === before);
      this.token = token;
      this.#renewAt = token === before ? this.#retryAt : Infinity;
      if (token !== before) for (const listener of this.#listeners) listener.tokenChanged();
    } catch {
      this.#pause(true);
      for (const listener of this.#listeners) listener.tokenFailed();
    }
  }

  #pause(failed: boolean): void {
    this.#failures = failed ? this.#failures + 1 : 0;
    const pause = firstRetryMilliseconds * 2 ** Math.max(0, this.#failures - 1);
    this.#retryAt = failed ? this.times.now() + Math.min(mostRetryMilliseconds, pause) : 0;
  }

  #schedule(): void {
    this.times.clearTimer(this.#timer);
    if (this.#listeners.size === 0) return;
    const now = this.times.now();
    const next = Math.max(this.token ? this.#renewAt : now, this.#retryAt);
    if (next === Infinity) return;
    const wait = Math.max(0, Math.min(mostWaitMilliseconds, next - now));
    this.#timer = this.times.setTimer(() => {
      this.check();
      if (!this.#pending) this.#schedule();
    }, wait);
  }
}

/** Providers are often functions of a component, and go with it. */
const sources = new WeakMap<AuthTokenProvider, TokenSource>();

let watching = false;

const pageTimes: TokenTimes = {
  now: () => Date.now(),
  setTimer: (run, milliseconds) => setTimeout(run, milliseconds),
  clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout> | undefined),
};

/** The one source of a provider on this page. */
export function tokenSourceOf(provider: AuthTokenProvider): TokenSource {
  const known = sources.get(provider);
  if (known) return known;
  if (!watching) watchPage();
  const source = new TokenSource(provider, pageTimes);
  sources.set(provider, source);
  return source;
}

/** After sleep, and when the network is back, there may be no time to lose. */
function watchPage(): void {
  watching = true;
  const check = () => {
    for (const source of inUse) source.check({ retryNow: true });
  };
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) check();
  });
  addEventListener('online', check);
  addEventListener('pageshow', check);
}
