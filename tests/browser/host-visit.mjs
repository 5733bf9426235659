// A visit of a customer's page in a browser of its own, which knows when the embed said what.

import assert from 'node:assert/strict';
import { openPage } from './browser.mjs';

/**
 * Opens a host page. `page.told(name)` gives the times in milliseconds, since the embed script began to load, at which
 * the element fired an event; `page.closeQuietly()` closes it and fails on anything that it printed.
 */
export async function openHostPage({ browser }, address) {
  const page = await openPage(browser);
  await page.addInitScript(recordEvents);
  await page.goto(address);
  page.told = (name) => page.evaluate(readEvents, name);
  page.closeQuietly = async () => {
    const complaints = page.complaints();
    await page.context().close();
    assert.deepEqual(complaints, []);
  };
  return page;
}

function recordEvents() {
  window.embedEvents = [];
  for (const name of ['aracari-ready', 'aracari-error']) {
    document.addEventListener(name, ({ detail }) => {
      window.embedEvents.push({ name, detail, at: performance.now() });
    });
  }
}

function readEvents(name) {
  const [script] = performance
    .getEntriesByType('resource')
    .filter((entry) => entry.name.endsWith('/embed/embed.js'));
  return window.embedEvents
    .filter((event) => event.name === name)
    .map(({ at, detail }) => ({ milliseconds: Math.round(at - script.startTime), detail }));
}
