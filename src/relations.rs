//! A map of relations: entities as circles, shared briefings as lines between them, laid out as numbers for an inline SVG.
//!
//! In: entities with the number of briefings that name them, pairs with the number they share, the size of the picture
//! and which way the page runs. Out: a [`RelationsMap`] of the strongest of them, with no label on another.

mod layout;

use std::cmp::Reverse;

use serde::Serialize;

use crate::drawing::{FONT_SIZE, LINE_HEIGHT, lines, tenth, text_width};
use crate::language::Direction;
use crate::lexicon::Kind;
use layout::{Body, Pair, Sketch, Spot, most_shared, share};

/// Lines that are kept for each circle, beside those that hold the map together.
const TOP: usize = 2;
/// Radius of the smallest circle.
const SMALLEST: f64 = 4.0;
/// Width of the thinnest and the widest line.
const LINE_WIDTHS: [f64; 2] = [0.8, 6.0];
/// From a circle to the upper edge of its label.
const LABEL_GAP: f64 = 2.0;
/// Room kept around each circle with its label.
const ROOM: f64 = 4.0;

/// An entity that may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What it is.
    pub kind: Kind,
    /// Its name, short.
    pub label: String,
    /// Where its page is; tells subjects of one name apart.
    pub href: String,
    /// Briefings that name it.
    pub weight: u32,
}

/// Two subjects that are named together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shared {
    /// Their places in the list of subjects, in any order.
    pub between: [usize; 2],
    /// Briefings that name both.
    pub count: u32,
}

/// Size of a picture, and how much may stand in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Width in user units.
    pub width: f64,
    /// Height in user units, at most.
    pub height: f64,
    /// Circles, at most.
    pub most: usize,
    /// Radius of the largest circle.
    pub radius: f64,
    /// Width of the lines of a label, at most.
    pub label: f64,
}

impl Shape {
    /// For desks.
    pub const WIDE: Shape = Shape {
        width: 720.0,
        height: 440.0,
        most: 24,
        radius: 22.0,
        label: 105.0,
    };
    /// For telephones.
    pub const NARROW: Shape = Shape {
        width: 360.0,
        height: 480.0,
        most: 14,
        radius: 17.0,
        label: 105.0,
    };
}

/// A map, ready to be drawn. All lengths and places are in user units, from the upper left corner.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RelationsMap {
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture: what is needed of the height that the shape allows.
    pub height: f64,
    /// Size of text that was left room for.
    pub font_size: f64,
    /// Weakest first, so that the strong are drawn over the weak.
    pub edges: Vec<Edge>,
    /// Strongest first.
    pub nodes: Vec<Node>,
}

/// A line between two circles.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Edge {
    /// The stronger end.
    pub x1: f64,
    /// The stronger end.
    pub y1: f64,
    /// The weaker end.
    pub x2: f64,
    /// The weaker end.
    pub y2: f64,
    /// Width of the line: grows with the count.
    pub width: f64,
    /// Briefings that name both.
    pub count: u32,
    /// The names of the stronger and the weaker end.
    pub between: [String; 2],
}

/// An entity: a circle with its label centred under it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Node {
    /// Middle of the circle, and of the label.
    pub x: f64,
    /// Middle of the circle.
    pub y: f64,
    /// Radius of the circle: its area grows with the weight.
    pub radius: f64,
    /// What it is.
    pub kind: Kind,
    /// Its name in full.
    pub title: String,
    /// Where its page is.
    pub href: String,
    /// Briefings that name it.
    pub weight: u32,
    /// The label, one or two lines of it.
    pub lines: Vec<Line>,
}

/// A line of a label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Its baseline.
    pub y: f64,
    /// Its words.
    pub text: String,
}

/// Lays out the strongest subjects that are named together, or gives `None` where no two are.
///
/// At most `shape.most` are shown, and fewer where their labels would not find room. Of the lines are kept those of
/// the strongest spanning tree and the strongest few of each circle. The order of the input does not matter. A page
/// that runs right to left gets the mirror image. A pair that is no pair of the list is passed over.
pub fn relations(subjects: &[Subject], shared: &[Shared], shape: Shape, direction: Direction) -> Option<RelationsMap> {
    let mut chosen = Chosen::new(subjects, shared, shape.most);
    while chosen.subjects.len() >= 2 {
        let map = Picture::new(&chosen, shape).map(direction);
        if map.is_some() {
            return map;
        }
        chosen = chosen.without_weakest();
    }
    None
}

/// The subjects that are shown, strongest first, and how many briefings each two of them share.
struct Chosen<'a> {
    subjects: Vec<&'a Subject>,
    counts: Vec<Vec<u32>>,
}

impl<'a> Chosen<'a> {
    /// The strongest `most` of those that are named together with another of them.
    fn new(subjects: &'a [Subject], shared: &[Shared], most: usize) -> Chosen<'a> {
        let mut order: Vec<usize> = (0..subjects.len()).collect();
        order.sort_by_key(|&at| {
            let subject = &subjects[at];
            (Reverse(subject.weight), subject.kind, &subject.href, &subject.label)
        });
        loop {
            let kept = &order[..order.len().min(most)];
            let counts = counts(kept, subjects.len(), shared);
            let alone: Vec<usize> = kept
                .iter()
                .zip(&counts)
                .filter(|(_, row)| row.iter().all(|&count| count == 0))
                .map(|(&at, _)| at)
                .collect();
            if alone.is_empty() {
                return Chosen {
                    subjects: kept.iter().map(|&at| &subjects[at]).collect(),
                    counts,
                };
            }
            order.retain(|at| !alone.contains(at));
        }
    }

    /// The same without the last, and without those that were named with no other.
    fn without_weakest(mut self) -> Chosen<'a> {
        let mut drop = Some(self.subjects.len() - 1);
        while let Some(at) = drop {
            self.subjects.remove(at);
            self.counts.remove(at);
            for row in &mut self.counts {
                row.remove(at);
            }
            drop = self.counts.iter().position(|row| row.iter().all(|&count| count == 0));
        }
        self
    }
}

/// How many briefings each two of `kept` share, where `kept` are some of `total` subjects.
fn counts(kept: &[usize], total: usize, shared: &[Shared]) -> Vec<Vec<u32>> {
    let mut place = vec![None; total];
    for (&at, number) in kept.iter().zip(0..) {
        place[at] = Some(number);
    }
    let place = |at: usize| -> Option<usize> { place.get(at).copied().flatten() };
    let mut counts = vec![vec![0; kept.len()]; kept.len()];
    for &Shared {
        between: [one, other],
        count,
    } in shared
    {
        if let (Some(one), Some(other)) = (place(one), place(other))
            && one != other
        {
            counts[one][other] += count;
            counts[other][one] += count;
        }
    }
    counts
}

/// The pairs that get a line, most shared first.
fn kept_pairs(counts: &[Vec<u32>]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = (0..counts.len())
        .flat_map(|one| (one + 1..counts.len()).map(move |other| [one, other]))
        .map(|ends| Pair {
            ends,
            count: counts[ends[0]][ends[1]],
        })
        .filter(|pair| pair.count > 0)
        .collect();
    pairs.sort_by_key(|pair| (Reverse(pair.count), pair.ends));
    let mut part: Vec<usize> = (0..counts.len()).collect();
    let mut degree = vec![0; counts.len()];
    pairs.retain(|&Pair { ends: [one, other], .. }| {
        let (from, to) = (part[other], part[one]);
        part.iter_mut()
            .filter(|part| **part == from)
            .for_each(|part| *part = to);
        let kept = from != to || degree[one] < TOP || degree[other] < TOP;
        degree[one] += usize::from(kept);
        degree[other] += usize::from(kept);
        kept
    });
    pairs
}

/// The chosen as they are drawn: the words of their labels, the room they need, and the lines between them.
struct Picture<'a> {
    chosen: &'a Chosen<'a>,
    shape: Shape,
    labels: Vec<Vec<String>>,
    bodies: Vec<Body>,
    pairs: Vec<Pair>,
}

impl<'a> Picture<'a> {
    fn new(chosen: &'a Chosen<'a>, shape: Shape) -> Picture<'a> {
        let heaviest = chosen.subjects.iter().map(|subject| subject.weight).max().unwrap_or(1);
        let label = |subject: &&Subject| lines(&subject.label, shape.label);
        let labels: Vec<Vec<String>> = chosen.subjects.iter().map(label).collect();
        let radius = |subject: &Subject| (share(subject.weight, heaviest).sqrt() * shape.radius).max(SMALLEST);
        let sizes = chosen.subjects.iter().zip(&labels);
        Picture {
            chosen,
            shape,
            bodies: sizes
                .map(|(subject, label)| body(tenth(radius(subject)), label))
                .collect(),
            labels,
            pairs: kept_pairs(&chosen.counts),
        }
    }

    /// The map, or `None` where there is not room for all.
    fn map(&self, direction: Direction) -> Option<RelationsMap> {
        let size = [self.shape.width, self.shape.height];
        let spots = Sketch::new(size, &self.bodies, &self.pairs).tidiest()?;
        let bottoms = spots.iter().zip(&self.bodies).map(|(spot, body)| spot.y + body.below);
        let height = bottoms.fold(0.0, f64::max);
        let mirrored = |spot: Spot| match direction {
            Direction::Ltr => spot,
            Direction::Rtl => Spot {
                x: self.shape.width - spot.x,
                ..spot
            },
        };
        let spots: Vec<Spot> = spots.into_iter().map(mirrored).collect();
        Some(RelationsMap {
            width: self.shape.width,
            height: tenth(height),
            font_size: FONT_SIZE,
            edges: self.pairs.iter().rev().map(|&pair| self.edge(pair, &spots)).collect(),
            nodes: spots
                .iter()
                .enumerate()
                .map(|(at, &spot)| self.node(at, spot))
                .collect(),
        })
    }

    fn edge(&self, pair: Pair, spots: &[Spot]) -> Edge {
        let [from, to] = pair.ends.map(|end| spots[end]);
        let width = share(pair.count, most_shared(&self.pairs)) * LINE_WIDTHS[1];
        Edge {
            x1: tenth(from.x),
            y1: tenth(from.y),
            x2: tenth(to.x),
            y2: tenth(to.y),
            width: tenth(width.max(LINE_WIDTHS[0])),
            count: pair.count,
            between: pair.ends.map(|end| self.chosen.subjects[end].label.clone()),
        }
    }

    fn node(&self, at: usize, spot: Spot) -> Node {
        let (subject, radius) = (self.chosen.subjects[at], self.bodies[at].radius);
        let first = spot.y + radius + LABEL_GAP + FONT_SIZE;
        let line = |(number, text): (usize, &String)| Line {
            y: tenth(first + number as f64 * LINE_HEIGHT),
            text: text.clone(),
        };
        Node {
            x: tenth(spot.x),
            y: tenth(spot.y),
            radius,
            kind: subject.kind,
            title: subject.label.clone(),
            href: subject.href.clone(),
            weight: subject.weight,
            lines: self.labels[at].iter().enumerate().map(line).collect(),
        }
    }
}

/// A circle with its label under it, and a little room around both.
fn body(radius: f64, label: &[String]) -> Body {
    let widest = label.iter().map(|line| text_width(line)).fold(radius * 2.0, f64::max);
    Body {
        radius,
        half: widest / 2.0 + ROOM,
        above: radius + ROOM,
        below: radius + LABEL_GAP + label.len() as f64 * LINE_HEIGHT + ROOM,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn subject(label: &str, weight: u32) -> Subject {
        Subject {
            kind: Kind::Country,
            label: label.to_owned(),
            href: format!("/{label}/"),
            weight,
        }
    }

    fn shared(one: usize, other: usize, count: u32) -> Shared {
        Shared {
            between: [one, other],
            count,
        }
    }

    fn names(map: &RelationsMap) -> Vec<&str> {
        map.nodes.iter().map(|node| node.title.as_str()).collect()
    }

    /// Left, top, right and bottom of a circle with its label.
    fn extent(node: &Node) -> [f64; 4] {
        let half = node
            .lines
            .iter()
            .map(|line| text_width(&line.text) / 2.0)
            .fold(node.radius, f64::max);
        let bottom = node
            .lines
            .last()
            .map_or(node.y, |line| line.y + LINE_HEIGHT - FONT_SIZE);
        [node.x - half, node.y - node.radius, node.x + half, bottom]
    }

    #[track_caller]
    fn check_clear(map: &RelationsMap) {
        for (at, node) in map.nodes.iter().enumerate() {
            let [left, top, right, bottom] = extent(node);
            assert!(
                left >= 0.0 && top >= 0.0 && right <= map.width && bottom <= map.height,
                "{node:?}"
            );
            for other in &map.nodes[at + 1..] {
                let [before, over, after, under] = extent(other);
                let clear = right < before || after < left || bottom < over || under < top;
                assert!(clear, "{} lies on {}", node.title, other.title);
            }
        }
    }

    #[test]
    fn two_countries_are_joined_by_one_line() {
        let subjects = [subject("الهند", 3), subject("المالديف", 2)]; // India, the Maldives
        let map = relations(&subjects, &[shared(1, 0, 2)], Shape::NARROW, Direction::Rtl).expect("a map");
        assert_eq!(names(&map), ["الهند", "المالديف"]);
        assert_eq!(map.edges.len(), 1);
        assert_eq!(map.edges[0].between, ["الهند", "المالديف"]);
        assert_eq!((map.edges[0].x1, map.edges[0].y1), (map.nodes[0].x, map.nodes[0].y));
        check_clear(&map);
    }

    #[test]
    fn what_is_named_with_no_other_is_left_out() {
        let subjects = [subject("قطر", 9), subject("مصر", 2), subject("تونس", 1)]; // Qatar, Egypt, Tunisia
        let map = relations(
            &subjects,
            &[shared(1, 2, 1), shared(1, 7, 1)],
            Shape::WIDE,
            Direction::Ltr,
        );
        assert_eq!(map.as_ref().map(names), Some(vec!["مصر", "تونس"]));
        assert_eq!(relations(&subjects, &[], Shape::WIDE, Direction::Ltr), None);
    }

    #[test]
    fn the_weakest_lines_are_left_out_but_never_the_last_that_joins_two_parts() {
        let mut counts = vec![vec![10; 8]; 8];
        for (at, row) in counts.iter_mut().enumerate() {
            row[at] = 0;
            row[7] = 0;
        }
        counts[7] = vec![1, 0, 0, 0, 0, 0, 0, 0];
        counts[0][7] = 1;
        let pairs = kept_pairs(&counts);
        assert!(pairs.contains(&Pair { ends: [0, 7], count: 1 }));
        assert!(pairs.len() < 21, "{}", pairs.len());
    }

    #[test]
    fn a_page_that_runs_right_to_left_gets_the_mirror_image() {
        let subjects = [
            subject("مصر", 5),
            subject("قطر", 4),
            subject("عمان", 3),
            subject("اليمن", 1),
        ];
        let pairs = [shared(0, 1, 3), shared(1, 2, 2), shared(2, 3, 1)];
        let draw = |direction| relations(&subjects, &pairs, Shape::WIDE, direction).expect("a map");
        let (left, right) = (draw(Direction::Ltr), draw(Direction::Rtl));
        for (one, other) in left.nodes.iter().zip(&right.nodes) {
            assert!((one.x + other.x - left.width).abs() < 0.11);
            assert!((one.y - other.y).abs() < 1e-9);
        }
    }

    fn any_input() -> impl Strategy<Value = (Vec<Subject>, Vec<Shared>)> {
        let subject = ("[ا-ي]{3,12}( [ا-ي]{2,12}){0,4}", 1..60_u32);
        let subjects = proptest::collection::vec(subject, 2..30);
        let pairs = proptest::collection::vec((0..30_usize, 0..30_usize, 1..20_u32), 1..200);
        (subjects, pairs).prop_map(|(subjects, pairs)| {
            let subject = |(at, (label, weight)): (usize, (String, u32))| Subject {
                href: format!("/{at}/"),
                ..self::subject(&label, weight)
            };
            let pairs = pairs
                .into_iter()
                .map(|(one, other, count)| shared(one, other, count))
                .collect();
            (subjects.into_iter().enumerate().map(subject).collect(), pairs)
        })
    }

    #[test]
    fn twenty_four_long_names_find_room_on_a_desk() {
        let label = "منظمة الدول المصدرة للنفط والغاز الطبيعي"; // the organisation of states that export oil and gas
        let subjects: Vec<Subject> = (0..24)
            .map(|at| Subject {
                href: format!("/{at}/"),
                ..subject(label, 40 - at)
            })
            .collect();
        let pairs: Vec<Shared> = (1..24)
            .flat_map(|at| [shared(at, at / 2, 3), shared(at, at / 3, 1)])
            .collect();
        let map = relations(&subjects, &pairs, Shape::WIDE, Direction::Rtl).expect("a map");
        assert_eq!(map.nodes.len(), 24);
        check_clear(&map);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(6))]

        #[test]
        fn no_label_lies_on_another_or_leaves_the_picture((subjects, pairs) in any_input()) {
            for shape in [Shape::WIDE, Shape::NARROW] {
                if let Some(map) = relations(&subjects, &pairs, shape, Direction::Rtl) {
                    check_clear(&map);
                }
            }
        }

        #[test]
        fn the_order_of_the_input_does_not_matter((subjects, pairs) in any_input()) {
            let last = subjects.len() - 1;
            let turned: Vec<Subject> = subjects.iter().rev().cloned().collect();
            let other: Vec<Shared> = pairs.iter().rev()
                .filter(|pair| pair.between.iter().all(|&end| end <= last))
                .map(|pair| shared(last - pair.between[1], last - pair.between[0], pair.count))
                .collect();
            let draw = |subjects: &[Subject], pairs: &[Shared]| relations(subjects, pairs, Shape::NARROW, Direction::Ltr);
            prop_assert_eq!(draw(&subjects, &pairs), draw(&turned, &other));
        }
    }
}
