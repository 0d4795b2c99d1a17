// How every kind of page stands on a screen and on paper.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch, withPage } from "./support/browser.js";
import { KINDS, site } from "./support/kinds.js";
import { serve } from "./support/server.js";

const WIDTHS = [390, 1280];

let browser, server;

before(async () => {
  browser = await launch();
  server = await serve(site);
});

after(async () => {
  await browser.close();
  await server.close();
});

for (const [kind, path] of Object.entries(KINDS)) {
  describe(kind, () => {
    for (const width of WIDTHS) {
      test(`fits a window ${width} pixels wide`, () =>
        withPage(browser, { viewport: { width, height: 900 } }, async (page) => {
          await page.goto(server.home + path);
          assert.deepEqual(await page.evaluate(sticksOut), []);
          const { scrollWidth, clientWidth } = await page.evaluate(() => {
            const { scrollWidth, clientWidth } = document.documentElement;
            return { scrollWidth, clientWidth };
          });
          assert.ok(scrollWidth <= clientWidth, `${scrollWidth} in ${clientWidth}`);
        }));
    }

    test("is set in the site's own faces alone", () =>
      withPage(browser, {}, async (page) => {
        await page.goto(server.home + path);
        await page.evaluate(() => document.fonts.ready);
        const { own, strange } = await faces(page);
        assert.ok(own.has("Markazi Text"), [...own].join());
        assert.ok(own.has("Noto Naskh Arabic") || !kind.startsWith("briefing"), [...own].join());
        assert.deepEqual(strange, []);
      }));

    test("runs from right to left", () =>
      withPage(browser, {}, async (page) => {
        await page.goto(server.home + path);
        const direction = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e).direction);
        assert.equal(await direction("html"), "rtl");
        const english = await page.locator("h1[lang=en]").count();
        assert.equal(await direction("h1"), english ? "ltr" : "rtl");
      }));

    test("is printed without navigation and with its text", () =>
      withPage(browser, { missing: true, colorScheme: "dark" }, async (page) => {
        await page.goto(server.home + path);
        await page.emulateMedia({ media: "print" });
        for (const nav of await page.locator("nav").all()) {
          assert.equal(await nav.isVisible(), false, await nav.getAttribute("aria-label"));
        }
        assert.ok(await page.locator("h1").isVisible());
        const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        assert.ok(["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"].includes(ground), ground);
      }));
  });
}

test("words of a quoted post run their own way", () =>
  withPage(browser, {}, async (page) => {
    await page.goto(server.home + KINDS["briefing with a post"]);
    const direction = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e).direction);
    assert.equal(await direction(".body > p"), "rtl");
    assert.equal(await direction(".post blockquote"), "ltr");
  }));

// What lies outside the window, in the page: a few elements that stick out of it at either side.
function sticksOut() {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => element && (["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const out = [];
  for (const element of document.querySelectorAll("body *:not(.skip)")) {
    const { left, right, width: own } = element.getBoundingClientRect();
    const hidden = own === 0 || scrolls(element.parentElement);
    if (!hidden && (left < -1 || right > width + 1)) out.push(`${element.outerHTML.slice(0, 80)} ${left}..${right}`);
  }
  return out.slice(0, 5);
}

// The faces that Chromium took for the text of a page: names of the site's `own`, and a few elements set in `strange`
// ones. Code is set in the reader's own face.
async function faces(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("DOM.enable");
  await session.send("CSS.enable");
  const { root } = await session.send("DOM.getDocument");
  const { nodeIds } = await session.send("DOM.querySelectorAll", {
    nodeId: root.nodeId,
    selector: "body *:not(code, :has(code), details:not([open]) *)",
  });
  const own = new Set();
  const strange = [];
  for (const nodeId of nodeIds) {
    const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
    for (const { familyName, isCustomFont } of fonts) {
      if (isCustomFont) own.add(familyName);
      else strange.push(`${familyName}: ${(await session.send("DOM.getOuterHTML", { nodeId })).outerHTML.slice(0, 120)}`);
    }
  }
  return { own, strange: strange.slice(0, 5) };
}
