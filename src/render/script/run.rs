//! Runs a template over a context.

use super::view::{Fields, Value};
use super::{Path, Section, Step};
use crate::render::budget::{MOST_BYTES, MOST_STEPS};
use crate::render::markdown;

/// What a template made.
pub(in crate::render) struct Ran {
    pub(in crate::render) text: String,
    /// Where each section's text ends.
    pub(in crate::render) ends: Vec<usize>,
}

/// The text that a template makes of a context; none if it names what is not there, or costs more than the budget allows.
pub(in crate::render) fn run(sections: &[Section], context: &dyn Fields) -> Option<Ran> {
    let mut ends = Vec::with_capacity(sections.len());
    let mut running =
        Running { text: String::with_capacity(TYPICAL_BYTES), scopes: Vec::new(), steps_left: MOST_STEPS };
    for section in sections {
        running.scopes.clear();
        running.scopes.push(Scope { value: Value::Fields(context), is_last: None });
        running.all(section.steps)?;
        ends.push(running.text.len());
    }
    (running.text.len() <= MOST_BYTES).then_some(Ran { text: running.text, ends })
}

/// About as long as a briefing.
const TYPICAL_BYTES: usize = 32 * 1024;

/// What names are looked up in.
#[derive(Clone, Copy)]
struct Scope<'c> {
    value: Value<'c>,
    /// `@last`, within a list.
    is_last: Option<bool>,
}

struct Running<'c> {
    text: String,
    scopes: Vec<Scope<'c>>,
    steps_left: usize,
}

impl<'c> Running<'c> {
    fn all(&mut self, steps: &[Step]) -> Option<()> {
        steps.iter().try_for_each(|step| self.one(step))
    }

    fn one(&mut self, step: &Step) -> Option<()> {
        match step {
            Step::Text(text) => self.text.push_str(text),
            Step::Escaped(path) => match self.find(path)? {
                Value::Text(text) => markdown::escape_to(&mut self.text, text),
                Value::Null => {}
                _ => return None,
            },
            Step::Raw(path) => match self.find(path)? {
                Value::Text(text) => self.text.push_str(text),
                Value::Null => {}
                _ => return None,
            },
            Step::Capital(path) => {
                if let Some(Value::Text(text)) = self.find(path) {
                    markdown::escape_to(&mut self.text, &markdown::capital(text));
                }
            }
            Step::Quoted(path) => {
                if let Some(Value::Text(text)) = self.find(path) {
                    self.text.push_str(&markdown::quoted(text));
                }
            }
            Step::If(path, steps, otherwise) => {
                let holds = self.find(path).is_some_and(Value::is_truthy);
                return self.all(if holds { steps } else { otherwise });
            }
            Step::With(path, steps) => {
                let value = self.find(path).filter(|value| value.is_truthy())?;
                let is_last = self.scopes.last().and_then(|scope| scope.is_last);
                self.scopes.push(Scope { value, is_last });
                self.all(steps)?;
                self.scopes.pop();
            }
            Step::Each(path, cost, steps) => {
                let Value::List(list) = self.find(path)? else { return None };
                self.steps_left = self.steps_left.checked_sub(cost.saturating_mul(list.count()))?;
                // Looked at here, lest a text without measure be made before it is refused.
                if self.text.len() > MOST_BYTES {
                    return None;
                }
                for at in 0..list.count() {
                    let is_last = Some(at + 1 == list.count());
                    self.scopes.push(Scope { value: list.entry(at)?, is_last });
                    self.all(steps)?;
                    self.scopes.pop();
                }
            }
        }
        Some(())
    }

    /// What a path names; none if it is not there.
    fn find(&self, path: &Path) -> Option<Value<'c>> {
        match path {
            Path::Last => self.scopes.last()?.is_last.map(Value::Bool),
            Path::Fields(up, names) => {
                let place = self.scopes.len().checked_sub(up + 1)?;
                let mut value = self.scopes.get(place)?.value;
                for name in *names {
                    let Value::Fields(fields) = value else { return None };
                    value = fields.field(name)?;
                }
                Some(value)
            }
        }
    }
}
