//! What a PDF carries so that it can be checked, and made again, from itself alone: the sheets, its Markdown, what the checks say, the
//! templates that are not the built-in ones, and a statement of what it was made as. Nothing in it depends on where files lay, on the
//! order of a batch, or on the day.

use super::error::BatchError;
use super::job::{Document, Subject};
use super::plan;
use super::sheets::{self, Sheets};
use crate::calendar::Quarter;
use crate::catalog::{Catalog, Province};
use crate::check::{CheckedSheet, Policy};
use crate::compare::{Comparison, compare};
use crate::diag::{Detail, ReportFormat, Setting, SourceFile, Summary};
use crate::language::Language;
use crate::office::Office;
use crate::pdf::{Attachment, Relationship};
use crate::render::{COMPARATIVE, PROVINCE, Renderer, TERMS};
use crate::typeset::Fonts;
use crate::typeset::layout::Layout;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The name of the statement.
pub const STATEMENT: &str = "evidence.json";
/// The name of the check result, in the form of `brief check --json`.
pub const CHECKS: &str = "checks.json";
/// The subject of the comparative briefing.
pub const COMPARISON: &str = "comparison";
/// The name of the office's file.
pub const OFFICE: &str = "office.yaml";
/// The form of the statement.
pub const SCHEMA: u32 = 1;

/// What a PDF says of itself: all that is needed, beside the files in it, to make it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The form of this statement.
    pub schema: u32,
    /// The program that made the PDF.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The quarter.
    pub quarter: String,
    /// The language.
    pub language: Language,
    /// The province's id, or [`COMPARISON`].
    pub subject: String,
    /// The layout.
    pub layout: String,
    /// SHA-256 of each of the user's own fonts that it was set in, by its name; they are not inside.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fonts: BTreeMap<String, String>,
    /// The day by which allowances had run out or not.
    pub checked_as_of: String,
    /// The provinces whose sheets had errors: their figures are not shown, and their sheets not attached.
    pub withheld: Vec<String>,
    /// Every other file in the PDF, by its name.
    pub files: BTreeMap<String, FileStatement>,
}

/// What a PDF says of a file in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStatement {
    /// What the file is.
    pub role: Role,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// What a file in a PDF is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A fact sheet.
    Sheet,
    /// The briefing as Markdown.
    Markdown,
    /// The check result.
    Checks,
    /// A template, or the terms, in the place of the built-in one of that name.
    Template,
    /// The office that issues it.
    Office,
}

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
    pub(super) fn new(layout: &Layout, office: Option<&Office>, fonts: &Fonts) -> Dress {
        Dress {
            layout: layout.name.to_owned(),
            office: office.filter(|_| layout.form.is_some()).map(|office| office.text.clone()),
            fonts: fonts.own().map(|face| (face.name.clone(), hash(&face.data))).collect(),
        }
    }
}

/// The evidence of a batch, shared by its documents.
#[derive(Debug)]
pub struct Evidence {
    quarter: Quarter,
    as_of: NaiveDate,
    dress: Dress,
    sheets: Vec<Attached>,
    checks: String,
    withheld: Vec<String>,
}

/// A sheet of a batch as it is attached.
#[derive(Debug)]
struct Attached {
    file: Arc<SourceFile>,
    province: Option<Province>,
    sha256: String,
}

impl Evidence {
    /// Gathers the evidence of a batch: its sheets that passed, checked once more as whoever opens the PDF will check them.
    pub(super) fn gather(
        loaded: &Sheets,
        quarter: Quarter,
        today: Option<NaiveDate>,
        dress: Dress,
        catalog: &Catalog,
    ) -> Result<Evidence, BatchError> {
        let columns = plan::columns(loaded);
        let (shown, withheld): (Vec<_>, Vec<_>) = columns.iter().partition(|(_, sheet)| sheet.is_some());
        let shown: BTreeSet<&str> = shown.into_iter().map(|(province, _)| province.id.as_str()).collect();
        let mut names: BTreeSet<String> =
            [STATEMENT, CHECKS, OFFICE, PROVINCE, COMPARATIVE, TERMS].map(str::to_owned).into();
        let mut files = Vec::new();
        let mut untils = BTreeSet::new();
        for loaded in loaded.iter() {
            let is_shown = loaded.province.as_ref().is_some_and(|province| shown.contains(province.id.as_str()));
            let Some(sheet) = loaded.sheet.as_ref().filter(|_| is_shown) else { continue };
            files.push(Arc::new(SourceFile::new(unique(&loaded.path, &mut names), sheet.file.text())));
            untils.extend(sheet.allowances.iter().filter_map(|allowance| Some(allowance.until?.last_day())));
        }
        let withheld = withheld.into_iter().map(|(province, _)| province.id.clone()).collect();
        let as_of = day_of_check(&untils, today, quarter.last_day());
        Ok(Evidence::of(files, withheld, (quarter, as_of), dress, catalog)?.0)
    }

    /// The evidence of sheets, each named as it is attached, for a quarter, and the sheets, checked on a day.
    ///
    /// # Errors
    /// The check result cannot be written as JSON.
    pub fn of(
        mut files: Vec<Arc<SourceFile>>,
        mut withheld: Vec<String>,
        (quarter, as_of): (Quarter, NaiveDate),
        dress: Dress,
        catalog: &Catalog,
    ) -> Result<(Evidence, Sheets), BatchError> {
        files.sort_by(|one, other| one.path().cmp(other.path()));
        withheld.sort();
        let policy = Policy { today: Some(as_of), ..Policy::default() };
        let checked = sheets::load_files(&files, catalog, &policy);
        let checks = checks(&checked).map_err(BatchError::Evidence)?;
        let attached = files.into_iter().zip(checked.iter()).map(|(file, loaded)| Attached {
            province: loaded.province.clone(),
            sha256: hash(file.text().as_bytes()),
            file,
        });
        let sheets = attached.collect();
        Ok((Evidence { quarter, as_of, dress, sheets, checks, withheld }, checked))
    }

    /// The comparison of sheets that were checked, with those that were withheld.
    ///
    /// # Errors
    /// The id, among those withheld, that is not a province's.
    pub fn comparison(&self, checked: &Sheets, catalog: &Catalog) -> Result<Comparison, String> {
        let mut columns: Vec<(&Province, Option<&CheckedSheet>)> = plan::columns(checked);
        for id in &self.withheld {
            let province = catalog.provinces.find(id).map_err(|_| id.clone())?;
            columns.push((province, None));
        }
        Ok(compare(&columns, catalog, self.quarter))
    }

    /// The check result.
    pub fn checks(&self) -> &str {
        &self.checks
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
        let (subject, template) = match document.subject {
            Subject::Province(_) => (document.name.as_str(), PROVINCE),
            Subject::Comparison => (COMPARISON, COMPARATIVE),
        };
        let mut files: BTreeMap<String, FileStatement> = BTreeMap::new();
        let mut attachments = Vec::new();
        let mut attach = |name: &str, role: Role, sha256: String, text: &str, province: Option<&Province>| {
            files.insert(name.to_owned(), FileStatement { role, sha256 });
            attachments.push(Attachment {
                name: name.to_owned(),
                media_type: role.media_type(),
                description: role.description(language, province),
                relationship: role.relationship(),
                bytes: text.as_bytes().to_vec(),
            });
        };
        for Attached { file, province, sha256 } in &self.sheets {
            attach(file.path(), Role::Sheet, sha256.clone(), file.text(), province.as_ref());
        }
        let markdown_name = format!("{}.{language}.md", document.name);
        attach(&markdown_name, Role::Markdown, hash(markdown.as_bytes()), markdown, None);
        attach(CHECKS, Role::Checks, hash(self.checks.as_bytes()), &self.checks, None);
        for (name, text) in renderer.own_texts(language, template) {
            attach(name, Role::Template, hash(text.as_bytes()), text, None);
        }
        if let Some(office) = &self.dress.office {
            attach(OFFICE, Role::Office, hash(office.as_bytes()), office, None);
        }
        let statement = Statement {
            schema: SCHEMA,
            program: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            quarter: self.quarter.to_string(),
            language,
            subject: subject.to_owned(),
            layout: self.dress.layout.clone(),
            fonts: self.dress.fonts.clone(),
            checked_as_of: self.as_of.to_string(),
            withheld: self.withheld.clone(),
            files,
        };
        let mut json = serde_json::to_string_pretty(&statement).map_err(|error| BatchError::Evidence(error.into()))?;
        json.push('\n');
        attachments.push(Attachment {
            name: STATEMENT.to_owned(),
            media_type: Role::Checks.media_type(),
            description: statement_description(language).to_owned(),
            relationship: Relationship::Supplement,
            bytes: json.into_bytes(),
        });
        Ok(attachments)
    }
}

impl Role {
    const fn media_type(self) -> &'static str {
        match self {
            Role::Sheet | Role::Office => "application/yaml",
            Role::Markdown => "text/markdown",
            Role::Checks => "application/json",
            Role::Template => "text/plain",
        }
    }

    const fn relationship(self) -> Relationship {
        match self {
            Role::Sheet => Relationship::Data,
            Role::Markdown | Role::Template | Role::Office => Relationship::Source,
            Role::Checks => Relationship::Supplement,
        }
    }

    fn description(self, language: Language, province: Option<&Province>) -> String {
        let text = match (self, language) {
            (Role::Sheet, Language::En) => "Fact sheet",
            (Role::Sheet, Language::Vi) => "Phiếu số liệu",
            (Role::Markdown, Language::En) => "This briefing as Markdown",
            (Role::Markdown, Language::Vi) => "Báo cáo này ở dạng Markdown",
            (Role::Checks, Language::En) => "What the checks say of the fact sheets",
            (Role::Checks, Language::Vi) => "Kết quả kiểm tra các phiếu số liệu",
            (Role::Template, Language::En) => "A template that this briefing was made with",
            (Role::Template, Language::Vi) => "Mẫu dùng để lập báo cáo này",
            (Role::Office, Language::En) => "The office that issues this report",
            (Role::Office, Language::Vi) => "Cơ quan ban hành báo cáo này",
        };
        province.map_or_else(|| text.to_owned(), |province| format!("{text}: {}", province.name(language)))
    }
}

const fn statement_description(language: Language) -> &'static str {
    match language {
        Language::En => "What this briefing was made from, for `brief verify`",
        Language::Vi => "Báo cáo này được lập từ những gì, dùng cho `brief verify`",
    }
}

/// The check result in the form of `brief check --json`.
fn checks(sheets: &Sheets) -> io::Result<String> {
    let format = ReportFormat::named("json").ok_or_else(|| io::Error::other("there is no such format"))?;
    let report = (format.make)(Setting { colour: false, detail: Detail::Everything, rules: Vec::new() });
    let mut summary = Summary::default();
    let (mut items, mut later) = (Vec::new(), Vec::new());
    for loaded in sheets.iter() {
        let findings = loaded.findings();
        summary.add(&Summary::of(&findings));
        let part = report.sheet(&findings)?;
        items.extend(part.items);
        later.extend(part.later);
    }
    let separator = report.separator();
    let (items, later) = (items.join(separator), later.join(separator));
    Ok(format!("{}{items}{}{later}{}", report.head()?, report.middle(), report.tail(&summary)?))
}

/// A day on which the same allowances have run out as today: the quarter's last one if it is such a day, so that today does
/// not show in what is made.
fn day_of_check(untils: &BTreeSet<NaiveDate>, today: Option<NaiveDate>, last_day: NaiveDate) -> NaiveDate {
    let Some(today) = today else { return last_day };
    let run_out = |day: NaiveDate| untils.range(..day);
    if run_out(today).eq(run_out(last_day)) {
        return last_day;
    }
    let day_after_the_last = run_out(today).next_back().and_then(NaiveDate::succ_opt);
    day_after_the_last.or_else(|| untils.first().copied()).unwrap_or(last_day)
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

/// SHA-256 in hexadecimal digits.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

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

    #[test]
    fn the_day_of_the_check_tells_what_has_run_out_and_nothing_more() {
        let last_day = day("2026-09-30");
        let until: BTreeSet<NaiveDate> = [day("2026-06-30"), day("2026-10-31")].into();
        let checked = |today: &str| day_of_check(&until, Some(day(today)), last_day).to_string();
        assert_eq!(checked("2026-10-01"), "2026-09-30");
        assert_eq!(checked("2026-10-31"), "2026-09-30");
        assert_eq!(checked("2026-11-01"), "2026-11-01");
        assert_eq!(checked("2031-01-01"), "2026-11-01");
        assert_eq!(checked("2026-06-30"), "2026-06-30", "before the quarter's end, nothing had run out");
        assert_eq!(day_of_check(&BTreeSet::new(), Some(day("2031-01-01")), last_day), last_day);
    }
}
