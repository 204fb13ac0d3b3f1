//! A group of localities within a run: what is known of its sheets, what of it is not as it should be, and the making of that.

use super::allowances::LastDays;
use super::error::BatchError;
use super::event::{Event, Reason};
use super::evidence::Evidence;
use super::job::{Built, BuiltFile, Document, Format, Job, Unpublished};
use super::make::{self, MadeDocument, Printing, Workshop};
use super::manifest::{Input, Kept, Manifest, Output};
use super::plan::{self, Asked, Outline};
use super::record::{self, MadeFile, Recipe, Record};
use super::run::Desk;
use super::scan::Scanned;
use super::sheets::{Loaded, Sheets, load_group};
use super::shift::{Shift, Stale};
use super::write::Place;
use crate::catalog::{Group, Locality};
use crate::compare::{Comparison, compare};
use crate::language::Language;
use crate::pdf::Press;
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::sync::Arc;

/// Documents of which a core looks at the files in one go: less would not be worth the handing over.
const FEW: usize = 16;

/// What is to be done about a document.
enum Plan {
    /// Nothing: its files are as they should be.
    Leave(Document, Vec<BuiltFile>),
    Make(Stale),
}

/// A group of localities within a run.
pub(super) struct GroupRun<'g> {
    group: &'g Group,
    scanned: &'g [Scanned],
    record: Record,
    outline: Outline,
    /// The ids of what its sheets are about, as far as that is known.
    ids: BTreeSet<String>,
    checked_as_of: NaiveDate,
    /// The documents that are asked for.
    plans: Vec<Plan>,
    /// The sheets that there may be something to say of.
    said: Said,
}

/// Sheets of a group that were checked.
enum Said {
    /// All of them, as something is to be made of them.
    All(Checked),
    /// Of sheets that were checked before, those that there is something to say of.
    Some(Sheets),
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

impl Said {
    fn sheets(&self) -> &Sheets {
        match self {
            Said::All(checked) => &checked.sheets,
            Said::Some(sheets) => sheets,
        }
    }
}

impl<'g> GroupRun<'g> {
    /// Finds out what there is to make of a group: from the record of the last run if its sheets are the same, else by checking
    /// them. Nothing is told of it yet and nothing written: the group before it may still be at work.
    pub(super) fn look_up(
        group: &'g Group,
        scanned: &'g [Scanned],
        asked: &Asked,
        desk: &Desk<'_>,
    ) -> Result<GroupRun<'g>, BatchError> {
        let Job { policy, quarter, shard, .. } = desk.job;
        let place = desk.place_if_there()?;
        let mut record =
            place.map_or_else(Record::default, |place| Record::read(place, group, &record::file_name(*shard)));
        let (mut changed, mut checked) = (Vec::new(), None);
        let (outline, checked_as_of) = if let Some(known) = record.of_same(scanned, policy.today) {
            (known.outline, known.checked_as_of)
        } else {
            changed = record.changed(scanned);
            let Checked { sheets, comparison } = checked.insert(Checked::new(group, scanned, desk));
            let outline = plan::outline(group, sheets, comparison);
            let last_days = LastDays::of(sheets);
            let checked_as_of = last_days.day_of_check(policy.today, quarter.last_day());
            let days = policy.today.map_or((None, None), |today| last_days.same(today));
            record.find(inputs(scanned, sheets), &outline, days, checked_as_of);
            (outline, checked_as_of)
        };
        let recipes = Recipes { desk, sheets: record::digest(scanned), checked_as_of: checked_as_of.to_string() };
        let plans = recipes.plan(plan::documents(desk.job, asked, group, &outline), &record, &changed, place);
        let said = match checked {
            Some(checked) => Said::All(checked),
            None if plans.iter().any(|plan| matches!(plan, Plan::Make(_))) => {
                Said::All(Checked::new(group, scanned, desk))
            }
            None => {
                let speaks = |sheet: &&Scanned| {
                    desk.job.every_note
                        || record.sheets.get(&*sheet.name()).is_none_or(|input| input.errors + input.warnings > 0)
                };
                let speaking: Vec<&Scanned> = scanned.iter().filter(speaks).collect();
                Said::Some(load_group(group, &speaking, desk.catalog, policy))
            }
        };
        let mut run = GroupRun { group, scanned, record, outline, ids: BTreeSet::new(), checked_as_of, plans, said };
        run.ids = run.localities().map(|locality| locality.id.clone()).collect();
        Ok(run)
    }

    /// The documents that are asked for and are not as they should be; of the others it is told that they are left.
    pub(super) fn choose(&mut self, desk: &Desk<'_>, built: &mut Built) -> Result<Vec<Stale>, BatchError> {
        let plans = mem::take(&mut self.plans);
        if plans.is_empty() {
            return Ok(Vec::new());
        }
        desk.teller.tell(&Event::Planned { documents: plans.len() });
        desk.place()?;
        let mut stale = Vec::new();
        for plan in plans {
            match plan {
                Plan::Make(made) => stale.push(made),
                Plan::Leave(document, files) => {
                    desk.teller.tell(&Event::Skipped { document: &document, files: &files });
                    for message in self.record.made.get(&document.key()).into_iter().flat_map(|made| &made.remarks) {
                        desk.teller.tell(&Event::Remarked { document: &document, message });
                    }
                    built.files.extend(files);
                    built.done += 1;
                }
            }
        }
        Ok(stale)
    }

    /// Tells what is wrong with the sheets, and who has no briefing.
    pub(super) fn tell(&self, asked: &Asked, desk: &Desk<'_>, built: &mut Built) {
        let sheets = self.said.sheets();
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
        let checked = match &self.said {
            Said::All(checked) => Some(checked.sheets.iter()),
            // What an earlier run found of them is in their first lines.
            Said::Some(_) => None,
        };
        let scanned = self.scanned.iter().filter_map(|sheet| sheet.locality.as_ref());
        scanned.chain(checked.into_iter().flatten().filter_map(|loaded| loaded.locality.as_ref()))
    }

    /// Makes what is not as it should be, on all cores. Those that find nothing left of it to be done go on with what comes `after`,
    /// which is given back.
    pub(super) fn make<A: Send>(
        &mut self,
        stale: Vec<Stale>,
        desk: &Desk<'_>,
        built: &mut Built,
        after: impl FnOnce() -> Option<A> + Send,
    ) -> Result<Option<A>, BatchError> {
        if stale.is_empty() {
            return Ok(after());
        }
        let known = Said::Some(Sheets::default());
        let Said::All(Checked { sheets, comparison }) = mem::replace(&mut self.said, known) else { return Ok(after()) };
        let prints = stale.iter().flat_map(|stale| &stale.formats).any(|(format, _)| *format == Format::Pdf);
        let renderer = desk.renderer()?;
        let workshop = Workshop {
            documents: renderer.documents(&comparison, desk.catalog),
            renderer,
            printing: prints.then(|| self.printing(&sheets, desk)).transpose()?,
            place: desk.place()?,
        };
        // What the documents need of the sheets is in the comparison and in the evidence; those of the next group need the room.
        drop(sheets);
        let (made, came_after) =
            Shift::new(&stale, &workshop, &desk.job.stop, desk.teller).work(record::folder_of(self.group), after);
        let place = workshop.place;
        for (Stale { document, formats, .. }, made) in stale.into_iter().zip(made) {
            let is_stale = |format: &&Format| formats.iter().any(|(stale, _)| stale == *format);
            let others = desk.job.formats.iter().filter(|format| !is_stale(format));
            let others = files_of(&self.record, &document, others, place);
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
        Ok(came_after)
    }

    /// What the PDFs of the group are made with.
    fn printing<'d>(&self, sheets: &Sheets, desk: &'d Desk<'_>) -> Result<Printing<'d>, BatchError> {
        let Job { policy, quarter, layout, office, .. } = desk.job;
        let as_of = (*quarter, self.checked_as_of);
        let evidence = Evidence::gather((sheets, policy), self.group, as_of, desk.dress().clone(), desk.catalog)?;
        let fonts = desk.fonts()?;
        Ok(Printing { fonts, press: Press::new(fonts), evidence, layout, office: office.as_ref() })
    }

    /// Leaves a record for the next run, and enters the group into the manifest.
    pub(super) fn record(mut self, desk: &Desk<'_>, built: &Built, manifest: &mut Manifest) -> Result<(), BatchError> {
        if let Some(place) = desk.place_if_there()? {
            self.record.write(place, self.group, &record::file_name(desk.job.shard))?;
        }
        let holds = |id: &&String| desk.job.holds(id);
        manifest.withheld.extend(self.outline.withheld.iter().filter(holds).cloned());
        manifest.unpublished.extend(self.outline.unpublished.keys().filter(holds).cloned());
        let (sheets, documents) = (mem::take(&mut self.record.sheets), mem::take(&mut self.record.made));
        manifest.sheets.extend(sheets);
        for (key, made) in documents {
            let name = key.rsplit_once('.').map_or(key.as_str(), |(name, _)| name);
            let kept = self.kept(name).or_else(|| built.failed.contains(&key).then_some(Kept::Failed));
            for MadeFile(path, sha256, bytes, ..) in made.formats.into_values().flat_map(|format| format.files) {
                manifest.reports.insert(path, Output { sha256, bytes, kept });
            }
        }
        Ok(())
    }

    /// Why a document that was made once is left as it was, if it is no document of the group any more.
    fn kept(&self, name: &str) -> Option<Kept> {
        let Outline { documents, withheld, unpublished } = &self.outline;
        if documents.contains(name) {
            None
        } else if withheld.contains(name) {
            Some(Kept::Withheld)
        } else if unpublished.contains_key(name) || self.ids.contains(name) {
            Some(Kept::Unpublished)
        } else {
            Some(Kept::WithoutSheet)
        }
    }
}

/// What the documents of a group are made from.
struct Recipes<'a> {
    desk: &'a Desk<'a>,
    sheets: String,
    checked_as_of: String,
}

impl Recipes<'_> {
    /// What is to be done about documents, by the record of what was made of them and a look at their files.
    fn plan(&self, documents: Vec<Document>, record: &Record, changed: &[Reason], place: Option<&Place>) -> Vec<Plan> {
        let mut recipes: BTreeMap<(&str, Language, Format), Arc<Recipe>> = BTreeMap::new();
        for document in &documents {
            for format in &self.desk.job.formats {
                let key = (make::template(document.subject), document.language, *format);
                recipes.entry(key).or_insert_with(|| {
                    Arc::new(self.desk.recipe(document, *format, &self.sheets, &self.checked_as_of))
                });
            }
        }
        let plan = |document: Document| {
            let (mut formats, mut reasons) = (Vec::new(), Vec::new());
            let of_document = |format: &Format| {
                recipes.get(&(make::template(document.subject), document.language, *format)).map(|it| (*format, it))
            };
            for (format, recipe) in self.desk.job.formats.iter().filter_map(of_document) {
                let found = record.reasons((&document, format), recipe, changed, place);
                if !found.is_empty() {
                    formats.push((format, Arc::clone(recipe)));
                    reasons.extend(found.into_iter().filter(|reason| !reasons.contains(reason)).collect::<Vec<_>>());
                }
            }
            match place {
                Some(place) if formats.is_empty() => {
                    let files = files_of(record, &document, &self.desk.job.formats, place);
                    Plan::Leave(document, files)
                }
                _ => Plan::Make(Stale { document, formats, reasons }),
            }
        };
        documents.into_par_iter().with_min_len(FEW).map(plan).collect()
    }
}

/// The files that were made of a document in some formats, none of which was written now.
fn files_of<'f>(
    record: &Record,
    document: &Document,
    formats: impl IntoIterator<Item = &'f Format>,
    place: &Place,
) -> Vec<BuiltFile> {
    let made = record.made.get(&document.key());
    let of_format = |format: &Format| made.and_then(|made| made.formats.get(format.extension()));
    let files = formats.into_iter().filter_map(of_format).flat_map(|made| &made.files);
    files.map(|file| BuiltFile { path: place.path().join(&file.0), is_written: false }).collect()
}

fn inputs(scanned: &[Scanned], sheets: &Sheets) -> BTreeMap<String, Input> {
    let inputs = scanned.iter().zip(sheets.iter());
    inputs.map(|(scanned, loaded)| (scanned.name().into_owned(), Input::of(loaded, scanned.sha256.clone()))).collect()
}
