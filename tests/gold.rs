//! What the program finds in the gold set, beside what people have marked there.
#![cfg(test)]
#![allow(clippy::disallowed_methods, reason = "reads the gold set")]

use std::collections::BTreeSet;
use std::fs;

use bayan::config::Briefings;
use bayan::eval::{self, gold};
use bayan::measure::REACHED;
use bayan::site;

#[test]
fn the_gold_set_is_read_no_worse_than_before() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gold/gold.jsonl");
    let golds = gold::parse(file, &fs::read_to_string(file).unwrap());
    assert!(golds.diagnostics.is_empty(), "{:?}", golds.diagnostics);
    assert_eq!(golds.value.len(), 60);
    let lexicon = site::lexicon(&[], &Briefings::default()).value;
    let evaluation = eval::evaluate(&golds.value, &lexicon, &BTreeSet::new(), || {});
    let figures = eval::rows(&evaluation, eval::Division::Kind);
    for (measure, floor) in REACHED {
        let f1 = 100.0 * evaluation.by_measure[&measure].f1();
        let table = eval::table(&figures, false);
        assert!(
            f1 >= f64::from(floor),
            "{}: F1 {f1:.2} is below {floor}\n{table}",
            measure.name()
        );
    }
}
