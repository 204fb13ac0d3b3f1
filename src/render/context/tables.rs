//! The band of key figures, and tables.

use super::ChartImage;
use crate::render::script::view::fields;
use serde::Serialize;

/// A figure in large type.
#[derive(Debug, Serialize)]
pub struct KeyFigure {
    /// The hedge, or nothing.
    pub hedge: String,
    /// The number.
    pub number: String,
    /// The scale word and the unit, or nothing.
    pub unit: String,
    /// The indicator.
    pub label: String,
    /// When.
    pub period: String,
    /// A change, a share of a plan, or nothing.
    pub trend: String,
    /// Source numbers.
    pub marks: String,
}

/// A theme's table: a column to a province, this briefing's own first.
#[derive(Debug, Serialize)]
pub struct ThemeTable {
    /// The theme.
    pub name: String,
    /// Whether one province alone reports the theme: its table then has a column for the time.
    pub is_single: bool,
    /// The provinces.
    pub columns: Vec<ColumnHead>,
    /// The indicators.
    pub rows: Vec<TableRow>,
    /// How many more provinces report something of the table than have a column in it, in words; null if none.
    pub left_out: Option<String>,
    /// Whether it is exactly one.
    pub one_left_out: bool,
    /// In the comparative briefing, what one province alone reports.
    pub single_rows: Vec<SingleRow>,
    /// The charts that belong to it.
    pub charts: Vec<ChartImage>,
}

/// A figure that one province alone reports.
#[derive(Debug, Serialize)]
pub struct SingleRow {
    /// The province; nothing where it is that of the row above.
    pub province: String,
    /// The indicator.
    pub label: String,
    /// The figure.
    pub cell: Cell,
}

/// The head of a column.
#[derive(Debug, Serialize)]
pub struct ColumnHead {
    /// The province.
    pub name: String,
    /// Whether the briefing is about it.
    pub is_own: bool,
}

/// An indicator in a table.
#[derive(Debug, Serialize)]
pub struct TableRow {
    /// The indicator.
    pub label: String,
    /// A cell to a column.
    pub cells: Vec<Cell>,
    /// The same per year, where flows of different spans are compared.
    pub per_year: Option<Vec<Cell>>,
}

/// A figure in a table.
#[derive(Debug, Serialize)]
pub struct Cell {
    /// The figure, or what stands for one that no source prints.
    pub figure: String,
    /// Whether there is one.
    pub is_present: bool,
    /// Whether it is this briefing's own.
    pub is_own: bool,
    /// When, or nothing.
    pub period: String,
    /// Source numbers.
    pub marks: String,
}

/// A theme with a table to each indicator that several provinces report.
#[derive(Debug, Serialize)]
pub struct LongTheme {
    /// The theme.
    pub name: String,
    /// The tables.
    pub tables: Vec<LongTable>,
    /// The charts that belong to it.
    pub charts: Vec<ChartImage>,
}

/// An indicator's table, a row to a province.
#[derive(Debug, Serialize)]
pub struct LongTable {
    /// The indicator.
    pub label: String,
    /// The rows, in the order of the ranking where there is one.
    pub rows: Vec<LongRow>,
}

/// A province in an indicator's table.
#[derive(Debug, Serialize)]
pub struct LongRow {
    /// Its place, or nothing.
    pub rank: String,
    /// The province.
    pub province: String,
    /// Its figure.
    pub cell: Cell,
    /// Per year, or nothing.
    pub per_year: String,
}

fields! {
    KeyFigure { hedge, number, unit, label, period, trend, marks }
    ThemeTable { name, is_single, columns, rows, left_out, one_left_out, single_rows, charts }
    SingleRow { province, label, cell }
    ColumnHead { name, is_own }
    TableRow { label, cells, per_year }
    Cell { figure, is_present, is_own, period, marks }
    LongTheme { name, tables, charts }
    LongTable { label, rows }
    LongRow { rank, province, cell, per_year }
}
