//! What a PDF carries so that it can be checked, and made again, from itself alone: the sheets, its Markdown, what the checks say, the
//! templates that are not the built-in ones, and a statement of what it was made as. Nothing in it depends on where files lay, on the
//! order of a batch, or on the day.

use super::error::BatchError;
use super::job::{Document, Subject};
use super::plan;
use super::sheets::{self, Loaded, Sheets};
use super::statement::{
    CHECKS, FileStatement, OFFICE, Role, SCHEMA, STATEMENT, Statement, Withheld, hash, statement_description,
};
use super::told::Told;
use crate::calendar::Quarter;
use crate::catalog::{Catalog, Group, Locality};
use crate::check::{CheckedSheet, Policy};
use crate::compare::{Comparison, compare};
use crate::diag::SourceFile;
use crate::office::Office;
use crate::pdf::{Attachment, Packed, Relationship};
use crate::render::{COMPARATIVE, PROVINCE, Renderer, TERMS};
use crate::sheet::FactSheet;
use crate::typeset::Fonts;
use crate::typeset::layout::Layout;
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// How the documents of a batch are dressed.
#[derive(Debug, Clone)]
pub struct Dress {
    /// The name of the layout.
    pub layout: String,
    /// The text of the office's file, where the layout has a place for what it says.
    pub office: Option<String>,
    /// SHA-256 of each of the user's own fonts, by its name.
    pub fonts: BTreeMap<String, String>,
}

impl Dress {
    /// A layout, the office if it has a place for one, and the fonts that are not the bundled ones.
    pub(super) fn new(layout: &Layout, office: Option<&Office>, fonts: Option<&Fonts>) -> Dress {
        Dress {
            layout: layout.name.to_owned(),
            office: office.filter(|_| layout.form.is_some()).map(|office| office.text.clone()),
            fonts: fonts.into_iter().flat_map(Fonts::own).map(|face| (face.name.clone(), hash(&face.data))).collect(),
        }
    }
}

/// Which sheets a document carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// All that were compared.
    All,
    /// That of the locality that it is about; of the others, the hashes.
    Own,
}

impl Carried {
    /// A commune has a hundred others beside it: with all their sheets, its PDF would be twenty times as large as its pages.
    fn by(document: &Document, group: &Group) -> Carried {
        match (document.subject, group) {
            (Subject::Locality, Group::Communes(_)) => Carried::Own,
            _ => Carried::All,
        }
    }
}

/// The evidence of a group, shared by its documents.
#[derive(Debug)]
pub struct Evidence {
    quarter: Quarter,
    as_of: NaiveDate,
    dress: Dress,
    group: Group,
    sheets: Vec<Attached>,
    checks: OnceLock<Checks>,
    withheld: Vec<Withheld>,
}

/// A sheet of a group as it is attached.
#[derive(Debug)]
struct Attached {
    file: Arc<SourceFile>,
    locality: Option<Locality>,
    sha256: String,
    packed: OnceLock<Packed>,
    /// What a check result of all sheets tells of it.
    told: Told,
    /// What that of it alone does, if it is something else.
    told_alone: Option<Told>,
    /// The check result of it alone.
    checks: OnceLock<Checks>,
}

/// A check result.
#[derive(Debug, Clone)]
struct Checks {
    sha256: String,
    packed: Packed,
}

impl Checks {
    fn of(text: &str) -> Result<Checks, BatchError> {
        Ok(Checks { sha256: hash(text.as_bytes()), packed: packed(text.as_bytes())? })
    }
}

/// Sheets are checked as they were known by a quarter's end.
fn policy(as_of: NaiveDate, quarter: Quarter) -> Policy {
    Policy { today: Some(as_of), known_by: Some(quarter.last_day()), ..Policy::default() }
}

fn packed(bytes: &[u8]) -> Result<Packed, BatchError> {
    Packed::new(bytes).map_err(|error| BatchError::Evidence(io::Error::other(error)))
}

/// What was made once, or is made now; two threads that make it at once make the same.
fn once<T: Clone, E>(cell: &OnceLock<T>, ready: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    if let Some(made) = cell.get() {
        return Ok(made.clone());
    }
    let made = ready()?;
    Ok(cell.get_or_init(|| made).clone())
}

impl Evidence {
    /// Gathers the evidence of a group: its sheets that passed, by the policy that they were checked by.
    ///
    /// # Errors
    /// The check result cannot be written as JSON, or the compressor fails.
    pub(super) fn gather(
        (loaded, checked_by): (&Sheets, &Policy),
        group: &Group,
        (quarter, as_of): (Quarter, NaiveDate),
        dress: Dress,
        catalog: &Catalog,
    ) -> Result<Evidence, BatchError> {
        let columns = plan::columns(loaded);
        let (shown, withheld): (Vec<_>, Vec<_>) = columns.iter().partition(|(_, sheet)| sheet.is_some());
        let shown: BTreeSet<&str> = shown.into_iter().map(|(locality, _)| locality.id.as_str()).collect();
        let mut names: BTreeSet<String> =
            [STATEMENT, CHECKS, OFFICE, PROVINCE, COMPARATIVE, TERMS].map(str::to_owned).into();
        let mut attached = Vec::new();
        for loaded in loaded.iter() {
            let is_shown = loaded.locality.as_ref().is_some_and(|locality| shown.contains(locality.id.as_str()));
            let Some(sheet) = loaded.sheet.as_ref().filter(|_| is_shown) else { continue };
            attached.push((loaded, sheet, unique(&loaded.path, &mut names)));
        }
        let policies = (checked_by, &policy(as_of, quarter));
        let attach = |(loaded, sheet, name): (&Loaded, &FactSheet, String)| {
            let file = Arc::new(SourceFile::new(name, sheet.file.text()));
            let told = Told::under(&file, loaded, policies, catalog).map_err(BatchError::Evidence)?;
            let attached = Attached::new(file, loaded.locality.clone(), told, None);
            // Documents are made side by side, and most carry it: none shall pack it while another does.
            once(&attached.packed, || packed(attached.file.text().as_bytes()))?;
            Ok(attached)
        };
        let sheets = attached.into_par_iter().map(attach).collect::<Result<Vec<_>, BatchError>>()?;
        let withheld = withheld.into_iter().map(|(locality, _)| Withheld::of(locality)).collect();
        Ok(Evidence::new(sheets, withheld, group.clone(), (quarter, as_of), dress))
    }

    fn new(
        mut sheets: Vec<Attached>,
        mut withheld: Vec<Withheld>,
        group: Group,
        (quarter, as_of): (Quarter, NaiveDate),
        dress: Dress,
    ) -> Evidence {
        sheets.sort_by(|one, other| one.file.path().cmp(other.file.path()));
        withheld.sort();
        Evidence { quarter, as_of, dress, group, sheets, checks: OnceLock::new(), withheld }
    }

    /// The evidence of sheets, each named as it is attached, for a quarter, and the sheets, checked on a day.
    ///
    /// # Errors
    /// The check result cannot be written as JSON.
    pub fn of(
        mut files: Vec<Arc<SourceFile>>,
        withheld: Vec<Withheld>,
        (quarter, as_of): (Quarter, NaiveDate),
        dress: Dress,
        catalog: &Catalog,
    ) -> Result<(Evidence, Sheets), BatchError> {
        files.sort_by(|one, other| one.path().cmp(other.path()));
        let policy = policy(as_of, quarter);
        let checked = sheets::load_files(&files, catalog, &policy);
        let group =
            checked.iter().find_map(|loaded| loaded.locality.as_ref()).map_or(Group::Provinces, Locality::group);
        let attach = |(file, loaded): (Arc<SourceFile>, &Loaded)| {
            let told = Told::of(&loaded.findings())?;
            // That it is the second sheet of its province is a fault among others.
            let alone = (loaded.sheet.is_some() && !loaded.faults.is_empty()).then(|| loaded.findings_alone());
            let alone = alone.map(|alone| Told::of(&alone)).transpose()?;
            Ok(Attached::new(file, loaded.locality.clone(), told, alone))
        };
        let sheets: io::Result<Vec<Attached>> = files.into_iter().zip(checked.iter()).map(attach).collect();
        let sheets = sheets.map_err(BatchError::Evidence)?;
        Ok((Evidence::new(sheets, withheld, group, (quarter, as_of), dress), checked))
    }

    /// The comparison of sheets that were checked, with those that were withheld.
    ///
    /// # Errors
    /// The id, among those withheld, that is not a province's.
    pub fn comparison(&self, checked: &Sheets, catalog: &Catalog) -> Result<Comparison, String> {
        let withheld = self.withheld.iter().map(|withheld| withheld.find(catalog)).collect::<Result<Vec<_>, _>>()?;
        let mut columns: Vec<(&Locality, Option<&CheckedSheet>)> = plan::columns(checked);
        columns.extend(withheld.iter().map(|locality| (locality, None)));
        Ok(compare(&columns, catalog, self.quarter))
    }

    /// What the checks say of the sheets that a document carries, if they are `of` it alone or of all.
    fn checks_of(&self, own: Option<&Attached>) -> Result<Checks, BatchError> {
        match own {
            Some(own) => once(&own.checks, || Checks::of(&own.text_of_checks()?)),
            None => once(&self.checks, || Checks::of(&self.checks()?)),
        }
    }

    /// The check result of all sheets.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    pub fn checks(&self) -> Result<String, BatchError> {
        let told: Vec<&Told> = self.sheets.iter().map(|sheet| &sheet.told).collect();
        Told::together(&told).map_err(BatchError::Evidence)
    }

    /// The check result of one sheet alone, by the name that it is attached by.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    pub fn checks_of_sheet(&self, name: &str) -> Result<String, BatchError> {
        match self.sheets.iter().find(|sheet| sheet.file.path() == name) {
            Some(own) => own.text_of_checks(),
            None => self.checks(),
        }
    }

    /// The files that go into a document's PDF.
    ///
    /// # Errors
    /// The statement cannot be written as JSON.
    pub fn attachments(
        &self,
        document: &Document,
        markdown: &str,
        renderer: &Renderer,
    ) -> Result<Vec<Attachment>, BatchError> {
        let language = document.language;
        let template = match document.subject {
            Subject::Locality => PROVINCE,
            Subject::Comparison => COMPARATIVE,
        };
        let is_own = |sheet: &&Attached| sheet.locality.as_ref().is_some_and(|locality| locality.id == document.name);
        let own = match Carried::by(document, &self.group) {
            Carried::Own => self.sheets.iter().find(is_own),
            Carried::All => None,
        };
        let (carried, left): (Vec<&Attached>, Vec<&Attached>) =
            self.sheets.iter().partition(|sheet| own.is_none_or(|own| own.file.path() == sheet.file.path()));
        let checks = self.checks_of(own)?;
        let mut files: BTreeMap<String, FileStatement> = BTreeMap::new();
        let mut attachments = Vec::new();
        let mut attach = |name: &str, role: Role, sha256: String, contents: Packed, locality: Option<&Locality>| {
            files.insert(name.to_owned(), FileStatement { role, sha256 });
            attachments.push(Attachment {
                name: name.to_owned(),
                media_type: role.media_type(),
                description: role.description(language, locality.and_then(|about| renderer.full_name(about, language))),
                relationship: role.relationship(),
                contents,
            });
        };
        for sheet in carried {
            let contents = once(&sheet.packed, || packed(sheet.file.text().as_bytes()))?;
            attach(sheet.file.path(), Role::Sheet, sheet.sha256.clone(), contents, sheet.locality.as_ref());
        }
        let text = |text: &str| Ok::<_, BatchError>((hash(text.as_bytes()), packed(text.as_bytes())?));
        let (sha256, contents) = text(markdown)?;
        attach(&format!("{}.{language}.md", document.stem()), Role::Markdown, sha256, contents, None);
        attach(CHECKS, Role::Checks, checks.sha256, checks.packed, None);
        for (name, own) in renderer.own_texts(language, template) {
            let (sha256, contents) = text(own)?;
            attach(name, Role::Template, sha256, contents, None);
        }
        if let Some(office) = &self.dress.office {
            let (sha256, contents) = text(office)?;
            attach(OFFICE, Role::Office, sha256, contents, None);
        }
        let statement = Statement {
            schema: SCHEMA,
            program: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            quarter: self.quarter.to_string(),
            language,
            subject: document.name.clone(),
            layout: self.dress.layout.clone(),
            fonts: self.dress.fonts.clone(),
            checked_as_of: self.as_of.to_string(),
            withheld: self.withheld.clone(),
            peers: left.iter().map(|sheet| (sheet.file.path().to_owned(), sheet.sha256.clone())).collect(),
            files,
        };
        let mut json = serde_json::to_string_pretty(&statement).map_err(|error| BatchError::Evidence(error.into()))?;
        json.push('\n');
        attachments.push(Attachment {
            name: STATEMENT.to_owned(),
            media_type: Role::Checks.media_type(),
            description: statement_description(language).to_owned(),
            relationship: Relationship::Supplement,
            contents: packed(json.as_bytes())?,
        });
        Ok(attachments)
    }
}

impl Attached {
    fn new(file: Arc<SourceFile>, locality: Option<Locality>, told: Told, told_alone: Option<Told>) -> Attached {
        let sha256 = hash(file.text().as_bytes());
        Attached { file, locality, sha256, packed: OnceLock::new(), told, told_alone, checks: OnceLock::new() }
    }

    fn text_of_checks(&self) -> Result<String, BatchError> {
        Told::together(&[self.told_alone.as_ref().unwrap_or(&self.told)]).map_err(BatchError::Evidence)
    }
}

/// The name of a file, told apart from those that are taken already, in capitals or not.
fn unique(path: &Path, taken: &mut BTreeSet<String>) -> String {
    // A reader of PDF takes a control character for a fault of the name.
    let name = path.file_name().map(|name| name.to_string_lossy().replace(char::is_control, "_")).unwrap_or_default();
    let (stem, ending) =
        name.rsplit_once('.').map_or((name.as_str(), String::new()), |(stem, ending)| (stem, format!(".{ending}")));
    let others = (2..).map(|number: usize| format!("{stem}-{number}{ending}"));
    let mut free = std::iter::once(name.clone()).chain(others).filter(|name| !taken.contains(&name.to_lowercase()));
    let name = free.next().unwrap_or_default();
    taken.insert(name.to_lowercase());
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_of_two_folders_is_two_names() {
        let mut taken = BTreeSet::from(["terms.yaml".to_owned()]);
        let mut name = |path: &str| unique(Path::new(path), &mut taken);
        assert_eq!(name("one/nghe-an.yaml"), "nghe-an.yaml");
        assert_eq!(name("other/Nghe-An.yaml"), "Nghe-An-2.yaml");
        assert_eq!(name("third/nghe-an.yaml"), "nghe-an-3.yaml");
        assert_eq!(name("terms.yaml"), "terms-2.yaml");
        assert_eq!(name("sheet"), "sheet");
        assert_eq!(name("a\n\u{7}b.yaml"), "a__b.yaml");
    }
}
