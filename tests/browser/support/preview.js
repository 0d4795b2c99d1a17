// A site of a test's own, and the preview of it.

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as ask } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

// A reviewed page: a minister's talks in Cairo.
export function page(body, { title = "محادثات في القاهرة", slug = "talks", date = "2024-05-12" } = {}) {
  return `---\ntitle: ${title}\nslug: ${slug}\ndate: ${date}\n---\n\n${body}\n`;
}

// Long enough to be scrolled, with a part that a reader opens.
export function long(first) {
  // The minister said that the two sides had agreed on this.
  const lines = Array.from({ length: 60 }, (_, number) => `وقال الوزير إن الجانبين اتفقا على البند ${number} من البيان.`);
  return [first, ...lines].join("\n\n");
}

// Makes the site of `files`, by path, and previews it.
export async function preview(files) {
  const folder = mkdtempSync(join(tmpdir(), "bayan-preview-"));
  const place = (path) => join(folder, "site", path);
  const write = (path, text) => {
    mkdirSync(dirname(place(path)), { recursive: true });
    writeFileSync(place(path), text);
  };
  for (const [path, text] of Object.entries({ "book.toml": "", ...files })) write(path, text);
  let server = await start(folder, 0);
  return {
    home: server.home,
    port: server.port,
    write,
    rename: (from, to) => renameSync(place(from), place(to)),
    remove: (path) => rmSync(place(path), { recursive: true }),
    stop: () => server.stop(),
    // Starts again at the same port.
    async restart() {
      server = await start(folder, server.port);
    },
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// The program at `port`, once it answers.
async function start(folder, port) {
  const arguments_ = ["-C", join(folder, "site"), "serve", "--port", String(port)];
  const env = { ...process.env, BAYAN_CACHE_DIR: join(folder, "cache") };
  const child = spawn(process.env.BAYAN, arguments_, { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const lines = createInterface({ input: child.stdout });
  const home = await new Promise((resolve, reject) => {
    lines.once("line", resolve);
    child.once("exit", () => reject(new Error("the preview did not start")));
  });
  const stop = () => {
    child.kill("SIGINT");
    return ended;
  };
  return { home: home.trim().replace("localhost", "127.0.0.1"), port: Number(new URL(home).port), stop };
}

// A proxy that hands on only what lies under `prefix`; where `strips`, without it.
export async function proxy(port, prefix, strips) {
  const server = createServer((request, response) => {
    if (!request.url.startsWith(prefix)) return response.writeHead(502).end();
    const path = strips ? `/${request.url.slice(prefix.length)}` : request.url;
    const headers = { ...request.headers, host: `127.0.0.1:${port}` };
    if (strips) headers["x-forwarded-prefix"] = prefix.slice(0, -1);
    const onward = ask({ host: "127.0.0.1", port, path, method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, close };
}
