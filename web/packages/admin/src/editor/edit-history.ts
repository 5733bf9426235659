/** How soon a change must follow another to be part of it, in milliseconds. */
const samePause = 1000;
const mostSteps = 200;

/** Steps that can be taken back. Changes of one kind in quick succession, such as typing a name, are one step. */
export class EditHistory<T> {
  #past: T[] = [];
  #present: T;
  #future: T[] = [];
  #kind = '';
  #at = 0;
  readonly #now: () => number;

  constructor(present: T, now: () => number = () => performance.now()) {
    this.#present = present;
    this.#now = now;
  }

  get present(): T {
    return this.#present;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** `kind`: changes of the same one that follow at once are one step; empty: a step of its own. */
  push(next: T, kind = ''): void {
    const now = this.#now();
    const goesOn = kind !== '' && kind === this.#kind && now - this.#at < samePause;
    if (!goesOn) this.#past = [...this.#past, this.#present].slice(-mostSteps);
    this.#present = next;
    this.#future = [];
    this.#kind = kind;
    this.#at = now;
  }

  undo(): T | undefined {
    const before = this.#past.at(-1);
    if (before === undefined) return undefined;
    this.#future = [this.#present, ...this.#future];
    this.#past = this.#past.slice(0, -1);
    return this.#goTo(before);
  }

  redo(): T | undefined {
    const [after, ...rest] = this.#future;
    if (after === undefined) return undefined;
    this.#past = [...this.#past, this.#present];
    this.#future = rest;
    return this.#goTo(after);
  }

  #goTo(state: T): T {
    this.#present = state;
    this.#kind = '';
    return state;
  }
}
