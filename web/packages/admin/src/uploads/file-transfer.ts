import { firstChunkBytes, nextChunkBytes, Pace } from './pace.js';

/** What is sent: a `File`, as far as it matters here. */
export interface Sendable {
  readonly size: number;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** Where it goes. Both give how many bytes the server has. */
export interface Receiver {
  send(offset: number, bytes: ArrayBuffer, signal: AbortSignal): Promise<number>;
  ask(signal: AbortSignal): Promise<number>;
}

/** The world around a transfer, so that tests need not wait. `sleep` ends early when the signal is aborted. */
export interface Surroundings {
  now(): number;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export type TransferState =
  | { kind: 'sending' }
  | { kind: 'paused'; reason?: string }
  /** The network is lost; it goes on by itself. */
  | { kind: 'waiting'; until: number }
  | { kind: 'done' }
  | { kind: 'failed'; reason: string };

/** An answer that was no success, as far as it matters here: the errors of `@aracari/api` are of this form. */
interface Refusal extends Error {
  status: number;
  detail: string;
  uploadOffset?: number | undefined;
  retryAfterSeconds?: number | undefined;
}

const mostTries = 10;
const longestWait = 30_000;
const lost = 'The server has not answered for a while. What it has stays there.';
const unreadable =
  'The file can no longer be read. If it was moved or changed, choose it again to go on.';

/**
 * Sends one file in pieces, from where the server is. The server's offset always holds. What may pass by itself, such as
 * a lost network, is tried again with growing waits; after many tries it pauses. Fires `change`.
 */
export class FileTransfer extends EventTarget {
  state: TransferState = { kind: 'paused' };
  /** How many bytes the server has. */
  sent: number;
  readonly file: Sendable;
  readonly #receiver: Receiver;
  readonly #mostChunkBytes: number;
  readonly #around: Surroundings;
  readonly #pace = new Pace();
  #chunkBytes: number;
  #running = new AbortController();
  #waking = new AbortController();

  constructor(
    file: Sendable,
    receiver: Receiver,
    from: { received: number; chunkBytes: number },
    around: Surroundings,
  ) {
    super();
    this.file = file;
    this.sent = from.received;
    this.#receiver = receiver;
    this.#mostChunkBytes = from.chunkBytes;
    this.#chunkBytes = firstChunkBytes(from.chunkBytes);
    this.#around = around;
  }

  get active(): boolean {
    return this.state.kind === 'sending' || this.state.kind === 'waiting';
  }

  get bytesPerSecond(): number {
    return this.#pace.perSecond;
  }

  /** Undefined while that cannot be told. */
  get secondsLeft(): number | undefined {
    const { perSecond } = this.#pace;
    return perSecond > 0 ? (this.file.size - this.sent) / perSecond : undefined;
  }

  /** Begins, or goes on after a pause. Ends when nothing more is under way. */
  async resume(): Promise<void> {
    if (this.active || this.state.kind === 'done') return;
    this.#running = new AbortController();
    const { signal } = this.#running;
    this.#pace.start(this.#around.now(), this.sent);
    this.#set({ kind: 'sending' });
    await this.#run(signal);
  }

  pause(reason?: string): void {
    if (!this.active) return;
    this.#running.abort();
    this.#waking.abort();
    this.#set({ kind: 'paused', ...(reason ? { reason } : {}) });
  }

  /** Ends the wait for a lost network, if there is one. */
  tryNow(): void {
    this.#waking.abort();
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (let tries = 0; this.sent < this.file.size;) {
      const before = this.sent;
      try {
        await this.#sendNext(signal);
        if (signal.aborted) return;
        tries = this.sent > before ? 0 : tries + 1;
      } catch (error) {
        if (signal.aborted) return;
        if (!isRefusal(error)) return this.#set({ kind: 'failed', reason: unreadable });
        if (!passes(error)) return this.#set({ kind: 'failed', reason: error.detail });
        tries += 1;
        if (tries <= mostTries) await this.#recover(error, tries, signal);
        if (signal.aborted) return;
      }
      if (tries > mostTries) return this.pause(lost);
    }
    this.#set({ kind: 'done' });
  }

  async #sendNext(signal: AbortSignal): Promise<void> {
    const end = Math.min(this.file.size, this.sent + this.#chunkBytes);
    const bytes = await this.file.slice(this.sent, end).arrayBuffer();
    if (signal.aborted) return;
    const begunAt = this.#around.now();
    this.#moveTo(await this.#receiver.send(this.sent, bytes, signal));
    const took = this.#around.now() - begunAt;
    this.#chunkBytes = nextChunkBytes(this.#chunkBytes, took, this.#mostChunkBytes);
  }

  /** Where the server goes on elsewhere, there; otherwise later. It may still be writing a piece that was cut off. */
  async #recover(error: Refusal, tries: number, signal: AbortSignal): Promise<void> {
    const before = this.sent;
    if (error.status === 409) await this.#follow(error, signal);
    if (signal.aborted || this.sent !== before) return;
    const wait =
      (error.retryAfterSeconds ?? 0) * 1000 || Math.min(longestWait, 2 ** (tries - 1) * 1000);
    this.#waking = new AbortController();
    this.#set({ kind: 'waiting', until: this.#around.now() + wait });
    await this.#around.sleep(wait, this.#waking.signal);
    if (signal.aborted) return;
    this.#pace.start(this.#around.now(), this.sent);
    this.#chunkBytes = firstChunkBytes(this.#mostChunkBytes);
    this.#set({ kind: 'sending' });
  }

  async #follow({ uploadOffset }: Refusal, signal: AbortSignal): Promise<void> {
    try {
      this.#moveTo(uploadOffset ?? (await this.#receiver.ask(signal)));
    } catch (error) {
      // The next try says it again, and then it counts.
      if (!isRefusal(error)) throw error;
    }
  }

  #moveTo(offset: number): void {
    if (!Number.isSafeInteger(offset) || offset < 0 || offset > this.file.size) return;
    this.sent = offset;
    this.#pace.mark(this.#around.now(), offset);
    this.dispatchEvent(new Event('change'));
  }

  #set(state: TransferState): void {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && typeof (error as Partial<Refusal>).status === 'number';
}

/** What may be over by the next time: no answer, another offset, too many requests, a server that is not well. */
function passes({ status }: Refusal): boolean {
  return (
    status === 0 ||
    status === 408 ||
    status === 409 ||
    status === 429 ||
    (status >= 500 && status !== 507)
  );
}
