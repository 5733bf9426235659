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
    const slotted = node.localName === 'slot' ? node.assignedNodes() : [];
    const within = slotted.length > 0 ? slotted : (node.shadowRoot ?? node).childNodes;
    // A template's values are texts of their own, so only elements part words.
    const part = (child) => (child.nodeType === Node.TEXT_NODE ? child.data : ` ${read(child)} `);
    return [...within]
      .filter(({ nodeType }) => nodeType !== Node.COMMENT_NODE)
      .map(part)
      .join('');
  };
  return read(element);
}
