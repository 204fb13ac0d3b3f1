//! Comparison, language and template to Markdown.

mod budget;
mod changes;
mod charts;
mod comparative;
pub mod context;
mod helpers;
mod level;
mod markdown;
mod notes;
mod numbering;
mod overrides;
mod points;
mod province;
mod ranking;
mod script;
mod sections;
mod shown;
mod summary;
mod tables;
mod template;
pub mod terms;
mod told;
mod trace;
mod trust;
mod typed;
mod untraced;
mod weight;
mod words;

pub use words::Words;

use crate::catalog::{Catalog, Locality};
use crate::chart::Pictures;
use crate::check::UNTRACED_NUMBER as CODE;
use crate::compare::Comparison;
use crate::diag::Diagnostic;
use crate::language::Language;
use overrides::{FileText, Own};
use script::view::Fields;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use template::Template;
use terms::Terms;

/// A built-in file of a language: its name and its text.
pub type BuiltIn = (&'static str, &'static str);

/// The template of a province's or a commune's briefing.
pub const PROVINCE: &str = "province.md.hbs";
/// The template of the comparative briefing.
pub const COMPARATIVE: &str = "comparative.md.hbs";
/// The terms.
pub const TERMS: &str = "terms.yaml";

/// The built-in templates and terms of a language.
pub const fn built_in(language: Language) -> [BuiltIn; 3] {
    match language {
        Language::En => [
            (PROVINCE, include_str!("../../templates/en/province.md.hbs")),
            (COMPARATIVE, include_str!("../../templates/en/comparative.md.hbs")),
            (TERMS, include_str!("../../templates/en/terms.yaml")),
        ],
        Language::Vi => [
            (PROVINCE, include_str!("../../templates/vi/province.md.hbs")),
            (COMPARATIVE, include_str!("../../templates/vi/comparative.md.hbs")),
            (TERMS, include_str!("../../templates/vi/terms.yaml")),
        ],
    }
}

/// Why templates or terms cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The folder of templates does not exist or cannot be read.
    #[error("cannot read {path}: {error}", path = path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A template does not parse.
    #[error("{path}:{line}:{column}: the template cannot be used: {message}")]
    Template {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// A template names what is not there, or uses it wrongly.
    #[error("{path}:{line}:{column}: {message}")]
    Field {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// The terms lack a word, or have one too many.
    #[error("{path}:{line}:{column}: {message}")]
    Terms {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// A folder of templates holds none that would be used.
    #[error("{path} holds no template: {expected} are looked for", path = path.display())]
    NoTemplates {
        /// The folder.
        path: PathBuf,
        /// What is looked for.
        expected: String,
    },
    /// A file beside the templates would never be used.
    #[error("{path} is not a file that a briefing is made of; {help}", path = path.display())]
    Stray {
        /// The file.
        path: PathBuf,
        /// What is.
        help: String,
    },
    /// A template or the terms put a number on the page that no figure, date or source stands behind.
    #[error("numbers in it have no figure behind them: {}", .0.len())]
    Untraced(Vec<Diagnostic>),
    /// The language was not asked for when the renderer was made.
    #[error("the templates of `{0}` were not read")]
    Language(Language),
}

/// A briefing as Markdown, with the charts that it names.
#[derive(Debug, Clone, PartialEq)]
pub struct Briefing {
    /// The text.
    pub markdown: String,
    /// The charts by the path of their image.
    pub pictures: Pictures,
}

/// Templates and terms, read once and used for every document.
pub struct Renderer {
    languages: BTreeMap<Language, LanguageRenderer>,
}

struct LanguageRenderer {
    words: Words,
    templates: BTreeMap<&'static str, Template>,
    /// The numbers that the terms type: every document has the terms.
    typed: Vec<Diagnostic>,
    /// The files that take the place of built-in ones, and their texts.
    own: Vec<(&'static str, String)>,
}

impl Renderer {
    /// Reads the templates of the languages: those of a folder (`DIR/en/province.md.hbs` …) where it has them, the built-in
    /// ones else. Only the templates named ([`PROVINCE`], [`COMPARATIVE`]) are read: reading one takes longer than using it.
    ///
    /// # Errors
    /// The folder cannot be read; a template does not parse; a term is missing.
    pub fn new(
        folder: Option<&Path>,
        languages: &BTreeSet<Language>,
        templates: &[&str],
    ) -> Result<Renderer, RenderError> {
        if let Some(folder) = folder {
            overrides::check(folder, languages)?;
        }
        let languages = languages
            .iter()
            .map(|language| Ok((*language, LanguageRenderer::new(Own::Folder(folder), *language, templates)?)))
            .collect::<Result<BTreeMap<_, _>, RenderError>>()?;
        Ok(Renderer { languages })
    }

    /// Uses these texts, by the names of their files, in the place of a language's built-in ones; only the template named is read.
    ///
    /// # Errors
    /// A template does not parse; a term is missing.
    pub fn with_texts(
        texts: &BTreeMap<String, String>,
        language: Language,
        template: &str,
    ) -> Result<Renderer, RenderError> {
        let renderer = LanguageRenderer::new(Own::Texts(texts), language, &[template])?;
        Ok(Renderer { languages: BTreeMap::from([(language, renderer)]) })
    }

    /// What takes the place of built-in files in the documents of a template: names and texts.
    pub fn own_texts(&self, language: Language, template: &str) -> impl Iterator<Item = (&'static str, &str)> {
        let own = self.languages.get(&language).into_iter().flat_map(|renderer| &renderer.own);
        own.filter(move |(name, _)| *name == TERMS || *name == template).map(|(name, text)| (*name, text.as_str()))
    }

    /// The name of a locality by itself: a commune's has its kind and its province. Nothing in a language that was not asked for when the
    /// renderer was made.
    pub fn full_name(&self, locality: &Locality, language: Language) -> Option<String> {
        let renderer = self.languages.get(&language)?;
        Some(trace::restore(&renderer.words.full_name(locality)))
    }

    /// The documents of a comparison. Made once for all of them: what several say alike is put into words once.
    pub fn documents<'c>(&'c self, comparison: &'c Comparison, catalog: &'c Catalog) -> Documents<'c> {
        let about = |(language, renderer): (&Language, &'c LanguageRenderer)| {
            (*language, (renderer, renderer.words.about(comparison)))
        };
        Documents { comparison, catalog, languages: self.languages.iter().map(about).collect() }
    }

    /// The briefing of the province or commune of a column, if it is the only document.
    ///
    /// # Errors
    /// A template names what is not there, or puts a number there that nothing stands behind.
    pub fn province(
        &self,
        comparison: &Comparison,
        catalog: &Catalog,
        column: usize,
        language: Language,
    ) -> Result<Briefing, RenderError> {
        self.documents(comparison, catalog).province(column, language)
    }

    /// The comparative briefing, if it is the only document.
    ///
    /// # Errors
    /// A template names what is not there, or puts a number there that nothing stands behind.
    pub fn comparative(
        &self,
        comparison: &Comparison,
        catalog: &Catalog,
        language: Language,
    ) -> Result<Briefing, RenderError> {
        self.documents(comparison, catalog).comparative(language)
    }
}

/// The documents of a comparison, in the languages of their renderer.
pub struct Documents<'c> {
    comparison: &'c Comparison,
    catalog: &'c Catalog,
    languages: BTreeMap<Language, (&'c LanguageRenderer, Words)>,
}

impl Documents<'_> {
    /// What is compared in them.
    pub fn comparison(&self) -> &Comparison {
        self.comparison
    }

    /// The briefing of the province or commune of a column.
    ///
    /// # Errors
    /// A template names what is not there, or puts a number there that nothing stands behind.
    pub fn province(&self, column: usize, language: Language) -> Result<Briefing, RenderError> {
        let (renderer, words) = self.languages.get(&language).ok_or(RenderError::Language(language))?;
        let comparison = self.comparison;
        let id = comparison.columns.get(column).map_or(PROVINCE, |column| column.locality.id.as_str());
        let mut pictures = Pictures::new();
        let markdown = renderer.render(PROVINCE, id, || {
            let words = words.of_column(comparison, column);
            let mut context = province::context(comparison, self.catalog, column, &words);
            pictures = std::mem::take(&mut context.common.pictures);
            context
        })?;
        Ok(Briefing::of(markdown, pictures))
    }

    /// The comparative briefing.
    ///
    /// # Errors
    /// A template names what is not there, or puts a number there that nothing stands behind.
    pub fn comparative(&self, language: Language) -> Result<Briefing, RenderError> {
        let (renderer, words) = self.languages.get(&language).ok_or(RenderError::Language(language))?;
        let mut pictures = Pictures::new();
        let markdown = renderer.render(COMPARATIVE, "comparison", || {
            let mut context = comparative::context(self.comparison, self.catalog, words);
            pictures = std::mem::take(&mut context.common.pictures);
            context
        })?;
        Ok(Briefing::of(markdown, pictures))
    }
}

impl Briefing {
    /// A text with those of its charts that its template placed.
    fn of(markdown: String, mut pictures: Pictures) -> Briefing {
        // The path of a chart holds no bracket. To look for one sign and at what is before it is quicker than to look for two.
        let mut follows_text = false;
        let targets = markdown.split('(').filter_map(|part| {
            let is_target = std::mem::replace(&mut follows_text, part.ends_with(']'));
            is_target.then(|| part.split_once(')')).flatten().map(|(target, _)| target)
        });
        let placed: BTreeSet<&str> = targets.filter(|target| pictures.contains_key(*target)).collect();
        pictures.retain(|path, _| placed.contains(path.as_str()));
        Briefing { markdown, pictures }
    }
}

impl LanguageRenderer {
    fn new(own_files: Own<'_>, language: Language, wanted: &[&str]) -> Result<LanguageRenderer, RenderError> {
        let mut templates = BTreeMap::new();
        let mut terms: Option<Terms> = None;
        let mut typed = Vec::new();
        let mut own = Vec::new();
        let wanted = built_in(language).into_iter().filter(|(name, _)| *name == TERMS || wanted.contains(name));
        for (name, built_in) in wanted {
            let FileText { path, text, is_own } = overrides::read(own_files, language, name, built_in)?;
            // A file that says what the built-in one says leaves no trace.
            let is_own = is_own && text != built_in;
            if is_own {
                own.push((name, text.clone()));
            }
            if name == TERMS {
                let ready = if is_own { None } else { serde_json::from_str(script::built_in::terms(language)).ok() };
                if ready.is_none() {
                    typed::refuse_marks(&path, &text)?;
                    let read = overrides::terms(path.clone(), &text)?;
                    typed = typed::in_terms(&path, &text, &read);
                    terms = Some(read);
                } else {
                    terms = ready;
                }
                continue;
            }
            let template = match script::built_in::script(language, name).filter(|_| !is_own) {
                Some(sections) => Template::built_in(path, text, sections),
                None => Template::own(path, text)?,
            };
            templates.insert(name, template);
        }
        let terms = terms.ok_or(RenderError::Language(language))?;
        Ok(LanguageRenderer { words: Words::new(language, terms), templates, typed, own })
    }

    /// The text of a document from the template of a name.
    fn render<C: Serialize + Fields>(
        &self,
        name: &str,
        document: &str,
        context: impl FnOnce() -> C,
    ) -> Result<String, RenderError> {
        let language = self.words.language;
        let Some(template) = self.templates.get(name) else { return Err(RenderError::Language(language)) };
        if !(self.typed.is_empty() && template.typed.is_empty()) {
            return Err(RenderError::Untraced(self.typed.iter().chain(&template.typed).cloned().collect()));
        }
        template.render(document, language, &context())
    }
}

/// No more than one empty line together, none at the end: templates need not count theirs.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines().map(str::trim_end) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 && !(tidied.is_empty() && line.is_empty()) {
            tidied.push_str(line);
            tidied.push('\n');
        }
    }
    tidied.truncate(tidied.trim_end().len());
    tidied.push('\n');
    tidied
}
