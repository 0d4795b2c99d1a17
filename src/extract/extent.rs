//! Where a name that the tagger tells really begins and ends.
//!
//! In: the spans of the tagger. Out: the same, but without a verb in front, with the initials in front, and with the
//! words after it that can only go on a name: what follows a link such as بن, listed names, and words that the texts
//! learnt from never held outside names and that are spelt as names are.

use std::ops::Range;

use super::name::{self, NAME, NO_NAME, SECOND_HALVES};
use super::tagger::{self, Known, Span};
use super::{Reading, complement};
use crate::date;
use crate::lexicon::model::Model;
use crate::lexicon::{CountryForm, NameMeaning, WordClass};

/// Most words of a name that may be added to, links left out.
const MOST_WORDS: usize = 5;

/// How much an unknown word must look like a name to go on one, of 8.
const LOOKS: u8 = 4;

/// Mends the ends of all tagged names; two that turn out to be one become one.
pub fn mend(part: &Reading<'_>, tags: Vec<Span>) -> Vec<Span> {
    let Some(model) = &part.lexicon.model else {
        return tags;
    };
    let ends = Ends {
        part,
        model,
        tags: &tags,
    };
    let mut mended: Vec<Span> = Vec::with_capacity(tags.len());
    for tag in &tags {
        let free = mended.last().map_or(0, |last| last.words.end);
        if tag.words.end <= free {
            continue; // swallowed by the name before it
        }
        let words = ends.start(tag, free).max(free)..ends.end(tag);
        if words.is_empty() || ends.is_month(&words) || ends.has_pronoun(&words) {
            continue;
        }
        let joined = tag.joined || ends.is_joined(words.start);
        let second = (words.start + 1..words.end).find(|&at| ends.is_joined(at));
        mended.push(Span {
            words: words.start..second.unwrap_or(words.end),
            joined,
            ..*tag
        });
        if let Some(second) = second {
            mended.push(Span {
                words: second..words.end,
                joined: true,
                ..*tag
            });
        }
    }
    mended
}

struct Ends<'a, 'b> {
    part: &'a Reading<'b>,
    model: &'a Model,
    /// All names as the tagger tells them.
    tags: &'a [Span],
}

impl Ends<'_, '_> {
    /// The first word of a name; nothing before word `free` is part of it.
    fn start(&self, tag: &Span, free: usize) -> usize {
        let mut start = tag.words.start;
        if tag.joined {
            return start;
        }
        if tag.words.len() > 2 && self.is_verb(start) {
            return start + 1;
        }
        while start > free && self.precedes(start - 1) {
            start -= 1;
        }
        start
    }

    /// Whether the word at `at`, before a name, is part of it: an initial with its stop, or whose son someone is.
    fn precedes(&self, at: usize) -> bool {
        let class = self.part.class(at);
        if class.is(WordClass::INITIAL) && matches!(self.part.gap(at), ". " | ".") {
            return true;
        }
        if self.part.gap(at) != " " || self.is_common(at) || self.is_other(at) {
            return false;
        }
        // بن, and the second halves of عز الدين and ضيف الله
        let next = self.part.word(at + 1);
        let son = matches!(next, "بن" | "بنت" | "الدين");
        son || (class.is(WordClass::GIVEN) && self.is_after_title(at))
    }

    /// Whether the word at `at` is "and" with a given name, and no name itself: وراكان.
    fn is_joined(&self, at: usize) -> bool {
        let word = self.part.word(at);
        let given = |rest| rest == "عبد" || self.part.lexicon.word(rest).is(WordClass::GIVEN);
        word.strip_prefix('\u{0648}').is_some_and(given) && !self.part.class(at).is(NAME)
    }

    /// Whether the words name a month: ربيع الأول.
    fn is_month(&self, words: &Range<usize>) -> bool {
        let bytes = self.part.words[words.start].start..self.part.words[words.end - 1].end;
        words.len() > 1 && date::is_hijri_month(&self.part.folded.as_str()[bytes])
    }

    /// Whether one of the words ends in "her" or "their", as nouns do and names do not: ورؤساؤها; or is a listed noun
    /// with "our": جنودنا.
    fn has_pronoun(&self, words: &Range<usize>) -> bool {
        words.clone().any(|at| {
            let word = self.part.word(at);
            let noun = word.strip_suffix("ها").or_else(|| word.strip_suffix("هم"));
            let listed = word
                .strip_suffix("نا")
                .is_some_and(|noun| self.part.lexicon.word(noun).is(WordClass::COMMON));
            let suffixed = noun.is_some_and(|noun| noun.chars().count() > 3);
            (suffixed || listed) && !self.part.class(at).is(NAME)
        })
    }

    /// Whether a title or a form of address ends right before word `at`.
    fn is_after_title(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|&before| self.part.gap(before) == " ");
        before.is_some_and(|before| self.part.title_ending(self.part.words[before].end).is_some())
    }

    /// Whether the word at `at` is one that no name holds, with or without a particle written together with it.
    fn is_common(&self, at: usize) -> bool {
        self.part.class(at).is(NO_NAME) || name::clitic_before_known(self.part, at, self.part.lexicon)
    }

    fn is_verb(&self, at: usize) -> bool {
        let class = self.part.class(at);
        class.is(WordClass::VERB) && !class.is(NAME)
    }

    /// The word after a name.
    fn end(&self, tag: &Span) -> usize {
        let mut end = tag.words.end;
        if let Some(office) = (tag.words.start + 1..end).find(|&at| complement::is_set_over(self.part, at)) {
            return office;
        }
        while end < self.part.words.len() && self.goes_on(tag.words.start, end) {
            end += 1;
        }
        while end > tag.words.start && (self.is_link(end - 1) || self.is_adverb(tag.words.start, end - 1)) {
            end -= 1;
        }
        end
    }

    /// Whether the word at `at`, the last of a name that begins at `start`, is a preposition or ends as an adverb does.
    fn is_adverb(&self, start: usize, at: usize) -> bool {
        let preposition = matches!(self.part.word(at), "من" | "في" | "الي" | "عن");
        at > start && (preposition || self.part.written(at).contains('\u{064B}'))
    }

    /// Whether the word at `at` goes on the name that begins at `start`.
    fn goes_on(&self, start: usize, at: usize) -> bool {
        if self.part.gap(at - 1) != " " {
            return false;
        }
        let (word, class) = (self.part.word(at), self.part.class(at));
        if self.is_link(at - 1) || self.is_addressed_son(at - 1) {
            let plain = class.is(WordClass::PARTICLE.or(WordClass::VERB));
            return class.is(NAME) || word == "لا" || (!plain && is_unmet(word, self.model));
        }
        if SECOND_HALVES.contains(&word) {
            return true;
        }
        let solid = (start..at).filter(|&at| !self.is_link(at)).count();
        let other = self.begins_other(at) || self.is_common(at) || self.is_other(at);
        let other = other || complement::is_set_over(self.part, at);
        if solid >= MOST_WORDS || other {
            return false;
        }
        if self.is_link(at) {
            let next = self.part.class(at + 1);
            return self.part.gap(at) == " "
                && (next.is(NAME.or(WordClass::LINK)) || is_unmet(self.part.word(at + 1), self.model));
        }
        let listed = class.is(NAME) && (!class.is(WordClass::GIVEN) || self.is_after_title(start));
        (listed && is_unmet(word, self.model)) || self.is_spelt_as_name(start, at)
    }

    /// Whether the tagger tells another name at word `at`.
    fn begins_other(&self, at: usize) -> bool {
        self.tags.binary_search_by_key(&at, |tag| tag.words.start).is_ok()
    }

    /// Whether an unlisted word is one that only names hold: never met outside them, and spelt like them.
    fn is_spelt_as_name(&self, start: usize, at: usize) -> bool {
        let word = self.part.word(at);
        if !is_unmet(word, self.model) || word.starts_with(|letter: char| letter.is_ascii()) {
            return false;
        }
        if word.starts_with("ال") {
            let plural = ["ين", "ون", "ات"].iter().any(|end| word.ends_with(end));
            let son = (start + 1..at).any(|at| self.is_link(at));
            return word.ends_with('\u{064A}') || (son && !plural);
        }
        !word.starts_with('\u{0648}') && tagger::looks(word, self.model) >= LOOKS
    }

    /// Whether the word at `at` leads on to the next one and is no name by itself.
    fn is_link(&self, at: usize) -> bool {
        let class = self.part.class(at);
        let article = self.part.word(at) == "لا" && at > 0 && self.part.class(at - 1).is(WordClass::LINK);
        article || (class.is(WordClass::LINK) && !class.is(WordClass::GIVEN))
    }

    /// Whether the word at `at` is a form of address after a link: بنت الشيخ, آل الشيخ.
    fn is_addressed_son(&self, at: usize) -> bool {
        at > 0 && self.part.class(at).is(WordClass::ADDRESS) && self.is_link(at - 1)
    }

    /// Whether a title, a place or an organisation begins at word `at`.
    fn is_other(&self, at: usize) -> bool {
        let start = self.part.words[at].start;
        let named = self.part.name_at(start).is_some_and(|hit| match hit.meaning {
            NameMeaning::Official(_) => false,
            NameMeaning::Country(_, CountryForm::Nisba | CountryForm::WeakNisba) => true,
            _ => !self.part.class(at).is(NAME),
        });
        named || self.part.title_at(start).is_some()
    }
}

/// Whether the texts that the tagger learnt from never held any of the words outside names.
pub fn only_in_names(part: &Reading<'_>, mut words: Range<usize>) -> bool {
    let Some(model) = &part.lexicon.model else { return false };
    words.all(|at| is_unmet(part.word(at), model))
}

/// Whether an unlisted word, without the article, is spelt as names are.
pub fn is_like_name(part: &Reading<'_>, at: usize) -> bool {
    let word = part.word(at);
    let looks = |model| tagger::looks(word, model) >= LOOKS;
    !word.starts_with("ال") && part.lexicon.model.as_ref().is_some_and(looks)
}

/// Whether the texts learnt from never held a folded word outside names.
fn is_unmet(word: &str, model: &Model) -> bool {
    let [outside, _] = model.seen(tagger::seen_key(word));
    outside == 0
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use crate::config::Briefings;
    use crate::extract::tests::check;
    use crate::language::Language;
    use crate::lexicon::Lexicon;
    use crate::{extract, markdown, site};

    #[test]
    fn a_tagged_name_goes_on_over_what_only_names_hold() {
        check("وقال وزير الثقافة {p1:سالم فالح الرويلعي} إن المتحف جاهز"); // a family name that nobody has listed
        check("والتقى السفير {p1:حمد بن سعيد آل الشيخ راشد} المدير"); // after a link and a form of address
        check("وأشاد وزير الصحة {p1:جوزيه كارلوس دي لا توري} بالجهود"); // particles
    }

    #[test]
    fn initials_with_stops_belong_to_the_name_after_them() {
        check("وقال السفير {p1:كيه. في. شارما} إن الاتفاق قريب"); // K. V. Sharma
    }

    /// The people in `text` as the built-in model of names tells them, too.
    fn names(text: &str) -> Vec<String> {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| site::lexicon(&[], &Briefings::default()).value);
        let body = markdown::body(text, Language::Arabic);
        let people = extract::extract(None, &body, false, None, &LEXICON).people;
        people.into_iter().map(|person| person.name).collect()
    }

    #[test]
    fn what_the_model_tells_is_cut_where_no_name_goes_on() {
        for (text, people) in [
            (
                "وحضر اللقاء سالم الرويلي وخالد السعداوي.",
                "سالم الرويلي، خالد السعداوي",
            ),
            ("وقال عز الدين الأصفري إن الأمر قريب", "عز الدين الأصفري"), // not without the first half
            ("ونعى الأمير استشهاد جنودنا الأبطال", ""),                 // our soldiers
            ("ودمرت صواريخ «بيرشينغ 2» كلها", ""),                    // a model with a number
            ("وافتتح محافظة العلا أمس. وصدر «بيان العلا» اليوم", ""),   // a place called so elsewhere
            ("زار مدير مدينة الملك سعود للعلوم القرية", ""),          // what a city is called after
        ] {
            assert_eq!(names(text).join("، "), people, "{text}");
        }
    }

    #[test]
    fn a_month_is_nobody() {
        check("افتتح المعرض في ربيع الأول 1440هـ");
    }
}
