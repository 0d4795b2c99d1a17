use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// The minister of water opened a plant on the coast: five paragraphs.
const PLANT: [&str; 5] = [
    "افتتح وزير المياه سمير النجار في مدينة الساحل محطة جديدة لتحلية مياه البحر بطاقة 45 ألف متر مكعب في اليوم.",
    "وأوضح الوزير في كلمة ألقاها خلال حفل الافتتاح أن المحطة تخدم نحو 300 ألف نسمة في خمس محافظات ساحلية.",
    "وأشار إلى أن تنفيذ المشروع استغرق عامين، وشاركت فيه شركات وطنية وفرت فرص عمل لمئات المهندسين والفنيين.",
    "وجال الحضور في أقسام المحطة واستمعوا إلى شرح عن مراحل المعالجة وأنظمة المراقبة واستهلاك الطاقة فيها.",
    "وكانت الوزارة قد أعلنت العام الماضي خطة لإنشاء ست محطات مماثلة ضمن برنامج الأمن المائي الوطني.",
];

/// A line of a paper's own.
const BOILERPLATE: &str = "تابعوا آخر الأخبار عبر حسابات الصحيفة في مواقع التواصل ولمزيد من التفاصيل زوروا موقعنا.";

/// The words of a text that are in braces are the names of persons; those in brackets, of the country of that number.
fn published(marked: &str) -> Published {
    let mut published = Published::default();
    let mut start = 0;
    for letter in marked.chars() {
        match letter {
            '{' | '[' => start = published.text.len(),
            '}' | ']' => {
                let range = start..published.text.len();
                let country = published.text[range.clone()].bytes().map(u32::from).sum();
                published.names.push(Name {
                    range,
                    of: (letter == ']').then_some(country),
                });
            }
            _ => published.text.push(letter),
        }
    }
    published
}

/// The groups of texts, all of one day unless `days` has others.
fn grouped(texts: &[String], days: &[Option<Date>], stated: &[Option<Stated>]) -> Vec<Group> {
    let texts: Vec<Published> = texts.iter().map(|text| self::published(text)).collect();
    let signatures: Vec<Signature> = texts.iter().map(|text| signature(&text.text)).collect();
    let sought: Vec<Text<'_>> = signatures
        .iter()
        .zip(&texts)
        .enumerate()
        .map(|(at, (signature, text))| {
            let mut named: Vec<u64> = text.names.iter().filter_map(|name| name.of.map(u64::from)).collect();
            named.sort_unstable();
            named.dedup();
            Text {
                day: days.get(at).copied().unwrap_or(Some(date(2024, 5, 12))),
                reviewed: false,
                signature,
                named,
                stated: stated.get(at).copied().flatten(),
            }
        })
        .collect();
    groups(&sought, |at| texts[at].clone())
}

/// Whether one of two texts is found to be a copy of the other.
fn are_copies(left: &str, right: &str) -> bool {
    !grouped(&[left.to_owned(), right.to_owned()], &[], &[]).is_empty()
}

/// Chiefs with the places of their copies.
fn places(groups: &[Group]) -> Vec<(usize, Vec<usize>)> {
    let copies = |group: &Group| group.copies.iter().map(|copy| copy.text).collect();
    groups.iter().map(|group| (group.chief, copies(group))).collect()
}

/// `text` with the word at each place that `change` names changed: given the word, what stands there instead.
fn changed(text: &str, change: impl Fn(usize, &str) -> String) -> String {
    let words = text.split(' ').enumerate();
    let words: Vec<String> = words.map(|(at, word)| change(at, word)).collect();
    words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_papers_make_of_a_dispatch_are_copies() {
    let whole = PLANT.join("\n");
    for (what, copy) in [
        ("the same", whole.clone()),
        ("the first half", PLANT[..3].join("\n")),
        (
            "a paragraph left out",
            [PLANT[0], PLANT[1], PLANT[3], PLANT[4]].join("\n"),
        ),
        (
            "a paragraph moved",
            [PLANT[0], PLANT[2], PLANT[3], PLANT[1], PLANT[4]].join("\n"),
        ),
        ("a line added below", format!("{whole}\n{BOILERPLATE}")),
        ("a line added above", format!("{BOILERPLATE}\n{whole}")),
        (
            "a line added within",
            whole.replacen('\n', &format!("\n{BOILERPLATE}\n"), 1),
        ),
        ("no hamza", whole.replace(['أ', 'إ', 'آ'], "ا")),
        (
            "ha for ta marbuta, ya for alef maqsura",
            whole.replace('ة', "ه").replace('ى', "ي"),
        ),
        (
            "digits of the other kind",
            whole.replace("300", "٣٠٠").replace("45", "٤٥"),
        ),
        (
            "every fifth word's conjunction",
            changed(
                &whole,
                |at, word| if at % 5 == 0 { format!("و{word}") } else { word.into() },
            ),
        ),
        (
            "other verbs of saying",
            whole.replace("وأوضح", "وأكد").replace("وأشار إلى أن", "ولفت إلى أن"),
        ),
        ("another spelling of a name", whole.replace("النجار", "النجّار")),
        ("a number left out", whole.replace("نحو 300 ألف نسمة في", "السكان في")),
    ] {
        assert!(are_copies(&whole, &copy), "{what}");
    }
}

#[test]
fn two_papers_with_lines_of_their_own_have_one_dispatch() {
    let whole = PLANT.join("\n");
    let other = "جميع الحقوق محفوظة للناشر ولا يسمح بإعادة نشر المواد إلا بإذن خطي مسبق 2024."; // all rights reserved
    assert!(are_copies(
        &format!("{whole}\n{BOILERPLATE}"),
        &format!("{whole}\n{other}")
    ));
}

/// Pairs of dispatches that are alike and are two: a text, what of it is otherwise in the other one.
#[test]
fn dispatches_of_a_series_are_not_copies() {
    let oil = "أغلقت أسعار النفط في تعاملات اليوم على ارتفاع، وبلغ سعر خام القياس العالمي 72.35 دولارا للبرميل للعقود \
        الآجلة، في حين سجل الخام الأميركي الخفيف سعر التسوية عند مستوى 68.10 دولارا وسط توقعات بزيادة الطلب."; // oil prices
    let prayer = "مواقيت الصلاة في المدينة وضواحيها ليوم الأحد بالتوقيت المحلي حسب تقويم البلاد المعتمد: الفجر 4:15 والشروق \
        5:38 والظهر 12:05 والعصر 3:29 والمغرب 6:31 والعشاء 8:01 ويجب مراعاة فرق التوقيت في المحافظات الأخرى."; // prayer times
    let weather = "توقع المركز الوطني للأرصاد أن يكون طقس يوم الاثنين حارا على المناطق الداخلية ومعتدلا على الساحل، مع فرصة \
        لهطول أمطار متفرقة على المرتفعات في ساعات المساء، والرياح شمالية معتدلة السرعة تنشط أحيانا."; // weather
    let guest = "استقبل رئيس مجلس الشورى في مكتبه بمقر المجلس اليوم سفير [الهند] لدى البلاد السيد {راجيف كومار} وجرى خلال اللقاء \
        استعراض العلاقات البرلمانية بين البلدين وسبل تعزيزها إضافة إلى عدد من القضايا ذات الاهتمام المشترك."; // a guest
    let cable = "بعث رئيس الجمهورية برقية تهنئة إلى رئيس جمهورية [البرتغال] بمناسبة ذكرى اليوم الوطني لبلاده، وأعرب الرئيس عن \
        أصدق التهاني وأطيب التمنيات لشعب [البرتغال] الصديق بمزيد من التقدم والازدهار في ظل العلاقات المتينة."; // a cable
    let train = "تعلن هيئة السكك الحديدية عن تعديل مواعيد رحلات القطار السريع بين العاصمة والميناء اعتبارا من 3 مارس ولمدة أسبوع \
        بسبب أعمال الصيانة الدورية للخط، وتهيب الهيئة بالمسافرين مراجعة المحطات قبل السفر."; // trains
    for (what, text, changes) in [
        ("other prices", oil, &[("72.35", "71.90"), ("68.10", "67.85")][..]),
        ("one other price", oil, &[("72.35", "72.36")]),
        (
            "a price at the end",
            &(oil.to_owned() + " وبلغ 70"),
            &[("وبلغ 70", "وبلغ 71")],
        ),
        (
            "other times and another day",
            prayer,
            &[("الأحد", "الاثنين"), ("4:15", "4:14"), ("8:01", "8:02")],
        ),
        ("another day alone", weather, &[("الاثنين", "الثلاثاء")]),
        (
            "another ambassador",
            guest,
            &[("[الهند]", "[اليابان]"), ("{راجيف كومار}", "{كينجي تاناكا}")],
        ),
        ("another person alone", guest, &[("{راجيف كومار}", "{سانجاي فيرما}")]),
        (
            "another person whom nobody knows",
            guest,
            &[("{راجيف كومار}", "سعد الشمري")],
        ),
        (
            "another country",
            cable,
            &[("[البرتغال]", "[بولندا]"), ("[البرتغال]", "[بولندا]")],
        ),
        (
            "another number in words",
            &train.replace("أسبوع", "ثلاثة أسابيع"),
            &[("ثلاثة", "أربعة")],
        ),
        ("another month", train, &[("3 مارس", "3 أبريل")]),
        ("another day of the month", train, &[("3 مارس", "10 مارس")]),
    ] {
        let mut other = text.to_owned();
        for (here, there) in changes {
            assert!(other.contains(here), "{what}: {here}");
            other = other.replacen(here, there, 1);
        }
        assert!(!are_copies(text, &other), "{what}");
    }
}

#[test]
fn what_stands_below_every_dispatch_makes_no_copies() {
    let about = PLANT[1..].join(" ");
    let left = format!(
        "وقعت الهيئة مع جامعة الشرق اتفاقية لتدريب الطلاب في مختبراتها صيفا ومنح المتفوقين منهم شهادات. {about}"
    ); // training
    let right =
        format!("دعت الهيئة سكان الأحياء الشمالية إلى تخزين حاجتهم قبل انقطاع متوقع غدا لإصلاح الخط الرئيس. {about}"); // a cut
    assert!(!are_copies(&left, &right));
}

#[test]
fn a_review_of_the_week_is_no_copy_of_what_it_quotes() {
    let week: Vec<String> = (0..9)
        .map(|at| {
            changed(&PLANT[1..].join(" "), |_, word| {
                format!("{word}{}", "بتثجحخدذر".chars().nth(at).unwrap_or('س'))
            })
        })
        .collect();
    assert!(!are_copies(PLANT[0], &format!("{}\n{}", PLANT[0], week.join("\n"))));
}

#[test]
fn copies_lie_within_a_few_days() {
    let texts = vec![PLANT.join("\n"); 2];
    let first = Some(date(2024, 5, 12));
    for (second, copies) in [
        (Some(date(2024, 5, 9)), true),
        (Some(date(2024, 5, 8)), false),
        (Some(date(2023, 5, 12)), false),
        (None, true),
    ] {
        assert_eq!(!grouped(&texts, &[first, second], &[]).is_empty(), copies, "{second:?}");
    }
}

#[test]
fn the_fullest_stands_for_all_and_of_equals_the_earliest() {
    let whole = PLANT.join("\n");
    let half = PLANT[..3].join("\n");
    let day = |day| Some(date(2024, 5, day));
    let texts = [whole.clone(), whole.clone(), half];
    assert_eq!(
        places(&grouped(&texts, &[day(13), day(12), day(11)], &[])),
        [(1, vec![0, 2])]
    );
    assert_eq!(
        places(&grouped(&texts, &[day(12), None, day(11)], &[])),
        [(0, vec![1, 2])]
    );
}

#[test]
fn the_halves_of_a_text_are_copies_of_the_whole() {
    let texts = [PLANT.join("\n"), PLANT[..3].join("\n"), PLANT[2..].join("\n")];
    assert_eq!(places(&grouped(&texts, &[], &[])), [(0, vec![1, 2])]);
}

#[test]
fn what_a_person_states_counts_more_than_what_is_found() {
    let texts = vec![
        PLANT.join("\n"),
        PLANT.join("\n"),
        BOILERPLATE.to_owned(),
        PLANT.join("\n"),
    ];
    let none = None;
    for (stated, expected) in [
        (vec![], vec![(0, vec![1, 3])]),
        (vec![Some(Stated::Alone)], vec![(1, vec![3])]),
        (vec![none, none, Some(Stated::CopyOf(1))], vec![(1, vec![0, 2, 3])]),
        (
            vec![none, Some(Stated::CopyOf(2)), none, none],
            vec![(2, vec![0, 1, 3])],
        ),
        (
            vec![
                Some(Stated::CopyOf(1)),
                none,
                Some(Stated::CopyOf(0)),
                Some(Stated::Alone),
            ],
            vec![(1, vec![0, 2])],
        ),
    ] {
        assert_eq!(places(&grouped(&texts, &[], &stated)), expected, "{stated:?}");
    }
}

#[test]
fn many_texts_with_the_same_words_are_one() {
    let texts = vec![PLANT.join("\n"); 200];
    let groups = grouped(&texts, &[], &[]);
    assert!(
        places(&groups).iter().map(|(_, copies)| copies.len()).sum::<usize>() >= 190,
        "{groups:?}"
    );
}

/// Words that no two texts of the tests share by chance.
fn words(count: usize) -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("[بتثجحخدذرزسشصضطظعغفقكلمن]{4,9}", count)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_text_with_few_words_changed_dropped_and_added_is_a_copy(
        text in words(160),
        other in words(160),
        changes in proptest::collection::btree_map(0usize..160, 0u8..3, 0..9),
    ) {
        let copy: Vec<&str> = text.iter().zip(&other).enumerate().flat_map(|(at, (word, other))| {
            // Neighbours stay, as two words in a row that are replaced are more than a paper changes.
            match changes.get(&at).filter(|_| !changes.contains_key(&(at + 1))) {
                None => vec![word.as_str()],
                Some(0) => vec![],
                Some(1) => vec![other.as_str()],
                Some(_) => vec![word.as_str(), other.as_str()],
            }
        }).collect();
        prop_assert!(are_copies(&text.join(" "), &copy.join(" ")));
    }

    #[test]
    fn a_text_cut_short_is_a_copy(text in words(200), kept in 80usize..200) {
        prop_assert!(are_copies(&text.join(" "), &text[..kept].join(" ")));
    }

    #[test]
    fn a_text_with_one_other_number_is_not(text in words(60), at in 0usize..60, left in 1000u32..9000) {
        let with = |number: u32| {
            let mut words = text.clone();
            words.insert(at, number.to_string());
            words.join(" ")
        };
        prop_assert!(!are_copies(&with(left), &with(left + 1)));
    }

    #[test]
    fn any_texts_are_grouped_once_each(
        texts in proptest::collection::vec("([ا-ي]{1,3} |[0-9.,:]{1,4}|\\PC|\n){0,60}", 0..6),
    ) {
        let whole: Vec<String> = texts.iter().map(|text| text.replace(['{', '}', '[', ']'], "")).collect();
        let groups = grouped(&[whole.clone(), whole].concat(), &[], &[]);
        let mut members: Vec<usize> = groups.iter().flat_map(|group| {
            group.copies.iter().map(|copy| copy.text).chain([group.chief])
        }).collect();
        members.sort_unstable();
        let count = members.len();
        members.dedup();
        prop_assert_eq!(members.len(), count);
    }
}
