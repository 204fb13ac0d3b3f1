//! Where pages end: of all ways to cut the strips into pages, the one with the best pages (total fit, as `breaks` has it for lines).

use super::flow::Strip;

/// What the cutter sees of a strip, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slice {
    /// Space above it, dropped at the top of a page.
    pub above: f32,
    pub height: f32,
    /// No page may end after it, unless it must.
    pub keep: bool,
    /// A page should rather not end after it: it is a row of a table that is read as a whole.
    pub whole: bool,
    /// What is repeated above it if a page begins with it: the head of its table.
    pub head: f32,
}

impl Slice {
    /// The slice of a strip; `head` is repeated if the strip goes on with a table.
    pub(super) fn of(strip: &Strip, head: f32) -> Slice {
        Slice { above: strip.above, height: strip.height, keep: strip.keep, whole: strip.whole, head }
    }
}

/// A page: its strips from where the one before it ends, and how far its spaces are closed up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cut {
    /// The strip after its last.
    pub end: usize,
    /// What its spaces are multiplied by: 1, or a little less.
    pub spaces: f32,
}

/// What closing up so far costs.
const CLOSED: f64 = 60.0;
/// What a page costs, however good.
const PAGE: f64 = 300.0;
/// What an empty page would cost more than a full one; the cost grows with the square of what is left empty.
const EMPTY: f64 = 3000.0;
/// A last page filled to less than this looks like a mistake.
const LEAST_LAST: f32 = 0.14;
/// What such a page costs.
const SPARSE: f64 = 300.0;
/// What it costs to cut a table that is read as a whole.
const WHOLE: f64 = 300.0;
/// What it costs to cut where none may be.
const KEPT: f64 = 1.0e6;
/// No page holds more strips than this: even strips without height come to an end.
const MOST_STRIPS: usize = 400;

/// A way to the end of a page.
#[derive(Debug, Clone, Copy)]
struct Way {
    cost: f64,
    start: usize,
    spaces: f32,
}

/// Cuts strips into pages of a depth in points, whose spaces are closed up by no more than a part of their height. A strip deeper than
/// a page has one to itself.
pub(super) fn cut(strips: &[Slice], depth: f32, close_up: f32) -> Vec<Cut> {
    let mut ways = vec![Way { cost: 0.0, start: 0, spaces: 1.0 }];
    for end in 1..=strips.len() {
        ways.push(best_way(strips, &ways, end, depth, close_up));
    }
    let mut cuts = Vec::new();
    let mut end = strips.len();
    while let Some(way) = ways.get(end).filter(|_| end > 0) {
        cuts.push(Cut { end, spaces: way.spaces });
        end = way.start;
    }
    cuts.reverse();
    cuts
}

fn best_way(strips: &[Slice], ways: &[Way], end: usize, depth: f32, close_up: f32) -> Way {
    let mut best = Way { cost: f64::INFINITY, start: end - 1, spaces: 1.0 };
    let is_last = end == strips.len();
    let broken = match strips.get(end - 1) {
        _ if is_last => 0.0,
        Some(Slice { keep: true, .. }) => KEPT,
        Some(Slice { whole: true, .. }) => WHOLE,
        _ => 0.0,
    };
    // The height of the strips from `start` on, without and with the spaces between them.
    let (mut letters, mut spaces) = (0.0_f32, 0.0_f32);
    for (start, strip) in strips.iter().enumerate().take(end).rev().take(MOST_STRIPS) {
        letters += strip.height;
        let room = spaces * close_up + 0.01;
        if letters + spaces - depth > room && start + 1 < end {
            break;
        }
        let natural = letters + spaces + strip.head;
        let excess = natural - depth;
        let fits = excess <= room || start + 1 == end;
        let closed =
            if excess > 0.0 && spaces * close_up > 0.0 { (excess / (spaces * close_up)).min(1.0) } else { 0.0 };
        let empty = f64::from(((depth - natural) / depth).clamp(0.0, 1.0));
        let page = match (is_last, natural < depth * LEAST_LAST && start > 0) {
            (true, true) => SPARSE,
            (true, false) => 0.0,
            (false, _) => EMPTY * empty * empty,
        };
        let before = ways.get(start).map_or(f64::INFINITY, |way| way.cost);
        let cost = before + PAGE + page + broken + CLOSED * f64::from(closed * closed);
        if fits && cost < best.cost {
            best = Way { cost, start, spaces: 1.0 - closed * close_up };
        }
        spaces += strip.above;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: usize) -> Vec<Slice> {
        vec![Slice { above: 0.0, height: 10.0, keep: false, whole: false, head: 0.0 }; count]
    }

    fn ends(strips: &[Slice]) -> Vec<usize> {
        cut(strips, 100.0, 0.2).iter().map(|cut| cut.end).collect()
    }

    #[test]
    fn pages_are_filled_in_order() {
        assert_eq!(ends(&lines(25)), [10, 20, 25]);
        assert_eq!(ends(&[]), [0; 0]);
    }

    #[test]
    fn nothing_ends_after_what_is_kept() {
        let mut strips = lines(25);
        strips[8].keep = true;
        strips[9].keep = true;
        assert_eq!(ends(&strips)[0], 8);
    }

    #[test]
    fn a_chain_deeper_than_a_page_is_cut_all_the_same() {
        let mut strips = lines(25);
        for strip in &mut strips {
            strip.keep = true;
        }
        assert_eq!(ends(&strips).len(), 3);
    }

    #[test]
    fn a_strip_deeper_than_a_page_has_one_to_itself() {
        let mut strips = lines(3);
        strips[1].height = 250.0;
        assert_eq!(ends(&strips), [1, 2, 3]);
    }

    #[test]
    fn a_little_too_much_is_taken_in_by_closing_up() {
        let mut strips = lines(7);
        strips[2].above = 20.0;
        strips[5].above = 20.0;
        // 70 points of letters and 40 of spaces, which give eight at the most.
        let cuts = cut(&strips, 105.0, 0.2);
        assert_eq!(cuts.len(), 1);
        assert!((cuts[0].spaces - 35.0 / 40.0).abs() < 0.001, "{cuts:?}");
        assert_eq!(cut(&strips, 101.0, 0.2).len(), 2);
        assert_eq!(cut(&strips, 105.0, 0.0).len(), 2);
        assert!(cut(&strips, 120.0, 0.2).iter().all(|cut| (cut.spaces - 1.0).abs() < f32::EPSILON));
    }

    #[test]
    fn a_table_stays_whole_unless_that_costs_a_page_or_much_of_one() {
        // Eight lines, a table of six rows, four lines: the table goes to the next page, which has room for all that follows.
        let mut strips = lines(18);
        strips[8..13].iter_mut().for_each(|row| row.whole = true);
        assert_eq!(ends(&strips), [8, 18]);
        // After six lines and before six, it would leave much of a page empty, and need a third: it is cut.
        let mut strips = lines(20);
        strips[6..13].iter_mut().for_each(|row| row.whole = true);
        assert_eq!(ends(&strips), [10, 20]);
    }

    #[test]
    fn the_head_of_a_table_that_goes_on_takes_its_room() {
        let mut strips = lines(20);
        for strip in &mut strips {
            strip.head = 20.0;
        }
        strips[0].head = 0.0;
        assert_eq!(ends(&strips), [10, 18, 20]);
    }
}
