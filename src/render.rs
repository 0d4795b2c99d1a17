//! A view and its template to HTML.

use std::collections::BTreeMap;

use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera};

use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::locale::Locale;
use crate::view::Global;

#[derive(RustEmbed)]
#[folder = "templates/"]
#[include = "*.html"]
#[include = "*.svg"]
struct BuiltIn;

/// All templates, ready to render.
pub struct Renderer {
    tera: Tera,
}

impl Renderer {
    /// The built-in templates with the site's `own` ones, by name, in place of those of the same name. Every template
    /// sees `global` as `site` and the texts of `locale` as `t`, and has the filter `number`, which writes a count in the
    /// digits of the site. An own template that cannot be read costs itself.
    pub fn new(global: &Global, locale: &Locale, own: &BTreeMap<String, String>) -> Checked<Renderer> {
        let mut tera = Tera::new();
        let number = locale.numbers();
        tera.register_filter("number", move |count: u64, _: Kwargs, _: &State| number(count));
        tera.autoescape_on([".html", ".svg"]);
        let mut diagnostics = Vec::new();
        let mut add = |tera: &mut Tera, name: &str, templates: Vec<(String, String)>| {
            let added = tera.add_raw_templates(templates);
            diagnostics.extend(added.err().map(|error| diagnostic(&error, name)));
        };
        let built_in = BuiltIn::iter().filter_map(|name| {
            let file = BuiltIn::get(&name)?;
            Some((
                name.into_owned(),
                String::from_utf8_lossy(&file.data).replace("\r\n", "\n"),
            ))
        });
        add(&mut tera, "", built_in.collect());
        for (name, text) in own {
            add(&mut tera, name, vec![(name.clone(), text.clone())]);
        }
        tera.global_context().insert("site", global);
        tera.global_context().insert("t", &locale.texts.texts);
        Checked {
            value: Renderer { tera },
            diagnostics,
        }
    }

    /// The HTML of `view` by the template `name`.
    ///
    /// # Errors
    ///
    /// Where the template asks for what the view does not have.
    pub fn render(&self, name: &str, view: &impl Serialize) -> Result<Vec<u8>, Diagnostic> {
        let context = Context::from_serialize(view).map_err(|error| diagnostic(&error, name))?;
        let mut html = Vec::with_capacity(16 * 1024);
        let rendered = self.tera.render_to(name, &context, &mut html);
        rendered.map_err(|error| diagnostic(&error, name))?;
        Ok(html)
    }
}

/// What is wrong with a template, and where; `name` where the error does not say in which.
fn diagnostic(error: &tera::Error, name: &str) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let mut diagnostic =
                Diagnostic::error(format!("templates/{}", report.filename()), sentence(report.message()));
            diagnostic.place = Some(Place {
                line: report.span().start_line,
                column: report.span().start_col + 1,
            });
            diagnostic.hint("src/view.rs of Bayan lists what each template is given")
        }
        other => Diagnostic::error(format!("templates/{name}"), sentence(&other.to_string())),
    }
}

/// An error of the template engine as one clause.
fn sentence(message: &str) -> String {
    let line = message.lines().next().unwrap_or(message).trim_end_matches('.');
    let line = line.strip_prefix("error: ").unwrap_or(line);
    let mut letters = line.chars();
    let first = letters.next().map(|letter| letter.to_lowercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_that_cannot_be_read_is_named() {
        for (text, message) in [
            ("{% extends \"list.html\" %}", "circular extend detected"),
            ("{% include \"list.html\" %}", "circular include detected"),
            ("{{ label | nothing }}", "unknown filter"),
        ] {
            let mut tera = Tera::new();
            let error = tera.add_raw_templates(vec![("list.html".to_owned(), text.to_owned())]);
            let told = diagnostic(&error.unwrap_err(), "list.html");
            assert_eq!(told.file, "templates/list.html");
            assert!(told.message.starts_with(message), "{}", told.message);
        }
    }
}
