import {
  AracariError,
  type ChartSpec,
  type Column,
  type ListedChart,
  previewChart,
} from '@aracari/api';
import { sessionStore } from '../session-store.js';

export type TileResult = { columns: Column[] } | { error: AracariError };

/** How many charts are asked for at once: more would only wait in the server. */
const atOnce = 4;

/** The results of charts, each asked for once. Fires `change`. */
export class ChartResults extends EventTarget {
  readonly #results = new Map<string, TileResult | undefined>();
  readonly #waiting: { key: string; spec: ChartSpec }[] = [];
  readonly #ended = new AbortController();
  #running = 0;

  /** Undefined while it is on its way; asks for it if nobody has yet. */
  get({ id, spec }: ListedChart): TileResult | undefined {
    const key = `${id} ${JSON.stringify(spec)}`;
    if (!this.#results.has(key)) {
      this.#results.set(key, undefined);
      this.#waiting.push({ key, spec });
      queueMicrotask(() => this.#next());
    }
    return this.#results.get(key);
  }

  /** Nothing is asked for any more. */
  end(): void {
    this.#waiting.length = 0;
    this.#ended.abort();
  }

  #next(): void {
    if (this.#running >= atOnce) return;
    const next = this.#waiting.shift();
    if (!next) return;
    this.#running += 1;
    void this.#ask(next);
    this.#next();
  }

  async #ask({ key, spec }: { key: string; spec: ChartSpec }): Promise<void> {
    try {
      const columns = await previewChart(spec, this.#ended.signal);
      this.#results.set(key, { columns });
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      if (!(error instanceof AracariError)) throw error;
      sessionStore.notice(error);
      this.#results.set(key, { error });
    }
    this.#running -= 1;
    this.dispatchEvent(new Event('change'));
    this.#next();
  }
}
