//! Bayan turns raw press briefings, Arabic first, into a cross-linked static site.
//!
//! The modules in reading order; each imports only from those above it. All but [`shell`] are pure:
//! values in, values out, with no files, clock, network or environment.

pub mod diagnostic;
pub mod language;
pub mod progress;

pub mod text;

pub mod config;
pub mod date;

pub mod lexicon;
pub mod measure;
pub mod url;

pub mod encoding;
pub mod post;

pub mod markdown;

pub mod page;

pub mod briefing;
pub mod source;

pub mod sound;

pub mod extract;

pub mod syndication;

pub mod identity;

pub mod index;

pub mod drawing;
pub mod relations;
pub mod timeline;

pub mod locale;

pub mod view;

pub mod render;

pub mod site;

pub mod columns;
pub mod doubts;
pub mod entities;
pub mod eval;
pub mod explain;
pub mod import;
pub mod wikidata;

pub mod desk;

pub mod shell;
