//! The preview as browsers and editors meet it: the program runs in a folder of the test's own.
#![allow(
    clippy::disallowed_methods,
    reason = "tests lay out folders and change what lies in them"
)]
#![cfg(test)]

mod support;

use std::fs::{self, File};
use std::io::Write as _;

use support::folder::Folder;
use support::server::Server;

/// A reviewed page: the title is "Talks in Cairo".
fn page(body: &str) -> String {
    format!("---\ntitle: محادثات في القاهرة\nslug: talks\ndate: 2024-05-12\n---\n\n{body}\n")
}

/// The same page as people look at it.
const TALKS: &str = "/briefings/2024/05/talks/";

/// A site of one reviewed page and one raw text: a minister met his counterpart in Doha.
fn site() -> Folder {
    let folder = Folder::site(&[(
        "doha.txt",
        "الدوحة، 13 مايو 2024 – التقى وزير الخارجية القطري نظيره الأردني.\n",
    )]);
    folder.write("content/talks.md", page("first"));
    folder
}

#[test]
fn every_page_is_what_a_build_makes_and_a_script() {
    let folder = site();
    let server = Server::start(&folder, &[]);
    folder.run_well(&["build"]);
    for (path, bytes) in folder.tree("public") {
        let address: String = path.trim_end_matches("index.html").bytes().map(escaped).collect();
        let answer = server.get(&format!("/{address}"));
        let mut text = answer.body;
        if text.starts_with(b"<!DOCTYPE html>") {
            let html = String::from_utf8(text).unwrap();
            let start = html.rfind("<script type=\"module\"").unwrap();
            let end = start + html[start..].find("</script>").unwrap() + "</script>".len();
            text = [&html[..start], &html[end..]].concat().into_bytes();
        }
        if !path.starts_with('.') {
            assert!(text == bytes, "{path}");
        }
    }
}

fn escaped(byte: u8) -> String {
    match byte {
        b'/' | b'.' | b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

#[test]
fn a_page_is_asked_for_in_every_way_that_browsers_know() {
    let folder = site();
    folder.write("static/note.bin", "0123456789");
    let server = Server::start(&folder, &[]);
    let home = server.get("/");
    assert_eq!(
        (home.status, home.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    let etag = home.header("etag").to_owned();
    let again = server.ask("GET", "/", &[("If-None-Match", &etag)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    let head = server.ask("HEAD", "/", &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), home.body.len().to_string());
    let folder_page = server.get(TALKS.trim_end_matches('/'));
    assert_eq!((folder_page.status, folder_page.header("location")), (307, "./talks/"));
    let missing = server.get("/nothing/is/here/");
    assert_eq!(
        (missing.status, missing.header("content-type")),
        (404, "text/html; charset=utf-8")
    );
    assert!(
        missing.text().contains("src=\"../../../_bayan/preview.js\""),
        "{}",
        missing.text()
    );
    for path in ["/note.bin", "/style.css"] {
        let whole = server.get(path).body;
        let part = server.ask("GET", path, &[("Range", "bytes=2-5")]);
        assert_eq!((part.status, part.body.as_slice()), (206, &whole[2..=5]));
        assert_eq!(part.header("content-range"), format!("bytes 2-5/{}", whole.len()));
        assert_eq!(server.ask("GET", path, &[("Range", "bytes=9999999-")]).status, 416);
    }
    assert_eq!(server.ask("PUT", "/", &[]).status, 405);
    assert_eq!(
        server.get("/favicon.svg").header("content-type"),
        "image/svg+xml; charset=utf-8"
    );
    assert_eq!(
        server.get("/fonts/markazi-text-arabic.woff2").header("content-type"),
        "font/woff2"
    );
}

#[test]
fn nobody_but_this_machine_is_answered_and_nothing_but_the_site() {
    let folder = site();
    let secret = Folder::new();
    secret.write("secret.txt", "secret");
    folder.write("static/inside.txt", "inside");
    let server = Server::start(&folder, &[]);
    let port = server.port;
    for (host, status) in [
        (format!("localhost:{port}"), 200),
        (format!("127.0.0.1:{port}"), 200),
        (format!("evil.example:{port}"), 403),
        ("localhost".to_owned(), 403),
    ] {
        assert_eq!(server.ask("GET", "/", &[("Host", &host)]).status, status, "{host}");
    }
    let posted = server.ask("POST", "/_bayan/desk", &[("Origin", "https://evil.example")]);
    assert_eq!(posted.status, 403);
    for path in [
        "/../book.toml",
        "/%2e%2e/book.toml",
        "/..%2fbook.toml",
        "/..%5cbook.toml",
        "/static/..%00/book.toml",
        "/book.toml",
        "/seeds/doha.txt",
        "//etc/passwd",
    ] {
        let answer = server.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {answer:?}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(secret.path("secret.txt"), folder.path("static/out.txt")).unwrap();
        std::os::unix::fs::symlink(folder.path("static/inside.txt"), folder.path("static/in.txt")).unwrap();
        server.wait("the link", |server| server.get("/in.txt").status == 200);
        server.wait("the link that leads out", |server| server.get("/out.txt").status == 403);
    }
    let overview = server.get("/_bayan/");
    assert_eq!(overview.header("content-security-policy"), "frame-ancestors 'none'");
    assert_eq!(overview.header("x-content-type-options"), "nosniff");
}

#[test]
fn a_site_under_a_base_path_is_found_from_the_root_and_through_proxies() {
    let folder = site();
    folder.write(
        "book.toml",
        "[output.html]\nsite-url = \"https://example.org/press/\"\n",
    );
    let server = Server::start(&folder, &[]);
    assert!(server.url.ends_with("/press/"), "{}", server.url);
    assert_eq!(server.get("/").header("location"), "/press/");
    assert_eq!(server.get("/press/").status, 200);
    assert_eq!(server.get("/style.css").status, 404);
    // One proxy hands on the path as it is, another takes its first part away.
    assert_eq!(server.get("/press/_bayan/state").status, 200);
    let stripped = server.ask("GET", TALKS, &[("X-Forwarded-Prefix", "/press")]);
    assert!(
        stripped.text().contains("src=\"../../../../_bayan/preview.js\""),
        "{}",
        stripped.text()
    );
}

/// Saves a text as an editor does.
type Save = fn(&Folder, &str);

/// Ways in which editors save a file.
const SAVES: [(&str, Save); 9] = [
    ("in place", |folder, text| folder.write("content/talks.md", text)),
    ("Vim", |folder, text| {
        let path = |name: &str| folder.path(&format!("content/{name}"));
        fs::write(path(".talks.md.swp"), "swap").unwrap();
        fs::write(path("4913"), "").unwrap();
        fs::remove_file(path("4913")).unwrap();
        fs::rename(path("talks.md"), path("talks.md~")).unwrap();
        let mut file = File::create(path("talks.md")).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.sync_all().unwrap();
        fs::remove_file(path("talks.md~")).unwrap();
        fs::remove_file(path(".talks.md.swp")).unwrap();
    }),
    ("Vim with backupcopy", |folder, text| {
        let path = |name: &str| folder.path(&format!("content/{name}"));
        fs::copy(path("talks.md"), path("talks.md~")).unwrap();
        fs::write(path("talks.md"), text).unwrap();
        fs::remove_file(path("talks.md~")).unwrap();
    }),
    ("Emacs", |folder, text| {
        let path = |name: &str| folder.path(&format!("content/{name}"));
        fs::write(path("#talks.md#"), text).unwrap();
        fs::rename(path("talks.md"), path("talks.md~")).unwrap();
        fs::write(path("talks.md"), text).unwrap();
        fs::remove_file(path("#talks.md#")).unwrap();
    }),
    ("VS Code", |folder, text| {
        let mut file = File::options()
            .write(true)
            .truncate(true)
            .open(folder.path("content/talks.md"))
            .unwrap();
        for piece in text.as_bytes().chunks(16) {
            file.write_all(piece).unwrap();
        }
        file.sync_all().unwrap();
    }),
    ("JetBrains", |folder, text| {
        let path = |name: &str| folder.path(&format!("content/{name}"));
        fs::write(path("talks.md___jb_tmp___"), text).unwrap();
        fs::rename(path("talks.md"), path("talks.md___jb_old___")).unwrap();
        fs::rename(path("talks.md___jb_tmp___"), path("talks.md")).unwrap();
        fs::remove_file(path("talks.md___jb_old___")).unwrap();
    }),
    ("Helix", |folder, text| {
        let path = |name: &str| folder.path(&format!("content/{name}"));
        fs::rename(path("talks.md"), path("talks.mdAb12Cd.bck")).unwrap();
        let mut file = File::create(path("talks.md")).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.sync_all().unwrap();
        fs::remove_file(path("talks.mdAb12Cd.bck")).unwrap();
    }),
    ("sed -i", |folder, text| {
        fs::write(folder.path("content/sedX7Yz1Q"), text).unwrap();
        fs::rename(folder.path("content/sedX7Yz1Q"), folder.path("content/talks.md")).unwrap();
    }),
    ("Word", |folder, text| {
        let path = |name: &str| folder.path(&format!("content/{name}"));
        fs::write(path("~$talks.md"), "owner").unwrap();
        fs::write(path("~WRD0001.tmp"), text).unwrap();
        fs::rename(path("talks.md"), path("~WRL0002.tmp")).unwrap();
        fs::rename(path("~WRD0001.tmp"), path("talks.md")).unwrap();
        fs::remove_file(path("~WRL0002.tmp")).unwrap();
        fs::remove_file(path("~$talks.md")).unwrap();
    }),
];

#[test]
fn saving_once_gives_one_update_however_an_editor_saves() {
    let folder = site();
    let server = Server::start(&folder, &[]);
    for (number, (editor, save)) in SAVES.iter().enumerate() {
        let before = server.version();
        save(&folder, &page(&format!("saved {number}")));
        server.wait_for(TALKS, &format!("saved {number}"));
        // What came after the save is seen before this.
        folder.write("static/mark.txt", number.to_string());
        server.wait_for("/mark.txt", &number.to_string());
        server.wait("the mark", |server| server.version() >= before + 2);
        assert_eq!(server.version(), before + 2, "{editor}");
    }
}

#[test]
fn a_file_that_says_the_same_and_the_output_are_no_news() {
    let folder = site();
    let server = Server::start(&folder, &[]);
    let before = server.version();
    folder.write("content/talks.md", page("first"));
    folder.write("seeds/doha.txt~", "scratch");
    folder.run_well(&["build"]);
    folder.write("content/talks.md", page("second"));
    server.wait_for(TALKS, "second");
    assert_eq!(server.version(), before + 1);
}

#[test]
fn texts_come_go_and_move_with_their_folders() {
    let folder = Folder::site(&[("doha.txt", "الدوحة، 13 مايو 2024 – التقى الوزير القطري نظيره.\n")]);
    let server = Server::start(&folder, &[]);
    folder.write("content/2024/new/talks.md", page("made later"));
    server.wait_for(TALKS, "made later");
    folder.write("content/2024/new/talks.md", page("and changed"));
    server.wait_for(TALKS, "and changed");
    fs::rename(folder.path("content/2024"), folder.path("content/moved")).unwrap();
    folder.write("content/moved/new/talks.md", page("after the move"));
    server.wait_for(TALKS, "after the move");
    fs::remove_dir_all(folder.path("content")).unwrap();
    server.wait("the page to go", |server| server.get(TALKS).status == 404);
}

#[test]
fn a_thousand_files_at_once_are_one_update_or_two() {
    let folder = site();
    let server = Server::start(&folder, &[]);
    let before = server.version();
    for number in 0..1000 {
        // The spokesman said
        folder.write(
            &format!("seeds/many/{number}.txt"),
            format!("قال المتحدث رقم {number} ذلك في القاهرة.\n"),
        );
    }
    let pages = |server: &Server| server.state()["pages"].as_u64().unwrap();
    server.wait("a thousand pages", |server| pages(server) > 1000);
    folder.write("content/talks.md", page("at last"));
    server.wait_for(TALKS, "at last");
    let updates = server.version() - before;
    assert!((2..=3).contains(&updates), "{updates} with the last one");
}

#[test]
fn what_breaks_is_held_back_and_told_until_it_is_mended() {
    let folder = site();
    folder.write("templates/404.html", "whole");
    folder.write("lexicon/topics.yaml", "[]");
    let server = Server::start(&folder, &[]);
    let mut events = server.events("index.html", "");
    assert_eq!(events.next("faults").as_array().unwrap().len(), 0);
    for (file, broken, whole) in [
        (
            "content/talks.md",
            page("x").replace("2024-05-12", "someday"),
            page("first"),
        ),
        ("templates/404.html", "{% if %}".to_owned(), "whole".to_owned()),
        ("book.toml", "[book]\ntitel = \"x\"\n".to_owned(), String::new()),
        ("lexicon/topics.yaml", "- id: [".to_owned(), "[]".to_owned()),
    ] {
        folder.write(file, &broken);
        let faults = events.next("faults");
        assert_eq!(
            (&faults[0]["file"], &faults[0]["held"]),
            (&file.into(), &true.into()),
            "{faults}"
        );
        assert!(server.get(TALKS).text().contains("first"));
        assert!(server.get("/_bayan/").text().contains(file));
        folder.write(file, &whole);
        assert_eq!(events.next("faults").as_array().unwrap().len(), 0, "{file}");
    }
}

#[test]
fn settings_are_taken_over_while_the_preview_runs() {
    let folder = site();
    let server = Server::start(&folder, &[]);
    folder.write("book.toml", "[book]\ntitle = \"Another name\"\nsrc = \"raw\"\n");
    folder.write(
        "raw/riyadh.txt",
        "الرياض، 14 مايو 2024 – التقى وزير الخارجية السعودي نظيره.\n",
    );
    server.wait_for("/", "Another name");
    let briefings = |server: &Server| {
        server
            .get("/archive/2024/05/")
            .text()
            .matches("/briefings/2024/05/")
            .count()
    };
    server.wait("the other folder", |server| {
        server.get("/archive/2024/05/").text().contains("14")
    });
    assert!(briefings(&server) >= 2);
}

#[test]
fn a_browser_hears_what_happens_to_its_page_and_nothing_else() {
    let folder = site();
    folder.write("static/style.css", "body { color: red }");
    let server = Server::start(&folder, &[]);
    let page_of = |path: &str| server.get(path).header("etag").trim_matches('"').to_owned();
    let talks = "briefings/2024/05/talks/index.html";
    let mut own = server.events(talks, &page_of(TALKS));
    let mut other = server.events("about/index.html", &page_of("/about/"));
    folder.write("content/talks.md", page("second"));
    assert_eq!(own.next("page")["etag"], page_of(TALKS).as_str());
    folder.write("static/style.css", "body { color: blue }");
    assert_eq!(own.next("style")["path"], "style.css");
    folder.write("static/img/a.svg", "<svg/>");
    assert_eq!(own.next("file")["path"], "img/a.svg");
    fs::remove_file(folder.path("content/talks.md")).unwrap();
    own.next("gone");
    folder.write("content/talks.md", page("second"));
    own.next("page");
    // The other one would have heard of a page before it heard of the style.
    assert_eq!(other.next("style")["path"], "style.css");
}

#[test]
fn who_comes_back_late_is_told_at_once() {
    let folder = site();
    let server = Server::start(&folder, &[]);
    let mut events = server.events("briefings/2024/05/talks/index.html", "an-old-one");
    events.next("page");
    server
        .events("briefings/2024/05/never/index.html", "an-old-one")
        .next("gone");
}

#[test]
fn a_hundred_browsers_hear_of_an_edit_and_may_leave_at_any_time() {
    let folder = site();
    let server = Server::start(&folder, &[]);
    let open = || server.events("briefings/2024/05/talks/index.html", "");
    let mut browsers: Vec<_> = (0..100).map(|_| open()).collect();
    for browser in &mut browsers {
        browser.next("page");
    }
    browsers.truncate(50);
    folder.write("content/talks.md", page("second"));
    for browser in &mut browsers {
        browser.next("page");
    }
    drop(browsers);
    folder.write("content/talks.md", page("third"));
    server.wait_for(TALKS, "third");
}

#[cfg(unix)]
#[test]
fn control_c_stops_it_though_browsers_listen() {
    let folder = site();
    let server = Server::start(&folder, &[]);
    let mut events = server.events("index.html", "");
    events.next("hello");
    assert_eq!(server.interrupt(), Some(0));
}

#[test]
fn a_port_that_is_taken_is_told_with_the_way_on() {
    let folder = site();
    let server = Server::start(&folder, &[]);
    folder.run_ill(&["serve", "--port", &server.port.to_string()], 1, "--port 3001");
}

#[test]
fn changes_are_looked_for_where_the_system_does_not_tell() {
    let folder = site();
    let server = Server::start(&folder, &["--poll"]);
    folder.write("content/talks.md", page("second"));
    server.wait_for(TALKS, "second");
}

#[test]
fn a_template_that_asks_for_what_is_not_there_leaves_the_last_good_page() {
    let folder = site();
    folder.write("templates/about.html", "<body>good</body>");
    let server = Server::start(&folder, &[]);
    let good = server.get("/about/");
    let mut events = server.events("about/index.html", good.header("etag").trim_matches('"'));
    assert_eq!(events.next("faults").as_array().unwrap().len(), 0);
    folder.write("templates/about.html", "<body>{{ nothing.of.this.kind }}</body>");
    let faults = events.next("faults");
    assert_eq!(
        (&faults[0]["file"], &faults[0]["held"]),
        (&"templates/about.html".into(), &true.into()),
        "{faults}"
    );
    assert!(server.get("/about/").text().contains("good"));
    folder.write("templates/about.html", "<body>better</body>");
    assert_eq!(events.next("faults").as_array().unwrap().len(), 0);
    events.next("page");
    server.wait_for("/about/", "better");
}
