//! A group of localities within a run: what is known of its sheets, what of it is not as it should be, and the making of that.

use super::allowances::LastDays;
use super::error::BatchError;
use super::event::{Event, Reason};
use super::evidence::Evidence;
use super::job::{Built, BuiltFile, Document, Format, Job, Unpublished};
use super::make::{self, MadeDocument, Workshop};
use super::manifest::{Input, Kept, Manifest, Output};
use super::plan::{self, Asked, Outline};
use super::record::{self, Recipe, Record};
use super::run::Desk;
use super::scan::Scanned;
use super::sheets::{Loaded, Sheets, load_group};
use super::teller::Teller;
use super::write::Place;
use crate::catalog::{Group, Locality};
use crate::compare::{Comparison, compare};
use crate::pdf::Press;
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A document that is not as it should be.
pub(super) struct Stale {
    document: Document,
    /// The formats in which it is not, and what it is made from.
    formats: Vec<(Format, Recipe)>,
    reasons: Vec<Reason>,
}

/// A group of localities within a run.
pub(super) struct GroupRun<'g> {
    group: &'g Group,
    scanned: &'g [Scanned],
    digest: String,
    record: Record,
    /// The sheets that were changed, added or removed since the last run.
    changed: Vec<Reason>,
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

    /// The documents that are asked for and are not as they should be; of the others it is told that they are left.
    pub(super) fn choose(&self, asked: &Asked, desk: &Desk<'_>, built: &mut Built) -> Result<Vec<Stale>, BatchError> {
        let documents = plan::documents(desk.job, asked, self.group, &self.outline);
        if documents.is_empty() {
            return Ok(Vec::new());
        }
        desk.teller.tell(&Event::Planned { documents: documents.len() });
        let place = desk.place()?;
        let checked_as_of = self.checked_as_of.to_string();
        let mut stale = Vec::new();
        for document in documents {
            let (mut formats, mut reasons) = (Vec::new(), Vec::new());
            for format in &desk.job.formats {
                let recipe = desk.recipe(&document, *format, &self.digest, &checked_as_of);
                let found = self.record.reasons((&document, *format), &recipe, &self.changed, place);
                if !found.is_empty() {
                    formats.push((*format, recipe));
                    reasons.extend(found.into_iter().filter(|reason| !reasons.contains(reason)).collect::<Vec<_>>());
                }
            }
            if formats.is_empty() {
                let files = self.made(&document, &desk.job.formats, place);
                desk.teller.tell(&Event::Skipped { document: &document, files: &files });
                for message in self.record.made.get(&document.key()).into_iter().flat_map(|made| &made.remarks) {
                    desk.teller.tell(&Event::Remarked { document: &document, message });
                }
                built.files.extend(files);
                built.done += 1;
            } else {
                stale.push(Stale { document, formats, reasons });
            }
        }
        Ok(stale)
    }

    /// The files that were made of a document in some formats, none of which was written now.
    fn made<'f>(
        &self,
        document: &Document,
        formats: impl IntoIterator<Item = &'f Format>,
        place: &Place,
    ) -> Vec<BuiltFile> {
        let made = self.record.made.get(&document.key());
        let of_format = |format: &Format| made.and_then(|made| made.formats.get(format.extension()));
        let files = formats.into_iter().filter_map(of_format).flat_map(|made| &made.files);
        files.map(|file| BuiltFile { path: place.path().join(&file.0), is_written: false }).collect()
    }

    /// Tells what is wrong with the sheets, and who has no briefing.
    pub(super) fn tell(&mut self, asked: &Asked, stale: &[Stale], desk: &Desk<'_>, built: &mut Built) {
        if self.checked.is_none() && !stale.is_empty() {
            self.checked = Some(Checked::new(self.group, self.scanned, desk));
        }
        let said;
        let sheets = if let Some(checked) = &self.checked {
            &checked.sheets
        } else {
            // Of sheets that were checked before, those that there is something to say of are checked again, to say it.
            let speaks = |sheet: &&Scanned| {
                desk.job.every_note
                    || self.record.sheets.get(&sheet.name()).is_none_or(|input| input.errors + input.warnings > 0)
            };
            let speaking: Vec<&Scanned> = self.scanned.iter().filter(speaks).collect();
            said = load_group(self.group, &speaking, desk.catalog, &desk.job.policy);
            &said
        };
        let is_asked = |id: &str| asked.holds(id) && desk.job.holds(id);
        let is_concerned = |loaded: &Loaded| match &loaded.locality {
            Some(locality) => is_asked(&locality.id),
            None => {
                matches!(asked, Asked::All)
                    && desk.job.holds(&loaded.path.file_stem().unwrap_or_default().to_string_lossy())
            }
        };
        let concerned: BTreeSet<usize> =
            sheets.iter().enumerate().filter(|(_, loaded)| is_concerned(loaded)).map(|(place, _)| place).collect();
        built.is_short_of_sheets |= sheets.iter().any(|loaded| is_concerned(loaded) && loaded.passed().is_none());
        let known = self.scanned.len().saturating_sub(sheets.len());
        desk.teller.checked(&self.group.to_string(), sheets, &concerned, known);
        let localities: BTreeMap<&str, &Locality> =
            self.localities().map(|locality| (locality.id.as_str(), locality)).collect();
        let known = |id: &String| localities.get(id.as_str()).map(|locality| (*locality).clone());
        let withheld: Vec<Locality> =
            self.outline.withheld.iter().filter(|id| is_asked(id)).filter_map(known).collect();
        let unpublished: Vec<Unpublished> = self
            .outline
            .unpublished
            .iter()
            .filter(|(id, _)| is_asked(id))
            .filter_map(|(id, first)| Some(Unpublished { locality: known(id)?, first: *first }))
            .collect();
        desk.teller.without_briefing(&desk.job.languages, sheets, &withheld, &unpublished);
        built.withheld.extend(withheld);
        built.unpublished.extend(unpublished);
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
        let fonts = desk.fonts()?;
        let press = fonts.map(Press::new);
        let renderer = desk.renderer()?;
        let workshop = Workshop {
            documents: renderer.documents(comparison, desk.catalog),
            catalog: desk.catalog,
            renderer,
            fonts,
            press: press.as_ref(),
            evidence: &evidence,
            layout: desk.job.layout,
            office: desk.job.office.as_ref(),
            place: desk.place()?,
        };
        let (stop, teller) = (&desk.job.stop, desk.teller);
        let work = |stale: &Stale| {
            let formats: Vec<Format> = stale.formats.iter().map(|(format, _)| *format).collect();
            (!stop.asked()).then(|| make_and_tell(stale, &formats, &workshop, teller))
        };
        let made: Vec<Option<Result<MadeDocument, BatchError>>> = stale.par_iter().map(work).collect();
        let place = workshop.place;
        for (Stale { document, formats, .. }, made) in stale.into_iter().zip(made) {
            let is_stale = |format: &&Format| formats.iter().any(|(stale, _)| stale == *format);
            let others = desk.job.formats.iter().filter(|format| !is_stale(format));
            let others = self.made(&document, others, place);
            match made {
                None => built.left += 1,
                Some(Err(failure)) => {
                    built.done += 1;
                    built.failed.insert(document.key());
                    built.failures.push(failure);
                }
                Some(Ok(MadeDocument { formats: mut files, files: written, remarks })) => {
                    built.done += 1;
                    built.files.extend(written.into_iter().chain(others));
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
    pub(super) fn record(&mut self, desk: &Desk<'_>, built: &Built, manifest: &mut Manifest) -> Result<(), BatchError> {
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

/// Makes a document, and tells what became of it.
fn make_and_tell(
    stale: &Stale,
    formats: &[Format],
    workshop: &Workshop<'_>,
    teller: &Teller<'_>,
) -> Result<MadeDocument, BatchError> {
    let Stale { document, reasons, .. } = stale;
    let made = make::make(document, formats, workshop);
    match &made {
        Ok(MadeDocument { files, remarks, .. }) => {
            for message in remarks {
                teller.tell(&Event::Remarked { document, message });
            }
            teller.tell(&Event::Built { document, why: reasons, files });
        }
        Err(error) => teller.tell(&Event::Failed { document, error, files: &[] }),
    }
    made
}

fn inputs(scanned: &[Scanned], sheets: &Sheets) -> BTreeMap<String, Input> {
    let inputs = scanned.iter().zip(sheets.iter());
    inputs.map(|(scanned, loaded)| (scanned.name(), Input::of(loaded, scanned.sha256.clone()))).collect()
}
