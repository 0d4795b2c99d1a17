//! Callings: professions, ranks and degrees, and offices that do not say of what. They make nobody an official.
//!
//! In: a text with the callings of the lexicon, and the titles of office and the people found in it. Out: where a
//! calling stands that is part of neither, with the adjectives of one with the article and with what completes one without.

use std::ops::Range;

use super::title::Title;
use super::{Mention, Reading, Subject, TitleSpan};
use crate::lexicon::matcher::Hit;
use crate::lexicon::{Calling, NameMeaning, TitleMeaning, WordClass};
use crate::text;

/// Words that a person's name may begin with.
const NAME: WordClass = WordClass::GIVEN
    .or(WordClass::FAMILY)
    .or(WordClass::LINK)
    .or(WordClass::SURNAME);

/// Bytes of the published text of each calling, in order. `titles` and `mentions` are those of the whole page, in order.
pub fn spans(part: &Reading<'_>, titles: &[TitleSpan], mentions: &[Mention]) -> Vec<Range<u32>> {
    let person = |mention: &&Mention| mention.part == part.part && matches!(mention.subject, Subject::Person(_));
    let titles = titles.iter().filter(|title| title.part == part.part);
    let found = Found {
        part,
        titles: titles.map(|title| title.range.clone()).collect(),
        people: mentions
            .iter()
            .filter(person)
            .map(|mention| mention.range.clone())
            .collect(),
    };
    let mut spans: Vec<Range<u32>> = Vec::new();
    for hit in &part.callings {
        let TitleMeaning::Calling(calling) = hit.meaning else {
            continue;
        };
        let range = part.trimmed(hit.range.clone());
        let free = spans.last().is_none_or(|last| last.end <= range.start);
        if free && found.is_one(hit, calling, &range, &spans) {
            spans.push(found.whole(hit, calling).unwrap_or(range));
        }
    }
    spans
}

/// What is found in a text already.
struct Found<'a, 'b> {
    part: &'a Reading<'b>,
    /// Bytes of the published text of titles of office.
    titles: Vec<Range<u32>>,
    /// Bytes of the published text of names of people.
    people: Vec<Range<u32>>,
}

impl Found<'_, '_> {
    /// Whether a hit at `range` of the published text is a calling there.
    fn is_one(&self, hit: &Hit<TitleMeaning>, calling: Calling, range: &Range<u32>, spans: &[Range<u32>]) -> bool {
        let next = self.part.word_at(hit.range.end);
        let told = || match calling {
            Calling::Noun => true,
            Calling::Adjective => self.begins_name(next) || self.stands_alone(hit, spans),
            Calling::Weak => self.begins_name(next) || self.speaks(hit, next),
            Calling::Degree if hit.clitics.article => true,
            Calling::Degree => self.begins_name(next) || self.part.class(next).is(NAME),
        };
        !overlaps(&self.titles, range) && !overlaps(&self.people, range) && !self.is_named(hit) && told()
    }

    /// Whether no noun stands before a hit, of which it could be the adjective. Joined by "and", it goes on a list of
    /// titles, or of callings (`spans`).
    fn stands_alone(&self, hit: &Hit<TitleMeaning>, spans: &[Range<u32>]) -> bool {
        const BEFORE: WordClass = WordClass::PARTICLE.or(WordClass::VERB);
        let (part, at) = (self.part, self.part.word_at(hit.word));
        let Some(before) = at.checked_sub(1).filter(|&before| part.gap(before) == " ") else {
            return true;
        };
        let end = super::small(part.folded.source_range(part.words[before].clone()).end);
        let title = self.titles.partition_point(|title| title.end < end);
        let listed = [spans.last(), self.titles.get(title)]
            .iter()
            .flatten()
            .any(|before| before.end == end);
        let word = part.word(before);
        let bare = text::splits(word).filter(|(_, clitics)| !clitics.article);
        let apart = bare
            .map(|(at, _)| &word[at..])
            .any(|word| part.lexicon.word(word).is(BEFORE));
        hit.clitics.preposition || if hit.clitics.conjunction { listed } else { apart }
    }

    /// Whether the hit is part of a name: of an organisation or place, or of a person as the tagger has it.
    fn is_named(&self, hit: &Hit<TitleMeaning>) -> bool {
        let (part, at) = (self.part, self.part.word_at(hit.word));
        let after = part.names.partition_point(|name| name.range.end <= hit.range.start);
        let within = part
            .names
            .get(after)
            .is_some_and(|name| name.range.start <= hit.range.start);
        let tag = part.tags.partition_point(|tag| tag.words.end <= at);
        let tagged = part.tags.get(tag).is_some_and(|tag| tag.words.start < at);
        within || tagged
    }

    /// Whether the name of a person begins at word `next`, right after a calling.
    fn begins_name(&self, next: usize) -> bool {
        let part = self.part;
        let Some(word) = part.words.get(next).filter(|_| next > 0) else {
            return false;
        };
        let close = matches!(part.gap(next - 1), " " | ". " | "/ " | "." | "/");
        let start = super::small(part.folded.source_range(word.clone()).start);
        let person = self.people.partition_point(|person| person.start < start);
        let named = self.people.get(person).is_some_and(|person| person.start == start);
        close && (named || part.tag_at(next).is_some())
    }

    /// Whether a hit before word `next` is who speaks in a dialogue: first on its line, a colon after it.
    fn speaks(&self, hit: &Hit<TitleMeaning>, next: usize) -> bool {
        let first = matches!(
            self.part.folded.as_str()[..hit.word].chars().next_back(),
            None | Some('\n')
        );
        first && self.part.gap(next - 1).trim_start().starts_with(':')
    }

    /// Bytes of the published text of the calling with what belongs to it, if anything does.
    fn whole(&self, hit: &Hit<TitleMeaning>, calling: Calling) -> Option<Range<u32>> {
        let (part, next) = (self.part, self.part.word_at(hit.range.end));
        if calling == Calling::Degree || part.gap(next.checked_sub(1)?) != " " {
            return None;
        }
        let end = if hit.clitics.article {
            let adjectives = (next..part.words.len()).take_while(|&at| self.is_adjective(at));
            part.words[adjectives.last()?].end
        } else {
            let words = part.word_at(hit.word)..next;
            let title = self
                .is_complement(next)
                .then(|| Title::of_calling(part, words, &hit.range, part.lexicon));
            title??.core().end
        };
        let whole = part.trimmed(hit.range.start..end);
        (!overlaps(&self.titles, &whole) && !overlaps(&self.people, &whole)).then_some(whole)
    }

    /// Whether the word at `at` is an adjective of a calling with the article before it: `الشاعر` + `الشعبي`.
    fn is_adjective(&self, at: usize) -> bool {
        let (part, word) = (self.part, self.part.word(at));
        let long = word.chars().count() > 4;
        let shaped =
            (long && word.ends_with('\u{064A}')) || word.ends_with("يه") || part.class(at).is(WordClass::MODIFIER);
        word.starts_with("ال") && shaped && part.gap(at - 1) == " " && !self.begins_name(at)
    }

    /// Whether the word at `at` may complete a calling without the article: a definite noun, a body, a place.
    fn is_complement(&self, at: usize) -> bool {
        const FIELD: WordClass = WordClass::BODY.or(WordClass::AREA);
        let part = self.part;
        let name = part.words.get(at).and_then(|word| part.name_at(word.start));
        let named = name.is_some_and(|name| {
            let bare = name.word == name.range.start;
            bare && matches!(name.meaning, NameMeaning::Country(..) | NameMeaning::Organisation(_))
        });
        let class = part.class(at);
        let definite = part.word(at).starts_with("ال") && !class.is(WordClass::PARTICLE.or(WordClass::VERB));
        named || definite || class.is(FIELD)
    }
}

/// Whether `range` overlaps one of `ranges`, which are in order and apart.
fn overlaps(ranges: &[Range<u32>], range: &Range<u32>) -> bool {
    let at = ranges.partition_point(|other| other.end <= range.start);
    ranges.get(at).is_some_and(|other| other.start < range.end)
}

#[cfg(test)]
mod tests {
    use crate::extract::extract;
    use crate::extract::tests::LEXICON;
    use crate::language::Language;
    use crate::markdown;

    /// Callings are written into the text as `[calling]`, and must be found there.
    #[track_caller]
    fn check(marked: &str) {
        let body = markdown::body(&marked.replace(['[', ']'], ""), Language::Arabic);
        let found = extract(None, &body, false, None, &LEXICON);
        let mut out = String::new();
        let mut at = 0;
        for (_, range) in &found.callings {
            let (start, end) = (range.start as usize, range.end as usize);
            out += &format!("{}[{}]", &body.text[at..start], &body.text[start..end]);
            at = end;
        }
        assert_eq!(out + &body.text[at..], marked);
    }

    #[test]
    fn a_profession_a_rank_or_a_degree_is_a_calling() {
        for text in [
            "عمل [سائقاً] في المدينة ثم صار [محامياً]",  // in the accusative
            "عاد [الشاعر الشعبي] إلى القرية",          // with its adjective
            "شكا [سائق الحافلة] من الزحام",            // with what completes it
            "وشكر [د.] سالم الرويلي و[الدكتورة] هالة", // before names
            "تحية [للفنانة] هالة السعداوي",            // the article is swallowed
            "نقل الرسالة [العقيد] سالم الرويلي",
        ] {
            check(text);
        }
    }

    #[test]
    fn an_office_that_says_nothing_of_what_is_a_calling_and_one_in_full_is_a_title() {
        check("وقع عليها [رئيس] وأعضاء اللجنة"); // a chairman and the members of the committee
        check("كان [عضواً] في الفريق");
        check("قال رئيس بلدية الزهراء نعم"); // the mayor
    }

    #[test]
    fn what_is_an_adjective_elsewhere_is_a_calling_by_what_stands_around() {
        for text in [
            "عقد المؤتمر الصحفي أمس",           // the press conference
            "وكتب [الصحفي] ماهر السعداوي مقالا", // the journalist
            "فاز الحزب الحاكم بالمقاعد",        // the ruling party
            "ثم كتب إلى [الحاكم] رسالة",        // to the governor
            "قدم الدعم السياسي للبلدة",         // political support
            "نظر في الطلب المقدم أمس",          // the request handed in
        ] {
            check(text);
        }
        check("[المقدم]: أهلا بكم"); // the presenter speaks
    }

    #[test]
    fn a_family_name_or_a_word_of_an_organisations_name_is_no_calling() {
        check("قال وزير الصحة سالم الخياط نعم");
        check("وصلت منظمة مراسلون بلا حدود");
        check("تبدأ الدورة عام 2012 م. ثم تستمر"); // of our era
    }
}
