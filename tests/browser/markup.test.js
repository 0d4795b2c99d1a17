// Every page and style of the site, by the Nu HTML checker.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { press, site } from "./support/kinds.js";

const JAR = String(createRequire(import.meta.url)("vnu-jar"));

// The checker does not know `paint-order`, a property of SVG 2 that CSS may set.
const UNKNOWN = ".*“paint-order”: Property “paint-order” doesn't exist.*";

// What the checker says of a folder or file: its messages, and how many of each sort.
function check(options, path) {
  const ran = spawnSync("java", ["-jar", JAR, "--format", "json", "--stdout", ...options, path], {
    encoding: "utf8",
    maxBuffer: 64 << 20,
  });
  assert.equal(ran.error, undefined);
  return JSON.parse(ran.stdout).messages;
}

// A message for people: where, what, and the words it is about.
function told({ url = "", lastLine, message, extract = "" }) {
  return `${decodeURIComponent(relative(site, fileURLToPath(url)))}:${lastLine}: ${message} ${extract.slice(0, 80)}`;
}

for (const [name, folder] of [["every page", site], ["every page under /press/", press]]) {
  test(`${name} is sound HTML`, (t) => {
    const messages = check(["--skip-non-html"], folder);
    const errors = messages.filter(({ type }) => type !== "info");
    for (const message of messages.slice(0, 10)) t.diagnostic(told(message));
    assert.deepEqual(errors.map(told), []);
  });
}

test("the style sheet is sound CSS", () => {
  const messages = check(["--css", "--filterpattern", UNKNOWN], join(site, "style.css"));
  assert.deepEqual(messages.map(told), []);
});
