const shortestSeconds = 5;

/** Rings when the page becomes visible again, every so many seconds while it is, and when the token expires. */
export class VerifyClock {
  seconds = 30;
  /** When the token expires (RFC 3339), if it does. By the viewer's own clock, so it is a hint and not a decision. */
  expiresAt: string | null = null;

  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;

  constructor(private readonly ring: () => Promise<void>) {}

  start(): void {
    this.#running = true;
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.schedule();
  }

  stop(): void {
    this.#running = false;
    document.removeEventListener('visibilitychange', this.#onVisibility);
    clearTimeout(this.#timer);
  }

  /** Begins the waiting time anew, with the current settings. */
  schedule(): void {
    clearTimeout(this.#timer);
    if (this.#running && !document.hidden)
      this.#timer = setTimeout(() => void this.#tick(), this.#wait());
  }

  readonly #onVisibility = (): void => {
    clearTimeout(this.#timer);
    if (!document.hidden) void this.#tick();
  };

  async #tick(): Promise<void> {
    await this.ring();
    this.schedule();
  }

  #wait(): number {
    const regular = Math.max(shortestSeconds, this.seconds || 0) * 1000;
    const left = this.expiresAt ? Date.parse(this.expiresAt) - Date.now() : 0;
    return left > 0 ? Math.min(regular, left + 500) : regular;
  }
}
