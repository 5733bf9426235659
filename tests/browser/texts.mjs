// Texts as a reader takes them in: white space counts once, and custom elements are no borders.

/** All text that an element holds, also in the shadow trees within. */
export async function textOf(locator) {
  return plain(await locator.evaluate(textWithin));
}

export function plain(text) {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function textWithin(element) {
  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    const slotted = node.localName === 'slot' ? node.assignedNodes() : [];
    const within = slotted.length > 0 ? slotted : (node.shadowRoot ?? node).childNodes;
    return [...within].map(read).join(' ');
  };
  return read(element);
}
