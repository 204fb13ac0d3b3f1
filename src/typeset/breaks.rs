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

/// A paragraph's parts, summed up so that any line is measured at once.
struct Sums {
    width: Vec<f32>,
    spaces: Vec<f32>,
}

/// Where lines end: indices of the parts, the last one past the end. Also tells the widest stretch ratio of a line.
pub(super) fn break_lines(parts: &[Measure], measure: f32, justified: bool) -> (Vec<usize>, f32) {
    let sums = sum(parts);
    let mut ends: Vec<usize> = (0..parts.len()).filter(|index| is_break(parts, *index)).collect();
    ends.push(parts.len());
    let mut ways: Vec<Way> = Vec::with_capacity(ends.len());
    for (position, end) in ends.iter().copied().enumerate() {
        ways.push(best_way(parts, &sums, &ends, &ways, position, end, measure, justified));
    }
    let mut lines = Vec::new();
    let mut loosest = 0.0_f32;
    let mut position = ends.len() - 1;
    loop {
        lines.push(ends[position]);
        let way = ways[position];
        loosest = loosest.max(way.ratio);
        if way.previous == START {
            break;
        }
        position = way.previous;
    }
    lines.reverse();
    (lines, loosest)
}

/// No line has more places to break than this; letters without width must not make the search quadratic.
const MOST_BREAKS: usize = 2000;

/// The way that starts at the paragraph's start.
const START: usize = usize::MAX;

#[expect(clippy::too_many_arguments, reason = "one step of one loop, apart so that it can be read")]
fn best_way(
    parts: &[Measure],
    sums: &Sums,
    ends: &[usize],
    ways: &[Way],
    position: usize,
    end: usize,
    measure: f32,
    justified: bool,
) -> Way {
    let is_last = end == parts.len();
    let (hyphen, cost) = match parts.get(end) {
        Some(Measure::Opportunity { width, cost }) => (*width, *cost),
        _ => (0.0, 0.0),
    };
    let mut best: Option<Way> = None;
    for candidate in (0..=position).rev().take(MOST_BREAKS) {
        let previous = candidate.checked_sub(1);
        let start = previous.map_or(0, |previous| line_start(parts, ends[previous]));
        let natural = if start < end { sums.width[end] - sums.width[start] } else { 0.0 } + hyphen;
        let spaces = if start < end { sums.spaces[end] - sums.spaces[start] } else { 0.0 };
        let slack = measure - natural;
        let overfull = slack + spaces * if justified { SHRINK } else { 0.0 } < -0.01;
        if overfull && best.is_some() {
            break;
        }
        let before = previous.map(|previous| ways[previous]);
        let ratio = if justified && !(is_last && slack >= 0.0) {
            slack / (spaces * if slack < 0.0 { SHRINK } else { STRETCH }).max(0.01)
        } else {
            0.0
        };
        let unevenness = f64::from(if !justified {
            raggedness(slack, measure, is_last)
        } else if ratio > LOOSEST {
            // It is left ragged, and may even have no space at all.
            LOOSEST + raggedness(slack, measure, is_last)
        } else {
            ratio.abs()
        });
        // Products, not powi: its rounding may differ from machine to machine.
        let mut badness = (100.0 * unevenness * unevenness * unevenness).min(1.0e6);
        if overfull {
            badness = 1.0e9 * f64::from(-slack);
        }
        if is_last && previous.is_some() {
            badness += shortness(natural, measure);
        }
        let mut demerits = (10.0 + badness) * (10.0 + badness) + f64::from(cost) * f64::from(cost);
        let divided = cost > 0.0;
        if let Some(before) = before {
            demerits += before.demerits;
            if divided && before.divided {
                demerits += 9000.0;
            }
            if (before.ratio - ratio).abs() > 1.0 {
                demerits += 4000.0;
            }
        }
        if best.is_none_or(|best| demerits < best.demerits) {
            best = Some(Way { demerits, previous: previous.unwrap_or(START), ratio: ratio.max(0.0), divided });
        }
        if overfull {
            break;
        }
    }
    best.unwrap_or(Way { demerits: 0.0, previous: START, ratio: 0.0, divided: false })
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

/// The first part of the line after a break: spaces at its start are dropped.
pub(super) fn line_start(parts: &[Measure], end: usize) -> usize {
    let mut start = end + 1;
    while let Some(Measure::Space { breakable: true, .. } | Measure::Opportunity { .. }) = parts.get(start) {
        start += 1;
    }
    start.min(parts.len())
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

fn sum(parts: &[Measure]) -> Sums {
    let mut sums = Sums { width: vec![0.0], spaces: vec![0.0] };
    let (mut width, mut spaces) = (0.0_f32, 0.0_f32);
    for part in parts {
        match part {
            Measure::Word(word) => width += word,
            Measure::Space { width: space, .. } => {
                width += space;
                spaces += space;
            }
            Measure::Opportunity { .. } => {}
        }
        sums.width.push(width);
        sums.spaces.push(spaces);
    }
    sums
}

/// The widest stretch without a break, and the width of the whole on one line, in points.
pub(super) fn extremes(parts: &[Measure]) -> (f32, f32) {
    let (mut unbroken, mut narrowest, mut whole) = (0.0_f32, 0.0_f32, 0.0_f32);
    for part in parts {
        match part {
            Measure::Word(width) | Measure::Space { width, breakable: false } => {
                unbroken += width;
                whole += width;
            }
            Measure::Space { width, breakable: true } => {
                whole += width;
                unbroken = 0.0;
            }
            Measure::Opportunity { .. } => unbroken = 0.0,
        }
        narrowest = narrowest.max(unbroken);
    }
    (narrowest, whole)
}
