// A person writes, and looks at the page in the browser: what changes on disk is there at once, and nothing else moves.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launch, withPage } from "./support/browser.js";
import { long, page as text, preview, proxy } from "./support/preview.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const TALKS = "briefings/2024/05/talks/";
const MONTH = "archive/2024/05/";
const RED = ":root { color-scheme: light } body { color: rgb(200, 0, 0); min-height: 200vh }";

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser.close());

// A test with a site and a page of its own. A page that was loaded anew would have lost its mark.
function previewed(name, files, use, options = {}) {
  test(name, async () => {
    const site = await preview({ "content/talks.md": text(long("أولا")), ...files }); // first
    try {
      await withPage(browser, options, (page) => use(page, site));
    } finally {
      await site.close();
    }
  });
}

// Opens a page and waits until it listens.
async function open(page, address) {
  const listens = page.waitForResponse((response) => response.url().includes("/_bayan/events"));
  await page.goto(address);
  await listens;
  await page.evaluate(() => (window.mark = true));
}

const says = (page, words) => page.waitForFunction((words) => document.body.innerText.includes(words), words);
const isSame = (page) => page.evaluate(() => window.mark === true);
const overlay = (page) => page.locator("bayan-preview .faults");

previewed("an edit is there without the page being loaded anew", {}, async (page, site) => {
  await open(page, site.home + TALKS);
  await page.locator("details").first().evaluate((details) => (details.open = true));
  await page.evaluate(async () => {
    await document.fonts.ready;
    window.scrollTo({ top: 900, behavior: "instant" });
    document.querySelector(".colophon a, footer a").focus({ preventScroll: true });
    getSelection().selectAllChildren(document.querySelector(".body p:nth-of-type(9)"));
  });
  const state = () =>
    page.evaluate(() => ({
      top: Math.round(scrollY),
      open: document.querySelector("details").open,
      focus: document.activeElement.textContent,
      selected: String(getSelection()),
    }));
  const had = await state();
  site.write("content/talks.md", text(long("ثانيا"))); // second
  await says(page, "ثانيا");
  assert.deepEqual(await state(), had);
  assert.ok(await isSame(page));
});

const other = (body) => text(body, { title: "بيان آخر", slug: "other", date: "2020-01-01" }); // another statement

const still = { "content/other.md": other("أول"), "static/style.css": RED.replace("200, 0, 0", "0, 0, 200") };

previewed("a page that an edit does not touch stays still", still, async (page, site) => {
  await open(page, `${site.home}${TALKS}`);
  await page.evaluate(() => {
    window.moves = [];
    const told = ({ type, target }) => `${type} ${(target.outerHTML ?? target.data).slice(0, 80)}`;
    new MutationObserver((changes) => window.moves.push(...changes.map(told))).observe(document.body, {
      attributes: true, characterData: true, childList: true, subtree: true,
    });
  });
  site.write("content/other.md", other("ثان"));
  // The style comes after the edit, so that the edit has been heard of by then.
  site.write("static/style.css", RED);
  await page.waitForFunction(() => getComputedStyle(document.body).color === "rgb(200, 0, 0)");
  assert.deepEqual(await page.evaluate(() => window.moves), []);
});

previewed("a text that is added, renamed and deleted comes, stays and goes", {}, async (page, site) => {
  await open(page, site.home + MONTH);
  site.write("content/new.md", text("جديد", { title: "بيان جديد", slug: "new" })); // a new statement
  await says(page, "بيان جديد");
  site.rename("content/new.md", "content/newer.md");
  site.write("content/newer.md", text("جديد", { title: "بيان أحدث", slug: "new" })); // a newer one
  await says(page, "بيان أحدث");
  site.remove("content/newer.md");
  await page.waitForFunction(() => !document.body.innerText.includes("بيان أحدث"));
  assert.ok(await isSame(page));
});

previewed("a page that is gone says so and comes back", {}, async (page, site) => {
  await open(page, site.home + TALKS);
  site.remove("content/talks.md");
  const note = page.locator("bayan-preview .note");
  await note.waitFor();
  assert.equal(await note.evaluate((note) => getComputedStyle(note).direction), "rtl");
  assert.equal(await note.locator("a").evaluate((link) => link.href), site.home);
  await says(page, "أولا");
  site.write("content/talks.md", text(long("عاد"))); // it is back
  await says(page, "عاد");
  await note.waitFor({ state: "detached" });
});

previewed("an address where nothing is shows its page once there is one", {}, async (page, site) => {
  await open(page, `${site.home}briefings/2024/05/new/`);
  site.write("content/new.md", text("جديد", { title: "بيان جديد", slug: "new" }));
  await says(page, "بيان جديد");
});

previewed("a broken front matter is told over the last good page", {}, async (page, site) => {
  await open(page, site.home + TALKS);
  site.write("content/talks.md", text(long("ثانيا"), { date: "12 مايو" })); // 12 May
  await overlay(page).waitFor();
  const told = await overlay(page).innerText();
  for (const words of ["content/talks.md:4:7", "12 مايو", "write it as 2024-05-12"]) assert.ok(told.includes(words), told);
  assert.equal(await overlay(page).evaluate((e) => getComputedStyle(e).direction), "rtl");
  assert.equal(await overlay(page).locator(".message").evaluate((e) => getComputedStyle(e).direction), "ltr");
  await says(page, "أولا");

  await page.keyboard.press("Escape");
  await overlay(page).waitFor({ state: "detached" });
  site.write("content/talks.md", text(long("ثانيا"), { date: "13 مايو" }));
  await overlay(page).waitFor();

  site.write("content/talks.md", text(long("ثالثا"))); // third
  await says(page, "ثالثا");
  await overlay(page).waitFor({ state: "detached" });
  assert.ok(await isSame(page));
});

for (const [how, broken] of [["cannot be read", "{% if %}"], ["asks for what is not there", "{{ nothing.here }}"]]) {
  const whole = "<!DOCTYPE html><html lang=ar dir=rtl><title>x</title><link rel=icon href=data:,><body><main><p>أولا</p></main></body></html>";
  const files = { "templates/about.html": whole };
  previewed(`a template that ${how} leaves the last good page until it is mended`, files, async (page, site) => {
    await open(page, `${site.home}about/`);
    site.write("templates/about.html", whole.replace("أولا", broken));
    await overlay(page).waitFor();
    assert.ok((await overlay(page).innerText()).includes("templates/about.html:1:"));
    await says(page, "أولا");
    site.write("templates/about.html", whole.replace("أولا", "ثانيا"));
    await says(page, "ثانيا");
    await overlay(page).waitFor({ state: "detached" });
    assert.ok(await isSame(page));
  });
}

previewed("a style sheet is swapped without a moment without one", { "static/style.css": RED }, async (page, site) => {
  await open(page, site.home + TALKS);
  await page.evaluate(() => {
    window.scrollTo({ top: 50, behavior: "instant" });
    window.bare = 0;
    const look = () => {
      window.bare += getComputedStyle(document.body).color === "rgb(0, 0, 0)";
      requestAnimationFrame(look);
    };
    look();
  });
  site.write("static/style.css", RED.replace("200, 0, 0", "0, 0, 200"));
  await page.waitForFunction(() => getComputedStyle(document.body).color === "rgb(0, 0, 200)");
  await page.waitForFunction(() => document.querySelectorAll("link[rel=stylesheet]").length === 1);
  assert.deepEqual(await page.evaluate(() => [window.bare, scrollY, window.mark]), [0, 50, true]);
});

const image = "<!DOCTYPE html><title>x</title><link rel=icon href=data:,><body><img src=/a.svg alt=x></body>";

previewed("an image is shown as it is now", { "static/a.svg": svg(10), "templates/about.html": image }, async (page, site) => {
  await open(page, `${site.home}about/`);
  await page.waitForFunction(() => document.querySelector("img")?.naturalWidth === 10);
  site.write("static/a.svg", svg(20));
  await page.waitForFunction(() => document.querySelector("img").naturalWidth === 20);
});

function svg(width) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="9"/>`;
}

test("a server that starts again is found, with what changed meanwhile", async () => {
  const site = await preview({ "content/talks.md": text("أولا") });
  const page = await (await browser.newContext()).newPage();
  try {
    await open(page, site.home + TALKS);
    await site.stop();
    site.write("content/talks.md", text("ثانيا"));
    await page.locator("bayan-preview .note").waitFor();
    await site.restart();
    await says(page, "ثانيا");
    await page.locator("bayan-preview .note").waitFor({ state: "detached" });
    site.write("content/talks.md", text("ثالثا"));
    await says(page, "ثالثا");
    assert.ok(await isSame(page));
  } finally {
    await page.context().close();
    await site.close();
  }
});

for (const [how, strips] of [["as it is", false], ["without its first part", true]]) {
  const settings = { "book.toml": '[output.html]\nsite-url = "https://example.org/press/"\n' };
  previewed(`a proxy may hand the path on ${how}`, settings, async (page, site) => {
    const front = await proxy(site.port, "/press/", strips);
    try {
      await open(page, `${front.origin}/press/${TALKS}`);
      site.write("content/talks.md", text(long("ثانيا")));
      await says(page, "ثانيا");
      assert.ok(await isSame(page));
      await page.locator(".brand a").click();
      await page.waitForURL(`${front.origin}/press/`);
    } finally {
      await page.goto("about:blank");
      await front.close();
    }
  });
}

const faulty = { "seeds/a.docx": "x", "content/bad.md": text("x", { slug: "bad", date: "12 مايو" }) };

previewed("all faults stand on a page that follows them, and a badge leads there", faulty, async (page, site) => {
  await open(page, site.home + TALKS);
  const badge = page.locator("bayan-preview .badge");
  assert.equal(await badge.innerText(), "خطأ واحد، تنبيه واحد"); // one error, one warning
  assert.equal(await overlay(page).count(), 0);
  const listens = page.waitForResponse((response) => response.url().includes("_bayan%2Findex.html"));
  await badge.click();
  await listens;
  assert.deepEqual(await page.locator("h2").allInnerTexts(), ["content/bad.md", "seeds/a.docx"]);
  site.write("content/bad.md", text("x", { slug: "bad" }));
  await page.waitForFunction(() => document.querySelectorAll("h2").length === 1);
  site.remove("seeds/a.docx");
  await says(page, "الموقع جاهز للنشر"); // it can be published
});

for (const [reader, options] of Object.entries({
  "in light on a desk": { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  "in the dark on a telephone": { colorScheme: "dark", viewport: { width: 390, height: 844 } },
})) {
  previewed(`what the preview shows has no fault ${reader}`, faulty, async (page, site) => {
    const check = async (where) => {
      await page.evaluate(AXE);
      const { violations } = await page.evaluate((where) => axe.run(where, { resultTypes: ["violations"] }), where);
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`), []);
      const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
      assert.ok(!(scrollWidth > clientWidth));
    };
    await open(page, `${site.home}_bayan/`);
    await check("html");
    await open(page, site.home + TALKS);
    await page.locator("bayan-preview .badge").waitFor();
    await check("bayan-preview");
    site.write("content/talks.md", text("x", { date: "12 مايو" }));
    await overlay(page).waitFor();
    await check("bayan-preview");
  }, options);
}
