// A small site of its own in a folder, and the preview that serves it.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const BAYAN = process.env.BAYAN ?? fileURLToPath(new URL("../../../target/debug/bayan", import.meta.url));

// Writes `files` into a new folder, serves it, hands `{ home, desk, read, write, has }` to `use`, and takes all away.
export async function withDesk(files, use, ...more) {
  const folder = mkdtempSync(join(tmpdir(), "bayan-desk-"));
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries({ "book.toml": "", ...files })) write(path, text);
  const server = spawn(BAYAN, ["-C", folder, "serve", "--port", "0", ...more], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const home = await new Promise((resolve, reject) => {
      let said = "";
      server.stdout.on("data", (words) => {
        said += words;
        const url = /^http:\S+/m.exec(said);
        if (url && said.includes("\n")) resolve(url[0].replace("localhost", "127.0.0.1"));
      });
      server.on("exit", (status) => reject(new Error(`the preview ended with ${status}: ${said}`)));
    });
    const read = (path) => readFileSync(join(folder, path), "utf8");
    await use({ home, desk: `${home}_bayan/review`, folder, read, write, has: (path) => existsSync(join(folder, path)) });
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
