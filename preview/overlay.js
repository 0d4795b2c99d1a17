// What the preview says on a page, in a shadow tree, so that neither's style touches the other: faults that have come up,
// a note where the page or the server is gone, and a badge that counts all faults of the site.

// Where this tab remembers which faults a person has closed.
const CLOSED = "bayan-closed";

export class Overlay {
  #root;
  #words;
  #sheet;
  #shadow;
  #faults = [];
  #shown = [];
  #known;
  #counts = {};
  #gone = false;
  #lost = false;

  // `root` is the address of the preview.
  constructor(root) {
    this.#root = root;
    const host = document.createElement("bayan-preview");
    this.#shadow = host.attachShadow({ mode: "open" });
    // Beside the body, which is made anew with the page.
    document.documentElement.append(host);
    this.#dress(new URL("preview.css", root));
    document.addEventListener("keydown", (event) => this.#key(event), true);
  }

  async #dress(address) {
    const sheet = new CSSStyleSheet();
    await sheet.replace(await (await fetch(address)).text());
    this.#shadow.adoptedStyleSheets = [sheet];
    this.#sheet = sheet;
    this.#draw();
  }

  #key(event) {
    if (event.key !== "Escape" || !this.#shown.length) return;
    event.stopPropagation();
    this.#close();
  }

  // The words of the interface.
  speak(words) {
    this.#words = words;
    this.#shadow.host.lang = words.lang;
    this.#shadow.host.dir = words.dir;
    this.#draw();
  }

  // How many faults the site has, in words.
  count(counts) {
    this.#counts = counts;
    this.#draw();
  }

  // Shows faults that hold a change back or came up while this page was open; what was there before has the badge alone.
  faults(faults) {
    const closed = remembered();
    const keys = new Set(faults.map(keyOf));
    const isShown = (fault) => this.#shown.some((shown) => keyOf(shown) === keyOf(fault));
    const isNew = (fault) => fault.held || (this.#known && !this.#known.has(keyOf(fault)));
    this.#shown = faults.filter((fault) => (isShown(fault) || isNew(fault)) && !closed.has(keyOf(fault)));
    this.#known = keys;
    this.#faults = faults;
    remember([...closed].filter((key) => keys.has(key)));
    this.#draw();
  }

  // Whether the page is no longer on the site.
  gone(is) {
    this.#gone = is;
    this.#draw();
  }

  // Whether the server no longer answers.
  lost(is) {
    if (this.#lost === is) return;
    this.#lost = is;
    this.#draw();
  }

  #close() {
    remember([...remembered(), ...this.#shown.map(keyOf)]);
    this.#shown = [];
    this.#draw();
  }

  #draw() {
    if (!this.#words || !this.#sheet) return;
    const { t, home } = this.#words;
    const parts = [];
    if (this.#shown.length) parts.push(this.#panel());
    else if (this.#counts.errors || this.#counts.warnings) parts.push(this.#badge());
    if (this.#gone) parts.push(note(t.gone, home, t.home));
    if (this.#lost) parts.push(note(t.lost));
    this.#keep(parts);
  }

  // Puts `parts` in place, but leaves those that are the same, so that nothing is read out or scrolled twice.
  #keep(parts) {
    const had = [...this.#shadow.children];
    const same = (part) => had.find((child) => child.outerHTML === part.outerHTML);
    const kept = parts.map((part) => same(part) ?? part);
    had.filter((child) => !kept.includes(child)).forEach((child) => child.remove());
    kept.filter((part) => !part.isConnected).forEach((part) => this.#shadow.append(part));
  }

  #panel() {
    const { t } = this.#words;
    const close = make("button", { type: "button", class: "close", "aria-label": t.close, title: t.close });
    close.innerHTML = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 3l10 10M13 3L3 13"/></svg>';
    close.addEventListener("click", () => this.#close());
    const isBlank = document.body.querySelector(":scope > :not(script)") === null;
    return make("section", { class: "faults", role: "alert", "aria-labelledby": "title" }, [
      make("div", { class: "head" }, [make("h2", { id: "title" }, [t.overlay]), close]),
      make("p", { class: "lead" }, [isBlank ? t.blank : t.overlay_note]),
      make("ul", { tabindex: "0", "aria-labelledby": "title" }, this.#shown.map((fault) => this.#fault(fault))),
      make("p", { class: "all" }, [make("a", { href: this.#root.href }, [t.all])]),
    ]);
  }

  // Diagnostics are English sentences whatever the interface speaks.
  #fault({ file, line, column, message, found, hint }) {
    const { t } = this.#words;
    const place = [file, line, column].filter((part) => part !== null).join(":");
    const more = [];
    if (found) more.push(make("dt", {}, [t.found]), make("dd", {}, [make("span", { class: "found", dir: "auto" }, [found])]));
    if (hint) more.push(make("dt", {}, [t.hint]), make("dd", { lang: "en", dir: "ltr" }, [hint]));
    return make("li", {}, [
      make("p", { class: "place", dir: "ltr" }, [place]),
      make("p", { class: "message", lang: "en", dir: "ltr" }, [message]),
      ...(more.length ? [make("dl", {}, more)] : []),
    ]);
  }

  #badge() {
    const { errors, warnings } = this.#counts;
    const words = [errors, warnings].filter(Boolean).join(this.#words.comma);
    const attributes = { class: errors ? "badge error" : "badge", href: this.#root.href, title: this.#words.t.faults };
    return make("a", attributes, [words]);
  }
}

function note(text, href, label) {
  const parts = [make("span", {}, [text])];
  if (href) parts.push(make("a", { href }, [label]));
  return make("p", { class: "note", role: "status" }, parts);
}

function make(name, attributes, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function keyOf(fault) {
  return JSON.stringify(fault);
}

function remembered() {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(CLOSED) ?? "[]"));
  } catch {
    return new Set();
  }
}

function remember(keys) {
  try {
    sessionStorage.setItem(CLOSED, JSON.stringify(keys));
  } catch {
    // Where the browser keeps nothing, a closed fault is shown again on the next page.
  }
}
