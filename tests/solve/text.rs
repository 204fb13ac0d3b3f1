//! Systems of figures and equations as texts, and findings as texts.
//!
//! ```text
//! share: 41.2                   printed to one decimal: 41.15 to 41.25, or 41.2 to 41.3 if digits were cut off
//! plan: 18639 exact             exactly this number
//! visitors: 40..50 strict 40..  a hedged figure
//! rate: 20000..26000 unknown    not printed; its kind allows this range
//! staff: 0.. unknown whole      whole numbers only
//! share = 100 * part / whole    an equation
//! ```

use brief::check::expression::Equation;
use brief::check::fraction::Fraction;
use brief::check::judge::{Judgement, Strain, Verdict, judge};
use brief::check::parse::parse;
use brief::check::propagate::{Propagation, System};
use brief::check::range::Range;
use brief::check::solve::{Domain, Variable};
use std::fmt::Write;

pub(crate) fn fraction(text: &str) -> Fraction {
    text.parse().unwrap()
}

pub(crate) fn range(text: &str) -> Range {
    text.parse().unwrap()
}

/// One unit in the last printed place.
fn unit(text: &str) -> Fraction {
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    fraction(&format!("1{}", "0".repeat(decimals))).reciprocal().unwrap()
}

/// A figure printed without hedge: rounded, or else cut off towards zero.
pub(crate) fn printed(text: &str) -> Domain {
    let (value, unit) = (fraction(text), unit(text));
    let half = &unit * &Fraction::ratio(1, 2).unwrap();
    let beyond = if text.starts_with('-') { &value - &unit } else { &value + &unit };
    let cut = Range::point(value.clone()).hull(&Range::point(beyond));
    Domain::printed(Range::closed(&value - &half, &value + &half).unwrap()).truncated(&cut)
}

fn domain(text: &str) -> Domain {
    let mut words = text.split_whitespace().peekable();
    let first = words.next().unwrap();
    let mut domain = match words.peek() {
        Some(&"unknown") => Domain::unknown(range(first)),
        Some(&"exact") => Domain::printed(range(first)),
        _ if first.contains("..") => Domain::printed(range(first)),
        _ => printed(first),
    };
    while let Some(word) = words.next() {
        domain = match word {
            "whole" => domain.whole(),
            "strict" => domain.hedged(&range(words.next().unwrap())),
            "exact" | "unknown" => domain,
            other => panic!("no such word in a domain: {other}"),
        };
    }
    domain
}

pub(crate) struct Sheet {
    pub(crate) names: Vec<String>,
    pub(crate) system: System,
}

impl Sheet {
    pub(crate) fn read(text: &str) -> Sheet {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let (figures, equations): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.contains(": "));
        let (names, domains): (Vec<String>, Vec<Domain>) = figures
            .iter()
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, text)| (name.to_owned(), domain(text)))
            .unzip();
        let equations = equations.iter().map(|line| equation(line, &names)).collect();
        Sheet { names, system: System { domains, equations } }
    }

    pub(crate) fn judge(&self) -> Judgement {
        judge(&self.system.equations[0], &self.system.domains)
    }

    fn name(&self, variable: Variable) -> &str {
        &self.names[variable.0]
    }

    pub(crate) fn names(&self, variables: &[Variable]) -> String {
        variables.iter().map(|&variable| self.name(variable)).collect::<Vec<_>>().join(" ")
    }

    /// `consistent`, then a line for each operand: what the others admit, and the margin in per cent.
    pub(crate) fn judged(&self) -> String {
        let judgement = self.judge();
        let mut text = verdict(&judgement).to_owned();
        for operand in &judgement.operands {
            let admitted = operand.admitted.as_ref().map_or("nothing".to_owned(), decimal_range);
            write!(text, "\n{}: {admitted}", self.name(operand.variable)).unwrap();
            if let Some(margin) = &operand.margin {
                write!(text, ", errors above {} %", decimal(&(margin * &Fraction::HUNDRED))).unwrap();
            }
        }
        text
    }

    /// A line for each variable's range, then for each conflict and location.
    pub(crate) fn found(&self, propagation: &Propagation) -> String {
        let mut text = String::new();
        for (name, range) in self.names.iter().zip(&propagation.ranges) {
            writeln!(text, "{name}: {}", decimal_range(range)).unwrap();
        }
        for conflict in &propagation.conflicts {
            let core: Vec<String> = conflict
                .core
                .iter()
                .map(|&place| self.system.equations[place].clone())
                .map(|equation| equation.try_map(|variable| Ok::<_, ()>(self.name(*variable))).unwrap().to_string())
                .collect();
            writeln!(text, "conflict: {}", core.join("; ")).unwrap();
        }
        for location in &propagation.locations {
            for suspects in &location.suspects {
                let suspects: Vec<String> = suspects
                    .iter()
                    .map(|suspect| format!("{} {}", self.name(suspect.variable), decimal_range(&suspect.admitted)))
                    .collect();
                writeln!(text, "doubt: {}", suspects.join(" and ")).unwrap();
            }
        }
        if propagation.exhausted {
            text.push_str("exhausted\n");
        }
        text
    }
}

pub(crate) fn equation(text: &str, names: &[String]) -> Equation<Variable> {
    let equation = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    equation.try_map(|name| names.iter().position(|known| *known == name.text).map(Variable).ok_or(name.text)).unwrap()
}

pub(crate) fn verdict(judgement: &Judgement) -> &'static str {
    match judgement.verdict {
        Verdict::Consistent => "consistent",
        Verdict::Strained(Strain::BeyondExpected) => "strained: beyond what the hedge makes one expect",
        Verdict::Strained(Strain::OnlyTruncated) => "strained: only if digits were cut off",
        Verdict::Inconsistent if judgement.impossible => "impossible: no whole number fits",
        Verdict::Inconsistent => "inconsistent",
        Verdict::Undetermined => "undetermined",
    }
}

fn decimal(value: &Fraction) -> String {
    value.to_decimal(6).unwrap().normalize().to_string()
}

pub(crate) fn decimal_range(range: &Range) -> String {
    let end = |end: Option<&Fraction>| end.map(decimal).unwrap_or_default();
    match range.as_point() {
        Some(value) => decimal(value),
        None => format!("{}..{}", end(range.lower()), end(range.upper())),
    }
}

/// Lines without their indentation.
pub(crate) fn lines(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
