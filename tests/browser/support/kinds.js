// One page of every kind of the demonstration site, by what it is and where it stands from the home page.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const site = process.env.SITE;
export const press = process.env.PRESS;

const briefings = readdirSync(join(site, "briefings"), { recursive: true })
  .filter((path) => path.endsWith("index.html"))
  .sort()
  .map((path) => ({ path: `briefings/${path.slice(0, -"index.html".length)}`, html: read("briefings", path) }));

function read(...parts) {
  return readFileSync(join(site, ...parts), "utf8");
}

// The first briefing whose page is as `is` says.
function briefing(is) {
  const found = briefings.find(({ html }) => is(html));
  if (!found) throw new Error(`no briefing of the demonstration is like ${is}`);
  return found.path;
}

export const KINDS = {
  home: "",
  "briefing with a post": briefing((html) => html.includes('<figure class="post"')),
  "briefing in English": briefing((html) => html.includes('<div class="body" lang="en"')),
  "briefing in Markdown": briefing((html) => html.includes("<blockquote>") && html.includes("<pre>")),
  "briefing without a date": briefing((html) => !html.includes('<p class="kicker"><time')),
  "briefing with copies": briefing((html) => html.includes('<section class="copies"')),
  "copy of a briefing": briefing((html) => html.includes('<p class="copy-of"')),
  country: "countries/in/",
  official: "officials/narendra-modi/",
  organisation: "organisations/un/",
  topic: "topics/counter-terrorism/",
  countries: "countries/",
  officials: "officials/",
  organisations: "organisations/",
  topics: "topics/",
  archive: "archive/",
  year: "archive/2023/",
  month: "archive/2023/07/",
  undated: "archive/undated/",
  about: "about/",
  "page not found": "nothing/is/here/",
};
