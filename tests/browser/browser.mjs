// Debian's Chromium, and pages in it that complain about everything they should not print.

import { chromium } from 'playwright-core';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Playwright waits this long for anything before it gives up. */
const patience = 8_000;

export function launchBrowser() {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
}

/**
 * A page in a context of its own: no cookie of another part. English, and in a time zone that would show a shifted date.
 * `page.complaints()` gives what it printed, without the refusals (`page.expectRefusals(401, 403)`) and the lost network
 * (`page.expectLostNetwork()`) that a part provokes.
 */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    timezoneId: 'America/Chicago',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(patience);
  return watch(await context.newPage());
}

function watch(page) {
  const complaints = [];
  const refusals = new Set();
  let mayBeLost = false;
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    const status = /^Failed to load resource: .* status of (\d+)/.exec(message.text())?.[1];
    if (status && refusals.has(Number(status))) return;
    if (mayBeLost && /net::ERR_CONNECTION_RESET$/.test(message.text())) return;
    complaints.push(`${message.type()} on ${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception on ${page.url()}: ${error.stack}`));
  page.complaints = () => complaints;
  page.expectLostNetwork = () => (mayBeLost = true);
  page.expectRefusals = (...statuses) => statuses.forEach((status) => refusals.add(status));
  return page;
}
