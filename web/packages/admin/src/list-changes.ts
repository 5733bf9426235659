/** The list with `next` in place of the entry at `index`: nothing takes it out, several put more there. */
export function replaceAt<T>(list: readonly T[], index: number, ...next: T[]): T[] {
  return [...list.slice(0, index), ...next, ...list.slice(index + 1)];
}

/** The list with one entry at another place. */
export function moveWithin<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = replaceAt(list, from);
  return [...rest.slice(0, to), ...list.slice(from, from + 1), ...rest.slice(to)];
}
