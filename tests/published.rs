//! Statements that were really printed, each judged by hand: `published/README.md` says how they were collected.
//!
//! A sheet is an article. What a relation's line says after `#` is what its figures are, judged by hand and by an independent
//! calculation: nothing where they are true, `strained: why`, `contradiction: why`, or `open: why` where hedges on all sides leave room
//! for anything.

#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of tests")]

#[cfg(test)]
#[path = "published/slips.rs"]
mod slips;

use brief::catalog::{Catalog, Kind};
use brief::check::expression::Equation;
use brief::check::fraction::Fraction;
use brief::check::judge::{Judgement, Strain, Verdict, judge};
use brief::check::range::Range;
use brief::check::solve::{Domain, Level, Variable};
use brief::check::{self, Checked, Policy, formula, parse};
use brief::diag::{Severity, SourceFile};
use brief::figure::{Figure, Interval, UnitKind, read};
use brief::sheet::{self, FactSheet, Operand, Relation, RelationKind};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

/// What a relation's figures are, by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    True,
    Strained,
    Open,
    Contradiction,
}

/// An article's sheet, checked.
struct Article {
    sheet: FactSheet,
    checked: Checked,
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::builtin().unwrap());

static ARTICLES: LazyLock<Vec<Article>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/published");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    paths.sort();
    paths
        .into_par_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let file = Arc::new(SourceFile::new(name, std::fs::read_to_string(&path).unwrap().as_str()));
            let sheet = sheet::load(&file).unwrap_or_else(|faults| panic!("{}: {faults:?}", file.path()));
            let checked = check::check(&sheet, &CATALOG, &Policy::default());
            Article { sheet, checked }
        })
        .collect()
});

impl Article {
    /// The relations, their marks, and where they stand.
    fn relations(&self) -> impl Iterator<Item = (&Relation, Mark, String)> {
        self.sheet.relations.iter().map(|relation| {
            let (line, _) = self.sheet.file.line_column(relation.span.start);
            let text = self.sheet.file.text().lines().nth(line - 1).unwrap();
            let mark = match text.split_once("# ").map(|(_, comment)| comment.split(':').next().unwrap()) {
                None => Mark::True,
                Some("strained") => Mark::Strained,
                Some("open") => Mark::Open,
                Some("contradiction") => Mark::Contradiction,
                Some(other) => panic!("{}:{line}: no such mark: {other}", self.sheet.file.path()),
            };
            let text = text.trim().trim_start_matches("- ");
            (relation, mark, format!("{}:{line}: {text}", self.sheet.file.path()))
        })
    }

    fn figure(&self, id: &str) -> &Figure {
        self.sheet.facts.iter().find(|fact| fact.id.value == id).unwrap().figure().unwrap()
    }

    /// What is known of a fact if it were printed so.
    fn domain(&self, id: &str, figure: &Figure) -> Option<Domain> {
        let fact = self.sheet.facts.iter().find(|fact| fact.id.value == id)?;
        let indicator = &self.sheet.indicators.get(&fact.indicator.value)?.value;
        if figure.unit() != indicator.unit {
            return None;
        }
        let range =
            |Interval { lower, upper }| Range::new(lower.map(Fraction::from), upper.map(Fraction::from)).unwrap();
        let domain = Domain::printed(range(figure.expected()));
        let domain = domain.hedged(&range(figure.strict())).truncated(&range(figure.truncated()));
        let counted = indicator.unit.kind() == UnitKind::Count && indicator.kind != Kind::Ratio;
        let domain = if counted { domain.whole() } else { domain };
        domain.admitted(Level::Strict).map(|_| domain)
    }
}

/// A relation as an equation over its facts, in the order of the list.
fn equation(relation: &Relation) -> (Vec<String>, Equation<Variable>) {
    if let RelationKind::Equation(text) = &relation.kind {
        let parsed = parse::parse(text).unwrap();
        let mut ids: Vec<String> = Vec::new();
        for name in parsed.variables() {
            if !ids.iter().any(|id| id == name.text) {
                ids.push(name.text.to_owned());
            }
        }
        let place = |text: &str| Variable(ids.iter().position(|id| id == text).unwrap());
        let equation = parsed.try_map(|name| Ok::<_, ()>(place(name.text))).unwrap();
        return (ids, equation);
    }
    let ids: Vec<String> = relation
        .kind
        .operands()
        .map(|(_, operand)| match operand {
            Operand::Fact(id) => id.value.clone(),
            other => panic!("{other:?} is not printed"),
        })
        .collect();
    let [first, second, third] = [0, 1, 2].map(Variable);
    let last = Variable(ids.len() - 1);
    let equation = match &relation.kind {
        RelationKind::Total { .. } => formula::total((0..last.0).map(Variable), last),
        RelationKind::Part { .. } => formula::part(first, second),
        RelationKind::Percentage { .. } => formula::percentage(first, second, third),
        RelationKind::Growth { as_index: false, .. } => formula::growth(first, second, third),
        RelationKind::Growth { .. } => formula::index(first, second, third),
        RelationKind::Attainment { as_excess: false, .. } => formula::attainment(first, second, third),
        RelationKind::Attainment { .. } => formula::excess(first, second, third),
        RelationKind::Difference { .. } => formula::difference(first, second, third),
        RelationKind::Mean { .. } => formula::mean(first, second, third),
        RelationKind::Conversion { .. } => formula::conversion(first, second, third),
        RelationKind::Equal { .. } => formula::equal([first, second]).remove(0),
        other => panic!("{other:?} is not among the published relations"),
    };
    (ids, equation)
}

#[test]
fn there_are_enough_of_every_kind_and_language() {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut marks: BTreeMap<Mark, usize> = BTreeMap::new();
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    let mut outlets = BTreeSet::new();
    for article in ARTICLES.iter() {
        let source = article.sheet.sources.values().next().unwrap();
        outlets.insert(format!("{:?}", source.publisher));
        for (relation, mark, _) in article.relations() {
            *kinds.entry(relation.kind.name()).or_default() += 1;
            *marks.entry(mark).or_default() += 1;
            *languages.entry(source.language.code()).or_default() += 1;
        }
    }
    let relations: usize = kinds.values().sum();
    assert!(
        relations >= 440 && outlets.len() >= 90,
        "{relations} relations from {} outlets: {kinds:?} {marks:?}",
        outlets.len()
    );
    assert!(languages.values().all(|count| *count >= 200), "{languages:?}");
    assert!(kinds.len() >= 10, "{kinds:?}");
    assert!(marks[&Mark::Contradiction] >= 15, "{marks:?}");
}

#[test]
fn every_statement_is_judged_as_by_hand() {
    let mut faults = Vec::new();
    for article in ARTICLES.iter() {
        for ((_, mark, place), report) in article.relations().zip(&article.checked.relations) {
            let fits = match mark {
                Mark::True => report.verdict == Verdict::Consistent,
                Mark::Strained => matches!(report.verdict, Verdict::Strained(_)),
                Mark::Open => report.verdict == Verdict::Undetermined,
                Mark::Contradiction => report.verdict == Verdict::Inconsistent,
            };
            if !fits {
                faults.push(format!("{place}\n    is {}", report.verdict_name()));
            }
        }
        assert_eq!(article.sheet.relations.len(), article.checked.relations.len(), "{}", article.sheet.file.path());
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_else_is_wrong_with_a_true_statement() {
    let mut faults = Vec::new();
    for article in ARTICLES.iter() {
        let contradicted: Vec<&Vec<String>> = (article.checked.relations.iter())
            .filter(|report| report.verdict == Verdict::Inconsistent)
            .map(|report| &report.facts)
            .collect();
        for diagnostic in &article.checked.diagnostics {
            if diagnostic.severity == Severity::Error && !contradicted.contains(&&diagnostic.facts) {
                faults.push(format!("{}: [{}] {}", article.sheet.file.path(), diagnostic.code, diagnostic.message));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What became of the slips in a relation's figures.
#[derive(Default)]
struct Slips {
    counts: BTreeMap<(&'static str, Outcome), usize>,
    missed: Vec<String>,
}

/// What the check makes of a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// The relation is called inconsistent, or the figure can no longer be one of its indicator.
    Found,
    /// A hedge must be stretched for it.
    Warned,
    /// The relation's margin says that an error so small, or in this direction, passes.
    TooSmall,
    /// It passes, and the margin says that it would not.
    Missed,
}

#[test]
fn every_slip_is_found_or_smaller_than_the_margin() {
    let slips: Vec<Slips> = ARTICLES.par_iter().map(slips_in).collect();
    let mut counts: BTreeMap<(&str, Outcome), usize> = BTreeMap::new();
    for (key, count) in slips.iter().flat_map(|slips| &slips.counts) {
        *counts.entry(*key).or_default() += count;
    }
    let missed: Vec<&str> = slips.iter().flat_map(|slips| &slips.missed).map(String::as_str).collect();
    assert!(missed.is_empty(), "{counts:#?}\n{}", missed.join("\n"));
    let all: usize = counts.values().sum();
    let found: usize =
        counts.iter().filter(|((_, outcome), _)| *outcome == Outcome::Found).map(|(_, count)| count).sum();
    assert!(all > 4_500 && found * 100 > all * 80, "{found} of {all} found: {counts:#?}");
}

fn slips_in(article: &Article) -> Slips {
    let mut slips = Slips::default();
    let honest = |mark| matches!(mark, Mark::True | Mark::Strained | Mark::Open);
    let judged = article.relations().zip(&article.checked.relations);
    for ((relation, _, place), report) in judged.filter(|((_, mark, _), _)| honest(*mark)) {
        let (ids, equation) = equation(relation);
        let figures: Vec<&Figure> = ids.iter().map(|id| article.figure(id)).collect();
        let domains: Vec<Domain> =
            ids.iter().zip(&figures).map(|(id, figure)| article.domain(id, figure).unwrap()).collect();
        let truth = judge(&equation, &domains);
        assert_eq!(truth.verdict, report.verdict, "{place}");
        for (at, (id, figure)) in ids.iter().zip(&figures).enumerate() {
            for slip in slips::slips(figure) {
                let mistyped = read(&slip.text, figure.language()).unwrap_or_else(|error| panic!("{slip:?}: {error}"));
                let domain = article.domain(id, &mistyped);
                let outcome =
                    outcome(&equation, &domains, &truth, (at, figure), domain.map(|domain| (&mistyped, domain)));
                *slips.counts.entry((slip.kind, outcome)).or_default() += 1;
                if outcome == Outcome::Missed {
                    slips.missed.push(format!("{place}\n    `{id}`: {} as {}", figure.text(), slip.text));
                }
            }
        }
    }
    slips
}

/// What becomes of a slip in the figure of one operand; `None` where it leaves no figure of the indicator.
fn outcome(
    equation: &Equation<Variable>,
    domains: &[Domain],
    truth: &Judgement,
    (at, figure): (usize, &Figure),
    slip: Option<(&Figure, Domain)>,
) -> Outcome {
    let Some((slip, domain)) = slip else { return Outcome::Found };
    let verdict = |domain: Domain| {
        let mut domains = domains.to_vec();
        domains[at] = domain;
        judge(equation, &domains).verdict
    };
    match verdict(domain) {
        Verdict::Inconsistent => return Outcome::Found,
        Verdict::Strained(Strain::BeyondExpected) => return Outcome::Warned,
        _ => {}
    }
    let admitted = slip.truncated();
    if admitted.contains(figure.first().scaled()) {
        return Outcome::TooSmall;
    }
    // A slip may print fewer digits than the truth: the nearest value that it admits is how far it errs at least.
    let true_value = Fraction::from(figure.first().scaled());
    let ends = [admitted.lower, admitted.upper].into_iter().flatten().map(|end| &Fraction::from(end) - &true_value);
    let distance = ends.min_by_key(Fraction::abs).unwrap();
    let error = distance.abs().divided_by(&true_value.abs()).unwrap();
    let Some(_) = truth.operand(Variable(at)).unwrap().margin.as_ref().filter(|margin| error > **margin) else {
        return Outcome::TooSmall;
    };
    // A margin is of the direction in which it is less: the same error the other way must then be found.
    let other_way = |level| domains[at].range(level).shift(&-&distance);
    let mirrored = Domain::printed(other_way(Level::Expected)).hedged(&other_way(Level::Strict));
    let mirrored = mirrored.truncated(&other_way(Level::Truncated));
    let mirrored = if domains[at].is_whole() { mirrored.whole() } else { mirrored };
    let is_caught = matches!(verdict(mirrored), Verdict::Inconsistent | Verdict::Strained(_));
    if is_caught { Outcome::TooSmall } else { Outcome::Missed }
}
