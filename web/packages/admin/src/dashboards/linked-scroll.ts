/** A part of the page that scrolls by itself. */
export interface Scrolled {
  scrollTop: number;
}

/**
 * Moves scrolled parts together. To be told of the `scroll` events of each: those that come of its own doing are known
 * and dropped, so that a shorter part does not pull the longer one back.
 */
export class LinkedScroll {
  readonly #ownDoing = new WeakMap<Scrolled, number>();

  follow(moved: Scrolled, parts: Iterable<Scrolled>): void {
    const own = this.#ownDoing.get(moved);
    this.#ownDoing.delete(moved);
    if (own === moved.scrollTop) return;
    for (const part of parts) if (part !== moved) this.#move(part, moved.scrollTop);
  }

  #move(part: Scrolled, wanted: number): void {
    const before = part.scrollTop;
    part.scrollTop = wanted;
    // It may go less far than is wanted; where it does not move at all, no event follows.
    if (part.scrollTop !== before) this.#ownDoing.set(part, part.scrollTop);
  }
}
