//! Comparison, language and template to Markdown.

mod comparative;
pub mod context;
mod markdown;
mod notes;
mod overrides;
mod points;
mod province;
mod ranking;
mod sections;
mod tables;
pub mod terms;
mod trust;
mod words;

pub use words::Words;

use crate::catalog::Catalog;
use crate::compare::Comparison;
use crate::language::Language;
use handlebars::{Context as HandlebarsContext, Handlebars, Helper, HelperResult, Output, RenderContext};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use terms::Terms;

/// A built-in file of a language: its name and its text.
pub type BuiltIn = (&'static str, &'static str);

/// The template of a province's briefing.
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
    /// The language was not asked for when the renderer was made.
    #[error("the templates of `{0}` were not read")]
    Language(Language),
}

/// Templates and terms, read once and used for every document.
pub struct Renderer {
    languages: BTreeMap<Language, LanguageRenderer>,
}

struct LanguageRenderer {
    words: Words,
    templates: Handlebars<'static>,
    read: BTreeMap<&'static str, Template>,
}

/// A template that was read.
struct Template {
    /// Its file.
    path: String,
    /// Its sections: the lines before each, and the name that it is registered under.
    sections: Vec<(usize, String)>,
}

/// `{{capital text}}`: the text with its first letter as a capital, Markdown escaped.
fn capital(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &HandlebarsContext,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let text = helper.param(0).and_then(|value| value.value().as_str()).unwrap_or_default();
    out.write(&markdown::escape(&markdown::capital(text)))?;
    Ok(())
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
            .map(|language| Ok((*language, LanguageRenderer::new(folder, *language, templates)?)))
            .collect::<Result<BTreeMap<_, _>, RenderError>>()?;
        Ok(Renderer { languages })
    }

    /// The briefing of the province of a column.
    ///
    /// # Errors
    /// A template names what is not there.
    pub fn province(
        &self,
        comparison: &Comparison,
        catalog: &Catalog,
        column: usize,
        language: Language,
    ) -> Result<String, RenderError> {
        let renderer = self.language(language)?;
        let context = province::context(comparison, catalog, column, &renderer.words);
        renderer.render(PROVINCE, &context)
    }

    /// The comparative briefing.
    ///
    /// # Errors
    /// A template names what is not there.
    pub fn comparative(
        &self,
        comparison: &Comparison,
        catalog: &Catalog,
        language: Language,
    ) -> Result<String, RenderError> {
        let renderer = self.language(language)?;
        let context = comparative::context(comparison, catalog, &renderer.words);
        renderer.render(COMPARATIVE, &context)
    }

    fn language(&self, language: Language) -> Result<&LanguageRenderer, RenderError> {
        self.languages.get(&language).ok_or(RenderError::Language(language))
    }
}

impl LanguageRenderer {
    fn new(folder: Option<&Path>, language: Language, wanted: &[&str]) -> Result<LanguageRenderer, RenderError> {
        let mut templates = Handlebars::new();
        templates.set_strict_mode(true);
        templates.register_escape_fn(markdown::escape);
        templates.register_helper("capital", Box::new(capital));
        let mut read = BTreeMap::new();
        let mut terms: Option<Terms> = None;
        let wanted = built_in(language).into_iter().filter(|(name, _)| *name == TERMS || wanted.contains(name));
        for (name, built_in) in wanted {
            let (path, text) = overrides::read(folder, language, name, built_in)?;
            if name == TERMS {
                terms = Some(overrides::terms(path, &text)?);
                continue;
            }
            overrides::refuse_partials(&path, &text)?;
            let mut sections = Vec::new();
            for (lines_before, section) in sections::split(&text) {
                let section_name = format!("{name}:{lines_before}");
                templates.register_template_string(&section_name, section).map_err(|error| {
                    let (line, column) = error.pos().unwrap_or((1, 1));
                    RenderError::Template {
                        path: path.clone(),
                        line: lines_before + line,
                        column,
                        message: one_line(&error.reason().to_string()),
                    }
                })?;
                sections.push((lines_before, section_name));
            }
            read.insert(name, Template { path, sections });
        }
        let terms = terms.ok_or(RenderError::Language(language))?;
        Ok(LanguageRenderer { words: Words { language, terms }, templates, read })
    }

    fn render(&self, name: &str, context: &impl Serialize) -> Result<String, RenderError> {
        let Some(template) = self.read.get(name) else { return Err(RenderError::Language(self.words.language)) };
        let failed = |error: &handlebars::RenderError, lines_before: usize| RenderError::Field {
            path: template.path.clone(),
            line: lines_before + error.line_no.unwrap_or(1),
            column: error.column_no.unwrap_or(1),
            message: explain(error),
        };
        let context = HandlebarsContext::wraps(context).map_err(|error| failed(&error, 0))?;
        let mut text = String::new();
        for (lines_before, section) in &template.sections {
            let rendered = self.templates.render_with_context(section, &context);
            text.push_str(&rendered.map_err(|error| failed(&error, *lines_before))?);
        }
        Ok(tidy(&text))
    }
}

fn explain(error: &handlebars::RenderError) -> String {
    use handlebars::RenderErrorReason;
    match error.reason() {
        RenderErrorReason::MissingVariable(Some(name)) => {
            format!("the template names `{name}`, which is not there; docs/templates.md lists what is")
        }
        RenderErrorReason::MissingVariable(None) => "the template looks up what is not there".to_owned(),
        RenderErrorReason::HelperNotFound(name) => format!("the template uses the helper `{name}`, which is not there"),
        reason => one_line(&reason.to_string()),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
