//! Whole small sites, built in memory: what a reader finds on them.
#![cfg(test)]

mod support;

use support::html::{decoded, text};
use support::site::{Built, TestSite};

/// The Egyptian foreign minister discussed ways to cooperate with India; India welcomed that.
const CAIRO: &str =
    "القاهرة، 12 مايو 2024 – بحث وزير الخارجية المصري سامح شكري سبل التعاون مع الهند. ورحبت الهند بذلك.\n";

/// The Qatari foreign minister discussed ways to peace with Jordan.
const DOHA: &str = "الدوحة، 13 مايو 2024 – بحث وزير الخارجية القطري سبل السلام مع الأردن.\n";

/// Every briefing in which a page of an entity or an archive says that its subject stands.
const LISTED: &str = "main .lines a.title";

/// A page by hand, named in Latin letters so that its address is plain to read.
fn named(slug: &str, title: &str, day: &str) -> String {
    format!("slug: {slug}\ntitle: {title}\ndate: {day}")
}

/// Two briefings of Cairo and Doha.
fn two() -> TestSite {
    TestSite::default()
        .page("cairo.md", &named("cairo", "لقاء أول", "2024-05-12"), CAIRO) // a first meeting
        .page("doha.md", &named("doha", "لقاء ثان", "2024-05-13"), DOHA) // a second
}

// Links

#[test]
fn a_country_page_links_back_to_each_briefing_that_names_it() {
    let site = two()
        .page("delhi.md", &named("delhi", "لقاء ثالث", "2024-06-01"), CAIRO) // a third meeting
        .build();
    assert_eq!(
        site.page("countries/in/index.html").links(LISTED),
        ["/briefings/2024/06/delhi/", "/briefings/2024/05/cairo/"]
    );
    assert_eq!(
        site.page("countries/qa/index.html").links(LISTED),
        ["/briefings/2024/05/doha/"]
    );
}

#[test]
fn only_the_first_mention_of_a_name_is_linked() {
    let page = two().build().page("briefings/2024/05/cairo/index.html");
    let links: Vec<String> = page.links(".body a");
    assert_eq!(links, ["/countries/eg/", "/officials/sameh-shoukry/", "/countries/in/"]);
    assert_eq!(page.texts(".body a.country"), ["المصري", "الهند"]); // the Egyptian, India
}

#[test]
fn all_that_a_briefing_names_stands_beside_it() {
    let page = two().build().page("briefings/2024/05/cairo/index.html");
    assert_eq!(page.links(".named .countries a"), ["/countries/in/", "/countries/eg/"]);
    assert_eq!(page.links(".named .officials a"), ["/officials/sameh-shoukry/"]);
}

#[test]
fn a_person_named_in_two_texts_has_one_page() {
    // The minister of transport Karim Al-Mansouri of Egypt visited Jordan; and then Qatar.
    let visit = |to| format!("زار وزير النقل المصري كريم المنصوري {to} يوم الأحد لبحث التعاون.");
    let site = TestSite::default()
        .page("one.md", &named("one", "زيارة أولى", "2024-05-12"), &visit("الأردن")) // a first visit, Jordan
        .page("two.md", &named("two", "زيارة ثانية", "2024-05-19"), &visit("قطر")) // a second visit, Qatar
        .build();
    let [page] = site.paths("officials/")[1..] else {
        panic!("{:?}", site.paths("officials/"))
    };
    assert_eq!(page, "officials/كريم-المنصوري/index.html");
    assert_eq!(
        site.page(page).links(LISTED),
        ["/briefings/2024/05/two/", "/briefings/2024/05/one/"]
    );
}

#[test]
fn a_latin_name_under_a_post_is_the_arabic_one_of_the_text() {
    let text = "\
القاهرة، 24 يوليو 2023 – زار وزير النقل المصري كريم المنصوري الأردن لبحث التعاون.\n
Met Egypt's Minister of Transport Karim Al Mansouri in Amman today.\n
— Amman Today (@AmmanToday) July 24, 2023\n";
    let site = TestSite::default().briefing("amman.txt", text).build();
    assert_eq!(site.paths("officials/").len(), 2, "{:?}", site.paths("officials/"));
    let page = site.page("officials/كريم-المنصوري/index.html");
    assert_eq!(
        (page.text("h1"), page.text(".other")),
        ("كريم المنصوري".into(), "Karim Al Mansouri".into())
    );
}

#[test]
fn every_link_stands_under_the_base_path() {
    let site = two()
        .page(
            "old.md",
            &(named("new", "لقاء", "2024-05-14") + "\naliases: [/old/]"),
            CAIRO,
        ) // a meeting
        .setting("output.html", "site-url", "'https://example.org/press/'")
        .build();
    for page in site.pages() {
        for address in page.addresses() {
            let kept = ["/press/", "https://example.org/press/", "#"];
            assert!(
                kept.iter().any(|start| address.starts_with(start)),
                "{}: {address}",
                page.path
            );
        }
    }
}

#[test]
fn a_list_too_long_for_a_page_goes_on_over_more() {
    let mut site = TestSite::default();
    for day in 0..101 {
        let day = format!("{:04}-05-12", 1900 + day);
        site = site.page(&format!("{day}.md"), &named("cairo", "لقاء", &day), CAIRO); // a meeting
    }
    let site = site.build();
    let pages = ["", "page/2/", "page/3/"].map(|part| site.page(&format!("countries/eg/{part}index.html")));
    assert_eq!(pages.each_ref().map(|page| page.links(LISTED).len()), [50, 50, 1]);
    assert_eq!(pages[0].links(".pages a"), ["/countries/eg/page/2/"]);
    assert_eq!(pages[1].links(".pages a"), ["/countries/eg/", "/countries/eg/page/3/"]);
}

// What is stated

#[test]
fn what_a_page_states_wins_over_what_its_text_says() {
    let front = "title: بيان\ndate: 2020-01-02\ncountries: [FR]\nofficials: [narendra-modi]\ntopics: [trade]"; // a statement
    let site = TestSite::default().page("a.md", front, CAIRO).build();
    assert_eq!(site.paths("briefings/"), ["briefings/2020/01/بيان/index.html"]);
    let page = site.page("briefings/2020/01/بيان/index.html");
    assert_eq!(page.text("h1"), "بيان");
    assert_eq!(
        page.links(".named a"),
        ["/countries/fr/", "/officials/narendra-modi/", "/topics/trade/"]
    );
    assert_eq!(
        site.paths("countries/"),
        ["countries/fr/index.html", "countries/index.html"]
    );
    assert_eq!(page.links(".body a"), [""; 0]);
}

#[test]
fn a_reviewed_page_stands_in_place_of_its_raw_text() {
    let front = named("done", "نص مراجع", "2024-05-12") // a reviewed text
        + "\nreview: done\nsource: {file: seeds/raw.txt, blake3: '00'}";
    let site = TestSite::default()
        .briefing("raw.txt", CAIRO)
        .page("done.md", &front, CAIRO)
        .build();
    assert_eq!(site.paths("briefings/"), ["briefings/2024/05/done/index.html"]);
    assert_eq!(
        site.page("briefings/2024/05/done/index.html").text(".record .path"),
        "seeds/raw.txt"
    );
}

#[test]
fn without_create_missing_only_reviewed_pages_are_published() {
    let site = two()
        .briefing("raw.txt", CAIRO)
        .setting("build", "create-missing", "false")
        .build();
    assert_eq!(site.paths("briefings/").len(), 2);
}

#[test]
fn a_name_of_the_site_s_own_lexicon_is_found() {
    let lexicon = "- id: harbour-council\n  ar: مجلس المرفأ\n  en: Harbour Council\n";
    let text = "القاهرة، 12 مايو 2024 – اجتمع أعضاء مجلس المرفأ يوم الأحد."; // the members of the council met
    let site = TestSite::default()
        .lexicon("organisations.yaml", lexicon)
        .briefing("a.txt", text)
        .build();
    assert!(site.paths("organisations/harbour-council/").len() == 1);
}

#[test]
fn a_fault_of_a_page_costs_its_own_key_alone() {
    let (site, faults) = two()
        .page(
            "odd.md",
            "title: بيان\ndate: 2024-05-40\ncountries: [XX]\nslug: odd",
            DOHA,
        ) // a statement
        .build_anyway();
    let told: Vec<String> = faults
        .iter()
        .map(|fault| format!("{}: {}", fault.file, fault.message))
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told.iter().all(|fault| fault.starts_with("content/odd.md: ")),
        "{told:?}"
    );
    assert_eq!(site.paths("briefings/2024/05/odd/").len(), 1);
}

// Copies

/// The Egyptian minister of transport opened a port with his Jordanian counterpart; what he said there of its trade.
const PORT: &str = "\
افتتح وزير النقل المصري كريم المنصوري اليوم ميناء الساحل الجديد بحضور نظيره الأردني وعدد من السفراء ورجال الأعمال.\n
وأوضح الوزير أن الميناء يستقبل مئتي سفينة في الشهر ويربط أسواق المنطقة بخطوط منتظمة، وأنه يوفر آلاف فرص العمل.\n
وأضاف أن المرحلة الثانية تشمل رصيفين للحاويات ومنطقة للصناعات الخفيفة ومركزا لتدريب البحارة.\n";

/// What one paper prints of it: less, with other spellings, and a line about France below.
const CUT: &str = "\
افتتح وزير النقل المصري كريم المنصوري اليوم ميناء الساحل الجديد بحضور نظيره الاردني وعدد من السفراء ورجال الاعمال.\n
وأوضح الوزير أن الميناء يستقبل مئتي سفينة في الشهر ويربط اسواق المنطقة بخطوط منتظمه، وأنه يوفر آلاف فرص العمل.\n
اقرأ أيضا في عدد الغد من الصحيفة ملحق السياحة: رحلة إلى فرنسا.\n";

/// The dispatch, two copies of it, and another briefing that names the same.
fn copied() -> TestSite {
    two()
        .page("port.md", &named("port", "افتتاح ميناء الساحل", "2024-06-01"), PORT) // the port is opened
        .page("paper.md", &named("paper", "ميناء جديد على الساحل", "2024-06-02"), CUT) // a new port on the coast
        .page("late.md", &named("late", "افتتاح ميناء الساحل", "2024-06-03"), PORT)
}

#[test]
fn copies_count_as_one_briefing_on_every_page() {
    let site = copied().build();
    let chief = "/briefings/2024/06/port/";
    let copies = ["/briefings/2024/06/late/", "/briefings/2024/06/paper/"];
    for page in site.pages() {
        let of_group =
            copies.iter().any(|copy| page.path.starts_with(&copy[1..])) || page.path.starts_with(&chief[1..]);
        for link in page.links("main a") {
            assert!(of_group || !copies.contains(&link.as_str()), "{}: {link}", page.path);
        }
    }
    assert_eq!(
        site.page("countries/jo/index.html").links(LISTED),
        [chief, "/briefings/2024/05/doha/"]
    );
    assert_eq!(site.paths("countries/fr/"), [""; 0]); // what a copy alone names is no page's
    let official = site.page("officials/كريم-المنصوري/index.html");
    assert_eq!(official.links(LISTED), [chief]);
    assert!(
        !official.text("main").contains("3 يونيو"),
        "the office was held on the day of the chief"
    ); // 3 June
    assert_eq!(site.page("archive/2024/06/index.html").text(".count"), "إحاطة واحدة"); // one briefing
    let found = site.0.summary();
    assert_eq!((found.briefings, found.copies), (3, 2));
}

#[test]
fn a_briefing_lists_its_copies_and_they_lead_back_to_it() {
    let site = copied()
        .setting("output.html", "site-url", "'https://example.org/'")
        .build();
    let chief = site.page("briefings/2024/06/port/index.html");
    assert_eq!(
        chief.links(".copies a"),
        ["/briefings/2024/06/late/", "/briefings/2024/06/paper/"]
    );
    assert_eq!(chief.texts(".copies .path"), ["content/late.md", "content/paper.md"]);
    let copy = site.page("briefings/2024/06/paper/index.html");
    assert_eq!(copy.links(".copy-of a"), ["/briefings/2024/06/port/"]);
    assert_eq!(copy.text("h1"), "ميناء جديد على الساحل"); // a new port on the coast
    assert!(copy.text(".body").contains("فرنسا")); // France
    assert_eq!(copy.all(".related, .neighbours, .copies").len(), 0);
    for page in [chief, copy] {
        let canonical = page.one("link[rel=canonical]").attr("href");
        assert_eq!(
            canonical,
            Some("https://example.org/briefings/2024/06/port/"),
            "{}",
            page.path
        );
    }
}

#[test]
fn a_copy_names_its_chief_where_the_site_has_no_address() {
    let site = copied().build();
    let canonical = |path| {
        site.page(path)
            .all("link[rel=canonical]")
            .first()
            .and_then(|link| link.attr("href").map(str::to_owned))
    };
    assert_eq!(canonical("briefings/2024/06/port/index.html"), None);
    assert_eq!(
        canonical("briefings/2024/06/late/index.html").as_deref(),
        Some("/briefings/2024/06/port/")
    );
}

#[test]
fn a_copy_keeps_the_address_it_would_have_alone() {
    let text = |day: u8| format!("بيان مشترك\n\nالقاهرة، {day} يونيو 2024 – {PORT}"); // joint statement
    let site = |copies| {
        TestSite::default()
            .briefing("a.txt", &text(1))
            .briefing("b.txt", &text(2))
            .setting("briefings", "copies", copies)
            .build()
    };
    let (joined, kept) = (site("'join'"), site("'keep'"));
    assert_eq!(joined.paths("briefings/"), kept.paths("briefings/"));
    assert_eq!((joined.0.summary().briefings, kept.0.summary().briefings), (1, 2));
}

#[test]
fn what_a_page_states_of_its_copies_wins_over_what_is_found() {
    let front = |slug, stated| named(slug, "افتتاح ميناء الساحل", "2024-06-01") + stated; // the port is opened
    for (first, second, setting, chiefs) in [
        ("", "", "'join'", 1),
        ("", "\ncopy-of: none", "'join'", 2),
        ("\ncopy-of: none", "", "'join'", 2),
        ("", "\ncopy-of: first", "'keep'", 1),
        ("\ncopy-of: content/second.md", "", "'keep'", 1),
        ("", "\ncopy-of: /briefings/2024/06/first/", "'keep'", 1),
        ("", "", "'keep'", 2),
    ] {
        let site = TestSite::default()
            .page("first.md", &front("first", first), PORT)
            .page("second.md", &front("second", second), PORT)
            .setting("briefings", "copies", setting)
            .build();
        let count = site.0.summary().briefings;
        assert_eq!(count, chiefs, "{first} {second} {setting}");
    }
}

#[test]
fn a_page_that_is_called_the_copy_of_nothing_known_is_told_with_its_place() {
    let page = |slug: &str, stated: &str| named(slug, "لقاء", "2024-06-01") + "\ncopy-of: " + stated; // a meeting
    for (first, second, told) in [
        ("third", "none", "5:10 first: no briefing is called “third”"),
        ("cairo", "none", "5:10 first: “cairo” is the name of 2 briefings"),
        (
            "first",
            "none",
            "5:10 first: the text is made a copy of itself: content/first.md → content/first.md",
        ),
        (
            "second",
            "content/first.md",
            "5:10 first: the text is made a copy of itself: content/first.md → content/second.md → content/first.md",
        ),
    ] {
        let (site, faults) = two()
            .page("again.md", &named("cairo", "لقاء", "2023-05-12"), CAIRO) // a meeting
            .page("first.md", &page("first", first), CAIRO)
            .page("second.md", &page("second", second), DOHA)
            .build_anyway();
        let [fault] = &faults[..] else { panic!("{faults:?}") };
        let (place, file) = (fault.place.expect("a place"), &fault.file);
        let file = file.trim_start_matches("content/").trim_end_matches(".md");
        assert_eq!(
            format!("{}:{} {file}: {}", place.line, place.column, fault.message),
            told
        );
        assert_eq!((fault.found.as_deref(), site.0.copies.len()), (Some(first), 0));
    }
}

// Addresses

#[test]
fn a_text_without_a_date_says_so_and_stands_apart() {
    let text = "أكدت مصر والهند أهمية التعاون بين البلدين في كل المجالات."; // Egypt and India stressed cooperation
    let site = TestSite::default().briefing("cooperation.txt", text).build();
    let [path] = site.paths("briefings/")[..] else { panic!() };
    assert!(path.starts_with("briefings/undated/"), "{path}");
    assert_eq!(site.page(path).text(".kicker"), "بلا تاريخ"); // without a date
    assert_eq!(site.page("archive/undated/index.html").links(LISTED).len(), 1);
    assert_eq!(site.page("archive/index.html").links("main a"), ["/archive/undated/"]);
}

#[test]
fn headlines_alike_in_one_month_are_numbered() {
    let text = |day: u8| {
        format!("بيان مشترك\n\nالقاهرة، {day} مايو 2024 – بحث الوزيران المصري والهندي التعاون بين البلدين.\n")
    }; // joint statement
    let site = TestSite::default()
        .briefing("a.txt", &text(1))
        .briefing("b.txt", &text(2))
        .briefing("c.txt", &text(3))
        .build();
    let folder = "briefings/2024/05/بيان-مشترك";
    let paths = ["-2/index.html", "-3/index.html", "/index.html"].map(|end| format!("{folder}{end}"));
    assert_eq!(site.paths("briefings/"), paths);
}

#[test]
fn an_alias_leads_to_its_page() {
    let front = named("cairo", "لقاء", "2024-05-12") + "\naliases: [/old/address/, 'قديم.html']"; // a meeting, old
    let site = TestSite::default().page("cairo.md", &front, CAIRO).build();
    for path in ["old/address/index.html", "قديم.html"] {
        let page = site.page(path);
        let refresh = page.one("meta[http-equiv=refresh]").attr("content").unwrap_or_default();
        assert_eq!(refresh, "0; url=/briefings/2024/05/cairo/");
        assert_eq!(page.links("main a"), ["/briefings/2024/05/cairo/"]);
    }
}

#[test]
fn two_pages_at_one_address_are_an_error_that_names_both() {
    let (site, faults) = TestSite::default()
        .page("a.md", &named("same", "بيان أول", "2024-05-12"), CAIRO) // a first statement
        .page("b.md", &named("same", "بيان ثان", "2024-05-13"), DOHA) // a second
        .build_anyway();
    let [fault] = &faults[..] else { panic!("{faults:?}") };
    let told = format!("{} {}", fault.file, fault.message);
    assert!(told.contains("content/a.md") && told.contains("content/b.md"), "{told}");
    assert_eq!(site.paths("briefings/").len(), 1);
}

#[test]
fn an_official_of_a_new_name_is_still_found_under_the_old_one() {
    let renamed = "- {id: s-shoukry, ar: سامح شكري, en: Sameh Shoukry, country: EG, formerly: [sameh-shoukry-eg]}";
    let decision = "- {person: s-shoukry, same-as: [sameh-shoukry, أحمد عزت]}"; // Ahmed Ezzat, whom no rule would join
    let site = two()
        .page(
            "amman.md",
            &named("amman", "لقاء ثالث", "2024-06-01"), // a third meeting
            "التقى الوزير أحمد عزت نظيره الأردني.",      // Minister Ahmed Ezzat met his Jordanian counterpart
        )
        .lexicon("officials.yaml", renamed)
        .lexicon("identity.yaml", decision)
        .build();
    let officials = site.paths("officials/");
    for old in ["sameh-shoukry", "sameh-shoukry-eg", "أحمد-عزت"] {
        assert!(
            officials.contains(&format!("officials/{old}/index.html").as_str()),
            "{officials:?}"
        );
        let page = site.source(&format!("officials/{old}/index.html"));
        assert!(page.contains("url=/officials/s-shoukry/"), "{page}");
    }
    let briefings = site.page("officials/s-shoukry/index.html").links(LISTED);
    assert_eq!(briefings, ["/briefings/2024/06/amman/", "/briefings/2024/05/cairo/"]);
}

#[test]
fn a_stop_phrase_of_the_site_names_nobody() {
    let text = "زار الوفد نادي الهند الرياضي"; // the delegation visited the India Sports Club
    let named_in = |site: TestSite| {
        site.page("club.md", &named("club", "زيارة", "2024-06-01"), text)
            .build()
    }; // a visit
    let paths = |site: &Built| site.paths("countries/in/").len();
    assert_eq!(paths(&named_in(TestSite::default())), 1);
    let own = TestSite::default().lexicon("stop-phrases.yaml", "- نادي الهند الرياضي"); // the club's name
    assert_eq!(paths(&named_in(own)), 0);
}

#[test]
fn an_alias_where_a_page_stands_is_an_error_that_names_the_alias_s_page() {
    let front = named("cairo", "لقاء", "2024-05-12") + "\naliases: [/countries/]"; // a meeting
    let (site, faults) = TestSite::default().page("cairo.md", &front, CAIRO).build_anyway();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].file, "content/cairo.md");
    assert!(!site.source("countries/index.html").contains("refresh"));
}

// Words

#[test]
fn counts_take_the_form_of_their_number() {
    for (count, words) in [
        (1, "إحاطة واحدة"), // one briefing
        (2, "إحاطتان"),     // two
        (3, "3 إحاطات"),
        (11, "11 إحاطة"),
        (100, "100 إحاطة"),
    ] {
        let mut site = TestSite::default();
        for number in 0..count {
            let slug = format!("cairo-{number}");
            site = site.page(&format!("{slug}.md"), &named(&slug, "لقاء", "2024-05-12"), CAIRO); // a meeting
        }
        let page = site.build().page("countries/eg/index.html");
        let shown = page.texts(".count span");
        assert_eq!(shown.first().map(String::as_str), Some(words));
    }
}

#[test]
fn dates_and_counts_follow_the_settings() {
    for (key, value, words) in [
        ("numerals", "'arabic-indic'", "١٢ مايو ٢٠٢٤"),
        ("month-names", "'levant'", "12 أيار 2024"),
        ("month-names", "'maghreb'", "12 ماي 2024"),
        ("calendar", "'islamic-umalqura'", "12 مايو 2024 4 ذو القعدة 1445 هـ"),
    ] {
        let page = two()
            .setting("output.html", key, value)
            .build()
            .page("briefings/2024/05/cairo/index.html");
        assert_eq!(page.text(".kicker"), format!("{words} القاهرة"), "{key}");
    }
}

#[test]
fn an_english_interface_runs_from_left_to_right_and_its_arabic_texts_do_not() {
    let site = two().setting("book", "language", "'en'").build();
    let page = site.page("briefings/2024/05/cairo/index.html");
    let html = page.one("html");
    assert_eq!((html.attr("lang"), html.attr("dir")), (Some("en"), Some("ltr")));
    let body = page.one(".body");
    assert_eq!((body.attr("lang"), body.attr("dir")), (Some("ar"), Some("rtl")));
    assert_eq!(page.text(".kicker time"), "12 May 2024");
    assert_eq!(page.texts(".named .countries a"), ["India", "Egypt"]);
    assert_eq!(site.page("countries/eg/index.html").text(".other"), "مصر"); // Egypt
}

#[test]
fn an_english_briefing_on_an_arabic_site_runs_from_left_to_right() {
    let text = "CAIRO, May 12, 2024 - Egypt and India agreed on Sunday to widen their cooperation in trade.\n";
    let site = TestSite::default().briefing("a.txt", text).build();
    let page = site.page(site.paths("briefings/")[0]);
    for selector in ["h1", ".body"] {
        let element = page.one(selector);
        assert_eq!(
            (element.attr("lang"), element.attr("dir")),
            (Some("en"), Some("ltr")),
            "{selector}"
        );
    }
    assert_eq!(page.links(".named .countries a"), ["/countries/eg/", "/countries/in/"]);
}

#[test]
fn an_index_is_sorted_by_the_word_after_the_article() {
    // Jordan, Iran, Bahrain, Egypt and Tunisia met
    let text = "القاهرة، 12 مايو 2024 – اجتمع ممثلو الأردن وإيران والبحرين ومصر وتونس يوم الأحد.";
    let site = TestSite::default().briefing("a.txt", text).build();
    let page = site.page("countries/index.html");
    assert_eq!(page.texts(".register h2"), ["ا", "ب", "ت", "م"]);
    assert_eq!(
        page.links(".register a"),
        [
            "/countries/jo/",
            "/countries/ir/",
            "/countries/bh/",
            "/countries/tn/",
            "/countries/eg/"
        ]
    );
    assert_eq!(page.links(".letters a").len(), 4);
}

#[test]
fn emphasis_beside_arabic_punctuation_is_emphasis() {
    let page = TestSite::default()
        .page("a.md", &named("a", "بيان", "2024-05-12"), "**الرياض،**واس: عقد اجتماع.") // Riyadh, SPA: a meeting
        .build()
        .page("briefings/2024/05/a/index.html");
    assert_eq!(page.text(".body strong"), "الرياض،");
}

// What is always so

#[test]
fn a_site_without_texts_has_all_its_ways_in() {
    let site = TestSite::default().build();
    assert_eq!(site.paths("briefings/"), [""; 0]);
    let home = site.page("index.html");
    assert_eq!(home.text("h1"), "إحاطات صحفية"); // press briefings
    assert_eq!(home.text("main"), "لا إحاطات بعد."); // no briefings yet
    for page in site.pages() {
        for link in page.links("nav a, .figures a, .colophon a") {
            assert!(stands(&site, &link), "{}: {link}", page.path);
        }
    }
}

#[test]
fn script_in_a_text_a_title_a_name_or_a_post_stays_text() {
    let site = hostile();
    let mut shown = 0;
    for page in site.pages() {
        assert_eq!(page.inline_code(), [""; 0], "{}", page.path);
        shown += usize::from(text(page.one("body")).contains("alert(1)"));
    }
    assert!(shown >= 4, "{shown}"); // as words, they are still there
}

/// A site of people who would run their script on it.
fn hostile() -> Built {
    let raw = "\
<script>alert(1)</script> \"' onload=alert(1) بيان\n
القاهرة، 12 مايو 2024 – بحث وزير الخارجية المصري <img src=x onerror=alert(1)> سامح شكري التعاون مع الهند.\n
<a href=\"javascript:alert(1)\">x</a> [اقرأ](javascript:alert(1)) ![x](data:text/html,alert(1))\n
<svg onload=alert(1)> </style></title><script>alert(1)</script>\n
— \"><script>alert(1)</script> (@alert) July 24, 2023\n";
    let body = "\
<script>alert(1)</script> بحث وزير النقل المصري كريم المنصوري التعاون.\n
[a](javascript:alert(1)) <a href=\" jAvascript:alert(1)\" onclick=alert(1)>b</a> <img src=x onerror=alert(1)>\n
[c](<java\tscript:alert(1)>) [d](data:text/html;base64,PHN2Zz4=) ![e](javascript:alert(1))\n
<iframe srcdoc='<script>alert(1)</script>'></iframe><style>*{}</style><p style='color:red'>f</p>\n
<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>g</button></form>\n
<svg><a xlink:href='javascript:alert(1)'><text>h</text></a></svg><base href='//example.org/'>\n
> i\n>\n> — \"onmouseover=alert(1) (@x) July 24, 2023\n";
    let front = "\
title: '\"><script>alert(1)</script><img src=x onerror=alert(1)>'
summary: '</p><script>alert(1)</script>'
slug: '\"><script>alert(1)</script>'
date: 2024-05-14
officials: ['\"><script>alert(1)</script>']
aliases: ['/\"><script>alert(1)/']";
    let lexicon = "- id: EG\n  ar: مصر<script>alert(1)</script>\n  en: '\"onload=\"alert(1)'\n";
    let (site, _) = TestSite::default()
        .briefing("\"><script>alert(1)<.txt", raw)
        .page("b.md", front, body)
        .lexicon("countries.yaml", lexicon)
        .setting("book", "title", "'\"><script>alert(1)</script>'")
        .setting("book", "description", "'\"><script>alert(1)</script>'")
        .setting("book", "authors", "['\"><script>alert(1)</script>']")
        .build_anyway();
    site
}

/// Whether a link leads to a file of the site.
fn stands(site: &Built, link: &str) -> bool {
    let path = decoded(link.split('#').next().unwrap_or(link));
    let path = path.trim_start_matches('/');
    let file = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    site.0.render(&file).is_some()
}

#[test]
fn at_home_the_kingdom_and_a_bare_minister_are_its_own() {
    let text = "قال وزير المياه سمير النجار إن المملكة تدعم مشروعات التحلية."; // the Minister of Water: the Kingdom supports
    let abroad = TestSite::default().briefing("a.txt", text).build();
    assert_eq!(abroad.paths("countries/sa/"), [""; 0]);

    let home = TestSite::default()
        .briefing("a.txt", text)
        .setting("briefings", "home-country", "\"SA\"")
        .build();
    assert_eq!(home.paths("countries/sa/"), ["countries/sa/index.html"]);
    let official = home.page("officials/سمير-النجار/index.html");
    assert!(official.links("main a").contains(&"/countries/sa/".to_owned()));
}

#[test]
fn an_id_that_nothing_has_is_told_with_its_place() {
    let (_, faults) = TestSite::default()
        .page("a.md", "countries: [EG, ZZ]", "نص عن مصر.")
        .build_anyway(); // of Egypt
    let place = faults[0].place.map(|place| (place.line, place.column));
    assert_eq!((faults[0].found.as_deref(), place), (Some("ZZ"), Some((2, 17))));
}

// Markup

#[test]
fn one_page_of_each_kind() {
    let site = two().build();
    for (name, path) in [
        ("home", "index.html"),
        ("briefing", "briefings/2024/05/cairo/index.html"),
        ("country", "countries/in/index.html"),
        ("official", "officials/sameh-shoukry/index.html"),
        ("index", "countries/index.html"),
        ("archive", "archive/index.html"),
        ("month", "archive/2024/05/index.html"),
        ("not_found", "404.html"),
    ] {
        insta::assert_snapshot!(name, site.main(path));
    }
}

#[test]
fn a_briefing_with_copies_and_one_of_them() {
    let site = copied().build();
    for (name, path) in [
        ("copied", "briefings/2024/06/port/index.html"),
        ("copy", "briefings/2024/06/paper/index.html"),
    ] {
        insta::assert_snapshot!(name, site.main(path));
    }
}

#[test]
fn an_official_is_stated_by_words_not_by_marks() {
    let front = format!("{}\nofficials: [سامح شكري, ؟]", named("cairo", "لقاء", "2024-05-12")); // Sameh Shoukry; a meeting
    let (site, diagnostics) = TestSite::default().page("cairo.md", &front, CAIRO).build_anyway();
    let told: Vec<&str> = diagnostics.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(told, ["no official has the id “؟”"]);
    assert_eq!(
        site.page("officials/index.html").links(".register a"),
        ["/officials/sameh-shoukry/"]
    );
}

#[test]
fn the_site_tells_how_well_it_was_read_and_what_editors_upheld() {
    let text = "زار الوزير مصر والهند وقطر."; // the minister visited Egypt, India and Qatar
    let site = TestSite::default()
        .page(
            "a.md",
            "title: أ\ndate: 2024-05-12\ncountries: [EG, IN, FR]\nreview: done",
            text,
        )
        .page(
            "b.md",
            "title: ب\ndate: 2024-05-13\ncountries: [EG]\nreview: auto",
            text,
        ) // not reviewed, not counted
        .build();
    let about = site.main("about/index.html");
    assert!(about.contains("ما أقره المحررون"), "{about}"); // what editors have upheld
    assert!(
        about.contains("<th scope=\"row\">الدول</th><td class=\"num\">2 من 4</td>"),
        "{about}"
    ); // countries, 2 of 4
    assert!(about.contains("المسؤولون بمناصبهم ودولهم"), "{about}"); // officials with title and country
    let unreviewed = TestSite::default().briefing("a.txt", text).build();
    assert!(!unreviewed.main("about/index.html").contains("ما أقره المحررون"));
}
