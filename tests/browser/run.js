// Builds the demonstration site twice, at the root and under /press/, and runs every *.test.js, most of them on it.
//
// The texts of texts/ stand beside those of the repository, so that every kind of page is there.
// BAYAN names the program (by default the one that `cargo build` leaves), CHROMIUM the browser.

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const repository = join(here, "../..");
const bayan = process.env.BAYAN ?? join(repository, "target/debug/bayan");
const folder = mkdtempSync(join(tmpdir(), "bayan-browser-"));
const source = join(folder, "source");

function gather() {
  for (const name of ["book.toml", "seeds"]) cpSync(join(repository, name), join(source, name), { recursive: true });
  cpSync(join(here, "texts"), source, { recursive: true });
}

function build(name, ...more) {
  const place = join(folder, name);
  execFileSync(bayan, ["-C", source, "build", "--quiet", "-d", place, ...more], { stdio: "inherit" });
  return place;
}

let status = 1;
try {
  gather();
  const SITE = build("site");
  const PRESS = build("press", "--site-url", "https://example.org/press/");
  const tests = readdirSync(here).filter((name) => name.endsWith(".test.js"));
  const chosen = process.argv.length > 2 ? process.argv.slice(2) : tests;
  const ran = spawnSync(process.execPath, ["--test", "--test-reporter=spec", ...chosen], {
    cwd: here,
    env: { ...process.env, BAYAN: bayan, SITE, PRESS },
    stdio: "inherit",
  });
  status = ran.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = status;
