//! Reads a page, runs its sheets, compares what is found with what is announced.

use assert_cmd::Command;
use brief::article::Library;
use brief::catalog::Catalog;
use brief::check::{self, Policy};
use brief::diag::{Diagnostic, SourceFile, human};
use brief::sheet;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The keys that a fence may leave out, and the lines that then stand for them.
const PREAMBLE: [(&str, &str); 3] = [
    ("schema:", "schema: 1\n"),
    ("province:", "province: nghe-an\n"),
    (
        "sources:",
        "sources:\n  paper: {publisher: Newspaper, published: 2024-01-15, language: en}\n  bao: {publisher: Báo, published: 2024-01-15, language: vi}\n",
    ),
];
/// The day on which allowances must hold, and the same in seconds since 1970.
const TODAY: (&str, &str) = ("2024-07-01", "1719792000");

/// The folder of the articles, as messages name it.
const ARTICLES: &str = "sources";

pub(crate) struct Page {
    path: PathBuf,
    text: String,
}

/// A fence of a page: the words after the backticks, its first line's number from 1, its lines.
struct Fence {
    kind: String,
    name: Option<String>,
    line: usize,
    text: String,
}

impl Page {
    pub(crate) fn read(path: &Path) -> Page {
        Page { path: path.to_owned(), text: std::fs::read_to_string(path).unwrap() }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The page's sheets, completed.
    pub(crate) fn sheets(&self) -> Vec<String> {
        let fences = self.groups().into_iter().flatten().filter(|fence| fence.kind == "yaml");
        fences.map(|fence| complete(&fence.text)).collect()
    }

    /// Runs every group of sheets; a line for each fault.
    pub(crate) fn run(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut shown: Vec<(usize, usize, String)> = Vec::new();
        for group in self.groups() {
            let (sheets, others): (Vec<Fence>, Vec<Fence>) = group.into_iter().partition(|fence| fence.kind == "yaml");
            let (articles, snapshots): (Vec<Fence>, Vec<Fence>) =
                others.into_iter().partition(|fence| fence.name.is_some());
            let run = Run::of(&sheets, &articles, &self.code());
            faults.extend(run.compare(&self.path, &sheets));
            for fence in snapshots {
                let actual = if fence.kind == "json" { run.json() } else { run.human() };
                if actual.trim_end() != fence.text.trim_end() {
                    shown.push((fence.line, fence.text.lines().count(), actual));
                }
            }
        }
        if std::env::var_os("BRIEF_BLESS").is_some() {
            self.rewrite(shown);
        } else {
            let at = |line: usize| format!("{}:{line}", self.path.display());
            faults.extend(shown.into_iter().map(|(line, _, actual)| {
                format!("{}: this is shown instead (BRIEF_BLESS=1 rewrites it):\n{actual}", at(line))
            }));
        }
        faults
    }

    /// The code that the page is about.
    fn code(&self) -> String {
        self.path.file_stem().unwrap().to_string_lossy().into_owned()
    }

    /// Sheets that are one run, each group with the snapshots after it.
    fn groups(&self) -> Vec<Vec<Fence>> {
        let mut groups: Vec<Vec<Fence>> = Vec::new();
        let mut open: Option<Fence> = None;
        let mut new_section = true;
        for (at, line) in self.text.lines().enumerate() {
            match (&mut open, line.strip_prefix("```")) {
                (None, Some(info)) => {
                    let mut words = info.split_whitespace().map(str::to_owned);
                    let (kind, name) = (words.next().unwrap_or_default(), words.next());
                    open = Some(Fence { kind, name, line: at + 2, text: String::new() });
                }
                (Some(_), Some(_)) => {
                    let fence = open.take().unwrap();
                    let joins = fence.kind != "yaml" || (fence.name.is_some() && !new_section);
                    match groups.last_mut().filter(|_| joins) {
                        Some(group) => group.push(fence),
                        None => groups.push(vec![fence]),
                    }
                    new_section = false;
                }
                (Some(fence), None) => {
                    fence.text.push_str(line);
                    fence.text.push('\n');
                }
                (None, None) => new_section |= line.starts_with('#'),
            }
        }
        assert!(open.is_none(), "{} ends within a fence", self.path.display());
        groups
    }

    fn rewrite(&self, shown: Vec<(usize, usize, String)>) {
        let mut lines: Vec<String> = self.text.lines().map(str::to_owned).collect();
        for (first, count, actual) in shown.into_iter().rev() {
            lines.splice(first - 1..first - 1 + count, actual.trim_end().lines().map(str::to_owned));
        }
        std::fs::write(&self.path, lines.join("\n") + "\n").unwrap();
    }
}

/// What the check stage says of some sheets.
struct Run {
    files: Vec<Arc<SourceFile>>,
    /// The texts of sources, by their paths in the folder [`ARTICLES`].
    articles: BTreeMap<PathBuf, String>,
    diagnostics: Vec<Diagnostic>,
}

impl Run {
    /// Runs the sheets. The notes that nearly every small sheet has, of facts that nothing checks, are kept on their own page only.
    fn of(fences: &[Fence], articles: &[Fence], code: &str) -> Run {
        let catalog = Catalog::builtin().unwrap();
        let articles: BTreeMap<PathBuf, String> =
            articles.iter().map(|fence| (fence.name.clone().unwrap().into(), fence.text.clone())).collect();
        let library = (!articles.is_empty()).then(|| Library::given(ARTICLES, articles.clone()));
        let policy = Policy { today: Some(TODAY.0.parse::<NaiveDate>().unwrap()), library, ..Policy::default() };
        let name = |fence: &Fence| fence.name.clone().unwrap_or_else(|| "sheet.yaml".to_owned());
        let files: Vec<Arc<SourceFile>> =
            fences.iter().map(|fence| Arc::new(SourceFile::new(name(fence), complete(&fence.text)))).collect();
        let mut diagnostics = Vec::new();
        let mut sheets = Vec::new();
        for file in &files {
            match sheet::load(file) {
                Ok(sheet) => {
                    diagnostics.extend(check::check(&sheet, &catalog, &policy).diagnostics);
                    sheets.push(sheet);
                }
                Err(faults) => diagnostics.extend(faults),
            }
        }
        let localities: Vec<_> = sheets.iter().map(|sheet| sheet.locality(&catalog)).collect();
        let found: Vec<_> =
            localities.iter().zip(&sheets).map(|(locality, sheet)| Some((locality.as_ref()?, sheet))).collect();
        diagnostics.extend(check::duplicate_provinces(&found).into_iter().flatten());
        let everywhere = ["unchecked-fact", "stale-fact"];
        diagnostics.retain(|diagnostic| !everywhere.contains(&diagnostic.code) || diagnostic.code == code);
        Run { files, articles, diagnostics }
    }

    fn human(&self) -> String {
        self.diagnostics.iter().map(|diagnostic| human::render(diagnostic, false)).collect::<Vec<_>>().join("\n")
    }

    /// What the program prints for the sheets, as files of an empty folder.
    fn json(&self) -> String {
        let folder = tempfile::tempdir().unwrap();
        for file in &self.files {
            std::fs::write(folder.path().join(file.path()), file.text()).unwrap();
        }
        for (path, text) in &self.articles {
            let path = folder.path().join(ARTICLES).join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let sources = if self.articles.is_empty() { vec![] } else { vec!["--sources", ARTICLES] };
        let output = Command::cargo_bin("brief")
            .unwrap()
            .current_dir(folder.path())
            .env("SOURCE_DATE_EPOCH", TODAY.1)
            .args(["check", "--json"])
            .args(sources)
            .args(self.files.iter().map(|file| file.path()))
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// What is announced and not found, and what is found and not announced.
    fn compare(&self, path: &Path, fences: &[Fence]) -> Vec<String> {
        let mut announced: BTreeMap<(String, usize, String), i64> = BTreeMap::new();
        for (fence, file) in fences.iter().zip(&self.files) {
            for (at, line) in fence.text.lines().enumerate() {
                for announcement in announcements(line).1 {
                    *announced.entry((file.path().to_owned(), at + 1, announcement)).or_default() += 1;
                }
            }
        }
        let mut faults = Vec::new();
        let page_line = |file: &str, line: usize| {
            let fence = fences.iter().zip(&self.files).find(|(_, other)| other.path() == file);
            fence.map_or(0, |(fence, _)| fence.line + line - 1)
        };
        for diagnostic in &self.diagnostics {
            let (file, line, _) = diagnostic.place().unwrap();
            let announcement = format!("{}: [{}]", diagnostic.severity, diagnostic.code);
            let left = announced.entry((file.to_owned(), line, announcement.clone())).or_default();
            *left -= 1;
            if *left < 0 {
                let place = format!("{}:{}", path.display(), page_line(file, line));
                faults.push(format!("{place}: not announced: {announcement} {}", diagnostic.message));
            }
        }
        let missing = announced.into_iter().filter(|(_, left)| *left > 0);
        faults.extend(missing.map(|((file, line, announcement), _)| {
            format!("{}:{}: did not fire: {announcement}", path.display(), page_line(&file, line))
        }));
        faults
    }
}

/// The sheet without announcements, with the preamble's lines that it lacks.
fn complete(fence: &str) -> String {
    let mut text: String = fence.lines().map(|line| announcements(line).0.to_owned() + "\n").collect();
    for (key, lines) in PREAMBLE {
        if !fence.lines().any(|line| line.starts_with(key)) {
            text.push_str(lines);
        }
    }
    text
}

/// A line without what it announces, and the announcements.
fn announcements(line: &str) -> (&str, Vec<String>) {
    let starts = ["# error: [", "# warning: [", "# note: ["];
    let Some(at) = starts.iter().filter_map(|start| line.find(start)).min() else { return (line, Vec::new()) };
    let (sheet, comment) = line.split_at(at);
    let announced = comment.trim_start_matches("# ").split(", ").map(|word| word.trim().to_owned()).collect();
    (sheet.trim_end(), announced)
}
