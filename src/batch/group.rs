//! A group of localities within a run: what is known of its sheets, what of it is not as it should be, and the making of that.

use super::allowances::LastDays;
use super::error::BatchError;
use super::evidence::Evidence;
use super::job::{Built, BuiltFile, Document, Format, Job, Unpublished};
use super::make::{self, MadeDocument, Workshop};
use super::manifest::{Input, Kept, Manifest, Output};
use super::plan::{self, Asked, Outline};
use super::record::{self, MadeFile, Recipe, Record};
use super::run::{Desk, TellSheets};
use super::scan::Scanned;
use super::sheets::{Sheets, load_group};
use crate::catalog::{Group, Locality};
use crate::compare::{Comparison, compare};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A document, and the formats in which it is not as it should be.
pub(super) type Stale = (Document, Vec<(Format, Recipe)>);

/// A group of localities within a run.
pub(super) struct GroupRun<'g> {
    group: &'g Group,
    scanned: &'g [Scanned],
    digest: String,
    record: Record,
    /// The sheets that were changed, added or removed since the last run.
    changed: Vec<String>,
    outline: Outline,
    checked_as_of: NaiveDate,
    /// The sheets, if they had to be checked.
    checked: Option<Checked>,
}

/// The sheets of a group that were checked and compared.
struct Checked {
    sheets: Sheets,
    comparison: Comparison,
}

impl Checked {
    fn new(group: &Group, scanned: &[Scanned], desk: &Desk<'_>) -> Checked {
        let all: Vec<&Scanned> = scanned.iter().collect();
        let sheets = load_group(group, &all, desk.catalog, &desk.job.policy);
        let comparison = compare(&plan::columns(&sheets), desk.catalog, desk.job.quarter);
        Checked { sheets, comparison }
    }
}

impl<'g> GroupRun<'g> {
    /// Finds out what there is to make of a group: from the record of the last run if its sheets are the same, else by checking them.
    pub(super) fn look_up(
        group: &'g Group,
        scanned: &'g [Scanned],
        desk: &Desk<'_>,
    ) -> Result<GroupRun<'g>, BatchError> {
        let Job { policy, quarter, shard, .. } = desk.job;
        let mut record = desk
            .place_if_there()?
            .map_or_else(Record::default, |place| Record::read(place, group, &record::file_name(*shard)));
        let changed = record.changed(scanned);
        let digest = record::digest(scanned);
        if let Some(known) = record.of_same(scanned, policy.today) {
            let (outline, checked_as_of) = (known.outline, known.checked_as_of);
            return Ok(GroupRun { group, scanned, digest, record, changed, outline, checked_as_of, checked: None });
        }
        let checked = Checked::new(group, scanned, desk);
        let outline = plan::outline(group, &checked.sheets, &checked.comparison);
        let last_days = LastDays::of(&checked.sheets);
        let checked_as_of = last_days.day_of_check(policy.today, quarter.last_day());
        let days = policy.today.map_or((None, None), |today| last_days.same(today));
        record.find(inputs(scanned, &checked.sheets), &outline, days, checked_as_of);
        let checked = Some(checked);
        Ok(GroupRun { group, scanned, digest, record, changed, outline, checked_as_of, checked })
    }

    /// The documents that are asked for and are not as they should be; the others are entered as they are.
    pub(super) fn choose(
        &self,
        asked: &Asked,
        desk: &Desk<'_>,
        built: &mut Built,
    ) -> Result<Vec<Stale>, BatchError> {
        let mut stale = Vec::new();
        let checked_as_of = self.checked_as_of.to_string();
        for document in plan::documents(desk.job, asked, self.group, &self.outline) {
            let place = desk.place()?;
            let mut formats = Vec::new();
            for format in &desk.job.formats {
                let recipe = desk.recipe(&document, *format, &self.digest, &checked_as_of);
                if let Some(reason) = self.record.reason((&document, *format), &recipe, &self.changed, place) {
                    built.reasons.entry(document.key()).or_insert(reason);
                    formats.push((*format, recipe));
                }
            }
            // What is not made again is as it was.
            let made = self.record.made.get(&document.key());
            let is_stale = |format: Format| formats.iter().any(|(stale, _)| *stale == format);
            for format in desk.job.formats.iter().filter(|format| !is_stale(**format)) {
                let files = made.and_then(|made| made.formats.get(format.extension())).map(|made| &made.files);
                let path = |file: &MadeFile| place.path().join(&file.0);
                built.files.extend(files.into_iter().flatten().map(|file| BuiltFile { path: path(file), is_written: false }));
            }
            if formats.is_empty() {
                built.unchanged += 1;
                built.remarks.extend(made.into_iter().flat_map(|made| &made.remarks).cloned());
            } else {
                stale.push((document, formats));
            }
        }
        Ok(stale)
    }

    /// Tells what is wrong with the sheets, and enters who has no briefing.
    pub(super) fn tell(
        &mut self,
        asked: &Asked,
        stale: &[Stale],
        desk: &Desk<'_>,
        built: &mut Built,
        tell: TellSheets<'_>,
    ) {
        if self.checked.is_none() && !stale.is_empty() {
            self.checked = Some(Checked::new(self.group, self.scanned, desk));
        }
        let is_asked = |id: &str| asked.holds(id) && desk.job.holds(id);
        let localities: BTreeMap<&str, &Locality> =
            self.localities().map(|locality| (locality.id.as_str(), locality)).collect();
        let known = |id: &String| localities.get(id.as_str()).map(|locality| (*locality).clone());
        built.withheld.extend(self.outline.withheld.iter().filter(|id| is_asked(id)).filter_map(known));
        let unpublished = self.outline.unpublished.iter().filter(|(id, _)| is_asked(id));
        built.unpublished.extend(
            unpublished.filter_map(|(id, first)| Some(Unpublished { locality: known(id)?, first: *first })),
        );
        let said;
        let sheets = match &self.checked {
            Some(checked) => &checked.sheets,
            None => {
                // Of sheets that were checked before, those that there is something to say of are checked again, to say it.
                let speaks = |sheet: &&Scanned| {
                    self.record.sheets.get(&sheet.name()).is_none_or(|input| input.errors + input.warnings > 0)
                };
                let speaking: Vec<&Scanned> = self.scanned.iter().filter(speaks).collect();
                said = load_group(self.group, &speaking, desk.catalog, &desk.job.policy);
                &said
            }
        };
        let concerned: BTreeSet<usize> = sheets
            .iter()
            .enumerate()
            .filter(|(_, loaded)| match &loaded.locality {
                Some(locality) => is_asked(&locality.id),
                None => {
                    matches!(asked, Asked::All)
                        && desk.job.holds(&loaded.path.file_stem().unwrap_or_default().to_string_lossy())
                }
            })
            .map(|(place, _)| place)
            .collect();
        let mut asked_of = sheets.iter().enumerate().filter(|(place, _)| concerned.contains(place));
        built.is_short_of_sheets |= asked_of.any(|(_, loaded)| loaded.passed().is_none());
        tell(sheets, &concerned);
    }

    /// What its sheets are about, as far as that is known.
    fn localities(&self) -> impl Iterator<Item = &Locality> {
        let checked = self.checked.iter().flat_map(|checked| checked.sheets.iter());
        let scanned = self.scanned.iter().filter_map(|sheet| sheet.locality.as_ref());
        scanned.chain(checked.filter_map(|loaded| loaded.locality.as_ref()))
    }

    /// Makes what is not as it should be, on all cores.
    pub(super) fn make(&mut self, stale: Vec<Stale>, desk: &Desk<'_>, built: &mut Built) -> Result<(), BatchError> {
        let Some(Checked { sheets, comparison }) = self.checked.as_ref().filter(|_| !stale.is_empty()) else {
            return Ok(());
        };
        let evidence =
            Evidence::gather(sheets, self.group, (desk.job.quarter, self.checked_as_of), desk.dress().clone());
        let workshop = Workshop {
            comparison,
            catalog: desk.catalog,
            renderer: desk.renderer()?,
            fonts: desk.fonts()?,
            evidence: &evidence,
            layout: desk.job.layout,
            office: desk.job.office.as_ref(),
            place: desk.place()?,
        };
        let stop = &desk.job.stop;
        let made: Vec<Option<Result<MadeDocument, BatchError>>> = stale
            .par_iter()
            .map(|(document, formats)| {
                let formats: Vec<Format> = formats.iter().map(|(format, _)| *format).collect();
                (!stop.asked()).then(|| make::make(document, &formats, &workshop))
            })
            .collect();
        for ((document, formats), made) in stale.into_iter().zip(made) {
            match made {
                None => built.left += 1,
                Some(Err(failure)) => {
                    built.failed.insert(document.key());
                    built.failures.push(failure);
                }
                Some(Ok(MadeDocument { formats: mut files, files: built_files, remarks })) => {
                    built.made += 1;
                    built.files.extend(built_files);
                    built.remarks.extend(remarks.iter().cloned());
                    let made = formats.into_iter().map(|(format, recipe)| {
                        let files = files.remove(&format).unwrap_or_default();
                        (format, recipe, files)
                    });
                    self.record.enter(&document, made.collect(), remarks);
                }
            }
        }
        Ok(())
    }

    /// Leaves a record for the next run, and enters the group into the manifest.
    pub(super) fn record(
        &mut self,
        desk: &Desk<'_>,
        built: &Built,
        manifest: &mut Manifest,
    ) -> Result<(), BatchError> {
        if let Some(place) = desk.place_if_there()? {
            self.record.tidy();
            self.record.write(place, self.group, &record::file_name(desk.job.shard))?;
        }
        manifest.sheets.extend(self.record.sheets.clone());
        let holds = |id: &&String| desk.job.holds(id);
        manifest.withheld.extend(self.outline.withheld.iter().filter(holds).cloned());
        manifest.unpublished.extend(self.outline.unpublished.keys().filter(holds).cloned());
        let ids: BTreeSet<&str> = self.localities().map(|locality| locality.id.as_str()).collect();
        for (key, made) in &self.record.made {
            let name = key.rsplit_once('.').map_or(key.as_str(), |(name, _)| name);
            let kept = self.kept(name, &ids).or_else(|| built.failed.contains(key).then_some(Kept::Failed));
            for file in made.formats.values().flat_map(|format| &format.files) {
                let output = Output { sha256: file.1.clone(), bytes: file.2, kept };
                manifest.reports.insert(file.0.clone(), output);
            }
        }
        Ok(())
    }

    /// Why a document that was made once is left as it was, if it is no document of the group any more.
    fn kept(&self, name: &str, ids: &BTreeSet<&str>) -> Option<Kept> {
        let Outline { documents, withheld, unpublished } = &self.outline;
        if documents.contains(name) {
            None
        } else if withheld.contains(name) {
            Some(Kept::Withheld)
        } else if unpublished.contains_key(name) || ids.contains(name) {
            Some(Kept::Unpublished)
        } else {
            Some(Kept::WithoutSheet)
        }
    }
}

fn inputs(scanned: &[Scanned], sheets: &Sheets) -> BTreeMap<String, Input> {
    let inputs = scanned.iter().zip(sheets.iter());
    inputs.map(|(scanned, loaded)| (scanned.name(), Input::of(loaded, scanned.sha256.clone()))).collect()
}
