//! The program as people run it, each test in a folder of its own.
#![allow(
    clippy::disallowed_methods,
    reason = "tests lay out folders and look at what came of them"
)]
#![cfg(test)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::time::SystemTime;

use support::folder::Folder;

/// The Egyptian foreign minister discussed cooperation with India in Cairo.
const CAIRO: &str = "القاهرة، 12 مايو 2024 – بحث وزير الخارجية المصري سامح شكري سبل التعاون مع الهند.\n";

/// The Qatari foreign minister discussed peace with Jordan in Doha.
const DOHA: &str = "الدوحة، 13 مايو 2024 – بحث وزير الخارجية القطري سبل السلام مع الأردن.\n";

const TEXTS: [(&str, &str); 2] = [("cairo.txt", CAIRO), ("doha.txt", DOHA)];

/// When each file of a tree was last written.
fn times(folder: &Folder, path: &str) -> BTreeMap<String, SystemTime> {
    let time = |file: &String| fs::metadata(folder.path(path).join(file)).unwrap().modified().unwrap();
    folder
        .tree(path)
        .keys()
        .map(|file| (file.clone(), time(file)))
        .collect()
}

/// The paths of the briefings of a built site.
fn briefings(folder: &Folder) -> Vec<String> {
    folder
        .tree("public")
        .into_keys()
        .filter(|path| path.starts_with("briefings/"))
        .collect()
}

#[test]
fn a_new_site_builds_at_once() {
    let folder = Folder::new();
    assert!(folder.run_well(&["init", "press"]).contains("bayan -C press build"));
    let out = folder.run_well(&["-C", "press", "build"]);
    assert!(out.starts_with("1 briefing, naming "), "{out}");
    assert!(out.contains("bayan -C press serve"), "{out}");
    assert!(folder.exists("press/public/index.html"));
}

#[test]
fn a_new_site_is_never_made_over_files() {
    let folder = Folder::new();
    folder.write("notes.txt", "mine");
    folder.run_ill(&["init"], 1, "the folder is not empty");
    folder.run_ill(&["init", "notes.txt"], 1, "error: ");
    assert_eq!(folder.tree(".").len(), 1);
}

#[test]
fn a_repository_without_files_takes_a_new_site() {
    let folder = Folder::new();
    folder.write(".git/HEAD", "ref: refs/heads/main\n");
    folder.run_well(&["init"]);
    assert!(folder.exists("book.toml"));
}

#[test]
fn a_folder_without_a_site_is_told_how_to_get_one() {
    Folder::new().run_ill(
        &["build"],
        1,
        "hint: go to the site's folder, name it with -C, or make a site with `bayan init`",
    );
}

#[test]
fn a_command_that_is_not_understood_exits_with_two() {
    for arguments in [
        &["publish"][..],
        &["build", "--fast"],
        &["build", "--site-url", "press"],
        &["entities", "--kind", "planet"],
        &[],
    ] {
        assert_eq!(Folder::new().run(arguments).status, 2, "{arguments:?}");
    }
}

#[test]
fn help_shows_examples() {
    for command in ["init", "build", "serve", "import", "explain", "entities", "lexicon"] {
        assert!(
            Folder::new().run_well(&[command, "--help"]).contains("Example"),
            "{command}"
        );
    }
}

#[test]
fn a_second_build_writes_nothing() {
    let folder = Folder::site(&TEXTS);
    folder.run_well(&["build"]);
    let (tree, before) = (folder.tree("public"), times(&folder, "public"));
    let out = folder.run_well(&["build"]);
    assert!(out.contains(": 0 written, 0 removed"), "{out}");
    assert_eq!(folder.tree("public"), tree);
    assert_eq!(times(&folder, "public"), before);
}

/// A dispatch of enough words to have copies: the ministry opened a port, and what will be built there next.
const DISPATCH: &str = "\
افتتحت وزارة النقل اليوم ميناء الساحل الجديد بحضور عدد من السفراء ورجال الأعمال وممثلي شركات الملاحة.\n
وأوضحت الوزارة أن المرحلة الثانية تشمل رصيفين للحاويات ومنطقة للصناعات الخفيفة ومركزا لتدريب البحارة.\n";

/// The files that the program keeps of what texts gave, with their bytes.
fn caches(folder: &Folder) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder.cache()).unwrap();
    entries.map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect()
}

#[test]
fn a_build_of_texts_that_were_read_before_is_the_same_in_every_byte() {
    let folder = Folder::site(&TEXTS);
    folder.run_well(&["build", "--no-cache"]);
    assert!(caches(&folder).is_empty());
    let anew = folder.tree("public");
    for _ in 0..2 {
        folder.run_well(&["build", "-d", "again"]);
        assert_eq!(folder.tree("again"), anew);
        fs::remove_dir_all(folder.path("again")).unwrap();
        assert_eq!(caches(&folder).len(), 1);
    }
}

#[test]
fn a_cache_that_is_garbled_or_cannot_be_written_changes_nothing_of_the_site() {
    let folder = Folder::site(&TEXTS);
    folder.run_well(&["build", "--no-cache"]);
    let anew = folder.tree("public");
    folder.run_well(&["build"]);
    for entry in fs::read_dir(folder.cache()).unwrap() {
        let place = entry.unwrap().path();
        let mut bytes = fs::read(&place).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle..].reverse();
        fs::write(place, bytes).unwrap();
    }
    folder.run_well(&["build"]);
    assert_eq!(folder.tree("public"), anew);
    fs::remove_dir_all(folder.cache()).unwrap();
    fs::write(folder.cache(), "").unwrap();
    let ran = folder.run(&["build"]);
    assert!(ran.status == 0 && ran.err.contains("BAYAN_CACHE_DIR"), "{ran:?}");
    assert_eq!(folder.tree("public"), anew);
}

#[test]
fn two_builds_at_once_share_a_cache() {
    let folder = Folder::site(&TEXTS);
    let spawn = |output| {
        folder
            .command()
            .args(["--quiet", "build", "-d", output])
            .spawn()
            .unwrap()
    };
    let running = ["one", "other"].map(spawn);
    for mut build in running {
        assert!(build.wait().unwrap().success());
    }
    assert_eq!(folder.tree("one"), folder.tree("other"));
    assert_eq!(caches(&folder).len(), 1);
    folder.run_well(&["build", "-d", "third"]);
    assert_eq!(folder.tree("one"), folder.tree("third"));
}

#[test]
fn copies_are_told_by_build_and_explain() {
    let folder = Folder::site(&[("2024-06-01.txt", DISPATCH), ("paper/2024-06-02.txt", DISPATCH)]);
    let out = folder.run_well(&["build"]);
    assert!(
        out.starts_with("1 briefing, ") && out.contains("\n1 text is a copy of another\n"),
        "{out}"
    );
    for (file, told) in [
        (
            "seeds/2024-06-01.txt",
            "copies seeds/paper/2024-06-02.txt (100 in 100 runs of three words are the same)\n",
        ),
        (
            "seeds/paper/2024-06-02.txt",
            "copy   of seeds/2024-06-01.txt (100 in 100 runs of three words are the same)\n",
        ),
    ] {
        let out = folder.run_well(&["explain", file]);
        assert!(out.contains(told), "{out}");
    }
}

#[test]
fn two_builds_are_the_same_in_every_byte() {
    let folder = Folder::site(&TEXTS);
    folder.run_well(&["build", "-d", "one"]);
    folder
        .command()
        .env("RAYON_NUM_THREADS", "1")
        .args(["build", "-d", "two"])
        .output()
        .unwrap();
    assert_eq!(folder.tree("one"), folder.tree("two"));
}

#[test]
fn an_edit_rewrites_only_what_it_changes() {
    let folder = Folder::site(&TEXTS);
    folder.run_well(&["build"]);
    let before = folder.tree("public");
    folder.write("seeds/doha.txt", format!("{DOHA}\nوأكد الوزير أن الحوار مستمر.\n")); // the dialogue goes on
    let out = folder.run_well(&["build"]);
    assert!(out.contains(": 1 written"), "{out}");
    let after = folder.tree("public");
    let changed: Vec<&String> = before
        .keys()
        .filter(|path| before.get(*path) != after.get(*path))
        .collect();
    assert!(
        matches!(changed[..], [_, page] if page.starts_with("briefings/2024/05/")),
        "{changed:?}"
    );
}

#[test]
fn what_others_put_into_the_output_stays() {
    let folder = Folder::site(&TEXTS);
    folder.run_well(&["build"]);
    folder.write("public/robots.txt", "mine");
    folder.write("public/briefings/notes/mine.txt", "mine");
    fs::remove_file(folder.path("seeds/doha.txt")).unwrap();
    folder.run_well(&["build"]);
    assert_eq!(folder.read("public/robots.txt"), "mine");
    assert_eq!(folder.read("public/briefings/notes/mine.txt"), "mine");
}

#[test]
fn a_file_of_others_is_never_written_over() {
    let folder = Folder::site(&TEXTS[..1]);
    folder.run_well(&["build"]);
    folder.write("public/style-of-mine.css", "theirs");
    folder.write("static/style-of-mine.css", "ours");
    folder.run_ill(&["build"], 1, "--> public/style-of-mine.css");
    assert_eq!(folder.read("public/style-of-mine.css"), "theirs");
    fs::remove_file(folder.path("public/style-of-mine.css")).unwrap();
    folder.run_well(&["build"]);
    assert_eq!(folder.read("public/style-of-mine.css"), "ours");
}

#[test]
fn a_page_of_a_text_that_is_gone_is_removed_with_its_folders() {
    let folder = Folder::site(&TEXTS);
    folder.run_well(&["build"]);
    fs::remove_file(folder.path("seeds/doha.txt")).unwrap();
    fs::remove_file(folder.path("seeds/cairo.txt")).unwrap();
    folder.write("seeds/other.txt", CAIRO.replace("2024", "2023"));
    folder.run_well(&["build"]);
    assert_eq!(briefings(&folder).len(), 1);
    assert!(!folder.exists("public/briefings/2024"));
}

#[test]
fn a_page_that_is_gone_stays_where_someone_has_changed_it() {
    let folder = Folder::site(&TEXTS[..1]);
    folder.run_well(&["build"]);
    let page = format!("public/{}", briefings(&folder)[0]);
    folder.write(&page, "edited by hand");
    folder.write("seeds/cairo.txt", CAIRO.replace("2024", "2023"));
    let ran = folder.run(&["build"]);
    assert!(ran.status == 0 && ran.err.contains("someone has changed it"), "{ran:?}");
    assert_eq!(folder.read(&page), "edited by hand");
    folder.run_well(&["build"]);
    assert_eq!(folder.read(&page), "edited by hand");
}

#[test]
fn a_page_that_someone_has_changed_or_removed_is_made_good() {
    let folder = Folder::site(&TEXTS);
    folder.run_well(&["build"]);
    let tree = folder.tree("public");
    let pages = briefings(&folder);
    folder.write(&format!("public/{}", pages[0]), "edited by hand");
    fs::remove_file(folder.path("public").join(&pages[1])).unwrap();
    assert!(folder.run_well(&["build"]).contains(": 2 written"));
    assert_eq!(folder.tree("public"), tree);
}

#[test]
fn a_build_that_was_stopped_is_taken_up_by_the_next() {
    let folder = Folder::site(&TEXTS);
    folder.run_well(&["build", "-d", "whole"]);
    let whole = folder.tree("whole");
    let manifest = String::from_utf8(whole[".bayan-manifest.json"].clone()).unwrap();
    let page = whole.keys().find(|path| path.starts_with("briefings/")).unwrap();
    // As it stands after a stop: one page in place and noted, one half-written, no manifest.
    let entry = manifest.lines().find(|line| line.contains(page.as_str())).unwrap();
    let (path, entry) = entry.trim_end_matches(',').split_once("\":{").unwrap();
    folder.write("public/.bayan-journal", format!("[{path}\",{{{entry}]\n[\"cut off"));
    folder.write(&format!("public/{page}"), &whole[page]);
    folder.write("public/briefings/.bayan-tmp-7", "half a pa");
    let out = folder.run_well(&["build"]);
    assert!(out.contains(&format!(": {} written", whole.len() - 2)), "{out}");
    assert_eq!(folder.tree("public"), whole);
}

#[test]
fn a_folder_that_no_build_made_is_refused() {
    let folder = Folder::site(&TEXTS);
    folder.write("public/index.html", "mine");
    folder.run_ill(&["build"], 1, "the folder is not empty, and no earlier build made it");
    assert_eq!(folder.tree("public").len(), 1);
}

#[test]
fn a_site_is_not_written_over_its_sources_nor_over_what_holds_them() {
    let folder = Folder::site(&TEXTS);
    for place in [".", "seeds", "seeds/public", "content", "..", "/"] {
        let before = folder.tree(".");
        folder.run_ill(&["build", "-d", place], 1, "the site cannot be written there");
        assert_eq!(folder.tree("."), before, "{place}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_the_output_is_not_followed() {
    let folder = Folder::site(&TEXTS);
    folder.write("elsewhere/mine.txt", "mine");
    folder.run_well(&["build"]);
    fs::remove_dir_all(folder.path("public/briefings")).unwrap();
    std::os::unix::fs::symlink(folder.path("elsewhere"), folder.path("public/briefings")).unwrap();
    folder.run_ill(&["build"], 1, "--> public/briefings\n");
    assert_eq!(folder.tree("elsewhere").len(), 1);
}

#[test]
fn a_broken_text_costs_one_page() {
    let folder = Folder::site(&TEXTS);
    folder.write("seeds/broken.txt", [0u8, 1, 2, 3]);
    folder.write("seeds/empty.txt", " \n");
    let ran = folder.run_ill(&["build"], 1, "error: the file is empty\n  --> seeds/empty.txt\n");
    assert!(ran.err.ends_with("2 errors\n"), "{}", ran.err);
    assert_eq!(briefings(&folder).len(), 2);
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_are_named_once() {
    let folder = Folder::site(&TEXTS);
    std::os::unix::fs::symlink(folder.path("seeds"), folder.path("seeds/again")).unwrap();
    let ran = folder.run(&["build"]);
    assert!(ran.status == 0 && ran.err.ends_with("1 warning\n"), "{ran:?}");
    assert_eq!(briefings(&folder).len(), 2);
}

#[test]
fn a_text_in_another_format_is_named_and_a_picture_is_not() {
    let folder = Folder::site(&TEXTS);
    folder.write("seeds/statement.docx", "PK");
    folder.write("seeds/photo.jpg", "JFIF");
    folder.write("seeds/.cairo.txt.swp", "vim");
    let ran = folder.run(&["build"]);
    assert!(ran.status == 0 && ran.err.ends_with("1 warning\n"), "{ran:?}");
    assert!(ran.err.contains("--> seeds/statement.docx"), "{ran:?}");
}

#[test]
fn a_text_longer_than_any_briefing_is_named() {
    let folder = Folder::site(&TEXTS);
    folder.write("seeds/archive.txt", CAIRO.repeat(100_000));
    folder.run_ill(&["build"], 1, "it is longer than 8 MiB");
    assert_eq!(briefings(&folder).len(), 2);
}

#[test]
fn paths_may_hold_spaces_and_arabic() {
    let folder = Folder::new();
    folder.write("موقع الوزارة/seeds/إحاطة صحفية.txt", CAIRO); // the ministry's site, a press briefing
    let out = folder.run_well(&["-C", "موقع الوزارة", "build", "-d", "الموقع المنشور"]);
    assert!(out.contains("bayan -C 'موقع الوزارة' serve"), "{out}");
    assert!(folder.exists("الموقع المنشور/index.html"));
}

#[test]
fn links_follow_the_address_of_the_site() {
    let folder = Folder::site(&TEXTS[..1]);
    folder.run_well(&["build", "--site-url", "https://example.org/press/"]);
    assert!(
        folder
            .read(&format!("public/{}", briefings(&folder)[0]))
            .contains("/press/")
    );
}

#[test]
fn quiet_says_only_what_is_wrong() {
    let folder = Folder::site(&TEXTS);
    assert_eq!(folder.run_well(&["build", "--quiet"]), "");
}

#[test]
fn a_page_is_imported_once_and_never_written_over_when_done() {
    let folder = Folder::site(&TEXTS);
    assert!(folder.run_well(&["import"]).contains("wrote    content/cairo.md"));
    assert!(
        folder
            .run_well(&["import"])
            .contains("2 texts: 0 written, 2 as they were")
    );
    let page = folder.read("content/cairo.md");
    assert!(
        page.contains("review: auto") && page.contains("seeds/cairo.txt"),
        "{page}"
    );
    let done = page.replace("review: auto", "review: done");
    folder.write("content/cairo.md", &done);
    folder.write("seeds/cairo.txt", CAIRO.replace("2024", "2023"));
    folder.write("seeds/doha.txt", DOHA.replace("2024", "2023"));
    let out = folder.run_well(&["import"]);
    assert!(out.contains("kept     content/cairo.md (reviewed)"), "{out}");
    assert!(out.contains("rewrote  content/doha.md"), "{out}");
    assert_eq!(folder.read("content/cairo.md"), done);
    assert!(folder.read("content/doha.md").contains("2023-05-13"));
}

#[test]
fn imported_pages_name_whom_their_texts_did() {
    let folder = Folder::site(&TEXTS);
    let named = |folder: &Folder| -> Vec<String> {
        let table = folder.run_well(&["entities", "--named"]);
        table
            .lines()
            .filter_map(|line| line.split_whitespace().nth(1))
            .map(str::to_owned)
            .collect()
    };
    let of_texts = named(&folder);
    folder.run_well(&["import"]);
    assert_eq!(named(&folder), of_texts);
}

#[test]
fn a_page_that_cannot_be_understood_is_never_written_over() {
    let folder = Folder::site(&TEXTS);
    let broken = "---\nreview: perhaps\n---\nmine\n";
    folder.write("content/cairo.md", broken);
    folder.run_ill(&["import", "seeds/cairo.txt"], 1, "--> content/cairo.md");
    assert_eq!(folder.read("content/cairo.md"), broken);
    assert!(!folder.exists("content/doha.md"));
}

#[test]
fn only_texts_of_the_site_are_imported() {
    let folder = Folder::site(&TEXTS);
    folder.write("other.txt", CAIRO);
    folder.run_ill(&["import", "other.txt"], 1, "no raw text is there");
    folder.run_ill(&["import", "missing.txt"], 1, "error: ");
    assert!(!folder.exists("content"));
}

#[test]
fn an_explanation_marks_mentions_and_gives_reasons() {
    let folder = Folder::site(&TEXTS);
    let out = folder.run_well(&["explain", "seeds/cairo.txt"]);
    for words in ["[المصري|EG]", "country   EG", "adjective", "2024-05-12", "[الهند|IN]"] {
        assert!(out.contains(words), "{words}\n{out}"); // Egyptian, India
    }
    assert!(!out.contains('\u{1b}'), "colours in a pipe");
}

#[test]
fn a_text_of_no_site_is_explained() {
    let folder = Folder::new();
    folder.write("a.txt", CAIRO);
    assert!(folder.run_well(&["explain", "a.txt"]).contains("[الهند|IN]")); // India
    folder.run_ill(&["explain", "b.txt"], 1, "it does not exist");
}

#[test]
fn entities_are_listed_for_people_and_programs() {
    let folder = Folder::site(&TEXTS);
    let out = folder.run_well(&["entities", "--kind", "country", "--named"]);
    let ids: Vec<&str> = out
        .lines()
        .skip(1)
        .filter_map(|line| line.split_whitespace().nth(1))
        .collect();
    assert_eq!(ids, ["EG", "IN", "JO", "QA"]);
    let out = folder.run_well(&["entities", "--kind", "country", "--format", "json"]);
    let listed: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
    assert!(listed.len() > 240);
    let named = |id: &str| listed.iter().find(|entity| entity["id"] == id).unwrap()["briefings"].clone();
    assert_eq!((named("IN"), named("FR")), (1.into(), 0.into()));
}

/// Dispatches that leave open who is who: a name in two countries, one in two spellings, a surname alone.
const UNSURE: [(&str, &str); 5] = [
    (
        "1.txt",
        "عمّان، 1 مايو 2024 – قال وزير الخارجية الأردني ماهر السعداوي إن المحادثات مثمرة.\n",
    ),
    (
        "2.txt",
        "القاهرة، 2 مايو 2024 – قال وزير الصحة المصري ماهر السعداوي إن المستشفى جاهز.\n",
    ),
    (
        "3.txt",
        "موسكو، 3 مايو 2024 – قال وزير الطاقة الروسي غريغوري ماليكوف إن الإنتاج مستقر.\n",
    ),
    (
        "4.txt",
        "موسكو، 4 مايو 2024 – قال وزير الطاقة الروسي جريجوري مالكوف إن الأسعار مستقرة.\n",
    ),
    (
        "5.txt",
        "موسكو، 5 مايو 2024 – قال وزير الطاقة الروسي غريغوري ماليكوف إن العقد وقع.\n",
    ),
];

/// What is unsure, by kind, with the lines that go into the site's identity.yaml.
fn doubts(folder: &Folder) -> Vec<(String, Vec<String>)> {
    let out = folder.run_well(&["entities", "--ambiguous", "--format", "json"]);
    let doubts: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
    let line = |answer: &serde_json::Value| answer["line"].as_str().unwrap().to_owned();
    let decision = |answer: &&serde_json::Value| answer["file"] == "lexicon/identity.yaml";
    let of = |doubt: &serde_json::Value| {
        let answers = doubt["answers"].as_array().unwrap();
        let lines = answers.iter().filter(decision).map(line).collect();
        (doubt["kind"].as_str().unwrap().to_owned(), lines)
    };
    doubts.iter().map(of).collect()
}

#[test]
fn what_is_unsure_is_listed_with_the_line_that_settles_it() {
    let folder = Folder::site(&UNSURE);
    let listed = doubts(&folder);
    let kinds: Vec<&str> = listed.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["near-names", "joined-by-sound"]);
    let text = folder.run_well(&["entities", "--ambiguous"]);
    assert!(
        text.contains("in seeds/2.txt, seeds/1.txt") && text.ends_with("2 doubts\n"),
        "{text}"
    );
    for answer in 0..2 {
        let lines: Vec<&str> = listed.iter().map(|(_, lines)| lines[answer].as_str()).collect();
        folder.write("lexicon/identity.yaml", lines.join("\n"));
        assert_eq!(doubts(&folder), [], "{lines:?}");
    }
    assert_eq!(folder.run_well(&["entities", "--ambiguous"]), "Nothing is in doubt.\n");
}

#[test]
fn what_is_unsure_of_texts_is_listed_too() {
    let folder = Folder::site(&[
        // The Jordanian foreign minister Maher Khalidi met the oil minister Karim Khalidi; then Khalidi alone is named.
        (
            "1.txt",
            "العقبة، 1 مايو 2024 – استقبل وزير الخارجية الأردني ماهر الخالدي وزير النفط كريم الخالدي.\n",
        ),
        (
            "2.txt",
            "عمّان، 2 مايو 2024 – استقبل وزير الخارجية الأردني الخالدي وفدا زائرا.\n",
        ),
    ]);
    let kinds: Vec<String> = doubts(&folder).into_iter().map(|(kind, _)| kind).collect();
    for kind in ["surname-alone", "shared-surname", "no-country"] {
        assert!(kinds.iter().any(|known| known == kind), "{kinds:?}");
    }
}

const RESULT: &str = "\
person,nameAr,nameEn,aliasesAr,aliasesEn,sex,country,position,positionAr,positionEn,start,end
http://www.wikidata.org/entity/Q1,لانا الورداني,Lana Wardani,,,,JO,http://www.wikidata.org/entity/Q2,,Minister of Foreign Affairs of Jordan,2020-03-01T00:00:00Z,
http://www.wikidata.org/entity/Q3,سامر حلمي,Samer Helmi,,,,JO,http://www.wikidata.org/entity/Q4,,Chief Beekeeper of Jordan,,
";

#[test]
fn holders_of_office_are_imported_once_and_found_in_texts() {
    let folder = Folder::site(&[("a.txt", "عمّان، 1 مايو 2024 – وصلت لانا الورداني أمس.\n")]); // Lana Wardani arrived
    folder.write(
        "lexicon/officials.yaml",
        "# mine\n- {id: x-y, ar: س ص, en: X Y} # and this\n",
    );
    folder.write("result.csv", RESULT);
    let out = folder.run_well(&["lexicon", "import", "result.csv"]);
    let told = "added    lana-wardani\nskipped  Chief Beekeeper of Jordan (1 row: no office of the lexicon)\n\
        lexicon/officials.yaml: 1 person added, 0 known already\n";
    assert_eq!(out, told);
    let file = folder.read("lexicon/officials.yaml");
    assert!(
        file.starts_with("# mine\n- {id: x-y, ar: س ص, en: X Y} # and this\n\n- id: lana-wardani\n"),
        "{file}"
    );
    let again = folder.run_well(&["lexicon", "import", "result.csv"]);
    assert!(again.ends_with("0 people added, 1 known already\n"), "{again}");
    assert_eq!(folder.read("lexicon/officials.yaml"), file);
    assert!(
        folder
            .run_well(&["entities", "--kind", "official", "--named"])
            .contains("lana-wardani")
    );
}

#[test]
fn a_result_that_cannot_be_read_changes_nothing() {
    let folder = Folder::site(&TEXTS);
    folder.write("page.html", "<html>");
    folder.run_ill(&["lexicon", "import", "page.html"], 1, "--> page.html:1:1");
    folder.run_ill(&["lexicon", "import", "none.csv"], 1, "it does not exist");
    folder.write("result.csv", RESULT);
    folder.write("lexicon/officials.yaml", b"\xFF\xFE not UTF-8".as_slice());
    folder.run_ill(&["lexicon", "import", "result.csv"], 1, "the file is not UTF-8");
    assert_eq!(folder.tree("lexicon").values().next().unwrap(), b"\xFF\xFE not UTF-8");
    folder.write("lexicon/officials.yaml", "[]\n");
    folder.run_ill(&["lexicon", "import", "result.csv"], 1, "--> lexicon/officials.yaml");
    assert_eq!(folder.read("lexicon/officials.yaml"), "[]\n");
}

#[test]
fn a_reader_who_goes_away_is_no_fault() {
    let folder = Folder::site(&TEXTS);
    let mut command = folder.command();
    let mut child = command
        .arg("entities")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[test]
fn gold_is_scored_by_kind_rule_and_document_and_mistakes_are_written() {
    let folder = Folder::new();
    folder.write(
        "gold.jsonl",
        format!(
            "{}\n",
            serde_json::json!({"id": "cairo", "text": CAIRO, "countries": ["EG", "JO"]})
        ),
    );
    let out = folder.run_well(&["eval", "gold.jsonl", "--errors", "mistakes.tsv"]);
    assert!(
        out.contains("countries, by document  2     2      1      50.00"),
        "{out}"
    );
    assert!(
        folder
            .read("mistakes.tsv")
            .contains("cairo\tcountries, by document\tmissed\tJO")
    );
    assert!(
        folder
            .run_well(&["eval", "gold.jsonl", "--by", "document"])
            .contains("cairo")
    );
    let json = folder.run_well(&["eval", "gold.jsonl", "--format", "json"]);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&json).unwrap()[0]["recall"],
        50.0
    );
}

#[test]
fn gold_that_cannot_be_read_is_told_with_its_line() {
    let folder = Folder::new();
    folder.write("gold.jsonl", "{\"id\": \"a\", \"text\": \"b\"}\nnonsense\n");
    let ran = folder.run_ill(&["eval", "gold.jsonl"], 1, "this is no gold document");
    assert!(ran.err.contains("gold.jsonl:2:"), "{ran:?}");
    folder.run_ill(&["eval", "missing.jsonl"], 1, "it does not exist");
}
