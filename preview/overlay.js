// What the preview says on a page, apart from the page's own style: faults, a note, a badge.

export class Overlay {
  constructor(root) {
    this.root = root;
    this.words = undefined;
    this.list = [];
    this.known = undefined;
    this.closed = false;
    this.host = document.createElement("bayan-preview");
    this.shadow = this.host.attachShadow({ mode: "open" });
    document.documentElement.append(this.host);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.dialog) {
        event.stopPropagation();
        this.close();
      }
    }, true);
  }

  // Takes the words of the interface.
  speak(words) {
    this.words = words;
    this.host.lang = words.lang;
    this.host.dir = words.dir;
  }

  // Shows faults that came up while this page was open; those that were there before have a badge.
  faults(list) {
    const keys = new Set(list.map((fault) => JSON.stringify(fault)));
    const isNew = (fault) => fault.held || !this.known || !this.known.has(JSON.stringify(fault));
    const fresh = list.filter(this.known ? isNew : (fault) => fault.held);
    this.known = keys;
    this.list = list;
    if (fresh.length) this.shown = fresh;
    else this.shown = (this.shown ?? []).filter((fault) => keys.has(JSON.stringify(fault)));
    this.draw();
  }

  gone(is) {
    this.isGone = is;
    this.draw();
  }

  lost() {
    this.isLost = true;
    this.draw();
  }

  found() {
    if (this.isLost) {
      this.isLost = false;
      this.draw();
    }
  }

  close() {
    this.shown = [];
    this.draw();
  }

  draw() {
    if (!this.words) return;
    const parts = [];
    if (this.shown?.length) parts.push(this.dialogOf(this.shown));
    if (this.isGone) parts.push(this.note(this.words.t.gone, this.words.home, this.words.t.home));
    if (this.isLost) parts.push(this.note(this.words.t.lost));
    if (this.list.length && !this.shown?.length) parts.push(this.badge());
    this.dialog = this.shown?.length ? parts[0] : undefined;
    this.shadow.replaceChildren(this.style(), ...parts);
  }

  style() {
    this.sheet ??= element("link", { rel: "stylesheet", href: new URL("preview.css", this.root).href });
    return this.sheet;
  }

  dialogOf(faults) {
    const { t } = this.words;
    return element("section", { class: "faults", role: "alert", "aria-label": t.overlay }, [
      element("header", {}, [
        element("h2", {}, [t.overlay]),
        element("button", { type: "button", class: "close", "aria-label": t.close, title: t.close }, ["×"], () => this.close()),
      ]),
      element("p", { class: "note" }, [t.overlay_note]),
      element("ul", {}, faults.map((fault) => this.fault(fault))),
      element("p", { class: "all" }, [element("a", { href: this.root.href }, [t.all])]),
    ]);
  }

  fault({ file, line, column, message, found, hint }) {
    const { t } = this.words;
    const place = [file, line, column].filter((part) => part != null).join(":");
    const told = [
      element("p", { class: "place" }, [element("bdi", { dir: "ltr" }, [place])]),
      element("p", { class: "message", lang: "en", dir: "ltr" }, [element("bdi", {}, [message])]),
    ];
    const rest = [];
    if (found) rest.push(element("dt", {}, [t.found]), element("dd", { class: "found", dir: "auto" }, [found]));
    if (hint) rest.push(element("dt", {}, [t.hint]), element("dd", { lang: "en", dir: "ltr" }, [element("bdi", {}, [hint])]));
    if (rest.length) told.push(element("dl", {}, rest));
    return element("li", {}, told);
  }

  note(text, href, label) {
    const parts = [element("p", {}, [text])];
    if (href) parts.push(element("a", { href }, [label]));
    return element("aside", { class: "note", role: "status" }, parts);
  }

  badge() {
    const { t } = this.words;
    return element("a", { class: "badge", href: this.root.href, title: t.faults, "aria-label": `${t.faults}: ${this.list.length}` }, [String(this.list.length)]);
  }
}

function element(name, attributes, children = [], click) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  if (click) made.addEventListener("click", click);
  return made;
}
