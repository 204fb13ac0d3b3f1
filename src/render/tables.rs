//! The themes as tables, and the band of key figures.

use super::context::{Cell, ColumnHead, KeyFigure, LongRow, LongTable, LongTheme, SingleRow, TableRow, ThemeTable};
use super::notes::Notes;
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
    let heads = columns
        .iter()
        .map(|column| ColumnHead { name: words.column_name(*column).to_owned(), is_own: layout.own == Some(*column) });
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
    let rows: Vec<&Row> = layout.comparison.rows.iter().filter(|row| is_of(theme, row)).collect();
    let reported = |column: usize| rows.iter().filter(|row| row.cells.get(column).is_some_and(Option::is_some)).count();
    let mut peers = peers.to_vec();
    peers.sort_by_cached_key(|column| std::cmp::Reverse(reported(*column)));
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
        let rows = rows.filter(|row| row.cells.get(*column).is_some_and(Option::is_some));
        for (place, row) in rows.enumerate() {
            single.push(SingleRow {
                province: if place == 0 { words.column_name(*column).to_owned() } else { String::new() },
                label: words.label(row),
                cell: cell(row, *column, false, words, notes),
            });
        }
    }
    single
}

fn shows(layout: &Layout<'_>, theme: &Theme, row: &Row) -> bool {
    if !is_of(theme, row) {
        return false;
    }
    let reports = |column: usize| row.cells.get(column).is_some_and(Option::is_some);
    let is_common = || layout.columns.iter().filter(|column| reports(**column)).nth(1).is_some();
    layout.own.is_some_and(reports) || is_common()
}

fn table_row(layout: &Layout<'_>, columns: &[usize], row: &Row, words: &Words, notes: &mut Notes) -> TableRow {
    let fact = |column: usize| row.cells.get(column).and_then(Option::as_ref);
    let cells: Vec<Cell> =
        columns.iter().map(|column| cell(row, *column, layout.own == Some(*column), words, notes)).collect();
    let yearly = matches!(row.standing, Standing::Ranked { basis: Basis::PerYear, .. });
    let shown = columns.iter().filter(|column| fact(**column).is_some()).count();
    let per_year = (yearly && shown > 1).then(|| {
        let cell = |column: &usize| {
            let figure = words.cell(row, *column).and_then(|cell| cell.per_year.clone());
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
    TableRow { label: words.label(row), cells, per_year }
}

/// A row's figure in a column, as a table shows it.
pub(super) fn cell(row: &Row, column: usize, is_own: bool, words: &Words, notes: &mut Notes) -> Cell {
    let fact = row.cells.get(column).and_then(Option::as_ref);
    match fact.zip(words.cell(row, column)) {
        None => Cell {
            figure: words.terms.missing.clone(),
            is_present: false,
            is_own,
            period: String::new(),
            marks: String::new(),
        },
        Some((fact, cell)) => Cell {
            figure: cell.figure.clone(),
            is_present: true,
            is_own,
            period: cell.period.clone(),
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
        let tables = rows.map(|row| long_table(row, words, notes)).collect();
        LongTheme { name: traced(theme.name.get(words.language)), tables, charts: Vec::new() }
    });
    themes.filter(|theme| !theme.tables.is_empty()).collect()
}

fn long_table(row: &Row, words: &Words, notes: &mut Notes) -> LongTable {
    let (order, yearly): (Vec<(usize, String)>, bool) = match &row.standing {
        Standing::Ranked { places, basis } => {
            let order = places.iter().map(|place| (place.column, trace::number(&place.rank))).collect();
            (order, *basis == Basis::PerYear)
        }
        _ => ((0..row.cells.len()).map(|column| (column, String::new())).collect(), false),
    };
    let rows = order.into_iter().filter_map(|(column, rank)| {
        let per_year = words.cell(row, column)?.per_year.clone().filter(|_| yearly);
        Some(LongRow {
            rank,
            province: words.column_name(column).to_owned(),
            cell: cell(row, column, false, words, notes),
            per_year: per_year.unwrap_or_default(),
        })
    });
    LongTable { label: words.label(row), rows: rows.collect() }
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
    facts.sort_by_cached_key(|fact| (std::cmp::Reverse(fact.indicator.weight), fact.id.clone()));
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
