//! What the program finds in the gold set, beside what people have marked there.
#![cfg(test)]
#![allow(clippy::disallowed_methods, reason = "reads the gold set")]

use std::collections::BTreeSet;
use std::fs;

use bayan::config::Briefings;
use bayan::eval::gold::{self, GoldKind};
use bayan::eval::{self, Measure};
use bayan::lexicon::Kind;
use bayan::site;

/// F1 in hundredths, rounded down, that no change may fall below.
const FLOOR: [(Measure, f64); 11] = [
    (Measure::Spans(GoldKind::Country), 92.0),
    (Measure::Spans(GoldKind::Official), 75.0),
    (Measure::Spans(GoldKind::Organisation), 95.0),
    (Measure::Spans(GoldKind::Title), 73.0),
    (Measure::Sets(Kind::Country), 97.0),
    (Measure::Sets(Kind::Organisation), 99.0),
    (Measure::Sets(Kind::Official), 78.0),
    (Measure::Sets(Kind::Topic), 70.0),
    (Measure::Joined, 47.0),
    (Measure::Date, 97.0),
    (Measure::Language, 99.0),
];

#[test]
fn the_gold_set_is_read_no_worse_than_before() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gold/gold.jsonl");
    let golds = gold::parse(file, &fs::read_to_string(file).unwrap());
    assert!(golds.diagnostics.is_empty(), "{:?}", golds.diagnostics);
    assert_eq!(golds.value.len(), 60);
    let lexicon = site::lexicon(&[], &Briefings::default()).value;
    let evaluation = eval::evaluate(&golds.value, &lexicon, &BTreeSet::new(), || {});
    let figures = eval::rows(&evaluation, eval::Division::Kind);
    for (measure, floor) in FLOOR {
        let f1 = 100.0 * evaluation.by_measure[&measure].f1();
        let table = eval::table(&figures, false);
        assert!(f1 >= floor, "{}: F1 {f1:.2} is below {floor}\n{table}", measure.name());
    }
}
