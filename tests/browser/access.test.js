// axe-core on a page of every kind, by day on a desk and by night on a telephone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { launch, withPage } from "./support/browser.js";
import { KINDS, site } from "./support/kinds.js";
import { serve } from "./support/server.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const READERS = {
  "in light on a desk": { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  "in the dark on a telephone": { colorScheme: "dark", viewport: { width: 390, height: 844 } },
};

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
    for (const [reader, options] of Object.entries(READERS)) {
      test(`has no fault ${reader}`, () =>
        withPage(browser, { ...options }, async (page) => {
          await page.goto(server.home + path);
          await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
          await page.evaluate(AXE);
          const { violations } = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
          assert.deepEqual(violations.flatMap(told), []);
        }));
    }
  });
}

// A fault as lines: the rule, the element, and what axe says of it.
function told({ id, nodes }) {
  return nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)} ${failureSummary.replaceAll(/\s+/g, " ")}`);
}
