//! The briefing over all provinces, or over the communes of one.

use super::changes::news;
use super::charts::Charts;
use super::context::{ComparativeContext, Shared};
use super::notes::Notes;
use super::points::comparative_points;
use super::province::{common, countries, name_with_merger};
use super::ranking::{names, not_ranked, ranking};
use super::summary::{is_summed_up, most_common_first, weightiest};
use super::tables::{Layout, MOST_COLUMNS, long_themes, themes};
use super::trace::traced;
use super::trust::trust;
use super::words::{MOST_NAMED, Words};
use crate::catalog::Catalog;
use crate::compare::{Comparison, Known};

/// The context of the comparative briefing.
pub(super) fn context(comparison: &Comparison, catalog: &Catalog, words: &Words) -> ComparativeContext {
    let mut notes = Notes::default();
    let known: Vec<(usize, &Known)> = comparison
        .columns
        .iter()
        .enumerate()
        .filter_map(|(column, province)| Some((column, province.known()?)))
        .filter(|(_, known)| !known.facts.is_empty())
        .collect();
    let points = comparative_points(comparison, words, &mut notes);
    let columns: Vec<usize> = known.iter().map(|(column, _)| *column).collect();
    let mut shared_partners = shared(comparison, words);
    let mut shared_countries = countries(comparison, catalog, None, words);
    let (mut short, mut long, mut summary) = (Vec::new(), Vec::new(), None);
    let is_summed_up = is_summed_up(comparison);
    if is_summed_up {
        let common = [&mut shared_partners, &mut shared_countries];
        summary = Some(super::summary::summary(comparison, catalog, common, words, &mut notes));
    } else if columns.len() > MOST_COLUMNS {
        long = long_themes(comparison, catalog, words, &mut notes);
    } else {
        short = themes(&Layout { comparison, columns, own: None }, catalog, words, &mut notes);
    }
    let told = || comparison.rows.iter().filter(|row| !row.indicator.background);
    let drawn = if is_summed_up { weightiest(comparison) } else { told().collect() };
    let mut charts = Charts::of_all(drawn, comparison, catalog, words);
    let of_summary = summary.iter_mut().flat_map(|summary| &mut summary.themes);
    let of_themes = short.iter_mut().map(|theme| (&theme.name, &mut theme.charts));
    let of_themes = of_themes.chain(long.iter_mut().map(|theme| (&theme.name, &mut theme.charts)));
    let of_themes = of_themes.chain(of_summary.map(|theme| (&theme.name, &mut theme.charts)));
    charts.fill_all(of_themes, words, &mut notes);
    // A summary has a line to each indicator, with the first and the last place.
    let rankings = told()
        .filter(|_| !is_summed_up)
        .filter(|row| !points.iter().any(|point| point.label == words.label(row)))
        .filter_map(|row| ranking(row, None, words, &mut notes))
        .collect();
    // What is new of very many localities is summed up instead.
    let all: Vec<usize> = (0..comparison.columns.len()).filter(|_| !is_summed_up).collect();
    let news = news(comparison, catalog, &all, words, &mut notes);
    let trust = trust(&known, words, &mut notes);
    let is_many = known.len() > MOST_NAMED;
    let provinces: Vec<String> = known
        .iter()
        .filter(|_| !is_many)
        .filter_map(|(column, _)| comparison.columns.get(*column))
        .map(|column| name_with_merger(column, words))
        .collect();
    ComparativeContext {
        count: words.count(known.len()),
        counted: words.counted(known.len()),
        is_many,
        provinces: words.list(&provinces),
        points,
        themes: short,
        long_themes: long,
        summary,
        rankings,
        not_ranked: not_ranked(comparison, None, words),
        shared_partners,
        shared_countries,
        news,
        trust,
        common: common(comparison, words.comparison_title(), words, &notes, charts.pictures),
        sources: notes.sources(comparison, words),
    }
}

fn shared(comparison: &Comparison, words: &Words) -> Vec<Shared> {
    let shared = words.shared_partners(comparison).to_vec();
    let shared = if is_summed_up(comparison) { most_common_first(shared) } else { shared };
    shared
        .into_iter()
        .map(|shared| {
            let columns: Vec<usize> = shared.columns.iter().copied().collect();
            Shared { place: traced(shared.place.name(words.language)), provinces: names(&columns, words) }
        })
        .collect()
}
