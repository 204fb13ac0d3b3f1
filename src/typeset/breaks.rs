//! Total-fit line breaking: of all ways to break a paragraph, the one with the most even spaces (after Knuth and Plass).

/// What the breaker sees of a part of a paragraph. Widths are points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Measure {
    /// Letters that stay together.
    Word(f32),
    /// A space.
    Space {
        width: f32,
        /// Whether a line may end here; else it is a no-break space.
        breakable: bool,
    },
    /// A place where a line may also end, at a cost, adding the width of a hyphen.
    Opportunity { width: f32, cost: f32 },
}

/// How much a space may grow in an even line, to its width.
pub(super) const STRETCH: f32 = 0.5;
/// How much a space may shrink, to its width.
pub(super) const SHRINK: f32 = 0.22;
/// A line whose spaces would grow by more than this many times [`STRETCH`] is left ragged.
pub(super) const LOOSEST: f32 = 4.0;

/// A way to the end of a line.
#[derive(Debug, Clone, Copy)]
struct Way {
    demerits: f64,
    previous: usize,
    ratio: f32,
    divided: bool,
}

/// A place where a line may end, and what the next line would begin with if it did.
#[derive(Debug, Clone, Copy)]
struct Break {
    /// The part at which the line ends.
    end: usize,
    /// The width of all parts before it, and that of the spaces among them.
    reached: Sum,
    /// The width of the hyphen that ends the line.
    hyphen: f32,
    cost: f32,
    next: Start,
}

/// Where a line may begin.
#[derive(Debug, Clone, Copy)]
struct Start {
    /// Its first part.
    part: usize,
    /// The width of all parts before it, and that of the spaces among them.
    reached: Sum,
}

#[derive(Debug, Clone, Copy)]
struct Sum {
    width: f32,
    spaces: f32,
}

/// The start of the first line.
const FIRST: Start = Start { part: 0, reached: Sum { width: 0.0, spaces: 0.0 } };

/// No line has more places to break than this; letters without width must not make the search quadratic.
const MOST_BREAKS: usize = 2000;

/// The way that starts at the paragraph's start.
const START: usize = usize::MAX;

/// Whether parts that are so wide make one line: two would be worse.
pub(super) fn is_one_line(count: usize, width: f32, measure: f32) -> bool {
    count < MOST_BREAKS && width <= measure
}

/// Where lines end: indices of the parts, the last one past the end. Also tells the widest stretch ratio of a line.
pub(super) fn break_lines(parts: &[Measure], measure: f32, justified: bool) -> (Vec<usize>, f32) {
    let breaks = breaks(parts);
    let mut search = Search { breaks: &breaks, measure, justified, ways: Vec::with_capacity(breaks.len()), first: 0 };
    for position in 0..breaks.len() {
        let way = search.best_way(position);
        search.ways.push(way);
    }
    let mut lines = Vec::new();
    let mut loosest = 0.0_f32;
    let mut position = breaks.len() - 1;
    loop {
        lines.push(breaks[position].end);
        let way = search.ways[position];
        loosest = loosest.max(way.ratio);
        if way.previous == START {
            break;
        }
        position = way.previous;
    }
    lines.reverse();
    (lines, loosest)
}

/// The places where a line may end; the last one is past the end.
fn breaks(parts: &[Measure]) -> Vec<Break> {
    let mut breaks: Vec<Break> = Vec::with_capacity(parts.len() / 2 + 1);
    let mut reached = FIRST.reached;
    // The breaks whose next line has not begun yet: its first part is still to come.
    let mut open = 0;
    for (index, part) in parts.iter().enumerate() {
        let (hyphen, cost) = match part {
            Measure::Opportunity { width, cost } => (*width, *cost),
            _ => (0.0, 0.0),
        };
        if !matches!(part, Measure::Space { breakable: true, .. } | Measure::Opportunity { .. }) {
            breaks[open..].iter_mut().for_each(|one| one.next = Start { part: index, reached });
            open = breaks.len();
        }
        if is_break(parts, index) {
            breaks.push(Break { end: index, reached, hyphen, cost, next: FIRST });
        }
        match part {
            Measure::Word(width) => reached.width += width,
            Measure::Space { width, .. } => {
                reached.width += width;
                reached.spaces += width;
            }
            Measure::Opportunity { .. } => {}
        }
    }
    let end = Start { part: parts.len(), reached };
    breaks[open..].iter_mut().for_each(|one| one.next = end);
    breaks.push(Break { end: parts.len(), reached, hyphen: 0.0, cost: 0.0, next: end });
    breaks
}

/// The search for the best way to each break, one after the other.
struct Search<'b> {
    breaks: &'b [Break],
    measure: f32,
    justified: bool,
    /// To each break that has been passed.
    ways: Vec<Way>,
    /// The first line start from which a line still reaches the break: those before it are too far for the later ones, too.
    first: usize,
}

/// A line between a start and a break.
struct Reach {
    natural: f32,
    slack: f32,
    spaces: f32,
    /// It is too wide, its spaces shrunk as far as they may.
    overfull: bool,
}

impl Search<'_> {
    /// The line start after the break before `candidate`; the first one is the paragraph's.
    fn start(&self, candidate: usize) -> Start {
        candidate.checked_sub(1).map_or(FIRST, |previous| self.breaks[previous].next)
    }

    fn reach(&self, candidate: usize, end: &Break, hyphen: f32) -> Reach {
        let start = self.start(candidate);
        let (width, spaces) = if start.part < end.end {
            (end.reached.width - start.reached.width, end.reached.spaces - start.reached.spaces)
        } else {
            (0.0, 0.0)
        };
        let natural = width + hyphen;
        let slack = self.measure - natural;
        let overfull = slack + spaces * if self.justified { SHRINK } else { 0.0 } < -0.01;
        Reach { natural, slack, spaces, overfull }
    }

    /// The best way to a break, all before it being passed. Of equally good ones it is the one whose last line is the shortest.
    fn best_way(&mut self, position: usize) -> Way {
        let end = self.breaks[position];
        let is_last = position + 1 == self.breaks.len();
        while self.first < position && self.reach(self.first, &end, 0.0).overfull {
            self.first += 1;
        }
        let mut first = self.first.max((position + 1).saturating_sub(MOST_BREAKS));
        while first < position && self.reach(first, &end, end.hyphen).overfull {
            first += 1;
        }
        let mut best = Way { demerits: f64::INFINITY, previous: START, ratio: 0.0, divided: false };
        for candidate in first..=position {
            let reach = self.reach(candidate, &end, end.hyphen);
            let (badness, ratio) = self.badness(&reach, is_last);
            let line = (10.0 + badness) * (10.0 + badness);
            // From here on, lines become shorter, and so worse.
            if line > best.demerits && reach.slack >= 0.0 && !is_last {
                break;
            }
            let previous = candidate.checked_sub(1);
            let mut badness = badness;
            if is_last && previous.is_some() {
                badness += shortness(reach.natural, self.measure);
            }
            let mut demerits = (10.0 + badness) * (10.0 + badness) + f64::from(end.cost) * f64::from(end.cost);
            let divided = end.cost > 0.0;
            if let Some(before) = previous.map(|previous| self.ways[previous]) {
                demerits += before.demerits;
                if divided && before.divided {
                    demerits += 9000.0;
                }
                if (before.ratio - ratio).abs() > 1.0 {
                    demerits += 4000.0;
                }
            }
            if demerits <= best.demerits {
                best = Way { demerits, previous: previous.unwrap_or(START), ratio: ratio.max(0.0), divided };
            }
        }
        best
    }

    /// How bad a line is, and how far its spaces grow.
    fn badness(&self, reach: &Reach, is_last: bool) -> (f64, f32) {
        let Reach { slack, spaces, .. } = *reach;
        let ratio = if self.justified && !(is_last && slack >= 0.0) {
            slack / (spaces * if slack < 0.0 { SHRINK } else { STRETCH }).max(0.01)
        } else {
            0.0
        };
        let unevenness = f64::from(if !self.justified {
            raggedness(slack, self.measure, is_last)
        } else if ratio > LOOSEST {
            // It is left ragged, and may even have no space at all.
            LOOSEST + raggedness(slack, self.measure, is_last)
        } else {
            ratio.abs()
        });
        // Products, not powi: its rounding may differ from machine to machine.
        let badness = (100.0 * unevenness * unevenness * unevenness).min(1.0e6);
        (if reach.overfull { 1.0e9 * f64::from(-slack) } else { badness }, ratio)
    }
}

/// How bad it is that a paragraph ends in a line as short as this: a syllable or a figure alone is taken for a slip.
fn shortness(natural: f32, measure: f32) -> f64 {
    if natural < SHORTEST.max(SHORTEST_PART * measure).min(measure / 3.0) {
        400.0
    } else if natural < 0.12 * measure {
        60.0
    } else {
        0.0
    }
}

/// A paragraph's last line should be as wide as this, in points: three ems of text.
const SHORTEST: f32 = 32.0;
/// … and as this, to the measure.
const SHORTEST_PART: f32 = 0.08;

fn raggedness(slack: f32, measure: f32, is_last: bool) -> f32 {
    if is_last { 0.0 } else { slack.max(0.0) / (0.4 * measure).max(1.0) }
}

fn is_break(parts: &[Measure], index: usize) -> bool {
    match parts[index] {
        Measure::Word(_) => false,
        Measure::Opportunity { .. } => index > 0,
        Measure::Space { breakable, .. } => {
            breakable && index > 0 && !matches!(parts[index - 1], Measure::Space { breakable: true, .. })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LOOSEST, MOST_BREAKS, Measure, SHRINK, START, STRETCH, Way, break_lines, breaks, is_one_line};
    use super::{raggedness, shortness};

    /// The same search without its short cuts: every line that fits is tried.
    fn tried_one_by_one(parts: &[Measure], measure: f32, justified: bool) -> (Vec<usize>, f32) {
        let breaks = breaks(parts);
        let mut ways: Vec<Way> = Vec::new();
        for (position, end) in breaks.iter().enumerate() {
            let is_last = position + 1 == breaks.len();
            let mut best: Option<Way> = None;
            for candidate in (0..=position).rev().take(MOST_BREAKS) {
                let previous = candidate.checked_sub(1);
                let start = previous.map(|previous| breaks[previous].next);
                let (part, width, spaces) =
                    start.map_or((0, 0.0, 0.0), |start| (start.part, start.reached.width, start.reached.spaces));
                let inside = part < end.end;
                let natural = if inside { end.reached.width - width } else { 0.0 } + end.hyphen;
                let spaces = if inside { end.reached.spaces - spaces } else { 0.0 };
                let slack = measure - natural;
                let overfull = slack + spaces * if justified { SHRINK } else { 0.0 } < -0.01;
                if overfull && best.is_some() {
                    break;
                }
                let ratio = if justified && !(is_last && slack >= 0.0) {
                    slack / (spaces * if slack < 0.0 { SHRINK } else { STRETCH }).max(0.01)
                } else {
                    0.0
                };
                let uneven = f64::from(match (justified, ratio > LOOSEST) {
                    (false, _) => raggedness(slack, measure, is_last),
                    (true, true) => LOOSEST + raggedness(slack, measure, is_last),
                    (true, false) => ratio.abs(),
                });
                let mut badness = (100.0 * uneven * uneven * uneven).min(1.0e6);
                if overfull {
                    badness = 1.0e9 * f64::from(-slack);
                }
                if is_last && previous.is_some() {
                    badness += shortness(natural, measure);
                }
                let mut demerits = (10.0 + badness) * (10.0 + badness) + f64::from(end.cost) * f64::from(end.cost);
                let divided = end.cost > 0.0;
                if let Some(before) = previous.map(|previous| ways[previous]) {
                    demerits += before.demerits;
                    demerits += if divided && before.divided { 9000.0 } else { 0.0 };
                    demerits += if (before.ratio - ratio).abs() > 1.0 { 4000.0 } else { 0.0 };
                }
                if best.is_none_or(|best| demerits < best.demerits) {
                    best = Some(Way { demerits, previous: previous.unwrap_or(START), ratio: ratio.max(0.0), divided });
                }
                if overfull {
                    break;
                }
            }
            ways.extend(best);
        }
        let (mut ends, mut loosest, mut position) = (Vec::new(), 0.0_f32, breaks.len() - 1);
        loop {
            ends.push(breaks[position].end);
            loosest = loosest.max(ways[position].ratio);
            if ways[position].previous == START {
                break;
            }
            position = ways[position].previous;
        }
        ends.reverse();
        (ends, loosest)
    }

    #[test]
    fn the_short_cuts_change_nothing() {
        let mut state = 1_u64;
        let mut random = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for _ in 0..3000 {
            let count = 1 + random(160);
            let mut parts = Vec::new();
            for _ in 0..count {
                #[expect(clippy::cast_precision_loss, reason = "small numbers")]
                let width = random(4000) as f32 / 97.0;
                parts.push(match random(12) {
                    0 => Measure::Opportunity { width: 3.1, cost: 100.0 },
                    1 => Measure::Opportunity { width: 0.0, cost: 20.0 },
                    2 => Measure::Space { width: 2.6, breakable: false },
                    3..=6 => Measure::Space { width: 2.6, breakable: true },
                    _ => Measure::Word(width),
                });
            }
            let measure = [60.0, 150.0, 453.5][usize::try_from(random(3)).unwrap_or(0)];
            for justified in [false, true] {
                let expected = tried_one_by_one(&parts, measure, justified);
                assert_eq!(break_lines(&parts, measure, justified), expected, "{parts:?} {measure} {justified}");
                let whole = parts.iter().fold(0.0, |sum, part| match part {
                    Measure::Word(width) | Measure::Space { width, .. } => sum + width,
                    Measure::Opportunity { .. } => sum,
                });
                if is_one_line(parts.len(), whole, measure) {
                    assert_eq!(expected, (vec![parts.len()], 0.0));
                }
            }
        }
    }
}
