//! A map of relations: entities as circles, shared briefings as lines between them, laid out as numbers for an inline SVG.
//!
//! In: entities with the number of briefings that name them, pairs with the number they share, the size of the picture
//! and which way the page runs. Out: a [`RelationsMap`] of the strongest of them, with no label on another.
//!
//! The places are found by stress majorisation (Gansner, Koren and North, 2004) from a few fixed beginnings, of which
//! the tidiest outcome is kept. Only + - * / and square roots are used, so that places agree to the bit on all machines.

use std::cmp::Reverse;

use serde::Serialize;

use crate::drawing::{FONT_SIZE, LINE_HEIGHT, lines, tenth, text_width};
use crate::language::Direction;
use crate::lexicon::Kind;

/// Beginnings that are tried.
const TRIALS: usize = 16;
/// Of these, how many are made as tidy as they can be.
const FINALISTS: usize = 3;
/// Rounds of stress majorisation; most maps hold still after half of them.
const ROUNDS: usize = 80;
/// Rounds of pushing labels off each other, at most.
const PUSHES: usize = 400;
/// Rounds of moving single bodies to tidier places, at most.
const SWEEPS: usize = 4;
/// Tidier places are looked for this many steps to each side.
const REACH: i32 = 6;
/// From one place that is looked at to the next, in user units.
const STEP: f64 = 22.0;
/// Lines that are kept for each circle, beside those that hold the map together.
const TOP: usize = 2;
/// What a line costs that is too long, or too short, by half the picture's outline, against 1 for two that cross.
const LENGTH: f64 = 3.0;
/// No line need be longer than this, however much room there is.
const LONGEST: f64 = 150.0;
/// What a line costs that runs over a label, against 1 for two that cross.
const OVER_LABEL: f64 = 1.0;
/// What a line costs that runs over a circle, or so near that it seems to end there.
const OVER_CIRCLE: f64 = 5.0;
/// Radius of the smallest circle.
const SMALLEST: f64 = 4.0;
/// Width of the thinnest and the widest line.
const LINE_WIDTHS: [f64; 2] = [0.8, 6.0];
/// From a circle to the upper edge of its label.
const LABEL_GAP: f64 = 2.0;
/// Room kept around each circle with its label.
const ROOM: f64 = 4.0;

/// Cosine and sine of the golden angle, by which no two places of a spiral lie in one direction.
const GOLDEN: [f64; 2] = [-0.737_368_878_078_320_2, 0.675_490_294_261_523_8];
/// Cosine and sine of a small odd angle, which sets the beginnings apart.
const TURN: [f64; 2] = [0.96, 0.28];

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
        let sketch = Sketch::new(&chosen, shape);
        if let Some(spots) = sketch.tidiest() {
            return Some(sketch.drawn(&chosen, &spots, direction));
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

/// Two of the chosen that get a line, the stronger first.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Pair {
    ends: [usize; 2],
    count: u32,
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

/// The count of the strongest pair.
fn most_shared(pairs: &[Pair]) -> u32 {
    pairs.first().map_or(1, |pair| pair.count)
}

/// `count` as a part of `most`.
fn share(count: u32, most: u32) -> f64 {
    f64::from(count) / f64::from(most.max(1))
}

/// A place in the picture, or a way from one to another.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Spot {
    x: f64,
    y: f64,
}

impl Spot {
    fn to(self, other: Spot) -> Spot {
        Spot {
            x: other.x - self.x,
            y: other.y - self.y,
        }
    }

    fn length(self) -> f64 {
        (self.x * self.x + self.y * self.y).sqrt()
    }

    fn turned(self, [cosine, sine]: [f64; 2]) -> Spot {
        Spot {
            x: cosine * self.x - sine * self.y,
            y: sine * self.x + cosine * self.y,
        }
    }
}

/// A circle with its label, and the box around both with room to spare; the box is measured from the circle's middle.
struct Body {
    radius: f64,
    lines: Vec<String>,
    half: f64,
    above: f64,
    below: f64,
}

impl Body {
    fn new(subject: &Subject, heaviest: u32, shape: Shape) -> Body {
        let radius = tenth((share(subject.weight, heaviest).sqrt() * shape.radius).max(SMALLEST));
        let lines = lines(&subject.label, shape.label);
        let widest = lines.iter().map(|line| text_width(line)).fold(radius * 2.0, f64::max);
        Body {
            radius,
            half: widest / 2.0 + ROOM,
            above: radius + ROOM,
            below: radius + LABEL_GAP + lines.len() as f64 * LINE_HEIGHT + ROOM,
            lines,
        }
    }
}

/// What a layout starts from: bodies, the lines between them, and how far apart each two should be.
struct Sketch {
    shape: Shape,
    bodies: Vec<Body>,
    pairs: Vec<Pair>,
    far: Vec<Vec<f64>>,
}

impl Sketch {
    fn new(chosen: &Chosen, shape: Shape) -> Sketch {
        let heaviest = chosen.subjects.iter().map(|subject| subject.weight).max().unwrap_or(1);
        let pairs = kept_pairs(&chosen.counts);
        Sketch {
            shape,
            bodies: chosen
                .subjects
                .iter()
                .map(|subject| Body::new(subject, heaviest, shape))
                .collect(),
            far: distances(chosen.subjects.len(), &pairs),
            pairs,
        }
    }

    /// The places of the tidiest layout, or `None` where the labels found no room in any.
    fn tidiest(&self) -> Option<Vec<Spot>> {
        let mut layouts: Vec<(f64, Vec<Spot>)> = (0..TRIALS)
            .filter_map(|trial| {
                let mut spots = beginning(self.bodies.len(), trial);
                settle(&mut spots, &self.far);
                self.fill(&mut spots);
                self.part(&mut spots).then(|| (self.untidiness(&spots), spots))
            })
            .collect();
        layouts.sort_by(|one, other| one.0.total_cmp(&other.0));
        let finished = layouts.into_iter().take(FINALISTS).map(|(_, spots)| {
            let spots = self.finished(spots);
            (self.untidiness(&spots), spots)
        });
        finished
            .min_by(|one, other| one.0.total_cmp(&other.0))
            .map(|(_, spots)| self.centred(spots))
    }

    /// A layout made tidier, stretched over the picture again and, where all still come free, tidied once more.
    fn finished(&self, mut spots: Vec<Spot>) -> Vec<Spot> {
        self.tidy(&mut spots);
        let mut stretched = spots.clone();
        self.fill(&mut stretched);
        if self.part(&mut stretched) {
            self.tidy(&mut stretched);
            return stretched;
        }
        spots
    }

    /// A layout moved to the middle of the picture's width and to its upper edge.
    fn centred(&self, spots: Vec<Spot>) -> Vec<Spot> {
        let bodies = || spots.iter().zip(&self.bodies);
        let left = bodies()
            .map(|(spot, body)| spot.x - body.half)
            .fold(f64::INFINITY, f64::min);
        let right = bodies().map(|(spot, body)| spot.x + body.half).fold(0.0, f64::max);
        let top = bodies()
            .map(|(spot, body)| spot.y - body.above)
            .fold(f64::INFINITY, f64::min);
        let across = (self.shape.width - left - right) / 2.0;
        spots
            .iter()
            .map(|spot| Spot {
                x: spot.x + across,
                y: spot.y - top,
            })
            .collect()
    }

    /// How much of the picture's height a layout takes.
    fn height(&self, spots: &[Spot]) -> f64 {
        spots
            .iter()
            .zip(&self.bodies)
            .map(|(spot, body)| spot.y + body.below)
            .fold(0.0, f64::max)
    }

    /// The length that lines should have: what would spread the bodies evenly, within reason.
    fn ideal(&self) -> f64 {
        (self.shape.width * self.shape.height / self.bodies.len() as f64)
            .sqrt()
            .min(LONGEST)
    }

    /// Moves one body at a time to where, of the free places about it, the layout is tidiest, as long as that helps.
    fn tidy(&self, spots: &mut [Spot]) {
        for _ in 0..SWEEPS {
            let mut moved = false;
            for node in 0..spots.len() {
                let from = spots[node];
                spots[node] = self.tidiest_near(spots, node);
                moved |= spots[node] != from;
            }
            if !moved {
                return;
            }
        }
    }

    /// Of the free places about a body, its own among them, the one that makes the layout tidiest.
    fn tidiest_near(&self, spots: &mut [Spot], node: usize) -> Spot {
        let mut best = spots[node];
        let mut least = self.blame(spots, node, f64::INFINITY);
        for spot in nearby(best) {
            spots[node] = self.inside(node, spot);
            if self.is_free(spots, node) {
                let blame = self.blame(spots, node, least);
                if blame < least {
                    (least, best) = (blame, spots[node]);
                }
            }
        }
        best
    }

    /// Stretches a layout over the picture.
    fn fill(&self, spots: &mut [Spot]) {
        let bounds = |value: fn(&Spot) -> f64| {
            let low = spots.iter().map(value).fold(f64::INFINITY, f64::min);
            let high = spots.iter().map(value).fold(f64::NEG_INFINITY, f64::max);
            (low, (high - low).max(0.001))
        };
        let ((left, width), (top, height)) = (bounds(|spot| spot.x), bounds(|spot| spot.y));
        for (spot, body) in spots.iter_mut().zip(&self.bodies) {
            let across = self.shape.width - 2.0 * body.half;
            let down = self.shape.height - body.above - body.below;
            spot.x = body.half + (spot.x - left) / width * across;
            spot.y = body.above + (spot.y - top) / height * down;
        }
    }

    /// Pushes bodies off each other, by the shorter way, inside the picture; whether all came free.
    fn part(&self, spots: &mut [Spot]) -> bool {
        for _ in 0..PUSHES {
            let mut free = true;
            for one in 0..spots.len() {
                for other in one + 1..spots.len() {
                    if let Some(push) = self.push(spots, one, other) {
                        free = false;
                        spots[one] = self.inside(one, push.to(spots[one]));
                        spots[other] = self.inside(
                            other,
                            Spot {
                                x: spots[other].x + push.x,
                                y: spots[other].y + push.y,
                            },
                        );
                    }
                }
            }
            if free {
                return true;
            }
        }
        false
    }

    /// Whether a body lies on no other.
    fn is_free(&self, spots: &[Spot], node: usize) -> bool {
        (0..spots.len()).all(|other| other == node || self.push(spots, node, other).is_none())
    }

    /// Half the way by which `other` must move off `one`, if they lie on each other.
    fn push(&self, spots: &[Spot], one: usize, other: usize) -> Option<Spot> {
        let (above, below) = (&self.bodies[one], &self.bodies[other]);
        let way = spots[one].to(spots[other]);
        // From the middle of one box to that of the other; the circle is not in the middle of its box.
        let down = way.y + (below.below - below.above - above.below + above.above) / 2.0;
        let across = above.half + below.half - way.x.abs();
        let lengthways = (above.above + above.below + below.above + below.below) / 2.0 - down.abs();
        if across <= 0.0 || lengthways <= 0.0 {
            return None;
        }
        let signed = |length: f64, way: f64| if way < 0.0 { -length } else { length };
        // A little more than half, so that rounding cannot leave them touching.
        Some(if across < lengthways {
            Spot {
                x: signed(across * 0.5 + 0.06, way.x),
                y: 0.0,
            }
        } else {
            Spot {
                x: 0.0,
                y: signed(lengthways * 0.5 + 0.06, down),
            }
        })
    }

    /// The place nearest to `spot` from which the body does not leave the picture.
    fn inside(&self, body: usize, spot: Spot) -> Spot {
        let body = &self.bodies[body];
        Spot {
            x: spot.x.min(self.shape.width - body.half).max(body.half),
            y: spot.y.min(self.shape.height - body.below).max(body.above),
        }
    }

    /// How hard a layout is to read: crossings, lines that run over another's circle or label, and strong lines that
    /// are too long or too short.
    fn untidiness(&self, spots: &[Spot]) -> f64 {
        let lines = self.pairs.iter().enumerate();
        lines
            .map(|(at, &pair)| self.burden(spots, pair, &self.pairs[at + 1..]))
            .sum()
    }

    /// The part of the untidiness that one body is to blame for; not reckoned further where it is `enough`.
    fn blame(&self, spots: &[Spot], node: usize, enough: f64) -> f64 {
        let mut sum = 0.0;
        for &pair in &self.pairs {
            sum += if pair.ends.contains(&node) {
                self.burden(spots, pair, &self.pairs)
            } else {
                self.over(node, spots[node], pair.ends.map(|end| spots[end]))
            };
            if sum >= enough {
                break;
            }
        }
        sum
    }

    /// What one line adds to the untidiness, of crossings those with `others`.
    fn burden(&self, spots: &[Spot], pair: Pair, others: &[Pair]) -> f64 {
        let line = pair.ends.map(|end| spots[end]);
        let crossed = others.iter().filter(|other| {
            !other.ends.iter().any(|end| pair.ends.contains(end)) && cross(line, other.ends.map(|end| spots[end]))
        });
        let others = (0..spots.len()).filter(|node| !pair.ends.contains(node));
        let over: f64 = others.map(|node| self.over(node, spots[node], line)).sum();
        let off = (line[0].to(line[1]).length() - self.ideal()).abs() / (self.shape.width + self.shape.height);
        let weight = 1.0 + 3.0 * share(pair.count, most_shared(&self.pairs));
        crossed.count() as f64 + over + LENGTH * off * weight
    }

    /// What it costs that a line runs over the body `node` at `spot`, if it does.
    fn over(&self, node: usize, spot: Spot, line: [Spot; 2]) -> f64 {
        if !self.covers(node, spot, line) {
            0.0
        } else if distance(spot, line) < self.bodies[node].radius + ROOM {
            OVER_CIRCLE
        } else {
            OVER_LABEL
        }
    }

    /// Whether the line runs over the box of `body` at `spot`.
    fn covers(&self, body: usize, spot: Spot, [from, to]: [Spot; 2]) -> bool {
        let body = &self.bodies[body];
        let way = from.to(to);
        // The part of the line, from 0 to 1, that is within the box from side to side and from top to bottom.
        let sides = [
            (way.x, spot.x - body.half - from.x, spot.x + body.half - from.x),
            (way.y, spot.y - body.above - from.y, spot.y + body.below - from.y),
        ];
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (way, low, high) in sides {
            if way.abs() < 1e-9 {
                if low > 0.0 || high < 0.0 {
                    return false;
                }
                continue;
            }
            let (near, far) = (low / way, high / way);
            enter = enter.max(near.min(far));
            leave = leave.min(near.max(far));
        }
        enter < leave
    }

    /// The layout as it is drawn.
    fn drawn(&self, chosen: &Chosen, spots: &[Spot], direction: Direction) -> RelationsMap {
        let x = |spot: Spot| match direction {
            Direction::Ltr => tenth(spot.x),
            Direction::Rtl => tenth(self.shape.width - spot.x),
        };
        let most = most_shared(&self.pairs);
        let edge = |&Pair {
                        ends: [one, other],
                        count,
                    }: &Pair| Edge {
            x1: x(spots[one]),
            y1: tenth(spots[one].y),
            x2: x(spots[other]),
            y2: tenth(spots[other].y),
            width: tenth((share(count, most) * LINE_WIDTHS[1]).max(LINE_WIDTHS[0])),
            count,
            between: [one, other].map(|end| chosen.subjects[end].label.clone()),
        };
        let nodes = chosen.subjects.iter().zip(&self.bodies).zip(spots);
        RelationsMap {
            width: self.shape.width,
            height: tenth(self.height(spots)),
            font_size: FONT_SIZE,
            edges: self.pairs.iter().rev().map(edge).collect(),
            nodes: nodes
                .map(|((subject, body), &spot)| node(subject, body, x(spot), spot.y))
                .collect(),
        }
    }
}

/// The circle and label of `subject` at a place.
fn node(subject: &Subject, body: &Body, x: f64, y: f64) -> Node {
    let first = y + body.radius + LABEL_GAP + FONT_SIZE;
    let baselines = (0..body.lines.len()).map(|line| first + line as f64 * LINE_HEIGHT);
    Node {
        x,
        y: tenth(y),
        radius: body.radius,
        kind: subject.kind,
        title: subject.label.clone(),
        href: subject.href.clone(),
        weight: subject.weight,
        lines: body
            .lines
            .iter()
            .zip(baselines)
            .map(|(text, y)| Line {
                y: tenth(y),
                text: text.clone(),
            })
            .collect(),
    }
}

/// How far apart each two of `number` should be: the shortest way along the lines, of which the strongest is 1 long and
/// the weakest nearly 2. Where there is no way, farther than any way there is.
fn distances(number: usize, pairs: &[Pair]) -> Vec<Vec<f64>> {
    let mut far = vec![vec![f64::INFINITY; number]; number];
    for &Pair {
        ends: [one, other],
        count,
    } in pairs
    {
        let length = 2.0 - share(count, most_shared(pairs));
        far[one][other] = length;
        far[other][one] = length;
    }
    for middle in 0..number {
        for one in 0..number {
            for other in 0..number {
                let way = far[one][middle] + far[middle][other];
                far[one][other] = far[one][other].min(way);
            }
        }
    }
    let farthest = far
        .iter()
        .flatten()
        .filter(|way| way.is_finite())
        .fold(1.0, |one: f64, &other| one.max(other));
    for way in far.iter_mut().flatten().filter(|way| way.is_infinite()) {
        *way = farthest * 1.2;
    }
    far
}

/// A spiral of places, the strongest in the middle; each trial is turned a little from the one before.
fn beginning(number: usize, trial: usize) -> Vec<Spot> {
    let start = (0..trial).fold(Spot { x: 1.0, y: 0.0 }, |ray, _| ray.turned(TURN));
    let rays = std::iter::successors(Some(start), |ray| Some(ray.turned(GOLDEN)));
    let spiral = rays.take(number).zip(0..number).map(|(ray, at)| {
        let out = (at as f64 + 0.5).sqrt();
        Spot {
            x: ray.x * out,
            y: ray.y * out,
        }
    });
    spiral.collect()
}

/// Moves each in turn to where its distances to all others ask it to be, near ones most, again and again.
fn settle(spots: &mut [Spot], far: &[Vec<f64>]) {
    for _ in 0..ROUNDS {
        for one in 0..spots.len() {
            let (mut x, mut y, mut sum) = (0.0, 0.0, 0.0);
            for other in (0..spots.len()).filter(|&other| other != one) {
                let asked = far[one][other];
                let way = spots[other].to(spots[one]);
                let reach = asked / way.length().max(1e-6);
                let weight = 1.0 / (asked * asked);
                x += weight * (spots[other].x + way.x * reach);
                y += weight * (spots[other].y + way.y * reach);
                sum += weight;
            }
            spots[one] = Spot { x: x / sum, y: y / sum };
        }
    }
}

/// Places around `spot`, in a square.
fn nearby(spot: Spot) -> impl Iterator<Item = Spot> {
    let steps = || (-REACH..=REACH).map(|step| f64::from(step) * STEP);
    steps().flat_map(move |down| {
        steps().map(move |across| Spot {
            x: spot.x + across,
            y: spot.y + down,
        })
    })
}

/// From a place to the nearest of a line.
fn distance(spot: Spot, [from, to]: [Spot; 2]) -> f64 {
    let (way, off) = (from.to(to), from.to(spot));
    let along = (way.x * off.x + way.y * off.y) / (way.x * way.x + way.y * way.y).max(1e-9);
    let along = along.clamp(0.0, 1.0);
    Spot {
        x: off.x - way.x * along,
        y: off.y - way.y * along,
    }
    .length()
}

/// Whether two lines cross.
fn cross(one: [Spot; 2], other: [Spot; 2]) -> bool {
    let side = |[from, to]: [Spot; 2], spot: Spot| {
        let (way, off) = (from.to(to), from.to(spot));
        way.x * off.y - way.y * off.x
    };
    side(one, other[0]) * side(one, other[1]) < 0.0 && side(other, one[0]) * side(other, one[1]) < 0.0
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
