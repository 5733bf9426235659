const shortestSeconds = 5;

/** Rings when the page becomes visible again, every so many seconds while it is, and when the token expires. */
export class VerifyClock {
  seconds = 30;
  /** When the token expires (RFC 3339), if it does. By the viewer's own clock, so it is a hint and not a decision. */
  expiresAt: string | null = null;

  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;
  /** The end that it rang for. */
  #ended: string | null = null;

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
    if (this.#left() <= 0) this.#ended = this.expiresAt;
    await this.ring();
    this.schedule();
  }

  /** An end that nobody was told of yet is never waited past, even when it came while the page was busy. */
  #wait(): number {
    const regular = Math.max(shortestSeconds, this.seconds || 0) * 1000;
    if (!this.expiresAt || this.#ended === this.expiresAt) return regular;
    return Math.min(regular, Math.max(0, this.#left()) + 500);
  }

  #left(): number {
    return this.expiresAt ? Date.parse(this.expiresAt) - Date.now() : Infinity;
  }
}
