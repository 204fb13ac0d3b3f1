//! The groups of sheets that the stages work on, checked.

use crate::generator::{Level, Plan, Size};
use brief::batch::evidence::{Dress, Evidence};
use brief::batch::{Document, Sheets, Subject};
use brief::calendar::Quarter;
use brief::catalog::{Catalog, Locality};
use brief::check::CheckedSheet;
use brief::compare::Comparison;
use brief::diag::SourceFile;
use brief::language::Language;
use brief::render::{Briefing, COMPARATIVE, PROVINCE, Renderer};
use brief::typeset::Fonts;
use brief::typeset::layout::BRIEFING;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// A group of sheets that are compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// The four shipped sheets; the briefing is that of Nghệ An, three pages.
    Fixtures,
    /// 34 synthetic provinces of 60 facts; the briefing is the longest that there is.
    Provinces,
    /// 34 synthetic communes of a province, 20 facts each: what a batch of the country is made of.
    Communes,
}

impl Input {
    /// Every group.
    pub const ALL: [Input; 3] = [Input::Fixtures, Input::Provinces, Input::Communes];

    /// Its sheets, as they are read from the disk.
    pub fn files(self) -> Vec<Arc<SourceFile>> {
        let level = match self {
            Input::Fixtures => return shipped(),
            Input::Provinces => Level::Province,
            Input::Communes => Level::Commune,
        };
        let catalog = Catalog::builtin().unwrap();
        let plan = Plan { level, sheets: 34, size: Size::usual(level), seed: 1, faulty: 0 };
        let units = plan.units(&catalog).unwrap();
        let made = units.iter().zip(0..).map(|(unit, number)| plan.make(unit, number, &catalog).unwrap());
        made.map(|made| Arc::new(SourceFile::new(&*made.file, &*made.text))).collect()
    }
}

fn shipped() -> Vec<Arc<SourceFile>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let read = |name: &str| Arc::new(SourceFile::new(name, fs::read_to_string(folder.join(name)).unwrap()));
    ["lang-son.yaml", "long-an.yaml", "nghe-an.yaml", "tien-giang.yaml"].map(read).to_vec()
}

/// The quarter of the briefings.
pub fn quarter() -> Quarter {
    "2026-Q3".parse().unwrap()
}

/// A group that was checked, and what its documents are made with.
pub struct Group {
    pub catalog: Catalog,
    pub fonts: Fonts,
    pub renderer: Renderer,
    pub evidence: Evidence,
    pub sheets: Sheets,
    pub comparison: Comparison,
    /// The briefing that is made of it.
    pub document: Document,
}

impl Group {
    /// All that is done once for a group: the sheets checked and compared, templates and fonts read.
    pub fn new(input: Input) -> Group {
        Group::of(input.files())
    }

    /// The same, of sheets that were read.
    pub fn of(files: Vec<Arc<SourceFile>>) -> Group {
        let catalog = Catalog::builtin().unwrap();
        let dress = Dress { layout: BRIEFING.name.to_owned(), office: None, fonts: BTreeMap::new() };
        let day = (quarter(), quarter().last_day());
        let (evidence, sheets) = Evidence::of(files, Vec::new(), day, dress, &catalog).unwrap();
        let comparison = evidence.comparison(&sheets, &catalog).unwrap();
        let ids: Vec<&str> = comparison.columns.iter().map(|column| column.locality.id.as_str()).collect();
        let name = ids.iter().find(|id| **id == "nghe-an").unwrap_or(&ids[0]);
        let document = Document { subject: Subject::Locality, language: Language::Vi, name: (*name).to_owned() };
        Group {
            fonts: Fonts::bundled().unwrap(),
            renderer: renderer(),
            catalog,
            evidence,
            sheets,
            comparison,
            document,
        }
    }

    /// The sheets as the comparison takes them.
    pub fn columns(&self) -> Vec<(&Locality, Option<&CheckedSheet>)> {
        self.sheets.iter().filter_map(|loaded| Some((loaded.locality.as_ref()?, loaded.passed()))).collect()
    }

    /// The Markdown and charts of its briefing.
    pub fn briefing(&self) -> Briefing {
        let column = self.comparison.column(&self.document.name).unwrap();
        self.renderer.province(&self.comparison, &self.catalog, column, self.document.language).unwrap()
    }
}

/// The templates of a batch.
pub fn renderer() -> Renderer {
    let languages = BTreeSet::from([Language::En, Language::Vi]);
    Renderer::new(None, &languages, &[PROVINCE, COMPARATIVE]).unwrap()
}
