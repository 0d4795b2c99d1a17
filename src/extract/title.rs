//! A title as it stands before or after a name: offices, country, ministry, honorifics.

use std::ops::Range;

use super::place::{country_within, is_realm, joined_nisba, place};
use super::{Reading, complement, english};
use crate::lexicon::matcher::Hit;
use crate::lexicon::{CountryForm, EntityIx, Lexicon, NameMeaning, OfficeIx, TitleMeaning, WordClass};
use crate::text;

/// Words that together are a title: `سكرتير خارجية جزر المالديف`, `معالي وزير الدولة الدكتور`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Words of the reading.
    pub words: Range<usize>,
    /// The highest office named.
    pub office: Option<OfficeIx>,
    /// All offices named.
    pub offices: Vec<OfficeIx>,
    /// The country or organisation it is an office of.
    pub of: Option<EntityIx>,
    /// The office of whom its holder serves, where no country is named: `الناطق باسم الأمين العام`.
    pub serves: Option<OfficeIx>,
    /// Whether it is a title of two people.
    pub dual: bool,
    /// The countries of those who share it, after the first: `وزيرا الخارجية المصري والأردني`.
    others: Vec<EntityIx>,
    /// The title without what is written together with it and without forms of address; empty for these alone.
    pub written: String,
    /// The highest office as written, without its country; empty where it has no words of its own.
    base: String,
    /// Byte of the folded text where each office begins.
    starts: Vec<(OfficeIx, usize)>,
    /// Bytes of the folded text between one office of a chain and the next.
    joints: Vec<Range<usize>>,
    /// Bytes of the folded text from the first office to the end of the last.
    pub(super) core: Range<usize>,
    /// Whether it is a title whose body or portfolio the lexicon does not know.
    unlisted: bool,
    /// Whether its last word waits for the noun that completes it: `رئيس`, `المتحدث باسم`.
    pub open: bool,
    /// Whether nothing has completed it yet, neither a country nor a body.
    pub needs: bool,
    /// Whether an office before the last one is complete.
    whole: bool,
    /// Whether the holder no longer, or not yet, holds the office.
    pub former: bool,
    /// Byte of the folded text where the country is named.
    pub(super) place: Option<usize>,
    /// Whether it stands for the title of another person: نظيره.
    pub derived: bool,
    /// Whether it is in Latin letters.
    pub latin: bool,
}

/// Words after which nothing more is taken into a title, so that reading a list of titles takes no longer than its length.
const MOST_WORDS: usize = 60;

/// Words that say of a holder that another one holds the office now: the former, the elect.
const FORMER: [&str; 15] = [
    "السابق",
    "السابقه",
    "الاسبق",
    "الاسبقه",
    "الراحل",
    "الراحله",
    "المخلوع",
    "المعزول",
    "المقال",
    "المنتخب",
    "المنتخبه",
    "المقبل",
    "المستقيل",
    "سابقا",
    "سابق",
];

/// First words of the titles of those who serve the holder of another office, which may follow with a preposition.
const DELEGATES: [&str; 18] = [
    "ممثل",
    "ممثله",
    "مبعوث",
    "مبعوثه",
    "مستشار",
    "مستشاره",
    "مساعد",
    "مساعده",
    "نائب",
    "نائبه",
    "سكرتير",
    "موفد",
    "مندوب",
    "متحدث",
    "ناطق",
    "وكيل",
    "منسق",
    "منسقه",
];

impl Title {
    /// Reads the title that begins at word `at`, if one does.
    pub fn read(part: &Reading<'_>, at: usize, lexicon: &Lexicon) -> Option<Title> {
        let hit = part.title_at(part.words[at].start);
        if hit.is_none() && !part.known[at].heads {
            return None;
        }
        let mut title = Title::new(part, at);
        match hit {
            Some(hit) if matches!(hit.meaning, TitleMeaning::Institution(_)) || is_other_word(part, at, hit) => {
                return None;
            }
            Some(_) => {
                title.take_country_before(part, at);
                title.take_office(part, at);
            }
            None if title.latin => title.take_english_head(part, at)?,
            None => title.take_head(part, at, lexicon)?,
        }
        title.take_rest(part, lexicon);
        if title.needs && !title.whole {
            return None;
        }
        title.take_side(part);
        title.take_served(part, lexicon);
        title.finish(part, lexicon);
        Some(title)
    }

    /// Notes that it is the title of someone who serves a secretary-general or a president, where the lexicon has it
    /// whole: `المبعوث الخاص للأمين العام`, `نائب الرئيس المنتخب`.
    fn take_served(&mut self, part: &Reading<'_>, lexicon: &Lexicon) {
        if self.of.is_some() || self.serves.is_some() {
            return;
        }
        let inner = self.words.start + 1..self.words.end.saturating_sub(1);
        let secretary = |at: usize| {
            let general = part.word(at + 1) == "العام";
            general && text::readings(part.word(at)).any(|word| matches!(word, "الامين" | "امين"))
        };
        let vice = |office: &OfficeIx| lexicon.office(*office).id == "vice-president";
        if inner.into_iter().any(secretary) {
            self.serves = lexicon.office_called("secretary-general");
        } else if self.offices.iter().any(vice) {
            self.serves = lexicon.office_called("president");
        }
    }

    /// Nothing read yet, at word `at`.
    pub(super) fn new(part: &Reading<'_>, at: usize) -> Title {
        Title {
            words: at..at,
            office: None,
            offices: Vec::new(),
            of: None,
            serves: None,
            dual: false,
            others: Vec::new(),
            written: String::new(),
            base: String::new(),
            starts: Vec::new(),
            joints: Vec::new(),
            core: 0..0,
            unlisted: false,
            open: false,
            needs: false,
            whole: false,
            former: false,
            place: None,
            derived: false,
            latin: part.word(at).is_ascii(),
        }
    }

    /// The title at `words` of someone who has the same office, of another country, named from byte `place` on.
    pub(super) fn of_another(
        &self,
        part: &Reading<'_>,
        words: Range<usize>,
        of: Option<EntityIx>,
        place: usize,
        lexicon: &Lexicon,
    ) -> Option<Title> {
        let written = part.source[part.folded.source_range(place..part.words[words.end - 1].end)].trim_end();
        let office = match self.base.as_str() {
            "" if self.latin && self.place.is_none() => &self.written,
            "" if self.latin => &lexicon.office(self.office?).en,
            "" => &lexicon.office(self.office?).ar,
            base => base,
        };
        let written = if self.latin {
            let country = written.rsplit_once(' ').map_or(written, |(country, _)| country); // without "counterpart"
            format!("{country} {office}")
        } else {
            format!("{office} {written}")
        };
        Some(Title {
            derived: true,
            office: self.office,
            offices: self.offices.clone(),
            of,
            written,
            base: self.base.clone(),
            words: words.clone(),
            ..Title::new(part, words.start)
        })
    }

    /// Whether it names an office, not only an honorific.
    pub fn names_office(&self) -> bool {
        self.office.is_some() || self.unlisted
    }

    /// Bytes of the folded text from its first office to the end of its last; empty for forms of address alone.
    pub fn core(&self) -> Range<usize> {
        self.core.clone()
    }

    /// What of it is marked as a title: not the country of the first one, where each of several has his own.
    pub fn span(&self) -> Range<usize> {
        let each = self.dual && self.others.is_empty();
        if each { self.before_place() } else { self.core.clone() }
    }

    /// Bytes of the published text between one office of the chain and the next.
    pub fn joints(&self, part: &Reading<'_>) -> Vec<Range<u32>> {
        let span = self.span();
        let within = |joint: &&Range<usize>| span.start < joint.start && joint.end < span.end;
        let published = |joint: &Range<usize>| {
            let end = part.folded.source_range(joint.end..span.end).start;
            part.trimmed(span.start..joint.start).end..super::small(end)
        };
        self.joints.iter().filter(within).map(published).collect()
    }

    /// A calling at `words` that ends at byte `bytes.end` of the folded text, with what completes it, if anything does:
    /// `سائق` + `الحافلة`.
    pub(super) fn of_calling(
        part: &Reading<'_>,
        words: Range<usize>,
        bytes: &Range<usize>,
        lexicon: &Lexicon,
    ) -> Option<Title> {
        let mut title = Title::new(part, words.start);
        title.words = words;
        title.extend_core(bytes);
        (title.open, title.needs) = (true, true);
        title.take_rest(part, lexicon);
        (!title.needs).then_some(title)
    }

    /// The same up to the country, which is a mention of its own.
    pub fn before_place(&self) -> Range<usize> {
        let end = self.place.filter(|&place| self.core.contains(&place));
        self.core.start..end.unwrap_or(self.core.end)
    }

    /// Whether its last word can stand before nothing but a name: السيد, الدكتور.
    pub fn addresses(&self, part: &Reading<'_>) -> bool {
        self.latin || part.class(self.words.end - 1).is(WordClass::ADDRESS)
    }

    /// Whether its holder is sent somewhere: an ambassador, a consul.
    pub fn is_posted(&self, lexicon: &Lexicon) -> bool {
        const POSTED: [&str; 5] = [
            "ambassador",
            "consul",
            "charge-daffaires",
            "deputy-ambassador",
            "diplomat",
        ];
        let posted = |&office: &OfficeIx| POSTED.contains(&lexicon.office(office).id.as_str());
        self.offices.iter().any(posted)
    }

    /// Whether it is the title of a monarch of a country, who goes by a given name alone.
    pub fn is_of_monarch(&self, lexicon: &Lexicon) -> bool {
        const MONARCHS: [&str; 4] = ["monarch", "emperor", "emir", "pope"];
        let office = self.office.map(|office| lexicon.office(office).id.as_str());
        self.of.is_some() && office.is_some_and(|office| MONARCHS.contains(&office))
    }

    /// The word of the reading where it begins, the country of an English title and "the" before it.
    pub fn start(&self, part: &Reading<'_>) -> usize {
        if !self.latin || self.core.is_empty() {
            return self.words.start;
        }
        let start = part.word_at(self.core.start).min(self.words.start);
        if start > 0 && part.word(start - 1) == "the" {
            start - 1
        } else {
            start
        }
    }

    /// The same title for the second, third … of those who share it, each with a country of his own.
    pub fn of_next(&self, nth: usize) -> Title {
        Title {
            of: self.others.get(nth).copied(),
            ..self.clone()
        }
    }

    /// Whether nothing is written together with its first word.
    pub fn is_bare(&self, part: &Reading<'_>) -> bool {
        let clitics = part.title_at(part.words[self.words.start].start).map(|hit| hit.clitics);
        let office = part.words[part.word_at(self.core.start).min(self.words.end - 1)].start;
        let bare = clitics.is_none_or(|clitics| !clitics.conjunction && !clitics.preposition);
        bare && self.core.start == office
    }

    /// Settles which office counts, and what is shown.
    fn finish(&mut self, part: &Reading<'_>, lexicon: &Lexicon) {
        let rank = |&office: &OfficeIx| lexicon.office(office).rank;
        self.office = self.offices.iter().copied().min_by_key(rank);
        if self.names_office() {
            let written = part.source[part.folded.source_range(self.core.clone())].trim_end();
            self.written = match written.strip_prefix("لل") {
                Some(rest) => format!("ال{rest}"), // the article, swallowed by the preposition
                None => written.to_owned(),
            };
            self.base = self.highest(part);
            // one of several is a minister, not ministers
            if let Some(office) = self.office.filter(|_| self.dual) {
                self.written.clone_from(&lexicon.office(office).ar);
            }
        }
    }

    /// The highest office as written, up to its country: `وزير الشؤون الخارجية`. Empty for several holders, for an
    /// office that another one follows, and in Latin letters.
    fn highest(&self, part: &Reading<'_>) -> String {
        let last = self.starts.last().filter(|(office, _)| Some(*office) == self.office);
        let end = self.before_place().end;
        match last {
            Some(&(_, start)) if start < end && !self.dual && !self.latin && !self.derived && !self.former => {
                part.source[part.folded.source_range(start..end)].trim_end().to_owned()
            }
            _ => String::new(),
        }
    }

    /// Takes all that may follow the first office: countries, further offices, what completes each.
    fn take_rest(&mut self, part: &Reading<'_>, lexicon: &Lexicon) {
        while self.words.len() < MOST_WORDS {
            if self.take_next(part).is_some() || self.take_overlapping(part).is_some() {
                continue;
            }
            let Some(end) = complement::end(part, self, lexicon).filter(|_| self.names_something()) else {
                break;
            };
            self.take_complement(part, end, lexicon);
        }
    }

    /// Takes the rest of a country's name that begins within the title: `رئيس السلطة الوطنية` + `الفلسطينية`.
    fn take_overlapping(&mut self, part: &Reading<'_>) -> Option<()> {
        let end = part.words.get(self.words.end - 1)?.end;
        let at = part.names.partition_point(|hit| hit.range.end <= end);
        let hit = part.names.get(at).filter(|hit| hit.word < end)?;
        if let NameMeaning::Country(of, CountryForm::Name | CountryForm::Metonym) | NameMeaning::Organisation(of) =
            hit.meaning
            && self.names_something()
        {
            self.of = self.of.or(Some(of));
            self.place = self.place.or(Some(hit.range.start));
            self.take_until(part, part.word_at(hit.range.end));
            return Some(());
        }
        None
    }

    /// Whether it is more than a form of address.
    fn names_something(&self) -> bool {
        !self.core.is_empty()
    }

    /// Takes the words up to `end`, which complete the title. What is then named is no office of a country that the
    /// lexicon knows, but for a minister's and the offices of bodies.
    fn take_complement(&mut self, part: &Reading<'_>, end: usize, lexicon: &Lexicon) {
        const OF_COUNTRIES: [&str; 8] = [
            "president",
            "monarch",
            "emir",
            "emperor",
            "secretary",
            "religious-leader",
            "governor-general",
            "ruler",
        ];
        if self.needs && self.offices.len() == 1 {
            self.offices
                .retain(|&office| !OF_COUNTRIES.contains(&lexicon.office(office).id.as_str()));
        }
        let named = country_within(part, self.words.end..end);
        if let Some((of, start)) = named {
            self.of = self.of.or(Some(of));
            self.place = self.place.or(Some(start));
        }
        self.unlisted = true;
        self.open = false;
        self.needs = false;
        self.take_until(part, end);
    }

    /// Takes a noun that heads titles which the lexicon does not know: `عميد`, `الحاكم`.
    fn take_head(&mut self, part: &Reading<'_>, at: usize, lexicon: &Lexicon) -> Option<()> {
        let start = complement::head(part, at, lexicon)?;
        let word = &part.words[at];
        self.words.end = at + 1;
        self.extend_core(&(start..word.end));
        self.open = !part.folded.as_str()[start..].starts_with("ال");
        self.needs = true;
        Some(())
    }

    /// Takes the offices of the hit at word `at`.
    fn take_office(&mut self, part: &Reading<'_>, at: usize) {
        let start = part.words[at].start;
        let address = |hit: &Hit<TitleMeaning>| hit.meaning == TitleMeaning::Honorific;
        // المستشار is a chancellor where a country follows, else a form of address
        let addressed = part.titles_at(start).find(|hit| address(hit)).is_some_and(|hit| {
            let next = part.words.get(part.word_at(hit.range.end));
            next.is_none_or(|next| place(part, next.start).is_none())
        });
        (self.needs, self.open) = (false, false);
        for hit in part.titles_at(start) {
            self.words.end = part.word_at(hit.range.end);
            let TitleMeaning::Office {
                office,
                construct,
                dual,
                of,
            } = hit.meaning
            else {
                continue;
            };
            if !addressed {
                self.offices.push(office);
                self.starts.push((office, hit.range.start));
                self.dual |= dual;
                self.needs |= construct;
                self.of = self.of.or(of);
                self.extend_core(&hit.range);
            }
        }
        if self.names_something() {
            let within = country_within(part, at..self.words.end);
            self.of = self.of.or(within.map(|(of, _)| of));
        }
        self.open = self.needs && !part.word(self.words.end - 1).starts_with("ال");
    }

    /// Lets the part of the title that is shown reach over `bytes` of the folded text.
    fn extend_core(&mut self, bytes: &Range<usize>) {
        if self.core.is_empty() {
            self.core.start = bytes.start;
        }
        self.core.end = bytes.end;
    }

    /// Takes the words up to `end`, which say more of an office already named.
    fn take_until(&mut self, part: &Reading<'_>, end: usize) {
        self.words.end = end;
        if !self.core.is_empty() {
            let last = part.words[end - 1].end;
            let bracket =
                part.gap(end - 1).starts_with(')') && part.folded.as_str()[self.core.start..last].contains('(');
            self.core.end = last + usize::from(bracket);
        }
    }

    /// Takes what may follow within a title.
    fn take_next(&mut self, part: &Reading<'_>) -> Option<()> {
        let next = self.words.end;
        let start = part.words.get(next)?.start;
        if let Some(hit) = part
            .title_at(start)
            .filter(|hit| hit.meaning == TitleMeaning::Honorific)
        {
            // a form of address goes on with the title even after a comma, but one with "and" is someone else's
            let bare = hit.word == hit.range.start;
            let others = self.is_royal(part) && is_lesser(part.word(next));
            if !self.open
                && bare
                && !others
                && (self.goes_on(part, next) || matches!(part.gap(next - 1), "، " | ", " | " ، " | " , "))
            {
                self.words.end = part.word_at(hit.range.end);
                return Some(());
            }
            return None;
        }
        if !self.goes_on(part, next) {
            return None;
        }
        if let Some((of, end)) = place(part, start) {
            if self.latin && !english::links(part, next) {
                return None; // who is named bears the name of a country
            }
            return self.take_place(part, of, end);
        }
        if let Some(hit) = part.title_at(start) {
            return self.take_title(part, next, hit);
        }
        if let Some((of, end)) = self.of.filter(|_| self.dual).and_then(|_| joined_nisba(part, start)) {
            self.others.push(of);
            self.take_until(part, end);
            return Some(());
        }
        let realm = part.word(next - 1) == "لدي" && is_realm(part, next);
        let term = part.word(next - 1) == "المنتهيه" && part.word(next).starts_with("ولايت");
        let modifies = part.class(next).is(WordClass::MODIFIER) || realm || term;
        if modifies || self.is_linked(part, next) || self.is_in_brackets(part, next) {
            self.former |= FORMER.contains(&part.word(next));
            if matches!(part.word(next), "الجديد" | "الجديده") {
                self.words.end = next + 1; // says of the holder, not of the office
            } else {
                self.take_until(part, next + 1);
            }
            return Some(());
        }
        None
    }

    /// Takes the country or organisation that stands up to word `end`.
    fn take_place(&mut self, part: &Reading<'_>, of: EntityIx, end: usize) -> Option<()> {
        let hit = part.name_at(part.words[self.words.end].start)?;
        let country = matches!(hit.meaning, NameMeaning::Country(..));
        let nisba = matches!(hit.meaning, NameMeaning::Country(_, CountryForm::Nisba));
        let first = part.word(self.words.start);
        // مسؤول أمريكي is any one of them
        if nisba && self.open && !self.latin && !hit.clitics.article && !first.starts_with("ال") {
            return None;
        }
        let last = part.word(self.words.end - 1);
        // نائب الرئيس للأردن is no title: who is named travels to Jordan
        let single = self.words.len() == 1 || part.class(self.words.end - 1).is(WordClass::MODIFIER);
        if country
            && hit.clitics.preposition
            && matches!(
                hit.meaning,
                NameMeaning::Country(_, CountryForm::Name | CountryForm::Weak | CountryForm::Usual)
            )
            && !(single && last.starts_with("ال"))
        {
            return None;
        }
        // an ambassador to India is not one of India's
        let posted = country && matches!(last, "لدي" | "الي");
        if self.of.is_none() && !posted {
            self.of = Some(of);
        }
        if !posted || self.place.is_none() {
            self.place = self.place.or(Some(hit.range.start));
        }
        self.open = false;
        self.needs = false;
        self.take_until(part, end);
        Some(())
    }

    /// Whether a preposition at word `next` leads on to a country or organisation: `لدى الهند`.
    fn is_linked(&self, part: &Reading<'_>, next: usize) -> bool {
        let word = part.word(next);
        let within = word == "في" && !(self.words.len() == 1 && part.word(self.words.start).starts_with("ال"));
        let posted = matches!(word, "لدي" | "الي");
        let Some(to) = part.words.get(next + 1).filter(|_| part.gap(next) == " ") else {
            return false;
        };
        let realm = word == "لدي" && is_realm(part, next + 1);
        (within || posted) && (realm || place(part, to.start).is_some())
    }

    /// Takes a second title, or the ministry, of the same person, or the title of whom the person serves.
    fn take_title(&mut self, part: &Reading<'_>, next: usize, hit: &Hit<TitleMeaning>) -> Option<()> {
        let end = part.word_at(hit.range.end);
        if matches!(hit.meaning, TitleMeaning::Institution(_)) {
            (self.open, self.needs) = (false, false);
            self.take_until(part, end);
            return Some(());
        }
        let attached = part.word(next).starts_with('\u{0644}') && hit.clitics.preposition;
        let serves = (self.open && !hit.clitics.preposition) || (attached && self.is_delegate(part));
        if let TitleMeaning::Office {
            office, construct, of, ..
        } = hit.meaning
            && serves
            && !hit.clitics.conjunction
        {
            let within = || Some(country_within(part, next..end)?.0);
            self.of = self.of.or(of).or_else(within);
            self.serves = Some(office);
            self.needs = false;
            self.open = construct && !part.word(end - 1).starts_with("ال");
            self.take_until(part, end);
            return Some(());
        }
        // الوزير before the name of a second person is not part of the first one's title
        if hit.clitics.preposition || (hit.clitics.conjunction && hit.clitics.article) {
            return None;
        }
        if self.is_of_woman(part) && is_masculine(part.word(next)) {
            return None;
        }
        self.whole |= !self.needs;
        self.joints.push(part.words[next - 1].end..hit.range.start);
        self.take_office(part, next);
        Some(())
    }

    /// Whether its first word has the form of a woman's title.
    fn is_of_woman(&self, part: &Reading<'_>) -> bool {
        let first = part.word(self.words.start);
        text::readings(first).any(|word| word.strip_suffix('\u{0647}').is_some_and(is_masculine))
    }

    /// Whether it opens with a royal form of address, or is an heir's.
    fn is_royal(&self, part: &Reading<'_>) -> bool {
        const ROYAL: [&str; 4] = ["سمو", "السمو", "جلاله", "الجلاله"];
        let mut words = self.words.clone().take(3);
        words.any(|at| text::readings(part.word(at)).any(|word| ROYAL.contains(&word)))
    }

    /// Whether it is the title of someone who serves the holder of another one.
    fn is_delegate(&self, part: &Reading<'_>) -> bool {
        let first = part.word(self.words.start);
        text::readings(first).any(|word| DELEGATES.contains(&word))
    }

    /// Whether nothing but a space, or a bracket that is soon closed, parts the title from word `next`.
    fn goes_on(&self, part: &Reading<'_>, next: usize) -> bool {
        let gap = part.gap(next - 1);
        matches!(gap, " " | "" | ") ") || (gap == " (" && self.is_in_brackets(part, next))
    }

    /// Whether word `at` stands in brackets of at most three words: `سكرتير (الغرب)`.
    fn is_in_brackets(&self, part: &Reading<'_>, at: usize) -> bool {
        let opened = (self.words.start.max(at.saturating_sub(2))..at).any(|word| part.gap(word).ends_with('('));
        let year = part.word(at).starts_with(|first: char| first.is_ascii_digit());
        let closes = (at..at + 3).find(|&word| part.gap(word) != " ");
        let gloss = !self.latin && part.word(at).is_ascii(); // in another script, so no part of it
        opened && !year && !gloss && closes.is_some_and(|word| part.gap(word).starts_with(')'))
    }

    /// Takes the country of the side that the person speaks for, where it stands before the title or after it:
    /// `الجانب الهندي`.
    fn take_side(&mut self, part: &Reading<'_>) {
        const SIDES: [&str; 4] = ["الجانب", "الوفد", "جانب", "وفد"];
        if self.of.is_some() {
            return;
        }
        let side = |at: usize| text::readings(part.word(at)).any(|word| SIDES.contains(&word)) && part.gap(at) == " ";
        let next = self.words.end;
        if next < part.words.len() && part.gap(next - 1) == " " && side(next) {
            self.of = part
                .words
                .get(next + 1)
                .and_then(|word| Some(place(part, word.start)?.0));
        }
        let before = self.words.start.checked_sub(2).filter(|&at| side(at));
        let apart = |&at: &usize| matches!(part.gap(at + 1), " " | ": " | "، ");
        if let Some(at) = before.filter(apart) {
            self.of = self.of.or_else(|| Some(place(part, part.words[at + 1].start)?.0));
        }
    }

    /// Takes an English noun that heads titles which the lexicon does not know, if a country or body stands before it,
    /// or one completes it: `head of`, `UN weapons inspector`.
    fn take_english_head(&mut self, part: &Reading<'_>, at: usize) -> Option<()> {
        part.class(at).is(WordClass::HEAD).then_some(())?;
        self.words.end = at + 1;
        self.take_country_before(part, at);
        self.extend_core(&part.words[at]);
        self.unlisted = self.of.is_some();
        self.needs = !self.unlisted;
        self.unlisted
            .then_some(())
            .or_else(|| english::end(part, self).map(|_| ()))
    }

    /// Takes what stands before an English title: its country, and words that say more of the office.
    fn take_country_before(&mut self, part: &Reading<'_>, at: usize) {
        if !self.latin {
            return;
        }
        let before = english::before(part, at);
        self.of = before.of;
        if let Some(start) = before.start {
            self.core = start..part.words[at].end;
        }
    }
}

/// Whether it heads the title of a man, as women have a form of it: رئيس is another person after وزيرة.
fn is_masculine(word: &str) -> bool {
    matches!(
        word.strip_prefix("ال").unwrap_or(word),
        "رئيس" | "وزير" | "سفير" | "مدير"
    )
}

/// Whether it is a form of address below a royal's, so that after one it is another person's: `سمو ولي العهد سعادة`.
fn is_lesser(word: &str) -> bool {
    const LESSER: [&str; 5] = ["سعاده", "معالي", "السيد", "السيده", "فضيله"];
    LESSER.contains(&word)
}

/// Whether a hit of one letter or two is no abbreviated form of address (د., م/): no mark follows it.
fn is_other_word(part: &Reading<'_>, at: usize, hit: &Hit<TitleMeaning>) -> bool {
    let short = hit.range.len() <= 4 && !part.word(at).is_ascii();
    short && (hit.clitics.preposition || !part.gap(at).starts_with(['.', '/']))
}

#[cfg(test)]
mod tests {
    use crate::extract::tests::{check_titles, told};

    #[test]
    fn the_country_of_a_title_is_whom_it_serves_and_not_where_its_holder_is_sent() {
        for (text, expected) in [
            (
                "سفير خادم الحرمين الشريفين لدى الهند الدكتور سالم الرويلي",
                "سالم الرويلي | سفير خادم الحرمين الشريفين لدى الهند | SA",
            ),
            (
                "السفير المصري لدى السعودية ماهر السعداوي",
                "ماهر السعداوي | السفير المصري لدى السعودية | EG",
            ),
            (
                "سفير الهند لدى المملكة ماهر السعداوي",
                "ماهر السعداوي | سفير الهند لدى المملكة | IN",
            ),
            (
                "سفير السلطنة لدى تنزانيا ماهر السعداوي",
                "ماهر السعداوي | سفير السلطنة لدى تنزانيا | ",
            ),
            (
                "رئيس جمهورية مصر العربية ماهر السعداوي",
                "ماهر السعداوي | رئيس جمهورية مصر العربية | EG",
            ),
            (
                "وزير الخارجية المصري ماهر السعداوي",
                "ماهر السعداوي | وزير الخارجية المصري | EG",
            ),
            (
                "المتحدثة باسم البيت الأبيض سلمى السعداوي",
                "سلمى السعداوي | المتحدثة باسم البيت الأبيض | US",
            ),
            (
                "قائد القوات البحرية الملكية السعودية الفريق سالم الرويلي",
                "سالم الرويلي | قائد القوات البحرية الملكية السعودية | SA",
            ),
        ] {
            assert_eq!(told(text), [expected], "{text}");
        }
    }

    #[test]
    fn a_chain_of_offices_is_one_persons_and_a_servant_of_an_office_does_not_hold_it() {
        for text in [
            "[ولي ولي العهد النائب الثاني لرئيس مجلس الوزراء وزير الدفاع] الأمير سالم بن ناصر",
            "[رئيس مجلس الوزراء وزير الخارجية] ماهر السعداوي",
            "رفع إلى [خادم الحرمين الشريفين] وسمو [ولي العهد] تهنئة", // two people
            "التقى [الممثلة الشخصية للأمين العام للأمم المتحدة] سلمى السعداوي",
        ] {
            check_titles(text);
        }
        let text = "التقى الممثلة الشخصية للأمين العام للأمم المتحدة سلمى السعداوي";
        assert_eq!(
            told(text),
            ["سلمى السعداوي | الممثلة الشخصية للأمين العام للأمم المتحدة | un"]
        );
    }

    #[test]
    fn a_form_of_address_that_is_an_office_elsewhere_is_no_office() {
        let text = "صرح المتحدث باسم الخارجية المصرية المستشار ماهر السعداوي أمس";
        assert_eq!(told(text), ["ماهر السعداوي | المتحدث باسم الخارجية المصرية | EG"]);
        assert_eq!(
            told("قال المستشار الألماني ماهر السعداوي نعم"),
            ["ماهر السعداوي | المستشار الألماني | DE"]
        );
    }

    #[test]
    fn two_who_share_a_title_have_each_a_country() {
        assert_eq!(
            told("وزيرا الخارجية المصري والأردني ماهر السعداوي وسالم الرويلي"),
            [
                "ماهر السعداوي | وزير الخارجية | EG",
                "سالم الرويلي | وزير الخارجية | JO"
            ]
        );
    }

    #[test]
    fn a_lesser_form_of_address_after_a_royal_one_is_another_persons() {
        let text = "ثم استقبل سمو ولي العهد سعادة السيد ماهر السعداوي سفير الهند لدى مملكة البحرين";
        assert_eq!(told(text), ["ماهر السعداوي | سفير الهند لدى مملكة البحرين | IN"]);
    }

    #[test]
    fn a_new_holder_and_a_year_are_no_part_of_the_title() {
        check_titles("وتلقى [وزير النقل] الجديد اتصالا");
        check_titles("رسالة من [وزير النقل الأردني] (1948)");
    }

    #[test]
    fn former_and_acting_holders_keep_the_word_that_says_so() {
        for text in [
            "[الرئيس المنتهية ولايته] ماهر السعداوي",
            "[رئيس مجلس الوزراء بالإنابة وزير الخارجية الكويتي] في الطريق",
            "[الرئيس المصري الأسبق] ماهر السعداوي",
            "[الرئيس المنتخب] ماهر السعداوي",
        ] {
            check_titles(text);
        }
    }
}
