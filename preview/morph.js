// Makes the page that is shown like another one, changing no more than differs: what is scrolled, focused, selected or
// opened stays so.

import { Idiomorph } from "./idiomorph.js";

// Makes this document like `next`.
export function morph(next) {
  attributes(document.documentElement, next.documentElement);
  head(next.head);
  Idiomorph.morph(document.body, next.body, {
    morphStyle: "outerHTML",
    ignoreActiveValue: true,
    callbacks: {
      // What a reader has opened or closed stays so.
      beforeAttributeUpdated: (name, element) => !(name === "open" && element.localName === "details"),
    },
  });
}

function attributes(element, next) {
  for (const { name } of [...element.attributes]) if (!next.hasAttribute(name)) element.removeAttribute(name);
  for (const { name, value } of next.attributes) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

// Style sheets that are on their way are waited for before the old ones go, so that the page is never bare.
function head(next) {
  const had = new Map([...document.head.children].map((element) => [sameness(element), element]));
  const loading = [];
  let last;
  for (const element of next.children) {
    const known = had.get(sameness(element));
    had.delete(sameness(element));
    if (known) {
      last = known;
      continue;
    }
    const copy = document.importNode(element, true);
    if (copy.matches("link[rel~=stylesheet]")) {
      loading.push(new Promise((done) => ["load", "error"].forEach((name) => copy.addEventListener(name, done))));
    }
    if (last) last.after(copy);
    else document.head.prepend(copy);
    last = copy;
  }
  const gone = [...had.values()];
  const isSheet = (element) => element.matches("link[rel~=stylesheet]");
  gone.filter((element) => !isSheet(element)).forEach((element) => element.remove());
  Promise.all(loading).then(() => gone.filter(isSheet).forEach((element) => element.remove()));
}

// Style sheets are the same whatever mark against caches they carry from an earlier renewal.
function sameness(element) {
  const copy = element.cloneNode(true);
  if (copy.matches("link[rel~=stylesheet]")) {
    copy.setAttribute("href", copy.getAttribute("href").replace(/([?&])bayan=[^&]*/, "").replace(location.origin, ""));
  }
  return copy.outerHTML;
}
