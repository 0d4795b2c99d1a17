//! Places for the circles of a map of relations.
//!
//! In: the size of the picture, circles with room for their labels, and the lines between them. Out: a place for each
//! circle, so that none lies on another and lines are easy to follow, or nothing where there is not room for all.
//!
//! Stress majorisation (Gansner, Koren and North, 2004) from a few fixed beginnings, then single circles moved as long
//! as that makes the outcome tidier. Only + - * / and square roots are used, so that places agree to the bit on all
//! machines. Beginnings are followed on all cores, and compared in their order.

use rayon::prelude::*;

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
/// What a line costs that is too long, or too short, by half the picture's outline, against 1 for two that cross.
const LENGTH: f64 = 3.0;
/// No line need be longer than this, however much room there is.
const LONGEST: f64 = 150.0;
/// What a line costs that runs over a label, against 1 for two that cross.
const OVER_LABEL: f64 = 1.0;
/// What a line costs that runs over a circle, or so near that it seems to end there.
const OVER_CIRCLE: f64 = 5.0;
/// A line this near to a circle seems to end there.
const NEAR: f64 = 4.0;

/// Cosine and sine of the golden angle, by which no two places of a spiral lie in one direction.
const GOLDEN: [f64; 2] = [-0.737_368_878_078_320_2, 0.675_490_294_261_523_8];
/// Cosine and sine of a small odd angle, which sets the beginnings apart.
const TURN: [f64; 2] = [0.96, 0.28];

/// Two bodies with a line between them, the stronger first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Their numbers.
    pub ends: [usize; 2],
    /// How strongly they are joined.
    pub count: u32,
}

/// The count of the strongest pair.
pub fn most_shared(pairs: &[Pair]) -> u32 {
    pairs.first().map_or(1, |pair| pair.count)
}

/// `count` as a part of `most`.
pub fn share(count: u32, most: u32) -> f64 {
    f64::from(count) / f64::from(most.max(1))
}

/// A place in the picture, or a way from one to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    pub x: f64,
    pub y: f64,
}

impl Spot {
    fn to(self, other: Spot) -> Spot {
        Spot {
            x: other.x - self.x,
            y: other.y - self.y,
        }
    }

    fn plus(self, way: Spot) -> Spot {
        Spot {
            x: self.x + way.x,
            y: self.y + way.y,
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

/// A circle with its label, by the box around both, measured from the circle's middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Body {
    /// Of the circle.
    pub radius: f64,
    /// To the left and right edge of the box.
    pub half: f64,
    /// To its upper edge.
    pub above: f64,
    /// To its lower edge.
    pub below: f64,
}

/// What a layout starts from: bodies, the lines between them, and how far apart each two should be.
pub struct Sketch<'a> {
    width: f64,
    height: f64,
    bodies: &'a [Body],
    pairs: &'a [Pair],
    far: Vec<Vec<f64>>,
}

impl<'a> Sketch<'a> {
    /// Of a picture of this size at most; `pairs` are in order, the strongest first.
    pub fn new([width, height]: [f64; 2], bodies: &'a [Body], pairs: &'a [Pair]) -> Sketch<'a> {
        Sketch {
            width,
            height,
            bodies,
            pairs,
            far: distances(bodies.len(), pairs),
        }
    }

    /// The places of the tidiest layout, or `None` where the labels found no room in any.
    pub fn tidiest(&self) -> Option<Vec<Spot>> {
        let mut layouts: Vec<(f64, Vec<Spot>)> = (0..TRIALS)
            .into_par_iter()
            .filter_map(|trial| {
                let mut spots = beginning(self.bodies.len(), trial);
                settle(&mut spots, &self.far);
                self.fill(&mut spots);
                self.part(&mut spots).then(|| (self.untidiness(&spots), spots))
            })
            .collect();
        layouts.sort_by(|one, other| one.0.total_cmp(&other.0));
        layouts.truncate(FINALISTS);
        let finish = |(_, spots): (f64, Vec<Spot>)| {
            let spots = self.finished(spots);
            (self.untidiness(&spots), spots)
        };
        let finished: Vec<(f64, Vec<Spot>)> = layouts.into_par_iter().map(finish).collect();
        finished
            .into_iter()
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
        let bodies = || spots.iter().zip(self.bodies);
        let left = bodies()
            .map(|(spot, body)| spot.x - body.half)
            .fold(f64::INFINITY, f64::min);
        let right = bodies().map(|(spot, body)| spot.x + body.half).fold(0.0, f64::max);
        let top = bodies()
            .map(|(spot, body)| spot.y - body.above)
            .fold(f64::INFINITY, f64::min);
        let across = (self.width - left - right) / 2.0;
        let by = Spot { x: across, y: -top };
        spots.into_iter().map(|spot| spot.plus(by)).collect()
    }

    /// The length that lines should have: what would spread the bodies evenly, within reason.
    fn ideal(&self) -> f64 {
        (self.width * self.height / self.bodies.len() as f64)
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
        for (spot, body) in spots.iter_mut().zip(self.bodies) {
            let across = self.width - 2.0 * body.half;
            let down = self.height - body.above - body.below;
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
                        spots[other] = self.inside(other, spots[other].plus(push));
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
        let down = way.y + f64::midpoint(below.below - below.above - above.below, above.above);
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
            x: spot.x.min(self.width - body.half).max(body.half),
            y: spot.y.min(self.height - body.below).max(body.above),
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
        for &pair in self.pairs {
            sum += if pair.ends.contains(&node) {
                self.burden(spots, pair, self.pairs)
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
        let off = (line[0].to(line[1]).length() - self.ideal()).abs() / (self.width + self.height);
        let weight = 1.0 + 3.0 * share(pair.count, most_shared(self.pairs));
        crossed.count() as f64 + over + LENGTH * off * weight
    }

    /// What it costs that a line runs over the body `node` at `spot`, if it does.
    fn over(&self, node: usize, spot: Spot, line: [Spot; 2]) -> f64 {
        if !self.covers(node, spot, line) {
            0.0
        } else if distance(spot, line) < self.bodies[node].radius + NEAR {
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
    use super::*;

    #[test]
    fn a_ring_is_laid_out_without_a_crossing() {
        let body = Body {
            radius: 10.0,
            half: 30.0,
            above: 14.0,
            below: 30.0,
        };
        let pairs: Vec<Pair> = (0..8)
            .map(|at| Pair {
                ends: [at, (at + 3) % 8],
                count: 1,
            })
            .collect();
        let bodies = [body; 8];
        let spots = Sketch::new([360.0, 480.0], &bodies, &pairs)
            .tidiest()
            .expect("there is room");
        let line = |pair: &Pair| pair.ends.map(|end| spots[end]);
        for (at, one) in pairs.iter().enumerate() {
            assert!(pairs[at + 1..].iter().all(|other| !cross(line(one), line(other))));
        }
    }

    #[test]
    fn where_there_is_not_room_for_all_there_is_no_layout() {
        let body = Body {
            radius: 10.0,
            half: 60.0,
            above: 14.0,
            below: 30.0,
        };
        let pairs = [Pair { ends: [0, 1], count: 1 }, Pair { ends: [1, 2], count: 1 }];
        assert_eq!(Sketch::new([130.0, 100.0], &[body; 3], &pairs).tidiest(), None);
    }

    #[test]
    fn lines_that_share_an_end_do_not_cross() {
        let [one, two, three] = [(0.0, 0.0), (1.0, 1.0), (2.0, 0.0)].map(|(x, y)| Spot { x, y });
        assert!(!cross([one, two], [two, three]));
        assert!((distance(two, [one, three]) - 1.0).abs() < 1e-9);
    }
}
