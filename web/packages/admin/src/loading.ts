import { AracariError } from '@aracari/api';
import { html, type ReactiveController, type ReactiveControllerHost } from 'lit';
import './parts/app-failure.js';
import { sessionStore } from './session-store.js';

/**
 * Loads a value for its host when the host appears, and again on `reload`. While it reloads, the value before stays.
 * A host that has gone gets nothing more.
 */
export class Loading<T> implements ReactiveController {
  value: T | undefined;
  error: AracariError | undefined;
  #running: AbortController | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly load: (signal: AbortSignal) => Promise<T>,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    void this.reload();
  }

  hostDisconnected(): void {
    this.#running?.abort();
  }

  async reload(): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    try {
      const value = await this.load(running.signal);
      if (!running.signal.aborted) this.#settle(value, undefined);
    } catch (error) {
      if (running.signal.aborted) return;
      if (!(error instanceof AracariError)) throw error;
      sessionStore.notice(error);
      this.#settle(this.value, error);
    }
  }

  /** Draws the value, or a quiet sign of waiting, or the failure with a way to try again. */
  render(ready: (value: T) => unknown): unknown {
    if (this.error)
      return html`<app-failure
        .error=${this.error}
        @app-retry=${() => this.reload()}
      ></app-failure>`;
    if (this.value === undefined)
      return html`<p class="waiting"><wa-spinner></wa-spinner> Loading…</p>`;
    return ready(this.value);
  }

  #settle(value: T | undefined, error: AracariError | undefined): void {
    this.value = value;
    this.error = error;
    this.host.requestUpdate();
  }
}
