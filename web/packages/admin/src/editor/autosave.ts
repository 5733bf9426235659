import { pageTimers, type Timers } from '../charts/latest.js';

/** What went wrong, as far as it decides what to do. */
export interface SaveFailure {
  /** `conflict`: somebody else has saved; `refused`: pointless to try again as it is; `passing`: worth another try. */
  kind: 'conflict' | 'refused' | 'passing';
  /** In words, for people. */
  what: string;
}

export type SaveState =
  | { name: 'saved' }
  | { name: 'waiting' }
  | { name: 'saving' }
  | { name: 'failed'; what: string }
  | { name: 'refused'; what: string }
  | { name: 'conflict' };

interface Work<Content, Stored> {
  /** Stores the content where `version` is the present one. */
  save: (version: number, content: Content) => Promise<Stored>;
  versionOf: (stored: Stored) => number;
  judge: (error: unknown) => SaveFailure;
  /** What is stored now, of a conflict. */
  theirsOf: (error: unknown) => Stored;
  /** The state is another. */
  changed: () => void;
}

/** How long changes rest before they are saved, and the pauses before another try, in milliseconds. */
const restMilliseconds = 1000;
const pauses = [2000, 5000, 15_000, 30_000];

/**
 * Saves what is edited, a moment after the last change and one call at a time. Where somebody else has saved meanwhile
 * it stops, keeps both, and waits for a choice. A lost network is tried again by itself.
 */
export class Autosave<Content, Stored> {
  #state: SaveState = { name: 'saved' };
  #version: number;
  /** What is still to be saved. */
  #pending: Content | undefined;
  #theirs: Stored | undefined;
  #timer: number | undefined;
  #running: Promise<void> | undefined;
  #tries = 0;
  readonly #work: Work<Content, Stored>;
  readonly #timers: Timers;

  constructor(version: number, work: Work<Content, Stored>, timers: Timers = pageTimers) {
    this.#version = version;
    this.#work = work;
    this.#timers = timers;
  }

  get state(): SaveState {
    return this.#state;
  }

  /** What somebody else has saved, while there is a choice to make. */
  get theirs(): Stored | undefined {
    return this.#theirs;
  }

  /** True while there is something that would be lost if the page were closed. */
  get unsaved(): boolean {
    return this.#state.name !== 'saved';
  }

  change(content: Content): void {
    this.#pending = content;
    if (this.#state.name === 'conflict' || this.#running) return;
    this.#tries = 0;
    this.#wait(restMilliseconds);
    this.#set({ name: 'waiting' });
  }

  /** Saves now what is waiting; resolves when it is saved, or when it is certain that it was not. */
  async flush(): Promise<void> {
    if (this.#state.name === 'conflict') return;
    this.#stopWaiting();
    if (this.#running) await this.#running;
    if (this.#pending !== undefined && !this.#running) await this.#start();
  }

  /** Something else has stored a version: nothing is pending, and saving goes on from there. */
  restart(version: number): void {
    this.#stopWaiting();
    this.#version = version;
    this.#pending = undefined;
    this.#theirs = undefined;
    this.#tries = 0;
    this.#set({ name: 'saved' });
  }

  /** Of a conflict: this content is stored over theirs. */
  async keep(content: Content): Promise<void> {
    if (this.#theirs === undefined) return;
    this.#version = this.#work.versionOf(this.#theirs);
    this.#theirs = undefined;
    this.#pending = content;
    this.#set({ name: 'waiting' });
    await this.flush();
  }

  stop(): void {
    this.#stopWaiting();
  }

  async #start(): Promise<void> {
    const content = this.#pending;
    if (content === undefined) return;
    this.#pending = undefined;
    this.#set({ name: 'saving' });
    this.#running = this.#run(content);
    await this.#running;
    if (this.#state.name === 'waiting') this.#wait(restMilliseconds);
  }

  async #run(content: Content): Promise<void> {
    try {
      const stored = await this.#work.save(this.#version, content);
      this.#version = this.#work.versionOf(stored);
      this.#tries = 0;
      this.#running = undefined;
      this.#set({ name: this.#pending === undefined ? 'saved' : 'waiting' });
    } catch (error) {
      this.#running = undefined;
      this.#pending ??= content;
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const { kind, what } = this.#work.judge(error);
    if (kind === 'conflict') {
      this.#theirs = this.#work.theirsOf(error);
      return this.#set({ name: 'conflict' });
    }
    if (kind === 'refused') return this.#set({ name: 'refused', what });
    this.#wait(pauses[Math.min(this.#tries, pauses.length - 1)] ?? restMilliseconds);
    this.#tries += 1;
    this.#set({ name: 'failed', what });
  }

  #wait(milliseconds: number): void {
    this.#stopWaiting();
    this.#timer = this.#timers.set(() => {
      this.#timer = undefined;
      if (!this.#running) void this.#start();
    }, milliseconds);
  }

  #stopWaiting(): void {
    if (this.#timer !== undefined) this.#timers.clear(this.#timer);
    this.#timer = undefined;
  }

  #set(state: SaveState): void {
    this.#state = state;
    this.#work.changed();
  }
}
