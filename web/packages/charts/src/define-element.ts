/**
 * Registers an element unless the page has one of that name already. A page may load the script twice, from two
 * addresses or in two versions: the first one wins and the second does not throw.
 */
export function defineElement(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
