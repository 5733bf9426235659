const windowMilliseconds = 8_000;
const leastChunkBytes = 256 * 1024;
const usualChunkBytes = 1024 * 1024;
const quickMilliseconds = 1_500;
const slowMilliseconds = 4_000;

/** How fast something goes on, by its last seconds. */
export class Pace {
  #marks: { at: number; bytes: number }[] = [];

  /** What was before, such as a pause, does not count. */
  start(at: number, bytes: number): void {
    this.#marks = [{ at, bytes }];
  }

  mark(at: number, bytes: number): void {
    // The oldest one that is kept lies just outside the window, so that it is measured whole.
    while (this.#marks.length > 2 && (this.#marks[1]?.at ?? at) <= at - windowMilliseconds)
      this.#marks.shift();
    this.#marks.push({ at, bytes });
  }

  /** 0 while that cannot be told. */
  get perSecond(): number {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    if (!first || !last || last.at <= first.at) return 0;
    return Math.max(0, ((last.bytes - first.bytes) / (last.at - first.at)) * 1000);
  }
}

/**
 * How much to send at once after a piece that took so long: more while the way there takes most of the time, less where
 * the line is slow, so that the progress is seen to move and little is lost with a connection.
 */
export function nextChunkBytes(sent: number, milliseconds: number, most: number): number {
  const wanted = milliseconds < quickMilliseconds ? sent * 2 : sent;
  return within(milliseconds > slowMilliseconds ? sent / 2 : wanted, most);
}

/** Of the first piece, and of one after a lost connection. */
export function firstChunkBytes(most: number): number {
  return within(usualChunkBytes, most);
}

function within(bytes: number, most: number): number {
  return Math.floor(Math.min(most, Math.max(leastChunkBytes, bytes)));
}
