// A reader's way through the site, by clicks and by keys.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, withPage } from "./support/browser.js";
import { KINDS, press, site } from "./support/kinds.js";
import { serve } from "./support/server.js";

let browser, atRoot, underPress;

before(async () => {
  browser = await launch();
  atRoot = await serve(site);
  underPress = await serve(press, "/press/");
});

after(async () => {
  await browser.close();
  await atRoot.close();
  await underPress.close();
});

// Clicks the first of what `selector` names and gives the heading of the page it leads to.
async function follow(page, selector) {
  const link = page.locator(selector).first();
  await link.click();
  await page.waitForLoadState();
  return page.locator("h1").innerText();
}

// Home, India, its newest briefing, the first official in it, and all the way back.
async function walk(page, home) {
  await page.goto(home);
  const headings = [await page.locator("h1").innerText()];
  assert.equal(await follow(page, ".ways .countries a:text-is('الهند')"), "الهند"); // India
  headings.push("الهند");
  const title = await page.locator(".lines a.title").first().innerText();
  assert.equal(await follow(page, ".lines a.title"), title);
  headings.push(title);
  const official = await page.locator(".named .officials a").first().innerText();
  assert.equal(await follow(page, ".named .officials a"), official);
  assert.ok(page.url().startsWith(home), page.url());

  const back = page.locator(`.lines a.title:text-is('${title}')`);
  assert.equal(await back.count(), 1, "the official's page links back to the briefing");
  for (const heading of headings.reverse()) {
    await page.goBack();
    assert.equal(await page.locator("h1").innerText(), heading);
  }
}

test("a reader goes from home to a country, a briefing, an official and back", () =>
  withPage(browser, {}, (page) => walk(page, atRoot.home)));

test("the same way is open without JavaScript", () =>
  withPage(browser, { javaScriptEnabled: false }, (page) => walk(page, atRoot.home)));

test("the same way is open on a telephone", () =>
  withPage(browser, { viewport: { width: 390, height: 844 }, hasTouch: true }, (page) => walk(page, atRoot.home)));

test("the same way is open where the site stands under /press/", () =>
  withPage(browser, {}, (page) => walk(page, underPress.home)));

test("a copy leads to the briefing that stands for it, and back", () =>
  withPage(browser, {}, async (page) => {
    await page.goto(atRoot.home + KINDS["copy of a briefing"]);
    const copy = await page.locator("h1").innerText();
    const chief = await page.locator(".copy-of a").innerText();
    assert.equal(await follow(page, ".copy-of a"), chief);
    assert.equal(await follow(page, ".copies a.title"), copy);
  }));

test("the sections lead to their indexes, and an index to what it lists", () =>
  withPage(browser, {}, async (page) => {
    await page.goto(atRoot.home);
    const sections = await page.locator("nav.sections a").allInnerTexts();
    assert.equal(sections.length, 5);
    for (const section of sections.slice(0, 4)) {
      await follow(page, `nav.sections a:text-is('${section}')`);
      assert.equal(await page.locator("nav.sections [aria-current]").innerText(), section);
      const name = await page.locator(".register a").first().innerText();
      assert.equal(await follow(page, ".register a"), name);
    }
  }));

test("an address where nothing is shows the page that says so and ways on", () =>
  withPage(browser, {}, async (page) => {
    const answer = await page.goto(`${underPress.home}nothing/is/here/`);
    assert.equal(answer.status(), 404);
    await follow(page, "main a");
    assert.equal(page.url(), underPress.home);
  }));

test("the first key press shows a way past the navigation", () =>
  withPage(browser, {}, async (page) => {
    await page.goto(`${atRoot.home}countries/in/`);
    await page.keyboard.press("Tab");
    const skip = page.locator("a.skip");
    assert.ok(await skip.evaluate((link) => link === document.activeElement));
    await page.waitForFunction(() => document.activeElement.getBoundingClientRect().top >= 0);
    await page.keyboard.press("Enter");
    assert.ok(page.url().endsWith("#main"));
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null));
  }));

test("what the keyboard has reached can be seen", () =>
  withPage(browser, {}, async (page) => {
    await page.goto(atRoot.home);
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press("Tab");
      const seen = await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
        const text = document.activeElement.textContent;
        return { text, visible: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 };
      });
      assert.ok(seen.visible, seen.text);
    }
  }));

test("a relation on the map leads to the page of its name", () =>
  withPage(browser, {}, async (page) => {
    await page.goto(atRoot.home);
    const link = page.locator("svg.relations.wide a.country").first();
    const name = (await link.locator("text").textContent()).trim();
    await link.locator("circle").click();
    await page.waitForLoadState();
    assert.equal(await page.locator("h1").innerText(), name);
  }));
