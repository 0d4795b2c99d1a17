//! Lays the table: which address shows what. A clash of two is an error that names both, and costs the second.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rayon::prelude::*;
use rust_embed::RustEmbed;
use rustc_hash::FxHashMap;

use super::{Site, Target};
use crate::diagnostic::{Checked, Diagnostic};
use crate::lexicon::Kind;
use crate::url::Address;

/// Briefings on one page of a list.
pub const PER_PAGE: usize = 50;

/// Whether one briefing more or less has made a list of now `briefings` a page longer or shorter.
pub fn turns_a_page(briefings: usize) -> bool {
    briefings % PER_PAGE <= 1
}

#[derive(RustEmbed)]
#[folder = "static/"]
struct BuiltIn;

/// The bytes of a file built into the program.
pub fn embedded(path: &str) -> Option<Vec<u8>> {
    BuiltIn::get(path).map(|file| file.data.into_owned())
}

/// A query that changes with the bytes of a built-in file, so that no cache shows an old one; empty for a file of the
/// site's own, whose bytes are not known here.
pub fn mark(path: &str, own: &BTreeMap<String, PathBuf>) -> String {
    let bytes = embedded(path).filter(|_| !own.contains_key(path));
    bytes.map_or_else(String::new, |bytes| {
        format!("?v={}", &blake3::hash(&bytes).to_hex()[..8])
    })
}

/// The table of `site`, with the site's own static files laid over the built-in ones.
pub fn lay(site: &Site, statics: &BTreeMap<String, PathBuf>) -> Checked<BTreeMap<String, Target>> {
    let mut table = Table::default();
    table.put(&Address::home(), Target::Home, "the home page");
    table.put(&Address::about(), Target::About, "the page about the site");
    table.put(
        &Address::not_found(),
        Target::NotFound,
        "the page for what is not found",
    );
    for kind in [Kind::Country, Kind::Organisation, Kind::Official, Kind::Topic] {
        table.put(&Address::index(kind), Target::Kind(kind), "an index");
    }
    table.entities(site);
    table.archive(site);
    table.briefings(site);
    table.former_officials(site);
    table.statics(site, statics);
    table.finish()
}

/// The table as it grows: by path, what stands there and what claimed it.
#[derive(Default)]
struct Table<'a> {
    claims: FxHashMap<String, (Target, Cow<'a, str>)>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Table<'a> {
    fn put(&mut self, address: &Address, target: Target, claimant: impl Into<Cow<'a, str>>) {
        match self.claims.entry(address.output()) {
            Entry::Vacant(free) => {
                free.insert((target, claimant.into()));
            }
            Entry::Occupied(taken) => {
                let message = format!("the address {} is taken by {}", address.path(), taken.get().1);
                let hint = "give one of them another `slug:`, or take the alias away";
                self.diagnostics
                    .push(Diagnostic::error(claimant.into(), message).hint(hint));
            }
        }
    }

    fn finish(self) -> Checked<BTreeMap<String, Target>> {
        let mut rows: Vec<(String, Target)> = self
            .claims
            .into_iter()
            .map(|(path, (target, _))| (path, target))
            .collect();
        rows.par_sort_unstable_by(|left, right| left.0.cmp(&right.0));
        Checked {
            value: rows.into_iter().collect(),
            diagnostics: self.diagnostics,
        }
    }

    fn entities(&mut self, site: &'a Site) {
        for (entry, number) in site.index.entries.iter().zip(0..) {
            let address = Address::entity(entry.kind, &entry.id);
            let pages = entry.pages.len().div_ceil(PER_PAGE).max(1);
            for page in 1..=pages {
                self.put(&address.numbered(page), Target::Entity(number, page), entry.id.as_str());
            }
        }
    }

    fn archive(&mut self, site: &Site) {
        self.put(&Address::archive(None, None), Target::Archive, "the archive");
        let days = || site.briefings.iter().filter_map(|briefing| briefing.page.day());
        let years: BTreeSet<i16> = days().map(jiff::civil::Date::year).collect();
        let months: BTreeSet<(i16, i8)> = days().map(|day| (day.year(), day.month())).collect();
        for year in years {
            self.put(&Address::archive(Some(year), None), Target::Year(year), "the archive");
        }
        for (year, month) in months {
            self.put(
                &Address::archive(Some(year), Some(month)),
                Target::Month(year, month),
                "the archive",
            );
        }
        if site.briefings.iter().any(|briefing| briefing.page.date.is_none()) {
            self.put(&Address::undated(), Target::Undated, "the archive");
        }
    }

    fn briefings(&mut self, site: &'a Site) {
        for (briefing, number) in site.briefings.iter().zip(0..) {
            self.put(&briefing.address, Target::Briefing(number), briefing.page.file.as_str());
        }
        for (number, copied) in site.copies.iter().enumerate() {
            self.put(
                &copied.briefing.address,
                Target::Copy(number),
                copied.briefing.page.file.as_str(),
            );
        }
        for briefing in site.texts() {
            for alias in &briefing.page.front.aliases {
                match Address::alias(alias) {
                    Some(address) => self.put(
                        &address,
                        Target::Redirect(briefing.address.clone()),
                        briefing.page.file.as_str(),
                    ),
                    None => {
                        let message = format!("the alias “{alias}” is no address of the site");
                        self.diagnostics
                            .push(Diagnostic::error(&briefing.page.file, message).hint("write it as /old/address/"));
                    }
                }
            }
        }
    }

    /// The addresses that an official had under another id lead to the present one, unless something stands there.
    fn former_officials(&mut self, site: &'a Site) {
        for person in &site.people.people {
            let address = Address::entity(Kind::Official, &person.id);
            if !self.claims.contains_key(&address.output()) {
                continue;
            }
            for former in person.former.iter().map(|id| Address::entity(Kind::Official, id)) {
                if !self.claims.contains_key(&former.output()) {
                    self.put(&former, Target::Redirect(address.clone()), person.id.as_str());
                }
            }
        }
    }

    fn statics(&mut self, site: &Site, own: &BTreeMap<String, PathBuf>) {
        for (path, file) in own {
            self.put(
                &Address::file(path),
                Target::File(file.clone()),
                format!("static/{path}"),
            );
        }
        for path in BuiltIn::iter().filter(|path| !own.contains_key(path.as_ref())) {
            self.put(
                &Address::file(&path),
                Target::Embedded(path.to_string()),
                format!("static/{path}"),
            );
        }
        if let Some(host) = &site.config.output.html.cname {
            self.put(
                &Address::file("CNAME"),
                Target::Text(format!("{host}\n")),
                "cname in book.toml",
            );
        }
    }
}
