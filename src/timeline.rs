//! A timeline: when an entity was named, and what offices it held, laid out as numbers for an inline SVG.
//!
//! In: the days of briefings with their titles and addresses, offices with the days they were held, which way the
//! page runs, and how to write a day. Out: a [`Timeline`], all of it in user units of a picture [`WIDTH`] wide that
//! may be scaled from a telephone's width up. Time runs the way that the page is read.

use jiff::{SignedDuration, ToSpan};
use serde::Serialize;

use crate::date::Date;
use crate::drawing::{FONT_SIZE, cut, tenth, text_width};
use crate::language::Direction;

/// Width of every timeline in user units.
pub const WIDTH: f64 = 360.0;

/// From the edge of the picture to the first and last day.
const INSET: f64 = 18.0;
/// Columns are at most this high, however many briefings stand in one.
const TALLEST: f64 = 84.0;
/// At most this many columns are drawn with the large dot.
const FEW: usize = 16;
/// At least this much room between two labels.
const GAP: f64 = 10.0;
/// Height of an office: its label, its bar and the room below.
const LANE: f64 = 27.0;
/// From the top of a lane to the baseline of its label.
const LANE_BASELINE: f64 = 12.0;
/// From the top of a lane to its bar.
const LANE_BAR: f64 = 16.0;
/// Height of the bar of an office.
const BAR: f64 = 5.0;

/// How exactly a label gives a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Day, month and year.
    Day,
    /// Day and month; the label before gives the year.
    DayOfYear,
    /// Month and year.
    Month,
    /// The month alone; the label before gives the year.
    MonthOfYear,
    /// The year alone.
    Year,
}

impl Unit {
    /// The same for a label after one of the same year.
    fn within_year(self) -> Unit {
        match self {
            Unit::Day => Unit::DayOfYear,
            Unit::Month => Unit::MonthOfYear,
            other => other,
        }
    }
}

/// A briefing that names the entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its day.
    pub date: Date,
    /// Its headline.
    pub title: String,
    /// Where it stands.
    pub href: String,
}

/// An office that was held for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenure {
    /// The office.
    pub label: String,
    /// First day, where it is known.
    pub from: Option<Date>,
    /// Last day; `None` where it is held still, or the end is not known.
    pub to: Option<Date>,
}

/// A timeline, ready to be drawn. All lengths and places are in user units, from the upper left corner.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timeline {
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// Size of text that was left room for; drawn smaller it still fits.
    pub font_size: f64,
    /// The line on which the columns stand, which is also where the lines of the ticks end.
    pub axis_y: f64,
    /// Baseline of the labels of the ticks.
    pub label_y: f64,
    /// Earliest first.
    pub ticks: Vec<Tick>,
    /// Earliest first.
    pub points: Vec<Point>,
    /// The highest column, where some column has more than one briefing.
    pub peak: Option<Peak>,
    /// Earliest first; above the columns.
    pub spans: Vec<Span>,
}

/// A day written under the axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tick {
    /// Where the day is.
    pub x: f64,
    /// The middle of the label, which at the edge of the picture is not under the day.
    pub label_x: f64,
    /// The day in words.
    pub label: String,
}

/// A column of briefings whose days nearly coincide; a dot where it is one briefing. A rectangle with round corners.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height: grows with the count.
    pub height: f64,
    /// Radius of the corners: half the width.
    pub radius: f64,
    /// How many briefings stand in it.
    pub count: usize,
    /// The first day in words.
    pub from: String,
    /// The last day in words, where it is another.
    pub to: Option<String>,
    /// Headline of the latest briefing.
    pub title: String,
    /// Address of the latest briefing.
    pub href: String,
}

/// Where to write how high the highest column is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Peak {
    /// Middle of the label.
    pub x: f64,
    /// Baseline of the label.
    pub y: f64,
    /// Briefings in that column.
    pub count: usize,
}

/// An office as a bar, with its label above.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Span {
    /// Left edge of the bar.
    pub x: f64,
    /// Upper edge of the bar.
    pub y: f64,
    /// Width of the bar.
    pub width: f64,
    /// Height of the bar.
    pub height: f64,
    /// Where the label starts or ends; at its start it is read first, whichever way the page runs.
    pub label_x: f64,
    /// Which of the two: the label starts where the bar does or, where there is no room, ends where the bar does.
    pub label_anchor: Anchor,
    /// Baseline of the label.
    pub label_y: f64,
    /// The office, cut where there is not room for all of it.
    pub label: String,
    /// The office in full.
    pub title: String,
    /// The first day in words, where it is known.
    pub from: Option<String>,
    /// The last day in words, where it is known.
    pub to: Option<String>,
}

/// Which end of a text stands at its x; the values of `text-anchor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Anchor {
    /// What is read first.
    Start,
    /// What is read last.
    End,
}

/// Lays out a timeline, or gives `None` where there is no day at all.
///
/// Briefings whose dots would touch become one column as high as their number, no briefing farther from its day than
/// a dot is wide. Ticks are the days themselves where they are few; else the first days of the shortest calendar
/// period whose labels stand apart. `label` writes a day; it is asked for few more days than are shown.
pub fn timeline(
    events: &[Event],
    tenures: &[Tenure],
    direction: Direction,
    label: impl Fn(Date, Unit) -> String,
) -> Option<Timeline> {
    let mut events: Vec<&Event> = events.iter().collect();
    events.sort_by(|one, other| (one.date, &one.title, &one.href).cmp(&(other.date, &other.title, &other.href)));
    let scale = Scale::new(&events, tenures, direction)?;
    let (spans, top) = spans(&scale, tenures, &label);
    let (points, peak, axis_y) = columns(&scale, &events, top, &label);
    Some(Timeline {
        width: WIDTH,
        height: tenth(axis_y + 23.0),
        font_size: FONT_SIZE,
        axis_y: tenth(axis_y),
        label_y: tenth(axis_y + 17.0),
        ticks: ticks(&scale, &events, &label),
        points,
        peak,
        spans,
    })
}

/// Days as places. `along` counts from the earliest day in the direction of time, whichever way the page runs.
struct Scale {
    first: Date,
    last: Date,
    /// Day numbers of the two ends of the axis.
    ends: [f64; 2],
    direction: Direction,
}

impl Scale {
    fn new(events: &[&Event], tenures: &[Tenure], direction: Direction) -> Option<Scale> {
        let held = tenures
            .iter()
            .flat_map(|tenure| tenure.from.into_iter().chain(tenure.to));
        let mut days: Vec<Date> = events.iter().map(|event| event.date).chain(held).collect();
        days.sort_unstable();
        days.dedup();
        let (&first, &last) = (days.first()?, days.last()?);
        let (start, end) = (day_number(first), day_number(last));
        // A few days stand clear of the edges, so that each is written in full right under its dot.
        let margin = if days.len() <= 3 {
            ((end - start) / 5.0).max(1.0)
        } else {
            0.0
        };
        Some(Scale {
            first,
            last,
            ends: [start - margin, end + margin],
            direction,
        })
    }

    fn along(&self, day: Date) -> f64 {
        let [start, end] = self.ends;
        INSET + (day_number(day) - start) / (end - start) * (WIDTH - 2.0 * INSET)
    }

    /// The x of something `along` the axis.
    fn x(&self, along: f64) -> f64 {
        match self.direction {
            Direction::Ltr => along,
            Direction::Rtl => WIDTH - along,
        }
    }

    /// The left edge of something that begins `along` the axis and is `width` wide.
    fn left(&self, along: f64, width: f64) -> f64 {
        match self.direction {
            Direction::Ltr => along,
            Direction::Rtl => WIDTH - along - width,
        }
    }
}

/// Days since 1970.
fn day_number(day: Date) -> f64 {
    let since: SignedDuration = day.duration_since(Date::constant(1970, 1, 1));
    f64::from(i32::try_from(since.as_hours() / 24).unwrap_or(i32::MAX))
}

/// Briefings that share a column.
struct Group<'a> {
    events: Vec<&'a Event>,
    /// Where the first of them is.
    start: f64,
    /// Where the column stands.
    middle: f64,
}

/// The columns, the label of the highest, and the y of the axis under them; `top` is where the offices end.
fn columns(
    scale: &Scale,
    events: &[&Event],
    top: f64,
    label: &impl Fn(Date, Unit) -> String,
) -> (Vec<Point>, Option<Peak>, f64) {
    let (groups, width) = groups(scale, events);
    let most = groups.iter().map(|group| group.events.len()).max().unwrap_or(0);
    let step = ((TALLEST - width) / (most.max(2) - 1) as f64).min(width + 1.0);
    let height = |count: usize| width + (count.max(1) - 1) as f64 * step;
    let headroom = if most > 1 { FONT_SIZE + 6.0 } else { 6.0 };
    let axis = top + headroom + height(most) + 4.0;
    let place = |group: &Group| -> Option<Point> {
        let (first, last) = (group.events.first()?, group.events.last()?);
        let count = group.events.len();
        Some(Point {
            x: tenth(scale.left(group.middle - width / 2.0, width)),
            y: tenth(axis - 4.0 - height(count)),
            width,
            height: tenth(height(count)),
            radius: width / 2.0,
            count,
            from: label(first.date, Unit::Day),
            to: (last.date != first.date).then(|| label(last.date, Unit::Day)),
            title: last.title.clone(),
            href: last.href.clone(),
        })
    };
    let highest = groups.iter().find(|group| most > 1 && group.events.len() == most);
    let peak = highest.map(|group| Peak {
        x: tenth(scale.x(group.middle)),
        y: tenth(axis - 4.0 - height(most) - 4.0),
        count: most,
    });
    (groups.iter().filter_map(place).collect(), peak, axis)
}

/// The groups and the width of their columns: large dots where there are few, small ones where there are many.
fn groups<'a>(scale: &Scale, events: &[&'a Event]) -> (Vec<Group<'a>>, f64) {
    let few = group(scale, events, 11.5);
    if few.len() <= FEW {
        (few, 10.0)
    } else {
        (group(scale, events, 8.0), 7.0)
    }
}

/// Gathers each day with those less than `pitch` after it. A group stands at its mean day or, where that is too near
/// the group before, as far on as it must; never more than `pitch` after its first day.
fn group<'a>(scale: &Scale, events: &[&'a Event], pitch: f64) -> Vec<Group<'a>> {
    let mut groups: Vec<Group> = Vec::new();
    for &event in events {
        let along = scale.along(event.date);
        match groups.last_mut().filter(|group| along - group.start < pitch) {
            Some(group) => group.events.push(event),
            None => groups.push(Group {
                events: vec![event],
                start: along,
                middle: along,
            }),
        }
    }
    let mut free = 0.0;
    for group in &mut groups {
        let sum: f64 = group.events.iter().map(|event| scale.along(event.date)).sum();
        group.middle = (sum / group.events.len() as f64).max(free);
        free = group.middle + pitch;
    }
    groups
}

/// A period of the calendar, so many days, months or years long, whose first days may be ticks.
#[derive(Clone, Copy)]
enum Period {
    Days(i8),
    Months(i8),
    Years(i16),
}

/// From the shortest to the longest.
const PERIODS: [Period; 15] = [
    Period::Days(1),
    Period::Days(2),
    Period::Days(7),
    Period::Days(14),
    Period::Months(1),
    Period::Months(3),
    Period::Months(6),
    Period::Years(1),
    Period::Years(2),
    Period::Years(5),
    Period::Years(10),
    Period::Years(20),
    Period::Years(50),
    Period::Years(100),
    Period::Years(500),
];

impl Period {
    /// How its first days are written.
    fn unit(self) -> Unit {
        match self {
            Period::Days(_) => Unit::Day,
            Period::Months(_) => Unit::Month,
            Period::Years(_) => Unit::Year,
        }
    }

    /// At least this many days.
    fn days(self) -> f64 {
        match self {
            Period::Days(days) => f64::from(days),
            Period::Months(months) => 28.0 * f64::from(months),
            Period::Years(years) => 365.0 * f64::from(years),
        }
    }

    /// The last first day of such a period that is not after `day`.
    fn before(self, day: Date) -> Option<Date> {
        let floor = |value: i8, every: i8| value - (value - 1).rem_euclid(every);
        match self {
            Period::Days(every) => Date::new(day.year(), day.month(), floor(day.day(), every)).ok(),
            Period::Months(every) => Date::new(day.year(), floor(day.month(), every), 1).ok(),
            Period::Years(every) => Date::new(day.year() - day.year().rem_euclid(every), 1, 1).ok(),
        }
    }

    /// The first day of the period after the one that begins on `day`. Weeks and the like begin anew each month, and
    /// the last of a month takes in what is left.
    fn after(self, day: Date) -> Option<Date> {
        match self {
            Period::Days(every) => {
                let next = day.checked_add(every.days()).ok()?;
                let month_end = day.last_of_month();
                let left = day_number(month_end) - day_number(next) + 1.0;
                if left < self.days() / 2.0 {
                    month_end.tomorrow().ok()
                } else {
                    Some(next)
                }
            }
            Period::Months(every) => day.checked_add(every.months()).ok(),
            Period::Years(every) => day.checked_add(every.years()).ok(),
        }
    }

    /// The first days of such periods from `first` to `last`.
    fn starts(self, first: Date, last: Date) -> Vec<Date> {
        std::iter::successors(self.before(first), move |&day| self.after(day))
            .skip_while(|&day| day < first)
            .take_while(|&day| day <= last)
            .collect()
    }
}

/// The days to write under the axis, in order.
fn ticks(scale: &Scale, events: &[&Event], label: &impl Fn(Date, Unit) -> String) -> Vec<Tick> {
    let mut days: Vec<Date> = events.iter().map(|event| event.date).collect();
    days.dedup();
    let few = (days.len() <= 3).then_some((days, Unit::Day));
    let [start, end] = scale.ends;
    let calendar = PERIODS
        .iter()
        .filter(|period| (end - start) / period.days() <= 12.0)
        .map(|period| (period.starts(scale.first, scale.last), period.unit()));
    few.into_iter()
        .chain(calendar)
        .filter(|(days, _)| !days.is_empty())
        .find_map(|(days, unit)| apart(scale, &days, unit, label))
        .unwrap_or_default()
}

/// The ticks of `days`, or `None` where their labels would touch.
fn apart(scale: &Scale, days: &[Date], unit: Unit, label: &impl Fn(Date, Unit) -> String) -> Option<Vec<Tick>> {
    let (mut free, mut year) = (0.0, None);
    let mut ticks = Vec::with_capacity(days.len());
    for &day in days {
        let unit = if year == Some(day.year()) {
            unit.within_year()
        } else {
            unit
        };
        year = Some(day.year());
        let (along, label) = (scale.along(day), label(day, unit));
        let half = text_width(&label) / 2.0;
        let middle = along.min(WIDTH - half).max(half);
        if middle - half < free || half * 2.0 > WIDTH {
            return None;
        }
        free = middle + half + GAP;
        ticks.push(Tick {
            x: tenth(scale.x(along)),
            label_x: tenth(scale.x(middle)),
            label,
        });
    }
    Some(ticks)
}

/// The offices in as few lanes as keep them apart, and the y below the last lane.
fn spans(scale: &Scale, tenures: &[Tenure], label: &impl Fn(Date, Unit) -> String) -> (Vec<Span>, f64) {
    let mut order: Vec<&Tenure> = tenures.iter().collect();
    order.sort_by(|one, other| (one.from, one.to, &one.label).cmp(&(other.from, other.to, &other.label)));
    let mut taken: Vec<f64> = Vec::new();
    let mut spans = Vec::with_capacity(order.len());
    for tenure in order {
        let office = Office::new(scale, tenure);
        let [start, end] = office.extent();
        let lane = taken.iter().position(|&taken| taken <= start).unwrap_or(taken.len());
        taken.resize(taken.len().max(lane + 1), 0.0);
        taken[lane] = end + GAP;
        spans.push(office.span(scale, lane, label));
    }
    (spans, taken.len() as f64 * LANE)
}

/// An office along the axis.
struct Office<'a> {
    tenure: &'a Tenure,
    /// Where its bar begins and ends.
    bar: [f64; 2],
    label: String,
    anchor: Anchor,
}

impl<'a> Office<'a> {
    fn new(scale: &Scale, tenure: &'a Tenure) -> Office<'a> {
        let start = tenure.from.map_or(0.0, |day| scale.along(day));
        let end = tenure.to.map_or(WIDTH, |day| scale.along(day)).max(start + 3.0);
        let label = cut(&tenure.label, end.max(WIDTH - start));
        let fits = start + text_width(&label) <= WIDTH;
        Office {
            tenure,
            bar: [start, end],
            label,
            anchor: if fits { Anchor::Start } else { Anchor::End },
        }
    }

    /// Where bar and label together begin and end.
    fn extent(&self) -> [f64; 2] {
        let ([start, end], width) = (self.bar, text_width(&self.label));
        match self.anchor {
            Anchor::Start => [start, end.max(start + width)],
            Anchor::End => [start.min(end - width), end],
        }
    }

    fn span(self, scale: &Scale, lane: usize, label: &impl Fn(Date, Unit) -> String) -> Span {
        let ([start, end], top) = (self.bar, lane as f64 * LANE);
        Span {
            x: tenth(scale.left(start, end - start)),
            y: tenth(top + LANE_BAR),
            width: tenth(end - start),
            height: BAR,
            label_x: tenth(scale.x(if self.anchor == Anchor::Start { start } else { end })),
            label_anchor: self.anchor,
            label_y: tenth(top + LANE_BASELINE),
            label: self.label,
            title: self.tenure.label.clone(),
            from: self.tenure.from.map(|day| label(day, Unit::Day)),
            to: self.tenure.to.map(|day| label(day, Unit::Day)),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn event(date: Date) -> Event {
        Event {
            date,
            title: format!("بيان {date}"),
            href: format!("/{date}/"),
        }
    }

    fn tenure(label: &str, from: Option<Date>, to: Option<Date>) -> Tenure {
        Tenure {
            label: label.to_owned(),
            from,
            to,
        }
    }

    fn write(day: Date, unit: Unit) -> String {
        match unit {
            Unit::Day => format!("{} سبتمبر {}", day.day(), day.year()), // September, the widest of the months
            Unit::DayOfYear => format!("{} سبتمبر", day.day()),
            Unit::Month => format!("سبتمبر {}", day.year()),
            Unit::MonthOfYear => "سبتمبر".to_owned(),
            Unit::Year => day.year().to_string(),
        }
    }

    fn draw(days: &[Date], tenures: &[Tenure], direction: Direction) -> Timeline {
        let events: Vec<Event> = days.iter().map(|&day| event(day)).collect();
        timeline(&events, tenures, direction, write).expect("there is a day")
    }

    fn labels(days: &[Date]) -> Vec<String> {
        let ticks = draw(days, &[], Direction::Rtl).ticks;
        ticks.into_iter().map(|tick| tick.label).collect()
    }

    /// Days spread evenly, the last `years` after the first.
    fn spread(count: i64, years: i64) -> Vec<Date> {
        (0..count)
            .map(|at| date(1945, 6, 26) + (at * years * 365 / count).days())
            .collect()
    }

    #[test]
    fn a_few_days_are_written_out_in_full() {
        assert_eq!(labels(&[date(2023, 7, 24)]), ["24 سبتمبر 2023"]);
        assert_eq!(
            labels(&[date(2023, 7, 24), date(2003, 1, 2)]),
            ["2 سبتمبر 2003", "24 سبتمبر 2023"]
        );
    }

    #[test]
    fn ticks_follow_the_calendar_as_far_as_their_labels_stand_apart() {
        for (count, years, first, number) in [
            (500, 80, "1950", 8),
            (40, 30, "1950", 5),
            (10, 7, "1946", 6),
            (9, 1, "سبتمبر 1945", 4),
        ] {
            let labels = labels(&spread(count, years));
            assert_eq!((labels[0].as_str(), labels.len()), (first, number), "{labels:?}");
        }
    }

    #[test]
    fn one_day_stands_in_the_middle() {
        let timeline = draw(&[date(2023, 7, 24)], &[], Direction::Rtl);
        assert_eq!(timeline.ticks[0].x, WIDTH / 2.0);
        assert_eq!(timeline.points[0].x + timeline.points[0].radius, WIDTH / 2.0);
        assert_eq!(timeline.peak, None);
    }

    #[test]
    fn briefings_of_one_day_are_one_column_that_leads_to_the_latest() {
        let events = [
            event(date(2023, 7, 24)),
            event(date(2023, 7, 24)),
            event(date(2001, 1, 1)),
        ];
        let timeline = timeline(&events, &[], Direction::Ltr, write).expect("there is a day");
        let counts: Vec<usize> = timeline.points.iter().map(|point| point.count).collect();
        assert_eq!(counts, [1, 2]);
        assert_eq!(timeline.points[1].href, "/2023-07-24/");
        assert_eq!(timeline.points[1].to, None);
        assert_eq!(timeline.peak.map(|peak| peak.count), Some(2));
    }

    #[test]
    fn time_runs_the_way_the_page_is_read() {
        let days = [date(2001, 1, 1), date(2005, 1, 1), date(2023, 1, 1)];
        let tenures = [tenure("وزير الخارجية", Some(date(2002, 1, 1)), None)]; // foreign minister
        let (left, right) = (
            draw(&days, &tenures, Direction::Ltr),
            draw(&days, &tenures, Direction::Rtl),
        );
        let mirrored = |one: f64, other: f64| assert!((one + other - WIDTH).abs() < 0.11, "{one} {other}");
        for (one, other) in left.points.iter().zip(&right.points) {
            mirrored(one.x + one.width, other.x);
        }
        for (one, other) in left.ticks.iter().zip(&right.ticks) {
            mirrored(one.x, other.x);
            mirrored(one.label_x, other.label_x);
        }
        mirrored(left.spans[0].x + left.spans[0].width, right.spans[0].x);
        mirrored(left.spans[0].label_x, right.spans[0].label_x);
    }

    #[test]
    fn an_open_office_runs_to_the_edge_and_those_that_touch_take_two_lanes() {
        let tenures = [
            tenure("وزير الخارجية", Some(date(2010, 1, 1)), None), // foreign minister
            tenure("سفير لدى الأمم المتحدة", None, Some(date(2009, 12, 31))), // ambassador to the United Nations
            tenure("عضو الوفد", Some(date(2009, 1, 1)), Some(date(2009, 2, 1))), // member of the delegation
        ];
        let timeline = draw(&[date(2001, 1, 1), date(2023, 1, 1)], &tenures, Direction::Ltr);
        let [ambassador, member, minister] = &timeline.spans[..] else {
            panic!("three offices")
        };
        assert_eq!(ambassador.x, 0.0);
        assert_eq!(tenth(minister.x + minister.width), WIDTH);
        assert!(member.y > ambassador.y);
        assert!(timeline.points[0].y > member.y + member.height);
    }

    #[test]
    fn without_a_day_there_is_nothing_to_draw() {
        assert_eq!(
            timeline(&[], &[tenure("سفير", None, None)], Direction::Rtl, write),
            None
        ); // ambassador
    }

    fn any_days() -> impl Strategy<Value = Vec<Date>> {
        let day = |range: i32| (0..=range).prop_map(|day| date(1945, 6, 26) + day.days());
        (0..30_000).prop_flat_map(move |range| proptest::collection::vec(day(range), 1..120))
    }

    fn any_tenure() -> impl Strategy<Value = Tenure> {
        let day = || proptest::option::of((0..30_000_i32).prop_map(|day| date(1945, 6, 26) + day.days()));
        ("[ا-ي ]{1,60}", day(), day()).prop_map(|(label, from, to)| tenure(&label, from, to))
    }

    proptest! {
        #[test]
        fn all_of_it_is_inside_the_picture_and_apart(
            days in any_days(),
            tenures in proptest::collection::vec(any_tenure(), 0..5),
        ) {
            let timeline = draw(&days, &tenures, Direction::Ltr);
            let inside = |left: f64, right: f64| left >= -0.1 && right <= WIDTH + 0.1;
            prop_assert_eq!(timeline.points.iter().map(|point| point.count).sum::<usize>(), days.len());
            for pair in timeline.points.windows(2) {
                prop_assert!(pair[0].x + pair[0].width < pair[1].x);
            }
            for point in &timeline.points {
                prop_assert!(inside(point.x, point.x + point.width) && point.y >= 0.0);
                prop_assert!(point.y + point.height < timeline.axis_y);
            }
            let halves = |tick: &Tick| text_width(&tick.label) / 2.0;
            for pair in timeline.ticks.windows(2) {
                prop_assert!(pair[0].label_x + halves(&pair[0]) < pair[1].label_x - halves(&pair[1]));
            }
            for tick in &timeline.ticks {
                prop_assert!(inside(tick.label_x - halves(tick), tick.label_x + halves(tick)));
            }
            for span in &timeline.spans {
                prop_assert!(inside(span.x, span.x + span.width));
                let width = text_width(&span.label);
                let start = if span.label_anchor == Anchor::Start { span.label_x } else { span.label_x - width };
                prop_assert!(inside(start, start + width));
            }
        }

        #[test]
        fn the_order_of_the_briefings_does_not_matter(days in any_days()) {
            let reversed: Vec<Date> = days.iter().rev().copied().collect();
            prop_assert_eq!(draw(&days, &[], Direction::Rtl), draw(&reversed, &[], Direction::Rtl));
        }
    }
}
