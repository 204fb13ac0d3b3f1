//! The template of a document: a built-in one, which the program holds ready to run, or a user's, which the library reads and runs.

use super::budget::Budget;
use super::overrides;
use super::script::view::Fields;
use super::script::{self, Ran, Section};
use super::shown::untraced_in_document;
use super::untraced::{self, Part, Rendered};
use super::{RenderError, helpers, markdown, sections, tidy, trace, typed};
use crate::diag::Diagnostic;
use crate::language::Language;
use handlebars::{Context as HandlebarsContext, Handlebars};
use serde::Serialize;

/// A template that was read.
pub(super) struct Template {
    /// How messages name its file.
    path: String,
    text: String,
    form: Form,
    /// The numbers that it types.
    pub(super) typed: Vec<Diagnostic>,
}

enum Form {
    BuiltIn(&'static [Section]),
    Own(Box<Parsed>),
}

impl Template {
    /// A built-in one. It is known to parse and to type no number.
    pub(super) fn built_in(path: String, text: String, sections: &'static [Section]) -> Template {
        Template { path, text, form: Form::BuiltIn(sections), typed: Vec::new() }
    }

    /// A user's own.
    ///
    /// # Errors
    /// It does not parse, or holds what no template may.
    pub(super) fn own(path: String, text: String) -> Result<Template, RenderError> {
        typed::refuse_marks(&path, &text)?;
        overrides::refuse_partials(&path, &text)?;
        let form = Form::Own(Box::new(Parsed::new(&path, &text)?));
        let typed = typed::in_template(&path, &text);
        Ok(Template { path, text, form, typed })
    }

    /// The text of a document.
    ///
    /// # Errors
    /// The template names what is not there, costs too much, or puts a number there that nothing stands behind.
    pub(super) fn render(
        &self,
        document: &str,
        language: Language,
        context: &(impl Serialize + Fields),
    ) -> Result<String, RenderError> {
        let Ran { text: raw, ends } = self.run(context)?;
        let tidy = tidy(&raw);
        let numbers = untraced_in_document(&tidy);
        if numbers.is_empty() {
            return Ok(trace::restore(&tidy));
        }
        let starts: Vec<usize> = sections::split(&self.text).iter().map(|(lines_before, _)| *lines_before).collect();
        let parts = starts.iter().zip(ends).enumerate().map(|(place, (lines_before, end))| {
            let last = starts.get(place + 1).map_or_else(|| self.text.lines().count(), |lines| lines - 1);
            Part { end, lines: lines_before + 1..last }
        });
        let (name, parts) = (format!("{document}.{language}.md"), parts.collect::<Vec<_>>());
        let rendered = Rendered { name: &name, template: &self.path, parts: &parts, raw: &raw, tidy: &tidy };
        Err(RenderError::Untraced(untraced::report(&rendered, numbers)))
    }

    fn run(&self, context: &(impl Serialize + Fields)) -> Result<Ran, RenderError> {
        match &self.form {
            Form::Own(parsed) => parsed.run(&self.path, context),
            // What a built-in template fails at, the library has words for.
            Form::BuiltIn(sections) => match script::run(sections, context) {
                Some(ran) => Ok(ran),
                None => Parsed::new(&self.path, &self.text)?.run(&self.path, context),
            },
        }
    }
}

/// A template that the library has read.
pub(super) struct Parsed {
    registry: Handlebars<'static>,
    /// Its sections: the lines before each, and the name that it is registered under.
    sections: Vec<(usize, String)>,
}

impl Parsed {
    /// Reads a template.
    ///
    /// # Errors
    /// It does not parse.
    pub(super) fn new(path: &str, text: &str) -> Result<Parsed, RenderError> {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry.register_escape_fn(markdown::escape);
        // What a template writes goes into its document alone.
        registry.unregister_helper("log");
        helpers::register(&mut registry);
        let mut read = Vec::new();
        for (lines_before, section) in sections::split(text) {
            let name = format!("{path}:{lines_before}");
            registry.register_template_string(&name, section).map_err(|error| {
                let (line, column) = error.pos().unwrap_or((1, 1));
                RenderError::Template {
                    path: path.to_owned(),
                    line: lines_before + line,
                    column,
                    message: one_line(&error.reason().to_string()),
                }
            })?;
            read.push((lines_before, name));
        }
        Ok(Parsed { registry, sections: read })
    }

    /// What it makes of a context.
    ///
    /// # Errors
    /// It names what is not there, or costs too much.
    pub(super) fn run(&self, path: &str, context: &impl Serialize) -> Result<Ran, RenderError> {
        let failed = |error: &handlebars::RenderError, lines_before: usize| RenderError::Field {
            path: path.to_owned(),
            line: lines_before + error.line_no.unwrap_or(1),
            column: error.column_no.unwrap_or(1),
            message: explain(error),
        };
        let context = HandlebarsContext::wraps(context).map_err(|error| failed(&error, 0))?;
        let budget = Budget::new();
        let (mut text, mut ends) = (String::new(), Vec::with_capacity(self.sections.len()));
        for (lines_before, section) in &self.sections {
            let rendered = budget.render(&self.registry, section, &context);
            text.push_str(&rendered.map_err(|error| failed(&error, *lines_before))?);
            ends.push(text.len());
        }
        Ok(Ran { text, ends })
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
