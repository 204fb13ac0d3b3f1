//! The files inside, held against what the PDF says of them.

use super::codes::{
    ALTERED_ATTACHMENT, ALTERED_EVIDENCE, MISSING_ATTACHMENT, OTHER_VERSION, OWN_FONTS, OWN_TEMPLATES,
    UNKNOWN_ATTACHMENT,
};
use super::file::{GET_IT_AGAIN, Opened};
use super::finding::{Identity, Verdict};
use crate::batch::evidence::Dress;
use crate::batch::statement::{OFFICE, Role, SCHEMA, STATEMENT, Statement, hash};
use crate::calendar::Quarter;
use crate::diag::{Diagnostic, SourceFile};
use crate::office::Office;
use crate::typeset::layout::{BRIEFING, Layout};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What is inside a PDF, by the statement in it.
pub(super) struct Inside {
    pub(super) statement: Statement,
    pub(super) quarter: Quarter,
    pub(super) as_of: NaiveDate,
    /// The files that are there, by their names.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// Whether this very program made it.
    pub(super) is_this_version: bool,
    /// The layout; the one for reading, where another version has one that this one does not.
    pub(super) layout: &'static Layout,
}

impl Inside {
    /// Whether all that is needed to make the very file again is there: this program, and all fonts.
    pub(super) fn is_complete(&self) -> bool {
        self.is_this_version && self.statement.fonts.is_empty()
    }

    /// How the document is dressed.
    pub(super) fn dress(&self) -> Dress {
        Dress {
            layout: self.statement.layout.clone(),
            office: self.office_text().map(str::to_owned),
            fonts: self.statement.fonts.clone(),
        }
    }

    /// What the PDF says that it is.
    fn identity(&self) -> Identity {
        let Statement { quarter, language, subject, peers, .. } = &self.statement;
        let hashes = |role| self.of_role(role).map(|(_, bytes)| hash(bytes));
        Identity {
            quarter: quarter.clone(),
            document: format!("{subject}.{language}"),
            markdown: hashes(Role::Markdown).next(),
            sheets: hashes(Role::Sheet).chain(peers.values().cloned()).collect(),
        }
    }

    fn office_text(&self) -> Option<&str> {
        self.of_role(Role::Office).next().and_then(|(_, bytes)| std::str::from_utf8(bytes).ok())
    }

    /// The office that issues the document.
    pub(super) fn office(&self) -> Option<Office> {
        let file = SourceFile::new(OFFICE, self.office_text()?);
        Office::load(&file, &BTreeSet::from([self.statement.language])).ok()
    }

    /// The files of a role that are there.
    pub(super) fn of_role(&self, role: Role) -> impl Iterator<Item = (&str, &[u8])> {
        let named = self.statement.files.iter().filter(move |(_, file)| file.role == role);
        named.filter_map(|(name, _)| Some((name.as_str(), self.files.get(name)?.as_slice())))
    }
}

/// Reads the files inside and compares their hashes; `None` if the statement cannot be used.
pub(super) fn read(opened: &Opened, verdict: &mut Verdict) -> Option<Inside> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for file in &opened.attached {
        let name = file.name.escape_debug();
        let found = match &file.bytes {
            None => Some(Diagnostic::error(ALTERED_ATTACHMENT, format!("`{name}` inside the PDF cannot be read"))),
            Some(bytes) => files
                .insert(file.name.clone(), bytes.clone())
                .map(|_| Diagnostic::error(UNKNOWN_ATTACHMENT, format!("two files inside the PDF are named `{name}`"))),
        };
        if let Some(found) = found {
            verdict.find(found.help(GET_IT_AGAIN));
        }
    }
    let Some(statement) = files.remove(STATEMENT) else {
        if !opened.attached.iter().any(|file| file.name == STATEMENT) {
            let message = format!("`{STATEMENT}` is missing inside the PDF: nothing says what it was made from");
            verdict.find(Diagnostic::error(MISSING_ATTACHMENT, message).help(GET_IT_AGAIN));
        }
        return None;
    };
    let inside = match understand(&statement, files) {
        Ok(inside) => inside,
        Err(fault) => {
            let message = format!("`{STATEMENT}` inside the PDF cannot be used: {fault}");
            verdict.find(Diagnostic::error(ALTERED_EVIDENCE, message).help(GET_IT_AGAIN));
            return None;
        }
    };
    verdict.version = Some(inside.statement.version.clone());
    verdict.identity = Some(inside.identity());
    for found in compare(&inside, opened) {
        verdict.find(found.help(GET_IT_AGAIN));
    }
    if let Some(found) = partial(&inside) {
        verdict.find(found);
    }
    let templates: Vec<String> =
        inside.of_role(Role::Template).map(|(name, _)| format!("`{}`", name.escape_debug())).collect();
    if !templates.is_empty() {
        verdict.has_own_templates = true;
        let message = format!("this PDF was written by templates or terms of its own: {}", templates.join(", "));
        let less = "its figures are traced, but the words around them are whoever wrote the templates chose";
        verdict.find(
            Diagnostic::warning(OWN_TEMPLATES, message)
                .note(less)
                .help("read the templates inside, or trust whoever made the PDF"),
        );
    }
    Some(inside)
}

/// More communes than any province has.
const MOST_PEERS: usize = 1000;
/// More provinces than there ever were.
const MOST_WITHHELD: usize = 200;

/// Why the PDF cannot be made again byte for byte, if it cannot.
fn partial(inside: &Inside) -> Option<Diagnostic> {
    let less = "it is not made again byte for byte: that its numbers are drawn as they are read is not proved";
    if !inside.is_this_version {
        let (theirs, ours) = (inside.statement.version.escape_debug(), env!("CARGO_PKG_VERSION"));
        let message = format!("version {theirs} made this PDF, and this is version {ours}");
        let help = format!("verify it with version {theirs} too");
        return Some(Diagnostic::warning(OTHER_VERSION, message).note(less).help(help));
    }
    let names: Vec<String> = inside.statement.fonts.keys().map(|name| format!("`{}`", name.escape_debug())).collect();
    let message = format!("this PDF is set in fonts that the program does not have: {}", names.join(", "));
    let help = "make it again with `--fonts DIR`, from the sheets inside, and compare the files";
    (!names.is_empty()).then(|| Diagnostic::warning(OWN_FONTS, message).note(less).help(help))
}

fn understand(statement: &[u8], files: BTreeMap<String, Vec<u8>>) -> Result<Inside, String> {
    let statement: Statement = serde_json::from_slice(statement).map_err(|error| error.to_string())?;
    if statement.schema != SCHEMA {
        return Err(format!("it is of form {}, and this program reads form {SCHEMA}", statement.schema));
    }
    if statement.program != env!("CARGO_PKG_NAME") {
        return Err(format!("it names another program: `{}`", statement.program.escape_debug()));
    }
    if statement.withheld.len() > MOST_WITHHELD {
        return Err(format!("it names {} withheld provinces, more than there are", statement.withheld.len()));
    }
    sound_peers(&statement)?;
    let quarter = statement.quarter.parse::<Quarter>().map_err(|error| error.to_string())?;
    let as_of = statement.checked_as_of.parse::<NaiveDate>();
    let as_of = as_of.map_err(|_| format!("`{}` is no day", statement.checked_as_of.escape_debug()))?;
    let is_this_version = statement.version == env!("CARGO_PKG_VERSION");
    let layout = match Layout::named(&statement.layout) {
        None if is_this_version => return Err(format!("there is no layout `{}`", statement.layout.escape_debug())),
        known => known.unwrap_or(&BRIEFING),
    };
    Ok(Inside { statement, quarter, as_of, files, is_this_version, layout })
}

/// Sheets that are named and not carried are those of the other communes, beside the one sheet that is carried.
fn sound_peers(statement: &Statement) -> Result<(), String> {
    let Statement { peers, files, subject, .. } = statement;
    if peers.is_empty() {
        return Ok(());
    }
    if peers.len() > MOST_PEERS {
        return Err(format!(
            "it names {} sheets that are not inside, more than any province has communes",
            peers.len()
        ));
    }
    if let Some(name) = peers.keys().find(|name| files.contains_key(*name)) {
        return Err(format!("it says of `{}` that it is inside, and that it is not", name.escape_debug()));
    }
    let own = files.values().filter(|file| file.role == Role::Sheet).count();
    if own != 1 || statement.is_of_all() || !subject.contains('/') {
        let subject = subject.escape_debug();
        return Err(format!(
            "only the sheets that a commune is compared with are not inside, and this is of `{subject}`"
        ));
    }
    Ok(())
}

fn compare(inside: &Inside, opened: &Opened) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, file) in &inside.statement.files {
        let shown = name.escape_debug();
        match inside.files.get(name) {
            Some(bytes) if hash(bytes) == file.sha256 => {}
            Some(_) => found.push(
                Diagnostic::error(
                    ALTERED_ATTACHMENT,
                    format!("`{shown}` inside the PDF is not the file that was put there"),
                )
                .note(format!("its SHA-256 is not the one in `{STATEMENT}`")),
            ),
            // One that is there and cannot be read was told already.
            None if opened.attached.iter().any(|attached| attached.name == *name) => {}
            None => {
                found.push(Diagnostic::error(MISSING_ATTACHMENT, format!("`{shown}` is no longer inside the PDF")));
            }
        }
    }
    for name in inside.files.keys().filter(|name| !inside.statement.files.contains_key(*name)) {
        let message = format!("`{}` inside the PDF was not there when it was made", name.escape_debug());
        found.push(Diagnostic::error(UNKNOWN_ATTACHMENT, message));
    }
    found
}
