//! Countries and organisations that a text names: by name, adjective, capital or seat of power.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Mention, Part, Reading, Rule, Subject};
use crate::date::Date;
use crate::lexicon::matcher::Hit;
use crate::lexicon::{CountryForm, Detail, EntityIx, Lexicon, NameMeaning, WordClass};
use crate::text::{self, Clitics};

/// All mentions of countries and organisations, but for words that are part of a person's name (`people`) and for
/// the city a dispatch was sent from, if the body opens with one. `dated` is the briefing's day.
pub fn mentions(
    parts: &[Reading<'_>],
    people: &[Mention],
    dateline: bool,
    dated: Option<Date>,
    lexicon: &Lexicon,
) -> Vec<Mention> {
    let strong = strongly_named(parts);
    let mut mentions: Vec<Mention> = Vec::new();
    for part in parts {
        let game = Game::of(part);
        let names: Vec<&Range<u32>> = people
            .iter()
            .filter(|m| m.part == part.part)
            .map(|m| &m.range)
            .collect();
        let sent = dateline && part.part == Part::Body;
        for (at, hit) in part.names.iter().enumerate() {
            let Some((entity, rule)) = named(part, at, &strong, &game) else {
                continue;
            };
            if matches!(rule, Rule::Capital | Rule::Metonym) && dated.is_some_and(|day| !seat_of(entity, day, lexicon))
            {
                continue;
            }
            let mention = part.mention(whole(part, hit, rule), hit.range.clone(), Subject::Entity(entity), rule);
            let twin = mentions
                .last()
                .is_some_and(|last| last.part == part.part && last.range == mention.range);
            let in_name = names
                .iter()
                .any(|name| name.start < mention.range.end && mention.range.start < name.end);
            let of_dateline = sent && in_dateline(part, hit, rule);
            if !(twin || in_name || of_dateline) {
                mentions.push(mention);
            }
        }
    }
    mentions
}

/// The bytes of the folded text that name what was hit: a word that only says that it is a state is no part of a name
/// (`دولة قطر`), but a republic is, listed or not (`جمهورية تركمانستان`).
fn whole(part: &Reading<'_>, hit: &Hit<NameMeaning>, rule: Rule) -> Range<usize> {
    const STATE: &str = "دوله ";
    const REPUBLIC: &str = "جمهوريه ";
    let text = part.folded.as_str();
    let (start, end) = (hit.range.start, hit.range.end);
    if rule != Rule::Name || of(hit).is_none() {
        return start..end;
    }
    if text[start..end].starts_with(STATE) {
        return start + STATE.len()..end;
    }
    let bare = hit.word == start
        || hit.clitics
            == Clitics {
                article: true,
                ..Clitics::default()
            };
    let before = text[..start].strip_suffix(REPUBLIC).filter(|_| bare);
    let alone = |before: &&str| {
        let word = before
            .rsplit(|letter| !text::is_word_letter(letter))
            .next()
            .unwrap_or_default();
        Clitics::read(word).is_some_and(|clitics| !clitics.article)
    };
    before.filter(alone).map_or(start, str::len)..end
}

/// Whether a hit near the start of the body only says where the dispatch was sent from: a capital among the first two
/// words, a country called like its capital as the first, or anything in a bracket right after the city. A country that
/// is no city says more than that.
fn in_dateline(part: &Reading<'_>, hit: &Hit<NameMeaning>, rule: Rule) -> bool {
    let word = part.word_at(hit.word);
    let city = (rule == Rule::Capital && word < 2)
        || (word == 0 && of(hit).is_some_and(|country| is_called_like_its_capital(country, part.lexicon)));
    let first = (1..word).all(|at| !part.gap(at - 1).contains('('));
    let opened = (1..=3).contains(&word) && first && part.gap(word - 1) == " (";
    let closed = part.gap(part.word_at(hit.range.end).max(1) - 1).starts_with(')');
    city || (opened && closed)
}

/// The country whose capital the body was sent from, if it opens with one.
pub fn sent_from(parts: &[Reading<'_>]) -> Option<EntityIx> {
    let body = parts.iter().find(|part| part.part == Part::Body)?;
    let mut first = body.names.iter().take_while(|hit| body.word_at(hit.word) < 2);
    first.find_map(|hit| match hit.meaning {
        NameMeaning::Country(ix, CountryForm::Name | CountryForm::Capital | CountryForm::WeakCapital) => Some(ix),
        _ => None,
    })
}

/// Countries named beyond doubt somewhere in the text.
pub fn strongly_named(parts: &[Reading<'_>]) -> BTreeSet<EntityIx> {
    let hits = parts.iter().flat_map(|part| &part.names);
    hits.filter_map(|hit| match hit.meaning {
        NameMeaning::Country(ix, CountryForm::Name | CountryForm::Nisba | CountryForm::Capital) => Some(ix),
        _ => None,
    })
    .collect()
}

/// Whether the capital of a country was already its own on `day`: Moscow was the Soviet Union's until 1991.
fn seat_of(country: EntityIx, day: Date, lexicon: &Lexicon) -> bool {
    match &lexicon.entity(country).detail {
        Detail::Country { since, .. } => since.is_none_or(|since| since <= day),
        _ => true,
    }
}

/// Whether the name of a country is also that of its capital: الكويت, تونس.
fn is_called_like_its_capital(country: EntityIx, lexicon: &Lexicon) -> bool {
    let entity = lexicon.entity(country);
    match &entity.detail {
        Detail::Country {
            capital: Some([city, _]),
            ..
        } => city.contains(&entity.ar),
        _ => true,
    }
}

/// What the hit at `at` names, and by which rule; `None` for people, stop phrases and doubtful names.
fn named(part: &Reading<'_>, at: usize, strong: &BTreeSet<EntityIx>, game: &Game) -> Option<(EntityIx, Rule)> {
    let hit = &part.names[at];
    let (ix, form) = match hit.meaning {
        NameMeaning::Stop | NameMeaning::Official(_) => return None,
        _ if stopped(part, hit) || is_other_word(part, hit) => return None,
        NameMeaning::Organisation(ix) => return Some((ix, Rule::Name)),
        NameMeaning::Country(ix, form) => (ix, form),
    };
    let weak = matches!(
        form,
        CountryForm::Weak | CountryForm::Usual | CountryForm::WeakCapital | CountryForm::WeakNisba
    );
    let rule = match form {
        CountryForm::Name if is_adjective(part, hit, ix) => Rule::Nisba,
        CountryForm::Name | CountryForm::Weak | CountryForm::Usual if is_borne(part, hit, game) => Rule::Bearer,
        CountryForm::Name => Rule::Name,
        CountryForm::Weak | CountryForm::Usual => Rule::WeakName,
        CountryForm::Nisba | CountryForm::WeakNisba => Rule::Nisba,
        CountryForm::Capital | CountryForm::WeakCapital => Rule::Capital,
        CountryForm::Metonym => Rule::Metonym,
        CountryForm::Homeland => Rule::Homeland,
    };
    (!weak || is_borne_out(part, hit, ix, strong)).then_some((ix, rule))
}

/// Whether a name that is also something else is this country's here: it is named beyond doubt elsewhere and no rival
/// is, or what stands around the name tells.
fn is_borne_out(part: &Reading<'_>, hit: &Hit<NameMeaning>, ix: EntityIx, strong: &BTreeSet<EntityIx>) -> bool {
    let mut rivals = part.names_at(hit.word).filter_map(of).filter(|&rival| rival != ix);
    let alone = rivals.clone().next().is_none();
    let rivalled = rivals.any(|rival| strong.contains(&rival));
    if strong.contains(&ix) && !rivalled {
        return true;
    }
    if part.names_at(hit.word).any(is_usual) {
        return is_usual(hit) && strong.contains(&ix) == rivalled;
    }
    if alone {
        return in_a_place(part, hit);
    }
    strong.contains(&ix) == rivalled && is_among_its_like(part, hit)
}

/// Whether a shared name means this country unless the text shows another that has it.
fn is_usual(hit: &Hit<NameMeaning>) -> bool {
    matches!(hit.meaning, NameMeaning::Country(_, CountryForm::Usual))
}

/// Whether, of a country and a capital that share a name (عمان), the neighbours in a list tell which is meant: countries
/// stand among countries, cities among cities.
fn is_among_its_like(part: &Reading<'_>, hit: &Hit<NameMeaning>) -> bool {
    let NameMeaning::Country(_, form) = hit.meaning else {
        return false;
    };
    let word = part.word_at(hit.word);
    let last = part.word_at(hit.range.end).max(1) - 1;
    let before = word.checked_sub(1).filter(|_| hit.clitics.conjunction);
    let before = before.and_then(|before| part.name_ending(part.words[before].end));
    let after = part.words.get(last + 1).and_then(|next| part.name_at(next.start));
    let after = after.filter(|after| after.clitics.conjunction && matches!(part.gap(last), " " | "، "));
    let neighbour = before.or(after).map(|neighbour| neighbour.meaning);
    match neighbour {
        Some(NameMeaning::Country(_, CountryForm::Name)) => form == CountryForm::Weak,
        Some(NameMeaning::Country(_, CountryForm::Capital)) => form == CountryForm::WeakCapital,
        _ => false,
    }
}

/// Whether the name of a country is its adjective here, where one word is both (السعودية): it says more of the definite
/// noun before it.
fn is_adjective(part: &Reading<'_>, hit: &Hit<NameMeaning>, ix: EntityIx) -> bool {
    let nisba = NameMeaning::Country(ix, CountryForm::Nisba);
    let both = part.names_at(hit.word).any(|other| other.meaning == nisba);
    let word = part.word_at(hit.word);
    let Some(before) = word.checked_sub(1).filter(|_| both && hit.word == hit.range.start) else {
        return false;
    };
    let noun = part.word(before);
    let definite = ["ال", "وال", "بال", "لل", "كال"]
        .iter()
        .any(|article| noun.starts_with(article));
    let said = (definite && noun.ends_with(['\u{0647}', '\u{062A}'])) || is_after_called_body(part, word);
    let after_title = matches!(part.gap(before), "\" " | " \" " | "\u{201D} " | "\u{00BB} "); // صحيفة "…" السعودية
    after_title || (said && part.gap(before) == " ")
}

/// Whether the words before the word at `at` are a body with a name of its own: `شركة النخيل السعودية`.
fn is_after_called_body(part: &Reading<'_>, at: usize) -> bool {
    const LONGEST: usize = 3; // words of the body's own name
    let other = WordClass::PARTICLE.or(WordClass::VERB);
    if !part.word(at).starts_with("ال") {
        return false;
    }
    for before in (at.saturating_sub(LONGEST + 1)..at).rev() {
        let known = class(part, before);
        if part.gap(before) != " " || known.is(other) {
            return false;
        }
        if known.is(WordClass::BEARER) {
            return before + 1 < at && part.word(before).ends_with('\u{0647}');
        }
    }
    false
}

/// Whether the name of a country is borne by something else here: right after a word for a team or body that is called
/// after countries, or among the words of a match and not as its place.
fn is_borne(part: &Reading<'_>, hit: &Hit<NameMeaning>, game: &Game) -> bool {
    const PLACE: [&str; 8] = ["في", "من", "الي", "دوله", "جمهوريه", "بجمهوريه", "بدوله", "حكومه"];
    let word = part.word_at(hit.word);
    let quoted = |gap: &str| {
        gap.chars()
            .all(|mark| matches!(mark, ' ' | '"' | '\u{201C}' | '\u{00AB}'))
    };
    let before = word.checked_sub(1).filter(|&before| quoted(part.gap(before)));
    if before.is_some_and(|before| hit.word == hit.range.start && class(part, before).is(WordClass::BEARER)) {
        return true;
    }
    if before.is_some_and(|before| hit.word == hit.range.start && is_trade_of_company(part, before)) {
        return true;
    }
    if is_in_title_of_work(part, word) {
        return true;
    }
    let placed = before.is_some_and(|before| PLACE.contains(&part.word(before)));
    let within = hit.clitics.preposition && part.word(word).trim_start_matches('\u{0648}').starts_with('\u{0628}');
    !placed && !within && (game.is_on(word) || is_club_of(part, hit))
}

/// Whether the word at `at` stands in a quoted name of a film, a society and the like: `مسلسل "على باب مصر"`.
fn is_in_title_of_work(part: &Reading<'_>, at: usize) -> bool {
    const LONGEST: usize = 4; // words before the name
    let opens = |gap: &str| gap.contains(['"', '\u{201C}', '\u{00AB}']) && gap.starts_with(' ');
    let plain = |gap: &str| gap == " ";
    for before in (at.saturating_sub(LONGEST)..at).rev() {
        let gap = part.gap(before);
        if opens(gap) {
            return class(part, before).is(WordClass::BEARER);
        }
        if !plain(gap) {
            return false;
        }
    }
    false
}

/// Whether an adjective of another country says where what is called after this one comes from: `موناكو الفرنسي`.
fn is_club_of(part: &Reading<'_>, hit: &Hit<NameMeaning>) -> bool {
    let last = last_word(part, hit);
    let after = part.words.get(last + 1).and_then(|next| part.name_at(next.start));
    after.is_some_and(|after| {
        let adjective = matches!(after.meaning, NameMeaning::Country(_, CountryForm::Nisba)) && after.clitics.article;
        adjective && after.range.start == after.word && part.gap(last) == " " && of(after) != of(hit)
    })
}

/// The last word of a hit.
fn last_word(part: &Reading<'_>, hit: &Hit<NameMeaning>) -> usize {
    part.word_at(hit.range.end).max(1) - 1
}

/// Whether the word at `at` is the trade of a company that is called after it and a country: `شركة نفط الكويت`.
fn is_trade_of_company(part: &Reading<'_>, at: usize) -> bool {
    const COMPANY: &str = "شركه";
    let particle = part.class(at).is(WordClass::PARTICLE.or(WordClass::VERB));
    let company = at
        .checked_sub(1)
        .filter(|&company| part.gap(company) == " " && !particle);
    company.is_some_and(|company| text::readings(part.word(company)).any(|word| word == COMPANY))
}

/// What is known of the word at `at`, with or without what is written together with it.
fn class(part: &Reading<'_>, at: usize) -> WordClass {
    let word = part.word(at);
    let bare = word.strip_prefix(['\u{0648}', '\u{0644}', '\u{0628}', '\u{0641}']);
    bare.map_or(part.class(at), |bare| part.class(at).or(part.lexicon.word(bare)))
}

/// Where a text tells of a match: for each word, how many words of sport stand before it. Empty where it tells of none.
struct Game(Vec<u32>);

impl Game {
    fn of(part: &Reading<'_>) -> Game {
        // national team, match, player, championship, qualifiers, trainer, goal, lost, won, win, played, the group: texts
        // that hold none are not counted
        const STEMS: [&str; 12] = [
            "منتخب",
            "مبارا",
            "لاعب",
            "بطول",
            "تصفيا",
            "مدرب",
            "هدف",
            "خسر",
            "فاز",
            "فوز",
            "لعب",
            "المجموعه",
        ];
        let text = part.folded.as_str();
        if !STEMS.iter().any(|stem| text.contains(stem)) {
            return Game(Vec::new());
        }
        let mut count = 0;
        let mut before = Vec::with_capacity(part.words.len() + 1);
        for at in 0..part.words.len() {
            before.push(count);
            count += u32::from(class(part, at).is(WordClass::SPORT));
        }
        before.push(count);
        Game(before)
    }

    /// Whether a match is told of around the word at `at`: two words of sport near it, or four within a sentence or two.
    fn is_on(&self, at: usize) -> bool {
        const NEAR: (usize, u32) = (8, 2);
        const AROUND: (usize, u32) = (24, 4);
        let Some(last) = self.0.len().checked_sub(1) else {
            return false;
        };
        [NEAR, AROUND]
            .iter()
            .any(|&(reach, least)| self.0[(at + reach).min(last)] - self.0[at.saturating_sub(reach)] >= least)
    }
}

/// Whether a name is only spelt like one: an English one without a capital (turkey), an Arabic one with the ending of
/// an adverb (باكرًا).
fn is_other_word(part: &Reading<'_>, hit: &Hit<NameMeaning>) -> bool {
    let published = &part.source[part.folded.source_range(hit.range.clone())];
    let common = published.starts_with(|first: char| first.is_ascii_lowercase());
    let adverb = ["\u{064B}\u{0627}", "\u{0627}\u{064B}"]
        .iter()
        .any(|tanwin| published.trim_end().ends_with(tanwin));
    let country = matches!(hit.meaning, NameMeaning::Country(..));
    country && (common || adverb)
}

/// Whether a stop phrase of the very same words says that this is no name.
fn stopped(part: &Reading<'_>, hit: &Hit<NameMeaning>) -> bool {
    part.name_at(hit.word)
        .is_some_and(|first| first.range.end == hit.range.end && first.meaning == NameMeaning::Stop)
}

/// The country that a hit may name.
pub fn of(hit: &Hit<NameMeaning>) -> Option<EntityIx> {
    match hit.meaning {
        NameMeaning::Country(ix, _) => Some(ix),
        _ => None,
    }
}

/// Whether the word before is one that a place follows, or another country is joined to it.
fn in_a_place(part: &Reading<'_>, hit: &Hit<NameMeaning>) -> bool {
    // في in, إلى to, من from, دولة State, جمهورية Republic, مملكة Kingdom, حكومة government, رئيس president, the
    // quarters of a land, عاصمة capital
    const BEFORE: [&str; 14] = [
        "في",
        "الي",
        "من",
        "دوله",
        "جمهوريه",
        "مملكه",
        "حكومه",
        "رئيس",
        "شمال",
        "جنوب",
        "شرق",
        "غرب",
        "وسط",
        "العاصمه",
    ];
    let word = part.word_at(hit.word);
    let Some(before) = word.checked_sub(1) else {
        return false;
    };
    if part.gap(before) != " " || hit.clitics.article {
        return false;
    }
    let named_before = part.name_ending(part.words[before].end).and_then(of);
    let joined = hit.clitics.conjunction && named_before.is_some();
    let previous = part.word(before);
    joined
        || BEFORE
            .iter()
            .any(|place| previous == *place || previous.strip_prefix('\u{0648}') == Some(place))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use crate::config::Briefings;
    use crate::extract::{self, Subject};
    use crate::language::Language;
    use crate::lexicon::{Kind, Lexicon};
    use crate::markdown;
    use crate::site;

    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| site::lexicon(&[], &Briefings::default()).value);

    /// Settings of a site at home in the country of this code.
    fn at_home(code: &str) -> Briefings {
        Briefings {
            home_country: Some(code.into()),
            ..Briefings::default()
        }
    }

    /// The countries in `text`, each as `id rule words`.
    fn named(text: &str, lexicon: &Lexicon) -> Vec<String> {
        let body = markdown::body(text, Language::Arabic);
        let found = extract::extract(None, &body, false, None, lexicon);
        let mentions = found.mentions.iter().filter_map(|mention| match mention.subject {
            Subject::Entity(ix) if lexicon.entity(ix).kind == Kind::Country => Some((lexicon.entity(ix), mention)),
            _ => None,
        });
        mentions
            .map(|(entity, mention)| {
                let words = &body.text[mention.range.start as usize..mention.range.end as usize];
                format!("{} {} {words}", entity.id, mention.rule.name())
            })
            .collect()
    }

    /// `expected` lists what is named as `id rule words`, parted by `; `.
    #[track_caller]
    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(named(text, &LEXICON).join("; "), *expected, "{text}");
        }
    }

    #[test]
    fn clitics_are_told_from_the_first_letters_of_a_name() {
        check(&[
            ("رحبت وبالهند بدأت", "IN name الهند"),
            ("شكرًا للمملكة المغربية", "MA name للمملكة المغربية"),
            ("دولة كمصر كبيرة", "EG name مصر"),
            ("في فلسطين وفلسطين", "PS name فلسطين; PS name فلسطين"), // its own fa
            ("زار والي المدينة الجسر", ""),                          // governor, not "and to"
            ("لبنان ولبنان", "LB name لبنان; LB name لبنان"),        // its own lam
            ("بلجيكا وكندا وفرنسا", "BE name بلجيكا; CA name كندا; FR name فرنسا"),
            ("لليبيا وليبيريا", "LY name ليبيا; LR name ليبيريا"),
            ("ببلغاريا وكوبا وككوبا", "BG name بلغاريا; CU name كوبا; CU name كوبا"),
            ("فالأردن ثم فنلندا", "JO name الأردن; FI name فنلندا"),
            ("بين البلدين وكلا البلدين", ""),
        ]);
    }

    #[test]
    fn what_only_bears_or_looks_like_a_name_is_no_country() {
        check(&[
            ("مياه المحيط الهندي وبحر الصين الجنوبي والخليج العربي", ""),
            ("قمة أمريكا اللاتينية وأسواق غرب أفريقيا", ""),
            ("الدعم المالي ودعم مالي وعجز مالي", ""),
            ("دول المغرب العربي بعد صلاة المغرب", ""),
            ("نصف قطر الدائرة وقطر الأنبوب", ""),
            ("الأمير تركي الفيصل", ""),
            ("قالت هند إنها سعيدة", ""),                      // a woman
            ("على ضفة نهر الأردن", ""),                        // the river
            ("في ولاية جورجيا الأمريكية", "US nisba الأمريكية"), // the state
            ("يومي السبت والأحد", ""),                         // Saturday, Sunday
            ("شرق ووسط وجنوب أفريقيا", ""),                   // parts of a continent
        ]);
    }

    #[test]
    fn a_place_that_is_no_state_of_iso_stays_what_it_is() {
        check(&[("في الشيشان وإقليم كردستان وقطاع غزة", "")]);
    }

    #[test]
    fn which_country_is_meant_is_told_by_what_stands_around() {
        check(&[
            ("زار عُمان ثم عمّان", "OM name عُمان; JO capital عمّان"), // by their vowels
            ("سلطنة عمان", "OM name سلطنة عمان"),
            ("قطر وعمان والكويت", "QA name قطر; OM weak-name عمان; KW name الكويت"), // a country among countries
            (
                "بغداد وعمان والقاهرة",
                "IQ capital بغداد; JO capital عمان; EG capital القاهرة",
            ), // a city among cities
            ("في الأردن وعاصمته عمان", "JO name الأردن; JO capital عمان"),
            (
                "الكونغو الديمقراطية وجمهورية الكونغو",
                "CD name الكونغو الديمقراطية; CG name جمهورية الكونغو",
            ),
            (
                "كوريا الشمالية وكوريا الجنوبية",
                "KP name كوريا الشمالية; KR name كوريا الجنوبية",
            ),
            (
                "سول والجانب الكوري وكوريا الجنوبية",
                "KR capital سول; KR nisba الكوري; KR name كوريا الجنوبية",
            ),
            (
                "غينيا وغينيا بيساو وغينيا الاستوائية وبابوا غينيا الجديدة",
                "GN name غينيا; GW name غينيا بيساو; GQ name غينيا الاستوائية; PG name بابوا غينيا الجديدة",
            ),
            ("السودان وجنوب السودان", "SD name السودان; SS name جنوب السودان"),
            ("النيجر ونيجيريا", "NE name النيجر; NG name نيجيريا"),
            ("في شرق الكونغو وغربها", "CD weak-name الكونغو"), // what is usually meant
            ("برازافيل عاصمة الكونغو", "CG capital برازافيل; CG weak-name الكونغو"),
            ("اليابان وكوريا", "JP name اليابان; KR weak-name كوريا"),
            ("بيونغ يانغ في كوريا", "KP capital بيونغ يانغ; KP weak-name كوريا"),
            ("دومينيكا والدومينيكان", "DM name دومينيكا; DO name الدومينيكان"),
        ]);
    }

    #[test]
    fn capitals_and_seats_of_power_are_evidence_marked_as_such() {
        check(&[
            ("أعلنت واشنطن والرياض", "US capital واشنطن; SA capital الرياض"),
            (
                "البيت الأبيض والكرملين والإليزيه",
                "US metonym البيت الأبيض; RU metonym الكرملين; FR metonym الإليزيه",
            ),
            (
                "في داونينغ ستريت وقصر الشعب",
                "GB metonym داونينغ ستريت; SY metonym قصر الشعب",
            ),
            ("الحكومة البريطانية", "GB nisba البريطانية"),
            ("السلطة الفلسطينية", "PS metonym السلطة الفلسطينية"),
            ("مدينة هونغ كونغ", "HK capital هونغ كونغ"), // a territory that is a city
        ]);
    }

    #[test]
    fn an_adjective_names_its_country() {
        check(&[
            ("الجانب الهندي والهنود", "IN nisba الهندي; IN nisba الهنود"),
            ("الوفدان المصري والسوداني", "EG nisba المصري; SD nisba السوداني"),
            ("مع نظيره المالديفي", "MV nisba المالديفي"),
            ("العلاقات السعودية الأمريكية", "SA nisba السعودية; US nisba الأمريكية"), // not the name of the country
            ("زار السعودية", "SA name السعودية"),
            ("أعلنت شركة النخيل السعودية", "SA nisba السعودية"), // a body with a name of its own
            ("شركة تعمل في السعودية", "SA name السعودية"),
            ("الخبراء الروس", "RU nisba الروس"),
            ("وفد مجري في مجرى النهر", "HU nisba مجري"),
            ("وزير الخارجية المصري", "EG nisba المصري"),
        ]);
    }

    #[test]
    fn spellings_of_one_name_are_one_country() {
        check(&[
            (
                "ألمانيا والمانيا وإسبانيا واسبانيا",
                "DE name ألمانيا; DE name المانيا; ES name إسبانيا; ES name اسبانيا",
            ),
            ("سورية وسوريه وسوريا", "SY name سورية; SY name سوريه; SY name سوريا"),
            (
                "أميركا وأمريكا وامريكا",
                "US name أميركا; US name أمريكا; US name امريكا",
            ),
            ("مـــصر والعـراق", "EG name مـــصر; IQ name العـراق"),
            ("مِصْرُ وَالْعِرَاقُ", "EG name مِصْرُ; IQ name الْعِرَاقُ"),
            ("ترکیا وایران", "TR name ترکیا; IR name ایران"), // Persian kaf and ya
            ("مصر و قطر", "EG name مصر; QA name قطر"),        // a space after and
            ("قوات ا سرائيل", "IL name ا سرائيل"),            // a name torn apart
            (
                "المملكة \u{200F}العربية\u{200F} السعودية",
                "SA name المملكة \u{200F}العربية\u{200F} السعودية",
            ),
            ("لب\u{200F}نان", "LB name لب\u{200F}نان"),
        ]);
    }

    #[test]
    fn a_state_is_called_by_its_name_and_a_republic_in_full() {
        check(&[
            ("في دولة قطر وبدولة الكويت", "QA name قطر; KW name الكويت"),
            ("جمهورية تركمانستان", "TM name جمهورية تركمانستان"),
            ("وبجمهورية العراق", "IQ name جمهورية العراق"),
        ]);
    }

    #[test]
    fn a_team_or_a_bank_bears_the_name_of_its_country() {
        check(&[
            ("منتخب هولندا", "NL bearer هولندا"),
            ("فاز المنتخب على فنلندا في مباراة ودية", "FI bearer فنلندا"),
            ("أقيمت البطولة في فنلندا وفاز المنتخب", "FI name فنلندا"), // where it was played
            ("بنك إنجلترا", "GB bearer إنجلترا"),
            ("شركة نفط الكويت", "KW bearer الكويت"),
            ("شركة في مصر", "EG name مصر"),
            ("فيلم \"صباح مصر\" للمخرج", "EG bearer مصر"), // the title of a film
            ("قال \"إن مصر كبيرة\"", "EG name مصر"),
            ("لاعب بنما الإيطالي", "PA bearer بنما; IT nisba الإيطالي"), // a club called after a country
        ]);
    }

    #[test]
    fn the_kingdom_is_the_one_that_the_text_shows() {
        check(&[
            ("أعلنت المملكة قرارها", ""),
            (
                "استقبل خادم الحرمين الشريفين الوفد، وأكد حرص المملكة",
                "SA homeland المملكة",
            ),
            ("وصل إلى الأردن، وأكد موقف المملكة", "JO name الأردن; JO homeland المملكة"),
            (
                "زار البحرين والمملكة المغربية، وتسعى المملكة إلى ذلك",
                "BH name البحرين; MA name المملكة المغربية; MA homeland المملكة",
            ),
            ("بين الأردن والبحرين، وقالت المملكة", "JO name الأردن; BH name البحرين"), // either
            ("في الأردن والمملكة البلجيكية", "JO name الأردن; BE nisba البلجيكية"),
        ]);
    }

    #[test]
    fn at_home_the_kingdom_and_our_country_are_its_own() {
        for (home, text, expected) in [
            ("SA", "تؤكد المملكة وبلادنا", "SA homeland المملكة; SA homeland بلادنا"),
            (
                "SA",
                "زار الأردن، وأكد حرص المملكة",
                "JO name الأردن; SA homeland المملكة",
            ),
            ("EG", "تؤكد المملكة وبلادنا", "EG homeland بلادنا"),
            ("BE", "تؤكد المملكة", "BE homeland المملكة"),
        ] {
            let lexicon = site::lexicon(&[], &at_home(home)).value;
            assert_eq!(named(text, &lexicon).join("; "), expected, "{home} {text}");
        }
    }

    #[test]
    fn a_bare_minister_and_one_of_the_kingdom_serve_at_home() {
        let lexicon = site::lexicon(&[], &at_home("SA")).value;
        for text in [
            "قال وزير الخارجية ماهر السعداوي إن الحوار بدأ",
            "قال وزير خارجية المملكة ماهر السعداوي إن الحوار بدأ",
            "قال رئيس مجلس الوزراء ماهر السعداوي إن الحوار بدأ",
        ] {
            let body = markdown::body(text, Language::Arabic);
            let people = extract::extract(None, &body, false, None, &lexicon).people;
            let of: Vec<_> = people
                .iter()
                .map(|person| person.of.map(|of| lexicon.entity(of).id.as_str()))
                .collect();
            assert_eq!(of, [Some("SA")], "{text}");
        }
    }
}
