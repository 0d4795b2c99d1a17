// Keeps a page of the site as it is on disk, and shows what is wrong.
//
// The server compares, and says by server-sent events what happened: see src/shell/serve/events.rs. A hidden page does
// not listen, as a browser allows a server six connections in all; it catches up when it is shown.

import { morph } from "./morph.js";
import { Overlay } from "./overlay.js";

const own = document.querySelector("script[data-page][data-etag]");
const root = new URL(".", import.meta.url);
const { page } = own.dataset;
// The page that lists all faults needs nobody to point at them.
const overlay = page === "_bayan/index.html" ? undefined : new Overlay(root);

// How long to wait before asking again for a server that is gone, in milliseconds, and when to say that it is.
const WAITS = [250, 500, 1000, 2000, 3000];
const PATIENCE = 2;

let { etag } = own.dataset;
let source;
let tries = 0;
let begun = false;

function listen() {
  if (source || document.hidden) return;
  source = new EventSource(new URL(`events?${new URLSearchParams({ page, etag })}`, root));
  for (const [name, hear] of Object.entries(hearers)) {
    source.addEventListener(name, (event) => hear(JSON.parse(event.data)));
  }
  source.addEventListener("open", () => {
    tries = 0;
    overlay?.lost(false);
  });
  source.addEventListener("error", () => {
    // The browser would ask again by itself, but with the mark that the page had at first.
    quiet();
    if (tries === PATIENCE) overlay?.lost(true);
    setTimeout(listen, WAITS[Math.min(tries++, WAITS.length - 1)]);
  });
}

function quiet() {
  source?.close();
  source = undefined;
}

const hearers = {
  hello({ words }) {
    overlay?.speak(words);
    // What changed while nobody listened is not known.
    if (begun) styles().forEach(renew);
    begun = true;
  },
  faults: (faults) => overlay?.faults(faults),
  count: (counts) => overlay?.count(counts),
  page: update,
  gone: () => overlay?.gone(true),
  style({ path }) {
    styles().filter((link) => isOf(link.href, path)).forEach(renew);
    if (!styles().some((link) => isOf(link.href, path))) styles().forEach(renew);
  },
  file({ path }) {
    if ([...document.scripts].some((script) => script.src && isOf(script.src, path))) return location.reload();
    for (const image of document.querySelectorAll("img, source, video, audio, object, embed, iframe, use, image")) {
      for (const name of ["src", "data", "href", "poster", "srcset"]) refresh(image, name, path);
    }
  },
};

let updating = Promise.resolve();

// Updates follow each other, so that the last one counts.
function update() {
  updating = updating.then(async () => {
    const response = await fetch(location.href, { headers: { accept: "text/html" } });
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    const script = next.querySelector("script[data-page][data-etag]");
    if (!script || script.dataset.page !== page) return location.reload();
    if (scripts(document) !== scripts(next)) return location.reload();
    etag = script.dataset.etag;
    morph(next);
    overlay?.gone(false);
    document.dispatchEvent(new CustomEvent("bayan:page", { detail: { etag } }));
  }).catch(() => {}); // The server is gone; once it is back, it says so.
}

// What runs on a page. A script that is another one now must run anew.
function scripts(of) {
  const all = [...of.querySelectorAll("script:not([data-page])")];
  return all.map((script) => `${script.getAttribute("src")} ${script.type} ${script.textContent}`).join("\n");
}

function styles() {
  return [...document.querySelectorAll("link[rel~=stylesheet]")].filter((link) => link.href.startsWith(location.origin));
}

function isOf(url, path) {
  try {
    return decodeURIComponent(new URL(url, location.href).pathname).endsWith(`/${path}`);
  } catch {
    return false;
  }
}

// The same address as one that no cache has seen.
function fresh(address) {
  const url = new URL(address, location.href);
  url.searchParams.set("bayan", String(performance.now()));
  return url.href;
}

// Loads a style sheet again beside the old one, which goes when the new one is there.
function renew(link) {
  const next = link.cloneNode();
  next.href = fresh(link.href);
  const done = () => link.remove();
  next.addEventListener("load", done);
  next.addEventListener("error", () => next.remove());
  link.after(next);
}

function refresh(element, name, path) {
  const value = element.getAttribute(name);
  if (!value) return;
  if (name === "srcset") {
    const parts = value.split(",").map((part) => part.trim().split(/\s+/));
    if (!parts.some(([address]) => isOf(address, path))) return;
    const renewed = parts.map(([address, ...rest]) => [isOf(address, path) ? fresh(address) : address, ...rest].join(" "));
    element.setAttribute(name, renewed.join(", "));
  } else if (isOf(value, path)) {
    element.setAttribute(name, fresh(value));
  }
}

document.addEventListener("visibilitychange", () => (document.hidden ? quiet() : listen()));
window.addEventListener("pagehide", quiet);
window.addEventListener("pageshow", listen);
listen();
