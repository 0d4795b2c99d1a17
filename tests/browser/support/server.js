// A web server for one folder, as plain as those that static sites are put on.

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

// Serves `folder` under `base`, which begins and ends with "/". Gives the address of its home page, and `close`.
export async function serve(folder, base = "/") {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname);
    const file = path.startsWith(base) && find(join(folder, normalize(`/${path.slice(base.length)}`)));
    const shown = file || join(folder, "404.html");
    response.writeHead(file ? 200 : 404, { "content-type": TYPES[extname(shown)] ?? "application/octet-stream" });
    createReadStream(shown).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { home: `http://127.0.0.1:${server.address().port}${base}`, close };
}

// The file that answers to a path; a folder answers with its index.html.
function find(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return find(join(path, "index.html"));
  return found?.isFile() ? path : undefined;
}
