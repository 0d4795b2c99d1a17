// An editor at the desk: each decision through the page as a person sees it, and then on disk.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, withPage } from "./support/browser.js";
import { withDesk } from "./support/desk.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const DOHA = "2024-05-12-doha";
const CAIRO = "2024-05-11-cairo";

// The Egyptian foreign minister arrives in Doha and meets the Qatari minister of finance, Samer; a day before he was
// spelt Samir. And a text that would like to be markup.
const FILES = {
  [`seeds/${DOHA}.txt`]:
    "وزير الخارجية المصري يصل إلى الدوحة\n\nوصل وزير الخارجية المصري لبيب الورداني إلى الدوحة والتقى وزير المالية القطري سامر الحلمي.\n\nوشكر الورداني نظيره على حفاوة الاستقبال في قطر، وأشاد بما بين مصر والهند من تعاون.\n",
  [`seeds/${CAIRO}.txt`]: "وزير المالية القطري يزور القاهرة\n\nقال وزير المالية القطري سمير الحلمي إن بلاده ترحب بالاتفاق مع مصر.\n",
  "seeds/2024-05-10-hostile.txt":
    'عنوان <img src=x onerror="hacked=1"> "آخر"\n\nقال وزير الخارجية المصري لبيب <script>hacked=1</script> إن مصر ترحب بـ<b onclick=1>قطر</b>.\n',
};

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser.close());

// Opens a text at the desk of a new site.
function atDesk(key, use, options = {}) {
  return withDesk({ ...FILES, ...options.files }, (site) =>
    withPage(browser, { ...options }, async (page) => {
      await page.goto(`${site.desk}/seeds/${key}.txt`);
      await use(page, site);
    }),
  );
}

const mark = (page, words) => page.locator("#text .mark", { hasText: words }).first();
const item = (page, key) => page.locator(`#menu [data-item="${key}"]`);
const beside = (page) => page.frameLocator(".page iframe");

// Waits until the desk says that a file was written.
async function saved(page, words = "حُفظ") {
  await page.locator("#status", { hasText: words }).waitFor();
}

test("to confirm a text writes its page as reviewed, and opens the next", () =>
  atDesk(DOHA, async (page, { read }) => {
    await page.getByRole("button", { name: "اعتماد" }).click();
    await saved(page);
    const written = read(`content/${DOHA}.md`);
    assert.match(written, /\nreview: done\n/);
    assert.match(written, /\ncountries: \[EG, QA, IN\]\n/);
    assert.equal(await page.locator("#sheet").getAttribute("data-page"), `seeds/${CAIRO}.txt`);
    assert.ok(page.url().endsWith(`/review/seeds/${CAIRO}.txt`), page.url());
    assert.equal(await page.locator("#queue a").count(), 2);
  }));

test("a mention is removed, an entity changed, and the page beside it follows at once", () =>
  atDesk(DOHA, async (page, { read }) => {
    await beside(page).locator(".named .countries", { hasText: "الهند" }).waitFor();
    await mark(page, "الهند").click();
    await item(page, "remove").click();
    await saved(page);
    assert.match(read(`content/${DOHA}.md`), /\ncountries: \[EG, QA\]\n/);
    await beside(page).locator(".named .countries").filter({ hasNotText: "الهند" }).waitFor();

    await mark(page, "الحلمي").click();
    await item(page, "change").click();
    await page.locator("#finder-query").fill("سامح شك");
    await page.locator("#finder-list [data-id='sameh-shoukry']").click();
    await beside(page).locator(".named .officials", { hasText: "سامح شكري" }).waitFor();
    assert.match(read(`content/${DOHA}.md`), /\nofficials: \[[^\]]*sameh-shoukry\]\n/);
  }));

test("headline and day are mended in place", () =>
  atDesk(DOHA, async (page, { read }) => {
    await page.locator("#headline").fill("لبيب الورداني في الدوحة: لقاء وشكر");
    await page.keyboard.press("Enter");
    await beside(page).locator("h1", { hasText: "لقاء وشكر" }).waitFor();
    await page.locator("#day").fill("2024-05-13");
    await page.locator("#headline").focus();
    await beside(page).locator("time[datetime='2024-05-13']").first().waitFor();
    const written = read(`content/${DOHA}.md`);
    assert.match(written, /^---\ntitle: "لبيب الورداني في الدوحة: لقاء وشكر"\n/);
    assert.match(written, /\ndate: 2024-05-13\n/);
  }));

test("an alias is remembered in the site's lexicon, with what stood there", () =>
  atDesk(
    DOHA,
    async (page, { read }) => {
      await page.locator(".entity", { hasText: "قطر" }).click();
      await item(page, "alias").waitFor();
      await page.keyboard.press("Escape");
      await mark(page, "الدوحة").click();
      await item(page, "alias").click();
      await saved(page);
      const written = read("lexicon/aliases.yaml");
      assert.ok(written.startsWith("# ours\n- kind: country # where\n  id: QA\n  also: [بلد اللؤلؤ, الدوحة]\n"), written);
    },
    { files: { "lexicon/aliases.yaml": "# ours\n- kind: country # where\n  id: QA\n  also: [بلد اللؤلؤ]\n" } },
  ));

test("two people are merged, on disk and on the page", () =>
  atDesk(DOHA, async (page, { read }) => {
    await mark(page, "سامر الحلمي").click();
    await item(page, "merge").click();
    await page.locator("#finder-query").fill("سمير");
    await page.locator("#finder-list [data-id]").first().click();
    await saved(page);
    assert.match(read("lexicon/identity.yaml"), /\n- person: \S+ الحلمي\n {2}same-as: \[\S+ الحلمي\]\n/);
    await page.locator(".page iframe").evaluate((frame) => frame.contentWindow.location.assign(frame.contentDocument.querySelector(".named .officials li:nth-child(2) a").href));
    await beside(page).locator("h1", { hasText: "الحلمي" }).waitFor();
    assert.equal(await beside(page).locator(".years .lines > li, .briefings .lines > li").count(), 2);
  }));

test("a doubt is answered where it stands", () => {
  // One minister, spelt with another letter in each text.
  const files = {
    "seeds/2024-05-09-wheat.txt": "قال وزير الزراعة الروسي غريغوري سولوف إن بلاده ترحب بالاتفاق.\n",
    "seeds/2024-05-08-harvest.txt": "قال وزير الزراعة الروسي جريجوري سولوف إن المحصول وفير هذا العام.\n",
  };
  const use = async (page, { read }) => {
    const doubt = page.locator(".doubt", { hasText: "سولوف" });
    await doubt.getByRole("button", { name: "شخصان" }).click();
    await saved(page);
    await doubt.waitFor({ state: "detached" });
    assert.match(read("lexicon/identity.yaml"), /\n- person: \S+ سولوف\n {2}not-same-as: \[\S+ سولوف\]\n/);
  };
  return atDesk("2024-05-09-wheat", use, { files });
});

test("another person of a name is told by whom he serves", () =>
  atDesk(DOHA, async (page, { read }) => {
    await mark(page, "لبيب الورداني").click();
    await item(page, "namesake").click();
    await page.locator("#finder-query").fill("الأردن");
    await page.locator("#finder-list [data-id='JO']").click();
    await saved(page);
    assert.match(read(`content/${DOHA}.md`), /\nofficials: \[لبيب الورداني \(JO\), سامر الحلمي\]\n/);
    await mark(page, "لبيب الورداني").waitFor();
  }));

test("what was done is undone, to the last byte", () =>
  atDesk(DOHA, async (page, { has, read }) => {
    await mark(page, "الهند").click();
    await item(page, "remove").click();
    await saved(page);
    const first = read(`content/${DOHA}.md`);
    await page.getByRole("button", { name: "اعتماد" }).click();
    await page.locator(`#sheet[data-page='seeds/${CAIRO}.txt']`).waitFor();
    await page.keyboard.press("Control+z");
    await page.locator(`#sheet[data-page='content/${DOHA}.md']`).waitFor();
    assert.equal(read(`content/${DOHA}.md`), first);
    await page.getByRole("button", { name: "تراجع" }).click();
    await page.locator(`#sheet[data-page='seeds/${DOHA}.txt']`).waitFor();
    assert.ok(!has(`content/${DOHA}.md`));
    await mark(page, "الهند").waitFor();
    assert.ok(await page.getByRole("button", { name: "تراجع" }).isDisabled());
  }));

test("everything can be done by keys alone", () =>
  atDesk(DOHA, async (page, { read }) => {
    const focused = () => page.evaluate(() => document.activeElement.textContent);
    await page.keyboard.press("j");
    const first = await focused();
    await page.keyboard.press("j");
    assert.notEqual(await focused(), first);
    await page.keyboard.press("k");
    assert.equal(await focused(), first);
    assert.ok(await page.locator("#tip").isVisible());
    for (let presses = 0; presses < 30 && (await focused()) !== "الهند"; presses++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Delete");
    await saved(page);
    assert.match(read(`content/${DOHA}.md`), /\ncountries: \[EG, QA\]\n/);

    for (let presses = 0; presses < 30 && !(await focused()).includes("سامر"); presses++) await page.keyboard.press("k");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator("#finder[open]").waitFor();
    await page.keyboard.type("narendra");
    await page.locator("#finder-list [data-id='narendra-modi'][aria-selected='true']").waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".entity[data-id='narendra-modi']").waitFor();

    await page.keyboard.press("t");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("عنوان جديد");
    await page.keyboard.press("Control+Enter");
    await page.locator(`#sheet[data-page='seeds/${CAIRO}.txt']`).waitFor();
    const written = read(`content/${DOHA}.md`);
    assert.match(written, /^---\ntitle: عنوان جديد\n/);
    assert.match(written, /\nreview: done\n/);
    assert.ok(await page.evaluate(() => document.activeElement.classList.contains("mark")));

    await page.keyboard.press("?");
    await page.locator("#keys[open]").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    await page.locator("#sheet[data-page='seeds/2024-05-10-hostile.txt']").waitFor();
  }));

test("a file that changed on disk meanwhile is not written over", () =>
  withDesk({ ...FILES, "content/own.md": "---\ntitle: أ\nreview: auto\n---\n\nقالت مصر.\n" }, async ({ desk, read, write }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    // What another program writes is not seen before the editor goes on.
    await page.route("**/_bayan/events**", (route) => route.abort());
    await page.goto(`${desk}/content/own.md`);
    const others = "---\ntitle: ب # by hand\nreview: auto\n---\n\nقالت مصر.\n";
    write("content/own.md", others);
    await page.getByRole("button", { name: "اعتماد" }).click();
    await page.locator("#status.bad", { hasText: "تغيّر الملف على القرص" }).waitFor();
    assert.equal(read("content/own.md"), others);
    await page.waitForTimeout(700);
    await page.locator("#status button").click();
    await page.waitForFunction(() => document.getElementById("headline").value === "ب");
    await page.getByRole("button", { name: "اعتماد" }).click();
    await page.waitForFunction(() => document.getElementById("sheet").dataset.page !== "content/own.md");
    assert.equal(read("content/own.md"), others.replace("review: auto", "countries: [EG]\nreview: done"));
    await context.close();
  }));

test("what another program writes is shown without a word", () =>
  withDesk({ ...FILES, "content/own.md": "---\ntitle: أ\n---\n\nقالت مصر.\n" }, ({ desk, write }) =>
    withPage(browser, {}, async (page) => {
      await page.goto(`${desk}/content/own.md`);
      await mark(page, "مصر").waitFor();
      write("content/own.md", "---\ntitle: ب\n---\n\nقالت قطر.\n");
      await mark(page, "قطر").waitFor();
      assert.equal(await page.locator("#headline").inputValue(), "ب");
    }),
  ));

test("a server killed while it writes leaves the old file or the new one", async () => {
  for (const delay of [20, 60, 130]) {
    await withDesk({ ...FILES, "content/own.md": "---\ntitle: 0\n---\n\nقالت مصر.\n" }, async ({ home, desk, folder, read, kill }) => {
      const writing = async () => {
        for (let title = 1; ; title++) {
          const shown = await (await fetch(`${desk}/content/own.md`)).text();
          const seen = JSON.parse(/data-seen="([^"]*)"/.exec(shown)[1].replaceAll("&quot;", '"').replaceAll("&#x2F;", "/"));
          const token = /bayan-token" content="(\w+)"/.exec(shown)[1];
          const body = JSON.stringify({ edit: { do: "title", page: "content/own.md", title: `رقم ${title}` }, seen });
          const answer = await fetch(`${home}_bayan/desk`, { method: "POST", headers: { "content-type": "application/json", "x-bayan-token": token }, body });
          assert.equal(answer.status, 200, await answer.text());
        }
      };
      const stopped = assert.rejects(writing(), TypeError);
      while (read("content/own.md").includes("title: 0")) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, delay));
      kill();
      await stopped;
      assert.match(read("content/own.md"), /^---\ntitle: رقم \d+\n---\n\nقالت مصر\.\n$/);
      assert.deepEqual(readdirSync(join(folder, "content")).filter((name) => !name.startsWith(".")), ["own.md"]);
    });
  }
});

test("who is not at the desk may not write", () =>
  withDesk(FILES, async ({ home, desk, has }) => {
    const token = /bayan-token" content="(\w+)"/.exec(await (await fetch(desk)).text())[1];
    const post = (headers, edit = { do: "confirm", page: `seeds/${DOHA}.txt` }) =>
      fetch(`${home}_bayan/desk`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ edit, seen: { [`content/${DOHA}.md`]: "" } }),
      });
    const known = { "x-bayan-token": token };
    assert.equal((await post({})).status, 403);
    assert.equal((await post({ "x-bayan-token": "0".repeat(32) })).status, 403);
    for (const origin of ["https://evil.example", "null", "http://localhost:1"]) {
      assert.equal((await post({ ...known, origin })).status, 403, origin);
    }
    assert.equal((await post({ ...known, "content-type": "text/plain" })).status, 415);
    for (const path of ["../book.toml", "/etc/passwd", "seeds/nothing.txt"]) {
      assert.equal((await post(known, { do: "confirm", page: path })).status, 422, path);
    }
    assert.ok(!has(`content/${DOHA}.md`));
    assert.equal((await post({ ...known, origin: new URL(home).origin })).status, 200);
    assert.ok(has(`content/${DOHA}.md`));
  }));

test("a desk that others could reach is off unless it is asked for", async () => {
  await withDesk(FILES, async ({ desk }) => assert.equal((await fetch(desk)).status, 403), "--host", "0.0.0.0");
  await withDesk(FILES, async ({ desk }) => assert.equal((await fetch(desk)).status, 200), "--host", "0.0.0.0", "--desk");
});

test("a text that would like to be markup is words", () =>
  atDesk("2024-05-10-hostile", async (page) => {
    assert.match(await page.locator("#headline").inputValue(), /<img src=x/);
    const all = await page.locator("#text").innerText();
    assert.ok(all.includes("<script>hacked=1</script>"), all);
    for (const words of await page.locator("#text .mark").all()) {
      await words.click();
      await page.keyboard.press("Escape");
    }
    assert.equal(await page.evaluate(() => typeof hacked), "undefined");
  }));

for (const [reader, options] of Object.entries({
  "in light on a desk": { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  "in the dark on a desk": { colorScheme: "dark", viewport: { width: 1600, height: 900 } },
  "in light on a telephone": { colorScheme: "light", viewport: { width: 390, height: 844 } },
  "in the dark on a telephone": { colorScheme: "dark", viewport: { width: 390, height: 844 } },
})) {
  test(`the desk has no fault ${reader}`, () =>
    atDesk(
      DOHA,
      async (page) => {
        const check = async (what) => {
          await page.evaluate(AXE);
          const { violations } = await page.evaluate(() => axe.run({ resultTypes: ["violations"], iframes: false }));
          const told = violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${what}: ${id}: ${html.slice(0, 160)} ${failureSummary}`));
          assert.deepEqual(told, []);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
          assert.ok(!wide, `${what} is wider than the window`);
        };
        await check("the desk");
        await mark(page, "سامر").click();
        await check("the menu");
        await item(page, "change").click();
        await page.locator("#finder-list [data-id]").first().waitFor();
        await check("the finder");
        await page.keyboard.press("Escape");
        await page.keyboard.press("?");
        await check("the keys");
        await page.keyboard.press("Escape");
        for (const pane of ["queue", "page"]) {
          const tab = page.locator(`.tabs [data-pane='${pane}']`);
          if (await tab.isVisible()) await tab.click();
          await check(pane);
        }
      },
      options,
    ));
}
