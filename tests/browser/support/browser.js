// Chromium, and pages in it that notice what goes wrong.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
}

// Opens a page of its own context, hands it to `use`, and fails on any error that a page met on its way: a file that
// is missing, another host that was asked, an error on the console. That a page itself is missing is for `use` to see.
export async function withPage(browser, options, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => {
    const { url } = message.location();
    if (message.type() === "error" && url !== page.url()) faults.push(`${message.text()} ${url}`);
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    if (new URL(request.url()).hostname !== "127.0.0.1") faults.push(`asked ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    // Going on to the next page ends what the last one still loads.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") faults.push(`failed: ${request.url()}`);
  });
  try {
    await use(page);
  } finally {
    await context.close();
  }
  assert.deepEqual(faults, []);
}
