//! The themes as tables, and the band of key figures.

use super::context::{Cell, ColumnHead, KeyFigure, LongRow, LongTable, LongTheme, SingleRow, TableRow, ThemeTable};
use super::notes::Notes;
use super::ranking::name;
use super::terms::fill;
use super::trace::{self, traced};
use super::words::Words;
use crate::catalog::{Catalog, Theme};
use crate::check::{CheckedFact, RelationReport, Value};
use crate::compare::{Basis, Comparison, Known, Row, Standing};
use crate::figure::format;

/// Most provinces that a table has a column for; more would not fit a page's width.
pub(super) const MOST_COLUMNS: usize = 5;
/// Most figures of the band.
const MOST_KEY_FIGURES: usize = 5;

/// Which provinces a theme's table may have a column for, the briefing's own first; more than [`MOST_COLUMNS`] in a province's
/// briefing only.
pub(super) struct Layout<'a> {
    pub(super) comparison: &'a Comparison,
    pub(super) columns: Vec<usize>,
    pub(super) own: Option<usize>,
}

/// The themes in which the briefing's province (or, in the comparative briefing, two provinces) report something.
pub(super) fn themes(layout: &Layout<'_>, catalog: &Catalog, words: &Words, notes: &mut Notes) -> Vec<ThemeTable> {
    let themes = catalog.indicators.themes().iter();
    themes
        .filter(|theme| layout.own.is_none_or(|own| reports_theme(layout.comparison, own, theme)))
        .map(|theme| theme_table(layout, theme, words, notes))
        .filter(|theme| !theme.rows.is_empty() || !theme.single_rows.is_empty())
        .collect()
}

/// Whether a province reports anything of a theme.
fn reports_theme(comparison: &Comparison, column: usize, theme: &Theme) -> bool {
    comparison.rows.iter().any(|row| {
        row.indicator.theme == theme.id
            && !row.indicator.background
            && row.cells.get(column).is_some_and(Option::is_some)
    })
}

fn theme_table(layout: &Layout<'_>, theme: &Theme, words: &Words, notes: &mut Notes) -> ThemeTable {
    let chosen = Layout { columns: theme_columns(layout, theme), ..*layout };
    let left_out = left_out(layout, &chosen, theme);
    let layout = &chosen;
    let rows: Vec<&Row> = layout.comparison.rows.iter().filter(|row| shows(layout, theme, row)).collect();
    let present = |column: &&usize| rows.iter().any(|row| row.cells.get(**column).is_some_and(Option::is_some));
    let columns: Vec<usize> = layout.columns.iter().filter(present).copied().collect();
    let heads = columns.iter().map(|column| ColumnHead {
        name: name(layout.comparison, *column, words),
        is_own: layout.own == Some(*column),
    });
    ThemeTable {
        name: traced(theme.name.get(words.language)),
        is_single: columns.len() == 1,
        columns: heads.collect(),
        rows: rows.iter().map(|row| table_row(layout, &columns, row, words, notes)).collect(),
        left_out: if left_out == 0 { None } else { Some(words.count(left_out)) },
        one_left_out: left_out == 1,
        single_rows: if layout.own.is_none() { single_rows(layout, theme, words, notes) } else { Vec::new() },
        charts: Vec::new(),
    }
}

/// The columns of a theme's table. Of many, the briefing's own and those of the provinces that report most of the theme, in the
/// layout's order where they report as much.
fn theme_columns(layout: &Layout<'_>, theme: &Theme) -> Vec<usize> {
    let Some((own, peers)) = layout.columns.split_first().filter(|_| layout.columns.len() > MOST_COLUMNS) else {
        return layout.columns.clone();
    };
    let reported = |column: usize| {
        let rows = layout.comparison.rows.iter().filter(|row| is_of(theme, row));
        rows.filter(|row| row.cells.get(column).is_some_and(Option::is_some)).count()
    };
    let mut peers = peers.to_vec();
    peers.sort_by_key(|column| std::cmp::Reverse(reported(*column)));
    peers.truncate(MOST_COLUMNS - 1);
    peers.sort_unstable();
    std::iter::once(*own).chain(peers).collect()
}

/// How many provinces report an indicator of a theme's table and have no column in it.
fn left_out(all: &Layout<'_>, chosen: &Layout<'_>, theme: &Theme) -> usize {
    let rows: Vec<&Row> = all.comparison.rows.iter().filter(|row| shows(chosen, theme, row)).collect();
    let reports = |column: usize| rows.iter().any(|row| row.cells.get(column).is_some_and(Option::is_some));
    all.columns.iter().filter(|column| !chosen.columns.contains(column) && reports(**column)).count()
}

/// Whether a row is of a theme, and no mere background.
fn is_of(theme: &Theme, row: &Row) -> bool {
    row.indicator.theme == theme.id && !row.indicator.background
}

/// What one province alone reports, province by province.
fn single_rows(layout: &Layout<'_>, theme: &Theme, words: &Words, notes: &mut Notes) -> Vec<SingleRow> {
    let mut single = Vec::new();
    for column in &layout.columns {
        let rows = layout.comparison.rows.iter().filter(|row| {
            row.indicator.theme == theme.id && !row.indicator.background && row.cells.iter().flatten().count() == 1
        });
        let facts = rows.filter_map(|row| row.cells.get(*column)?.as_ref());
        for (place, fact) in facts.enumerate() {
            single.push(SingleRow {
                province: if place == 0 { name(layout.comparison, *column, words) } else { String::new() },
                label: traced(fact.indicator.label(words.language)),
                cell: cell(Some(fact), *column, false, words, notes),
            });
        }
    }
    single
}

fn shows(layout: &Layout<'_>, theme: &Theme, row: &Row) -> bool {
    let reports = |column: usize| row.cells.get(column).is_some_and(Option::is_some);
    let reporting = layout.columns.iter().filter(|column| reports(**column)).count();
    let wanted = match layout.own {
        Some(own) => reports(own) || reporting > 1,
        None => reporting > 1,
    };
    wanted && is_of(theme, row)
}

fn table_row(layout: &Layout<'_>, columns: &[usize], row: &Row, words: &Words, notes: &mut Notes) -> TableRow {
    let fact = |column: usize| row.cells.get(column).and_then(Option::as_ref);
    let cells: Vec<Cell> =
        columns.iter().map(|column| cell(fact(*column), *column, layout.own == Some(*column), words, notes)).collect();
    let yearly = matches!(row.standing, Standing::Ranked { basis: Basis::PerYear, .. });
    let shown = columns.iter().filter(|column| fact(**column).is_some()).count();
    let per_year = (yearly && shown > 1).then(|| {
        let cell = |column: &usize| {
            let figure = fact(*column).and_then(|fact| words.per_year(fact));
            Cell {
                is_present: figure.is_some(),
                is_own: layout.own == Some(*column),
                marks: if figure.is_some() { notes.derived().to_owned() } else { String::new() },
                figure: figure.unwrap_or_else(|| words.terms.missing.clone()),
                period: String::new(),
            }
        };
        columns.iter().map(cell).collect()
    });
    TableRow { label: traced(row.indicator.label(words.language)), cells, per_year }
}

/// A figure as a table shows it.
pub(super) fn cell(fact: Option<&CheckedFact>, column: usize, is_own: bool, words: &Words, notes: &mut Notes) -> Cell {
    match fact {
        None => Cell {
            figure: words.terms.missing.clone(),
            is_present: false,
            is_own,
            period: String::new(),
            marks: String::new(),
        },
        Some(fact) => Cell {
            figure: words.figure(fact),
            is_present: true,
            is_own,
            period: words.short(fact.time),
            marks: notes.fact(column, fact),
        },
    }
}

/// The themes with a table to each indicator that several provinces report, the greatest first where they may be ranked.
pub(super) fn long_themes(
    comparison: &Comparison,
    catalog: &Catalog,
    words: &Words,
    notes: &mut Notes,
) -> Vec<LongTheme> {
    let themes = catalog.indicators.themes().iter().map(|theme| {
        let rows = comparison.rows.iter().filter(|row| {
            row.indicator.theme == theme.id && !row.indicator.background && row.cells.iter().flatten().count() > 1
        });
        let tables = rows.map(|row| long_table(comparison, row, words, notes)).collect();
        LongTheme { name: traced(theme.name.get(words.language)), tables, charts: Vec::new() }
    });
    themes.filter(|theme| !theme.tables.is_empty()).collect()
}

fn long_table(comparison: &Comparison, row: &Row, words: &Words, notes: &mut Notes) -> LongTable {
    let (order, yearly): (Vec<(usize, String)>, bool) = match &row.standing {
        Standing::Ranked { places, basis } => {
            let order = places.iter().map(|place| (place.column, trace::number(&place.rank))).collect();
            (order, *basis == Basis::PerYear)
        }
        _ => ((0..row.cells.len()).map(|column| (column, String::new())).collect(), false),
    };
    let rows = order.into_iter().filter_map(|(column, rank)| {
        let fact = row.cells.get(column)?.as_ref()?;
        let per_year = if yearly { words.per_year(fact) } else { None };
        Some(LongRow {
            rank,
            province: name(comparison, column, words),
            cell: cell(Some(fact), column, false, words, notes),
            per_year: per_year.unwrap_or_default(),
        })
    });
    LongTable { label: traced(row.indicator.label(words.language)), rows: rows.collect() }
}

/// The band: the province's weightiest figures, printed ones first.
pub(super) fn key_figures(known: &Known, column: usize, words: &Words, notes: &mut Notes) -> Vec<KeyFigure> {
    let mut facts: Vec<&CheckedFact> = known
        .facts
        .iter()
        .filter(|fact| fact.indicator.weight > 0 && !fact.indicator.background)
        .filter(|fact| known.latest(&fact.indicator.id).is_some_and(|latest| latest.id == fact.id))
        .filter(|fact| is_short(fact))
        .collect();
    facts.sort_by_key(|fact| (std::cmp::Reverse(fact.indicator.weight), fact.id.clone()));
    facts.truncate(MOST_KEY_FIGURES);
    facts.into_iter().map(|fact| key_figure(known, fact, column, words, notes)).collect()
}

/// Whether a figure is short enough for large type: printed with one number, or derived exactly.
fn is_short(fact: &CheckedFact) -> bool {
    match &fact.value {
        Value::Printed(_) => fact.figure().is_some_and(|figure| !figure.is_range()),
        Value::Derived { bounds, .. } => bounds.lower.is_some() && bounds.lower == bounds.upper,
    }
}

fn key_figure(known: &Known, fact: &CheckedFact, column: usize, words: &Words, notes: &mut Notes) -> KeyFigure {
    let (hedge, number, unit) = match fact.figure() {
        Some(figure) => {
            let parts = format::parts(figure, words.language);
            let hedge = if figure.is_estimate() { String::new() } else { parts.hedge.clone() };
            let unit = [parts.scale.as_str(), parts.unit.as_str()]
                .iter()
                .filter(|part| !part.is_empty())
                .copied()
                .collect::<Vec<_>>();
            (hedge, traced(&parts.number), unit.join(" "))
        }
        None => (String::new(), words.figure(fact), String::new()),
    };
    KeyFigure {
        hedge,
        number,
        unit,
        label: traced(fact.indicator.label(words.language)),
        period: match fact.figure().filter(|figure| figure.is_estimate()) {
            Some(_) => fill(&words.terms.estimate, &[("period", &words.short(fact.time))]),
            None => words.short(fact.time),
        },
        trend: trend(known, fact, words),
        marks: notes.fact(column, fact),
    }
}

/// A change or a share of a plan, by the relation that states it.
fn trend(known: &Known, fact: &CheckedFact, words: &Words) -> String {
    let stated = |relation: &RelationReport, role: &str| {
        relation.roles.get(role).and_then(|id| known.fact(id)).and_then(CheckedFact::figure).cloned()
    };
    let is = |relation: &RelationReport, role: &str| relation.roles.get(role).is_some_and(|id| *id == fact.id);
    known
        .relations
        .iter()
        .find_map(|relation| match relation.kind {
            "growth" if is(relation, "current") => Some(words.change(&stated(relation, "rate")?)),
            "attainment" if is(relation, "actual") => {
                let percent = stated(relation, "percent")?;
                Some(fill(&words.terms.of_plan, &[("figure", &words.share(&percent))]))
            }
            _ => None,
        })
        .unwrap_or_default()
}
