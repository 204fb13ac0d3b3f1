//! The briefing over all provinces.

use super::changes::news;
use super::charts::Charts;
use super::context::{ComparativeContext, Shared};
use super::notes::Notes;
use super::points::comparative_points;
use super::province::{common, countries, name_with_merger};
use super::ranking::{name, not_ranked, ranking};
use super::tables::{Layout, MOST_COLUMNS, long_themes, themes};
use super::trace::traced;
use super::trust::trust;
use super::words::{MOST_NAMED, Words};
use crate::catalog::Catalog;
use crate::compare::{Comparison, Known, shared_places};

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
    let (mut short, mut long) = if columns.len() > MOST_COLUMNS {
        (Vec::new(), long_themes(comparison, catalog, words, &mut notes))
    } else {
        let layout = Layout { comparison, columns, own: None };
        (themes(&layout, catalog, words, &mut notes), Vec::new())
    };
    let mut charts = Charts::of_all(comparison, catalog, words);
    charts.fill_all(&mut short, &mut long, words, &mut notes);
    let rankings = comparison
        .rows
        .iter()
        .filter(|row| !row.indicator.background)
        .filter(|row| !points.iter().any(|point| point.label == traced(row.indicator.label(words.language))))
        .filter_map(|row| ranking(comparison, row, None, words, &mut notes))
        .collect();
    let all: Vec<usize> = (0..comparison.columns.len()).collect();
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
        is_many,
        provinces: words.list(&provinces),
        points,
        themes: short,
        long_themes: long,
        rankings,
        not_ranked: not_ranked(comparison, None, words),
        shared_partners: shared(comparison, words),
        shared_countries: countries(comparison, catalog, None, words),
        news,
        trust,
        common: common(comparison, String::new(), words, &notes, charts.pictures),
        sources: notes.sources(comparison, words),
    }
}

fn shared(comparison: &Comparison, words: &Words) -> Vec<Shared> {
    shared_places(comparison)
        .into_iter()
        .map(|shared| {
            let provinces: Vec<String> = shared.columns.iter().map(|column| name(comparison, *column, words)).collect();
            Shared { place: traced(shared.place.name(words.language)), provinces: words.provinces(&provinces) }
        })
        .collect()
}
