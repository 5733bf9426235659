// Looks at a page as a whole, in both widths and both colour schemes: a picture of each, nothing that runs out of the
// width, and a name for everything that can be operated.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

const widths = [1280, 390];
const schemes = ['light', 'dark'];
const operable = new Set([
  'button',
  'checkbox',
  'combobox',
  'dialog',
  'link',
  'listbox',
  'menuitem',
  'radio',
  'radiogroup',
  'searchbox',
  'spinbutton',
  'switch',
  'tab',
  'textbox',
]);

export class Survey {
  constructor(folder) {
    this.folder = folder;
  }

  async start() {
    await mkdir(this.folder, { recursive: true });
  }

  /** One picture of the page as it is. */
  async picture(page, name, { fullPage = true } = {}) {
    // A menu that stays in view would otherwise stand in the middle of a tall picture.
    if (fullPage) await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(this.folder, `${name}.png`), fullPage });
  }

  /** `settle` is awaited after each change of width or scheme. `fullPage` is for pages without a dialog. */
  async look(page, name, { settle = () => {}, fullPage = true } = {}) {
    await assertNames(page, name);
    for (const width of widths) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 800 });
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        await page.waitForTimeout(120);
        await settle();
        await this.picture(page, `${name}-${width}-${colorScheme}`, { fullPage });
      }
      await assertFits(page, `${name} at ${width}`);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: 'light' });
  }
}

async function assertFits(page, name) {
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  assert.ok(content <= window, `${name}: the page is ${content} px wide in ${window} px`);
}

async function assertNames(page, name) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const nameless = nodes
    .filter(({ ignored, role }) => !ignored && operable.has(role?.value))
    .filter((node) => !node.name?.value?.trim());
  assert.deepEqual(
    nameless.map(({ role }) => role.value),
    [],
    `${name}: controls without an accessible name`,
  );
}
