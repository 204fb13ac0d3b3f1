//! XBRL Calculations 1.1: sums of rounded facts. The cases are in `calculations.txt`; the Recommendation's own rule is computed
//! beside the check's verdict, so that neither is taken on trust.

use brief::catalog::Catalog;
use brief::check::expression::{Equation, Expression};
use brief::check::fraction::Fraction;
use brief::check::judge::{Strain, Verdict, judge};
use brief::check::range::Range;
use brief::check::solve::{Domain, Variable};
use brief::check::{self, Policy};
use brief::diag::SourceFile;
use brief::sheet;
use std::sync::Arc;

/// A value that is known to a number of decimals; none for an exact one.
#[derive(Debug, Clone)]
struct Fact {
    value: Fraction,
    decimals: Option<i32>,
}

impl Fact {
    fn parse(text: &str) -> Fact {
        let (value, decimals) = text.split_once('@').unwrap();
        let decimals = (decimals != "INF").then(|| decimals.parse().unwrap());
        Fact { value: value.parse().unwrap(), decimals }
    }

    /// One unit in the last known place.
    fn unit(&self) -> Fraction {
        let Some(decimals) = self.decimals else { return Fraction::ZERO };
        let power = Fraction::from(10_i64.pow(decimals.unsigned_abs()));
        if decimals < 0 { power } else { power.reciprocal().unwrap() }
    }

    fn domain(&self) -> Domain {
        let half = &self.unit() * &Fraction::ratio(1, 2).unwrap();
        let rounded = Range::closed(&self.value - &half, &self.value + &half).unwrap();
        // As a figure has it: the end that cutting off leaves open is closed a millionth of a unit before.
        let reach = &self.unit() * &Fraction::ratio(999_999, 1_000_000).unwrap();
        let beyond = if self.value.is_negative() { &self.value - &reach } else { &self.value + &reach };
        Domain::printed(rounded).truncated(&Range::point(self.value.clone()).hull(&Range::point(beyond)))
    }

    /// The Recommendation's interval.
    fn span(&self, truncates: bool) -> Span {
        let closed = |value: Fraction| End { value, included: true };
        let open = |value: Fraction| End { value, included: false };
        let unit = self.unit();
        if unit.is_zero() {
            return Span { lower: closed(self.value.clone()), upper: closed(self.value.clone()) };
        }
        if !truncates {
            let half = &unit * &Fraction::ratio(1, 2).unwrap();
            return Span { lower: closed(&self.value - &half), upper: closed(&self.value + &half) };
        }
        let (below, above) = (open(&self.value - &unit), open(&self.value + &unit));
        match (self.value.is_negative(), self.value.is_positive()) {
            (true, _) => Span { lower: below, upper: closed(self.value.clone()) },
            (_, true) => Span { lower: closed(self.value.clone()), upper: above },
            _ => Span { lower: below, upper: above },
        }
    }
}

/// An interval whose ends may be left out, as truncation needs.
#[derive(Debug, Clone)]
struct Span {
    lower: End,
    upper: End,
}

#[derive(Debug, Clone)]
struct End {
    value: Fraction,
    included: bool,
}

impl Span {
    fn times(self, weight: &Fraction) -> Span {
        let scaled = |end: End| End { value: &end.value * weight, ..end };
        let (lower, upper) = (scaled(self.lower), scaled(self.upper));
        if weight.is_negative() { Span { lower: upper, upper: lower } } else { Span { lower, upper } }
    }

    fn plus(self, other: Span) -> Span {
        let sum =
            |one: End, other: End| End { value: &one.value + &other.value, included: one.included && other.included };
        Span { lower: sum(self.lower, other.lower), upper: sum(self.upper, other.upper) }
    }

    fn meets(&self, other: &Span) -> bool {
        let below = |lower: &End, upper: &End| {
            lower.value < upper.value || (lower.value == upper.value && lower.included && upper.included)
        };
        below(&self.lower, &other.upper) && below(&other.lower, &self.upper)
    }
}

#[test]
fn the_table() {
    let mut count = 0;
    for line in include_str!("calculations.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let [name, parts, total, rounding, truncation, said] = columns[..] else { panic!("six columns: {line}") };
        let total = Fact::parse(total);
        let parts: Vec<(Fraction, Fact)> = (parts.split_whitespace())
            .map(|part| part.split_once('*').unwrap())
            .map(|(weight, fact)| (weight.parse().unwrap(), Fact::parse(fact)))
            .collect();

        let consistent = |truncates| {
            let sums = parts.iter().map(|(weight, fact)| fact.span(truncates).times(weight));
            sums.reduce(Span::plus).unwrap().meets(&total.span(truncates))
        };
        let answer = |yes| if yes { "yes" } else { "no" };
        assert_eq!(answer(consistent(false)), rounding, "{name}: round to nearest");
        assert_eq!(answer(consistent(true)), truncation, "{name}: truncation");

        let terms = parts
            .iter()
            .enumerate()
            .map(|(at, (weight, _))| Expression::Number(weight.clone()) * Expression::Variable(Variable(at)));
        let equation = Equation::equal(Expression::sum(terms), Expression::Variable(Variable(parts.len())));
        let domains: Vec<Domain> = parts.iter().map(|(_, fact)| fact).chain([&total]).map(Fact::domain).collect();
        let verdict = match judge(&equation, &domains).verdict {
            Verdict::Consistent | Verdict::Undetermined => "consistent",
            Verdict::Strained(strain) => {
                assert_eq!(strain, Strain::OnlyTruncated, "{name}");
                "strained"
            }
            Verdict::Inconsistent => "inconsistent",
        };
        assert_eq!(verdict, said, "{name}");
        let by_the_rule = match (rounding, truncation) {
            ("yes", _) => "consistent",
            (_, "yes") => "strained",
            _ => "inconsistent",
        };
        assert_eq!(verdict, by_the_rule, "{name}: the Recommendation decides");
        count += 1;
    }
    assert!(count > 35, "{count} cases");
}

/// Section 5.2.2: of consistent duplicates the intersection counts; inconsistent ones are an error of their own.
#[test]
fn duplicates_count_by_what_all_of_them_admit() {
    // 12.3 alone is 12.25 to 12.35, beside 12.34 it is 12.335 to 12.345; the parts make 12.26 to 12.28.
    let verdict = |second: &str| {
        let text = format!(
            "schema: 1\nprovince: nghe-an\nsources:\n  a: {{publisher: A, published: 2024, language: en}}\n  \
             b: {{publisher: B, published: 2024, language: en}}\nfacts:\n  \
             - {{indicator: whole, period: 2023, printed: {{a: 12.3 billion USD{second}}}}}\n  \
             - {{indicator: one, period: 2023, printed: {{a: 6.13 billion USD}}}}\n  \
             - {{indicator: other, period: 2023, printed: {{a: 6.14 billion USD}}}}\nrelations:\n  \
             - total: {{parts: [one, other], whole: whole}}\nindicators:\n  \
             whole: {{label: {{en: whole, vi: tổng}}, theme: trade, unit: USD, kind: flow}}\n  \
             one: {{label: {{en: one, vi: một}}, theme: trade, unit: USD, kind: flow}}\n  \
             other: {{label: {{en: other, vi: hai}}, theme: trade, unit: USD, kind: flow}}\n"
        );
        let sheet = sheet::load(&Arc::new(SourceFile::new("sheet.yaml", text.as_str()))).unwrap();
        let checked = check::check(&sheet, &Catalog::builtin().unwrap(), &Policy::default());
        let codes: Vec<&str> = checked.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        (checked.relations[0].verdict, codes)
    };
    assert_eq!(verdict(""), (Verdict::Consistent, vec![]));
    assert_eq!(verdict(", b: 12.27 billion USD"), (Verdict::Consistent, vec![]));
    assert_eq!(verdict(", b: 12.34 billion USD"), (Verdict::Inconsistent, vec!["total-mismatch"]));
    assert_eq!(verdict(", b: 12.5 billion USD"), (Verdict::Consistent, vec!["sources-disagree"]));
}
