/** Timers of the page, or of a test. */
export interface Timers {
  set: (act: () => void, milliseconds: number) => number;
  clear: (timer: number) => void;
}

export const pageTimers: Timers = {
  set: (act, milliseconds) => window.setTimeout(act, milliseconds),
  clear: (timer) => window.clearTimeout(timer),
};

export type Outcome<Answer> = { answer: Answer } | { error: unknown };

/**
 * Answers the newest of many wishes: waits until they rest, ends the one that is under way, and tells of the newest
 * only, whatever comes late of others.
 */
export class Latest<Wish, Answer> {
  readonly #answer: (wish: Wish, signal: AbortSignal) => Promise<Answer>;
  readonly #tell: (outcome: Outcome<Answer>) => void;
  readonly #restMilliseconds: number;
  readonly #timers: Timers;
  #timer: number | undefined;
  #running: AbortController | undefined;

  constructor(
    answer: (wish: Wish, signal: AbortSignal) => Promise<Answer>,
    tell: (outcome: Outcome<Answer>) => void,
    restMilliseconds: number,
    timers: Timers = pageTimers,
  ) {
    this.#answer = answer;
    this.#tell = tell;
    this.#restMilliseconds = restMilliseconds;
    this.#timers = timers;
  }

  wish(wish: Wish): void {
    this.stop();
    this.#timer = this.#timers.set(() => void this.#run(wish), this.#restMilliseconds);
  }

  /** Nothing is told any more, until the next wish. */
  stop(): void {
    if (this.#timer !== undefined) this.#timers.clear(this.#timer);
    this.#timer = undefined;
    this.#running?.abort();
    this.#running = undefined;
  }

  async #run(wish: Wish): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    let outcome: Outcome<Answer>;
    try {
      outcome = { answer: await this.#answer(wish, running.signal) };
    } catch (error) {
      outcome = { error };
    }
    if (!running.signal.aborted) this.#tell(outcome);
  }
}
