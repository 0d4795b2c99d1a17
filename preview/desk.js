// The desk in the browser: keys, menus and the finder. Every word that comes from a text or a file is put in as text,
// never as markup; pages of the desk are made by the server and swapped in whole.

const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;
const root = new URL(meta("bayan-root"), location.href).href;
const texts = JSON.parse(document.body.dataset.texts);
const byId = (id) => document.getElementById(id);
const [tip, menu, finder, query, list] = ["tip", "menu", "finder", "finder-query", "finder-list"].map(byId);
const sheet = () => byId("sheet");
const wide = matchMedia("(min-width: 48rem)");

// A text of the desk with words put in.
function say(key, words = {}) {
  return Object.entries(words).reduce((text, [name, word]) => text.replaceAll(`{${name}}`, word), texts[key] ?? key);
}

function make(tag, words, attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = words;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

// Status

let statusTimer;

function tell(words, isBad = false, action) {
  const status = byId("status");
  status.classList.toggle("bad", isBad);
  status.replaceChildren(words);
  if (action) {
    const button = make("button", action.words, { type: "button" });
    button.addEventListener("click", action.run);
    status.append(" ", button);
  }
  clearTimeout(statusTimer);
  if (!isBad) statusTimer = setTimeout(() => status.replaceChildren(), 6000);
}

// Opening a text

let opening = 0;

// Puts the desk with the text `key` in place of what is shown. What had the focus, or stands for it, has it again.
async function open(key, { push = true, focus = "keep" } = {}) {
  const number = ++opening;
  const held = focus === "keep" ? holder() : undefined;
  const answer = await fetch(`${root}review/${key}`, { headers: { accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (number !== opening) return;
  const changed = fresh.getElementById("sheet").dataset.key !== sheet().dataset.key;
  const scrolled = document.querySelector(".scroll")?.scrollTop ?? 0;
  const queued = byId("queue").scrollTop;
  for (const id of ["queue", "sheet"]) byId(id).replaceWith(document.adoptNode(fresh.getElementById(id)));
  document.querySelector("progress").value = fresh.querySelector("progress").value;
  document.title = fresh.title;
  byId("queue").scrollTop = queued;
  if (!changed) document.querySelector(".scroll").scrollTop = scrolled;
  const address = `${root}review/${sheet().dataset.key}`;
  if (new URL(address, location.href).pathname !== location.pathname) history[push && changed ? "pushState" : "replaceState"](null, "", address);
  show();
  listen();
  if (focus === "text") (marks()[0] ?? byId("text")).focus();
  else if (held) regain(held);
}

// What has the focus, so that it can be found again when all is new.
function holder() {
  const element = document.activeElement;
  if (!element?.closest("#sheet, #queue")) return undefined;
  if (element.id) return { id: element.id };
  if (element.classList.contains("mark")) return { mark: marks().indexOf(element) };
  const { do: task, kind, id, key } = element.dataset;
  return { task, kind, entity: id, key };
}

function regain({ id, mark, task, kind, entity, key }) {
  const all = marks();
  const place = mark === undefined ? undefined : all[Math.min(mark, all.length - 1)];
  const same = (element) => element.dataset.kind === kind && element.dataset.id === entity && element.dataset.do === task && element.dataset.key === key;
  const found = id ? byId(id) : (place ?? [...document.querySelectorAll(".entity, [data-do], #queue a")].find(same));
  const target = found && !found.disabled ? found : byId("text");
  if (target.classList.contains("mark")) choose(target);
  else target?.focus({ preventScroll: true });
}

// Makes what was swapped in ready for use.
function show() {
  hideMenu();
  tip.hidden = true;
  for (const link of document.querySelectorAll("#queue a")) link.href = `${root}review/${link.dataset.key}`;
  marks().forEach((mark, number) => (mark.tabIndex = number === 0 ? 0 : -1));
  const frame = document.querySelector(".page iframe");
  const href = sheet().dataset.href;
  if (frame && href && frame.getAttribute("src") !== href) frame.setAttribute("src", href);
  fit();
}

// Lets the headline have as many lines as it needs, where style sheets alone cannot.
function fit() {
  const headline = byId("headline");
  if (!headline || CSS.supports("field-sizing", "content")) return;
  headline.style.blockSize = "auto";
  headline.style.blockSize = `${headline.scrollHeight}px`;
}

// Writing

let busy = false;

// Sends an edit. What it concerns is read again when it is written; where it is not, the person is told why.
async function write(edit, { next } = {}) {
  if (busy) return false;
  busy = true;
  sheet().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${root}desk`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-bayan-token": meta("bayan-token") },
      body: JSON.stringify({ edit, seen: JSON.parse(sheet().dataset.seen) }),
    });
    const told = await answer.json();
    if (!answer.ok) {
      refused(told);
      return false;
    }
    const goesOn = next !== undefined;
    await open(goesOn && next ? next : (told.page ?? sheet().dataset.key), { focus: goesOn ? "text" : "keep", push: goesOn });
    tell(say(told.say, { file: told.file }));
    return true;
  } catch {
    tell(say("offline"), true);
    return false;
  } finally {
    busy = false;
    sheet().removeAttribute("aria-busy");
  }
}

function refused(told) {
  const action = told.say === "stale" ? { words: say("reload"), run: reload } : undefined;
  tell(told.detail ? `${say(told.say)} ${told.detail}` : say(told.say), true, action);
  const { title, date } = { title: byId("headline"), date: byId("day") };
  for (const field of [title, date]) if (field?.dataset.was !== undefined) giveBack(field);
}

async function reload() {
  if (!busy) await open(sheet().dataset.key, { push: false });
}

const page = () => sheet().dataset.page;
const about = (element) => ({ kind: element.dataset.kind, id: element.dataset.id });
const confirmPage = () => write({ do: "confirm", page: page() }, { next: sheet().dataset.next });
const reopen = () => write({ do: "reopen", page: page() });
const undo = () => write({ do: "undo" });
const remove = (element) => write({ do: "remove", page: page(), ...about(element) });
const skip = () => sheet().dataset.next && open(sheet().dataset.next, { focus: "text" });

// Marks

const marks = () => [...document.querySelectorAll("#text .mark")];

function choose(mark) {
  for (const other of marks()) other.tabIndex = other === mark ? 0 : -1;
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = marks();
  if (all.length === 0) return;
  const at = all.indexOf(document.activeElement);
  const last = all.findIndex((mark) => mark.tabIndex === 0);
  choose(all[at < 0 ? Math.max(last, 0) : Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function showTip(mark) {
  if (!menu.hidden || !mark.dataset.why) return;
  tip.replaceChildren(make("b", mark.dataset.head), mark.dataset.why);
  tip.hidden = false;
  put(tip, mark);
}

// Puts something below an element, or above where there is no room, and wholly in sight.
function put(box, element) {
  const at = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const start = document.dir === "rtl" ? at.right - width : at.left;
  const below = at.bottom + 6;
  box.style.left = `${Math.max(8, Math.min(start, innerWidth - width - 8))}px`;
  box.style.top = `${below + height > innerHeight - 8 ? Math.max(8, at.top - height - 6) : below}px`;
}

// Menu

let owner;

function showMenu(element) {
  hideMenu();
  tip.hidden = true;
  owner = element;
  const { kind, name, words, href, id } = element.dataset;
  const head = make("p", say("menu-of", { words: words || name }), { class: `about ${kind}`, role: "presentation" });
  head.prepend(make("b", name));
  const isPerson = kind === "official";
  const items = [
    ["keep", () => leave(element)],
    ["remove", () => remove(element)],
    ["change", () => find("search-change", name, undefined, name, (hit) => write({ do: "change", page: page(), kind, id, to_kind: hit.kind, to: hit.id }))],
    isPerson && ["namesake", () => find("search-namesake", name, "served", "", (hit) => write({ do: "namesake", page: page(), id, of: hit.id }))],
    isPerson && ["merge", () => find("search-merge", name, "official", lastWord(name), (hit) => write({ do: "merge", id, other: hit.id }), id)],
    words && ["alias", () => write({ do: "alias", kind, id, words })],
    href && ["open-page", () => window.open(href, "_blank", "noopener")],
  ];
  const button = ([key, run]) => {
    const item = make("button", say(key, { words }), { type: "button", role: "menuitem", tabindex: "-1", "data-item": key });
    item.addEventListener("click", () => {
      hideMenu();
      element.focus({ preventScroll: true });
      run();
    });
    return item;
  };
  menu.setAttribute("aria-label", say("menu-of", { words: words || name }));
  menu.replaceChildren(head, ...items.filter(Boolean).map(button));
  menu.hidden = false;
  element.setAttribute("aria-expanded", "true");
  put(menu, element);
  menu.querySelector("button").focus();
}

function leave(element) {
  element.isConnected && element.focus();
  if (element.classList.contains("mark")) step(1);
}

function hideMenu() {
  if (menu.hidden) return;
  menu.hidden = true;
  owner?.removeAttribute("aria-expanded");
}

const lastWord = (name) => name.split(" ").at(-1);

function menuKey(event) {
  const items = [...menu.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1, j: at + 1, k: at - 1 }[event.key];
  if (to !== undefined) {
    items[(to + items.length) % items.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    hideMenu();
    owner?.focus();
  } else {
    return;
  }
  event.preventDefault();
}

// Finder

let picked, barred, asked = 0, sort;

// Asks for an entity: under a title, of a sort ("served" are countries and organisations), with words to begin with.
function find(title, words, kind, start, use, without) {
  byId("finder-title").textContent = say(title, { words });
  [picked, sort, barred] = [use, kind, without];
  query.value = start;
  list.replaceChildren();
  finder.returnValue = "";
  finder.showModal();
  query.select();
  search();
}

async function search() {
  const number = ++asked;
  const words = query.value.trim();
  const kind = sort && sort !== "served" ? `&kind=${sort}` : "";
  const answer = words ? await fetch(`${root}desk/search?q=${encodeURIComponent(words)}${kind}`) : undefined;
  const hits = answer?.ok ? await answer.json() : [];
  if (number !== asked) return;
  const fits = hits.filter(({ id, kind }) => id !== barred && (sort !== "served" || kind === "country" || kind === "organisation"));
  list.replaceChildren(...fits.map(option));
  if (words && fits.length === 0) list.append(make("li", say("search-none"), { role: "option", "aria-disabled": "true" }));
  query.setAttribute("aria-expanded", String(fits.length > 0));
  select(0);
}

function option(hit, number) {
  const item = make("li", "", { role: "option", id: `hit-${number}`, class: hit.kind, "data-kind": hit.kind, "data-id": hit.id });
  const name = make("b", hit.label.text, hit.label.lang ? { lang: hit.label.lang } : {});
  item.append(name, make("small", hit.note));
  item.addEventListener("click", () => pick(item));
  return item;
}

function select(at) {
  const options = [...list.querySelectorAll("[data-id]")];
  options.forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
  const item = options[at];
  if (item) {
    query.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  } else {
    query.removeAttribute("aria-activedescendant");
  }
}

function pick(item) {
  if (!item) return;
  finder.close();
  picked({ kind: item.dataset.kind, id: item.dataset.id });
}

function finderKey(event) {
  const options = [...list.querySelectorAll("[data-id]")];
  const at = options.findIndex((item) => item.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") select(Math.min(at + 1, options.length - 1));
  else if (event.key === "ArrowUp") select(Math.max(at - 1, 0));
  else if (event.key === "Enter" && event.target === query) pick(options[at]);
  else return;
  event.preventDefault();
}

// Headline and day

// Writes what was typed into a field, once.
function commit(field) {
  const value = field.value.trim();
  if (value === field.dataset.value) return true;
  const isDay = field.id === "day";
  // While a year is being typed, the field holds other years.
  if (isDay ? value !== "" && Number(value.slice(0, 4)) < 1000 : value === "") return giveBack(field);
  [field.dataset.was, field.dataset.value] = [field.dataset.value, value];
  return write(isDay ? { do: "date", page: page(), date: value || null } : { do: "title", page: page(), title: value.replaceAll(/\s+/g, " ") });
}

function giveBack(field) {
  field.dataset.value = field.dataset.was ?? field.dataset.value;
  field.value = field.dataset.value;
  return false;
}

// What another program changes

let events;

// Where nothing is to be reviewed, the home page tells of new texts.
const HOME = "index.html";

// Reads the text again when another program has changed its page, unless something is being written here.
function listen() {
  events?.close();
  if (document.hidden) return;
  const { output, etag } = sheet().dataset;
  events = new EventSource(`${root}events?page=${encodeURIComponent(output || HOME)}&etag=${etag ?? ""}`);
  let known = Boolean(etag);
  for (const name of ["page", "gone"]) {
    events.addEventListener(name, () => {
      const isNews = known;
      known = true;
      if (!isNews) return;
      const idle = !busy && menu.hidden && !finder.open && !document.activeElement?.matches("#headline, #day");
      if (idle) open(sheet().dataset.key, { push: false });
    });
  }
}

// Keys and clicks

document.addEventListener("keydown", (event) => {
  if (finder.open) return finderKey(event);
  if (document.querySelector("dialog[open]")) return undefined;
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key === "Enter") {
    event.preventDefault();
    hideMenu();
    const reviewed = sheet().dataset.reviewed === "true";
    const field = document.activeElement?.matches("#headline, #day") ? document.activeElement : undefined;
    return page() && !reviewed ? confirmWith(field) : undefined;
  }
  if (!menu.hidden) return menuKey(event);
  const target = event.target;
  if (target.id === "headline" || target.id === "day") return fieldKey(event, target);
  if (control && event.key.toLowerCase() === "z") {
    event.preventDefault();
    return undo();
  }
  if (control || event.altKey) return undefined;
  const marked = target.closest?.(".mark[role], .entity");
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    n: skip,
    t: () => byId("headline")?.focus(),
    d: () => byId("day")?.focus(),
    "?": () => byId("keys").showModal(),
  };
  if (marked) Object.assign(keys, { Enter: () => showMenu(marked), " ": () => showMenu(marked), Delete: () => remove(marked), Backspace: () => remove(marked) });
  if (target.classList.contains("mark") || target.id === "text") Object.assign(keys, { ArrowDown: () => step(1), ArrowUp: () => step(-1) });
  // The letter keys are where they are on any layout, so that an Arabic one serves as well.
  const letter = { KeyJ: "j", KeyK: "k", KeyN: "n", KeyT: "t", KeyD: "d" }[event.code];
  const run = keys[event.key] ?? keys[letter] ?? (event.key === "؟" ? keys["?"] : undefined);
  if (!run) return undefined;
  event.preventDefault();
  run();
});

// What is still being typed is written first.
async function confirmWith(field) {
  if (!field || (await commit(field))) await confirmPage();
}

function fieldKey(event, field) {
  if (event.key === "Escape") {
    giveBack(field);
    byId("text").focus();
  } else if (event.key === "Enter") {
    event.preventDefault();
    commit(field);
  }
}

const decided = ({ id, other }, task) => write({ do: task, id, other });
const DO = { confirm: confirmPage, reopen, undo, skip, keys: () => byId("keys").showModal(), same: (data) => decided(data, "merge"), apart: (data) => decided(data, "part") };

document.addEventListener("click", (event) => {
  const target = event.target;
  const marked = target.closest("#text .mark, .entity");
  if (marked) return showMenu(marked);
  if (!target.closest("#menu")) hideMenu();
  const task = target.closest("[data-do]");
  if (task?.dataset.do === "add") {
    const { kind } = task.dataset;
    return find("search-add", "", kind, "", (hit) => write({ do: "add", page: page(), kind: hit.kind, id: hit.id }));
  }
  if (task) return DO[task.dataset.do](task.dataset);
  const pane = target.closest(".tabs [data-pane]");
  if (pane) return turn(pane.dataset.pane);
  const row = target.closest("#queue a");
  if (row && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    turn("sheet");
    return open(row.dataset.key, { focus: "text" });
  }
  return undefined;
});

// Shows one pane, where there is no room for all.
function turn(pane) {
  document.querySelector(".panes").dataset.pane = pane;
  for (const tab of document.querySelectorAll(".tabs [data-pane]")) tab.setAttribute("aria-pressed", String(tab.dataset.pane === pane));
}

document.addEventListener("mouseover", (event) => {
  const mark = event.target.closest?.("#text .mark");
  if (mark) showTip(mark);
  else if (!document.activeElement?.matches("#text .mark")) tip.hidden = true;
});
document.addEventListener("focusin", (event) => {
  const mark = event.target.closest?.("#text .mark");
  if (mark) showTip(mark);
  else tip.hidden = true;
});
document.addEventListener("focusout", (event) => {
  if (event.target.id === "headline" || event.target.id === "day") commit(event.target);
});
document.addEventListener("change", (event) => {
  if (event.target.id === "day") commit(event.target);
});
document.addEventListener("input", (event) => {
  if (event.target === query) search();
  if (event.target.id === "headline") fit();
});
document.addEventListener("scroll", () => (tip.hidden = true), true);
finder.addEventListener("close", () => owner?.isConnected && owner.focus());
addEventListener("resize", hideMenu);
addEventListener("popstate", () => {
  const key = location.pathname.split("/_bayan/review/")[1];
  if (key !== undefined) open(key, { push: false });
});
// A browser has few connections to one server, so that a desk nobody looks at gives its own away.
document.addEventListener("visibilitychange", () => (document.hidden ? events?.close() : reload()));
wide.addEventListener("change", () => turn("sheet"));

show();
listen();
