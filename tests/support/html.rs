//! A rendered page, asked about as a browser sees it.

use percent_encoding::percent_decode_str;
use scraper::{ElementRef, Html, Selector};

/// Attributes that hold an address, of HTML and of SVG.
const ADDRESSES: [&str; 7] = ["action", "cite", "data", "formaction", "href", "poster", "src"];

/// A parsed page.
pub struct Document {
    /// Its output path.
    pub path: String,
    html: Html,
}

impl Document {
    pub fn new(path: &str, html: &str) -> Document {
        Document {
            path: path.to_owned(),
            html: Html::parse_document(html),
        }
    }

    /// Every element that a selector names, in the order of the page.
    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&Selector::parse(selector).unwrap()).collect()
    }

    /// The one element that a selector names.
    #[track_caller]
    pub fn one(&self, selector: &str) -> ElementRef<'_> {
        let [element] = self.all(selector)[..] else {
            panic!("{}: {} × {selector}", self.path, self.all(selector).len())
        };
        element
    }

    /// The words of each element that a selector names.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).into_iter().map(text).collect()
    }

    /// The words of the one element that a selector names.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        text(self.one(selector))
    }

    /// Where the links that a selector names lead, decoded.
    pub fn links(&self, selector: &str) -> Vec<String> {
        let href = |link: ElementRef<'_>| decoded(link.attr("href").unwrap_or_default());
        self.all(selector).into_iter().map(href).collect()
    }

    /// Every address that the page names, as written: links, pictures, styles, the target of a refresh.
    pub fn addresses(&self) -> Vec<&str> {
        let mut addresses = Vec::new();
        for element in self.all("*") {
            for (name, value) in element.value().attrs() {
                match name {
                    _ if ADDRESSES.contains(&name) => addresses.push(value),
                    "srcset" => addresses.extend(value.split(',').filter_map(|part| part.split_whitespace().next())),
                    "content" => addresses.extend(value.split_once("url=").map(|(_, address)| address)),
                    _ => {}
                }
            }
        }
        addresses
    }

    /// All ids, with repetitions.
    pub fn ids(&self) -> Vec<&str> {
        self.all("[id]")
            .into_iter()
            .filter_map(|element| element.attr("id"))
            .collect()
    }

    /// What could run or dress the page from within: scripts, styles, handlers and addresses that are code.
    pub fn inline_code(&self) -> Vec<String> {
        let mut found: Vec<String> = self
            .all("script, style, iframe, object, embed, base")
            .iter()
            .map(ElementRef::html)
            .collect();
        for element in self.all("*") {
            for (name, value) in element.value().attrs() {
                let scheme: String = value
                    .chars()
                    .filter(|letter| !letter.is_whitespace())
                    .take(11)
                    .collect();
                let code = ["javascript:", "vbscript:", "data:"]
                    .iter()
                    .any(|code| scheme.to_lowercase().starts_with(code));
                if name.starts_with("on") || name == "style" || name == "srcdoc" || code {
                    found.push(format!("{name}={value:?}"));
                }
            }
        }
        found
    }
}

/// Whether a path ends with `.ending`.
pub fn ends(path: &str, ending: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, last)| last == ending)
}

/// The words of an element, runs of white space as one space.
pub fn text(element: ElementRef<'_>) -> String {
    let words: String = element.text().collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address without its percent signs.
pub fn decoded(address: &str) -> String {
    percent_decode_str(address).decode_utf8().unwrap().into_owned()
}
