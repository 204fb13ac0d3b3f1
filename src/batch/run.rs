//! One run, group by group: look over the sheets, check and compare, make what is not as it should be, record.

use super::error::BatchError;
use super::event::{Event, Observer};
use super::evidence::Dress;
use super::group::GroupRun;
use super::job::{Built, Format, Job};
use super::make::template;
use super::manifest::{Kept, Manifest, Options};
use super::plan::{self, Asked};
use super::record::{BUILD, Recipe};
use super::scan::{self, Scanned};
use super::sheets::load_group;
use super::statement::hash;
use super::teller::Teller;
use super::write::Place;
use super::{Document, Selection};
use crate::catalog::{Catalog, Group};
use crate::render::{COMPARATIVE, PROVINCE, Renderer};
use crate::typeset::Fonts;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Runs a job.
///
/// # Errors
/// Nothing could be made at all; the observer has heard of it. What befell single documents is in [`Built::failures`].
pub fn run(job: &Job, catalog: &Catalog, observer: &dyn Observer) -> Result<Built, BatchError> {
    let teller = Teller::new(observer);
    let ended = match job.jobs {
        None => go(job, catalog, &teller),
        Some(jobs) => match rayon::ThreadPoolBuilder::new().num_threads(jobs).build() {
            Ok(pool) => pool.install(|| go(job, catalog, &teller)),
            Err(_) => Err(BatchError::Threads(jobs)),
        },
    };
    if let Err(error) = &ended {
        teller.tell(&Event::Refused { error });
    }
    teller.finish();
    ended
}

fn go(job: &Job, catalog: &Catalog, teller: &Teller<'_>) -> Result<Built, BatchError> {
    let desk = Desk::new(job, catalog, teller)?;
    let groups = scan::scan(&job.sheets, catalog)?;
    teller.tell(&Event::Started {
        version: env!("CARGO_PKG_VERSION"),
        quarter: job.quarter,
        folder: &job.sheets,
        sheets: groups.values().map(Vec::len).sum(),
    });
    let asked = match plan::asked(job, catalog, &groups) {
        Ok(asked) => asked,
        Err(failures) => return Ok(refuse(failures, &groups, &desk)),
    };
    let mut built = Built::default();
    let mut manifest = Manifest::new(job, Options::of(job, desk.templates_by_language()));
    let concerned: Vec<(&Group, &Vec<Scanned>)> = groups.iter().filter(|(_, sheets)| asked.concerns(sheets)).collect();
    let look_up = |place: usize| {
        let (group, sheets) = *concerned.get(place).filter(|_| !job.stop.asked())?;
        Some(GroupRun::look_up(group, sheets, &asked, &desk))
    };
    let mut done = 0;
    let mut next = look_up(done);
    while let Some(looked_up) = next.filter(|_| !job.stop.asked()) {
        let mut run = looked_up?;
        let stale = run.choose(&desk, &mut built)?;
        run.tell(&asked, &desk, &mut built);
        done += 1;
        next = run.make(stale, &desk, &mut built, || look_up(done))?;
        run.record(&desk, &built, &mut manifest)?;
    }
    let untouched = concerned.get(done..).unwrap_or_default();
    record(manifest, &desk, matches!(asked, Asked::All) && untouched.is_empty())?;
    built.left += untouched.iter().map(|(group, sheets)| plan::about(job, &asked, group, sheets)).sum::<usize>();
    if built.left > 0 {
        teller.tell(&Event::Stopped { done: built.done, left: built.left });
        built.failures.push(BatchError::Stopped { done: built.done, of: built.done + built.left });
    }
    built.files.sort();
    Ok(built)
}

/// An order that cannot be carried out: the sheet that is missed may be one that does not say what it is about.
fn refuse(failures: Vec<BatchError>, groups: &BTreeMap<Group, Vec<Scanned>>, desk: &Desk<'_>) -> Built {
    for (group, sheets) in groups {
        let unknown: Vec<&Scanned> = sheets.iter().filter(|sheet| sheet.locality.is_none()).collect();
        let sheets = load_group(group, &unknown, desk.catalog, &desk.job.policy);
        desk.teller.checked(&group.to_string(), &sheets, &(0..sheets.len()).collect(), 0);
    }
    for error in &failures {
        desk.teller.tell(&Event::Refused { error });
    }
    Built { failures, ..Built::default() }
}

/// Writes the manifest, with what it takes over from an earlier run. Where nothing was to be written, there is none; but a part of
/// a batch leaves one in any case, for whoever merges the parts.
fn record(mut manifest: Manifest, desk: &Desk<'_>, is_whole: bool) -> Result<(), BatchError> {
    let place = if desk.job.shard.is_some() { Some(desk.place()?) } else { desk.place_if_there()? };
    let Some(place) = place else { return Ok(()) };
    // One that says the same already has nothing that could be taken over, and need not be understood.
    let is_there = manifest.lies_in(place, desk.job.shard);
    if !is_there && let Some(earlier) = Manifest::read(place, desk.job.shard) {
        manifest.keep(earlier, is_whole, place);
    }
    for (path, _) in manifest.reports.iter().filter(|(_, output)| output.kept == Some(Kept::WithoutSheet)) {
        desk.teller.tell(&Event::Orphaned { file: &place.path().join(path) });
    }
    if is_there { place.sync() } else { manifest.write(place, desk.job.shard).map(drop) }
}

/// What a run works with: its order, and what is got ready when it is first needed.
pub(super) struct Desk<'a> {
    pub(super) job: &'a Job,
    pub(super) catalog: &'a Catalog,
    pub(super) teller: &'a Teller<'a>,
    renderer: OnceLock<Renderer>,
    fonts: OnceLock<Fonts>,
    dress: OnceLock<Dress>,
    place: OnceLock<Place>,
}

impl<'a> Desk<'a> {
    fn new(job: &'a Job, catalog: &'a Catalog, teller: &'a Teller<'a>) -> Result<Desk<'a>, BatchError> {
        let (renderer, fonts, dress, place) = (OnceLock::new(), OnceLock::new(), OnceLock::new(), OnceLock::new());
        let desk = Desk { job, catalog, teller, renderer, fonts, dress, place };
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

    /// The fonts of the PDFs.
    pub(super) fn fonts(&self) -> Result<&Fonts, BatchError> {
        let fonts = || match &self.job.fonts {
            Some(fonts) => Ok(fonts.clone()),
            None => Ok(Fonts::bundled()?),
        };
        get(&self.fonts, fonts)
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
        let own =
            self.renderer.get().into_iter().flat_map(|it| it.own_texts(document.language, template(document.subject)));
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
fn get<T>(cell: &OnceLock<T>, ready: impl FnOnce() -> Result<T, BatchError>) -> Result<&T, BatchError> {
    if let Some(made) = cell.get() {
        return Ok(made);
    }
    let made = ready()?;
    Ok(cell.get_or_init(|| made))
}
