//! One run, group by group: look over the sheets, check and compare, make what is not as it should be, record.

use super::error::BatchError;
use super::evidence::Dress;
use super::group::GroupRun;
use super::job::{Built, Format, Job};
use super::make::template;
use super::manifest::{Kept, Manifest, Options};
use super::plan::{self, Asked};
use super::record::{BUILD, Recipe};
use super::scan::{self, Scanned};
use super::sheets::{Sheets, load_group};
use super::statement::hash;
use super::write::Place;
use super::{Document, Selection};
use crate::catalog::{Catalog, Group};
use crate::render::{COMPARATIVE, PROVINCE, Renderer};
use crate::typeset::Fonts;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// Is told of the sheets of a group, with the places among them of those that a briefing was asked of.
pub type TellSheets<'a> = &'a mut (dyn FnMut(&Sheets, &BTreeSet<usize>) + Send);

/// Runs a job.
///
/// # Errors
/// Nothing could be made at all. What befell single documents is in [`Built::failures`].
pub fn run(job: &Job, catalog: &Catalog, tell: TellSheets<'_>) -> Result<Built, BatchError> {
    match job.jobs {
        None => go(job, catalog, tell),
        Some(jobs) => {
            let pool =
                rayon::ThreadPoolBuilder::new().num_threads(jobs).build().map_err(|_| BatchError::Threads(jobs))?;
            pool.install(|| go(job, catalog, tell))
        }
    }
}

fn go(job: &Job, catalog: &Catalog, tell: TellSheets<'_>) -> Result<Built, BatchError> {
    let desk = Desk::new(job, catalog)?;
    let mut built = Built::default();
    let groups = scan::scan(&job.sheets, catalog)?;
    let asked = match plan::asked(job, catalog, &groups) {
        Ok(asked) => asked,
        Err(failures) => {
            tell_of_unknown(&groups, &desk, tell);
            return Ok(Built { failures, ..built });
        }
    };
    let mut manifest = Manifest::new(job, Options::of(job, desk.templates_by_language()));
    let mut concerned = groups.iter().filter(|(_, sheets)| asked.concerns(sheets));
    for (group, sheets) in concerned.by_ref().take_while(|_| !job.stop.asked()) {
        let mut run = GroupRun::look_up(group, sheets, &desk)?;
        let stale = run.choose(&asked, &desk, &mut built)?;
        run.tell(&asked, &stale, &desk, &mut built, tell);
        run.make(stale, &desk, &mut built)?;
        run.record(&desk, &built, &mut manifest)?;
    }
    if let Some(place) = desk.place_if_there()? {
        let is_whole = matches!(asked, Asked::All) && !job.stop.asked();
        if let Some(earlier) = Manifest::read(place, job.shard) {
            manifest.keep(earlier, is_whole, place);
        }
        let orphans = manifest.reports.iter().filter(|(_, output)| output.kept == Some(Kept::WithoutSheet));
        built.orphans = orphans.map(|(path, _)| path.clone()).collect();
        manifest.write(place, job.shard)?;
    }
    let done = built.made + built.unchanged + built.failed.len();
    let untouched: usize = concerned.map(|(group, sheets)| plan::about(job, &asked, group, sheets)).sum();
    built.left += untouched;
    if built.left > 0 {
        built.failures.push(BatchError::Stopped { done, of: done + built.left });
    }
    built.files.sort();
    Ok(built)
}

/// An order that cannot be carried out: the sheet that is missed may be one that does not say what it is about.
fn tell_of_unknown(groups: &BTreeMap<Group, Vec<Scanned>>, desk: &Desk<'_>, tell: TellSheets<'_>) {
    for (group, sheets) in groups {
        let unknown: Vec<&Scanned> = sheets.iter().filter(|sheet| sheet.locality.is_none()).collect();
        let sheets = load_group(group, &unknown, desk.catalog, &desk.job.policy);
        tell(&sheets, &(0..sheets.len()).collect());
    }
}

/// What a run works with: its order, and what is got ready when it is first needed.
pub(super) struct Desk<'a> {
    pub(super) job: &'a Job,
    pub(super) catalog: &'a Catalog,
    renderer: OnceCell<Renderer>,
    fonts: OnceCell<Fonts>,
    dress: OnceCell<Dress>,
    place: OnceCell<Place>,
}

impl<'a> Desk<'a> {
    fn new(job: &'a Job, catalog: &'a Catalog) -> Result<Desk<'a>, BatchError> {
        let (renderer, fonts, dress, place) = (OnceCell::new(), OnceCell::new(), OnceCell::new(), OnceCell::new());
        let desk = Desk { job, catalog, renderer, fonts, dress, place };
        if job.templates.is_some() {
            // Templates of the user's own are read in any case: they may have changed, or be faulty.
            desk.renderer()?;
        }
        Ok(desk)
    }

    /// The templates and terms.
    pub(super) fn renderer(&self) -> Result<&Renderer, BatchError> {
        get(&self.renderer, || {
            let templates: &[&str] = match self.job.selection {
                Selection::All => &[PROVINCE, COMPARATIVE],
                Selection::Provinces(_) => &[PROVINCE],
            };
            Ok(Renderer::new(self.job.templates.as_deref(), &self.job.languages, templates)?)
        })
    }

    /// The fonts, if PDFs are to be made.
    pub(super) fn fonts(&self) -> Result<Option<&Fonts>, BatchError> {
        if !self.job.formats.contains(&Format::Pdf) {
            return Ok(None);
        }
        let fonts = || match &self.job.fonts {
            Some(fonts) => Ok(fonts.clone()),
            None => Ok(Fonts::bundled()?),
        };
        get(&self.fonts, fonts).map(Some)
    }

    /// How documents are dressed.
    pub(super) fn dress(&self) -> &Dress {
        let job = self.job;
        self.dress.get_or_init(|| Dress::new(job.layout, job.office.as_ref(), job.fonts.as_ref()))
    }

    /// The folder of the quarter, which is locked from then on.
    pub(super) fn place(&self) -> Result<&Place, BatchError> {
        let job = self.job;
        get(&self.place, || Place::take(&job.out, &job.quarter.to_string(), job.shard))
    }

    /// The folder of the quarter, if there is one: where nothing is to be written, none is made.
    pub(super) fn place_if_there(&self) -> Result<Option<&Place>, BatchError> {
        let is_there = self.place.get().is_some() || self.job.out.join(self.job.quarter.to_string()).is_dir();
        if is_there { self.place().map(Some) } else { Ok(None) }
    }

    /// What a document is made from.
    pub(super) fn recipe(&self, document: &Document, format: Format, sheets: &str, checked_as_of: &str) -> Recipe {
        let dress = (format == Format::Pdf).then(|| self.dress());
        let own = self.renderer.get().into_iter().flat_map(|it| it.own_texts(document.language, template(document.subject)));
        Recipe {
            program: BUILD.to_owned(),
            sheets: sheets.to_owned(),
            checked_as_of: checked_as_of.to_owned(),
            templates: own.map(|(name, text)| (name.to_owned(), hash(text.as_bytes()))).collect(),
            layout: dress.map(|dress| dress.layout.clone()),
            office: dress.and_then(|dress| dress.office.as_ref()).map(|office| hash(office.as_bytes())),
            fonts: dress.map(|dress| dress.fonts.clone()).unwrap_or_default(),
        }
    }

    /// SHA-256 of the templates and terms that are not the built-in ones, by language and name.
    fn templates_by_language(&self) -> BTreeMap<String, String> {
        let mut templates = BTreeMap::new();
        if let Some(renderer) = self.renderer.get() {
            for language in &self.job.languages {
                for template in [PROVINCE, COMPARATIVE] {
                    let own = renderer.own_texts(*language, template);
                    templates.extend(own.map(|(name, text)| (format!("{language}/{name}"), hash(text.as_bytes()))));
                }
            }
        }
        templates
    }
}

/// What is there, or is got ready now.
fn get<T>(cell: &OnceCell<T>, make: impl FnOnce() -> Result<T, BatchError>) -> Result<&T, BatchError> {
    if let Some(made) = cell.get() {
        return Ok(made);
    }
    let made = make()?;
    Ok(cell.get_or_init(|| made))
}
