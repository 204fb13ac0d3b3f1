//! What rendering one document may cost. A user's template can nest loops within loops, and its work would then grow with a power of
//! the sheet's size; it is counted in steps, not in time, so that the same template is refused on every machine.

use super::weight::weight;
use handlebars::{
    BlockContext, BlockParams, Context, Handlebars, Helper, HelperDef, HelperResult, JsonValue, Output, RenderContext,
    RenderError, RenderErrorReason, Renderable, ScopedJson,
};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Elements of templates that are rendered for one document; the built-in templates need a hundredth of it for sixty provinces.
pub(super) const MOST_STEPS: usize = 500_000;
/// The longest text of one document, in bytes; those of the built-in templates have a tenth of it.
pub(super) const MOST_BYTES: usize = 1024 * 1024;

/// What rendering may still cost.
#[derive(Clone)]
pub(super) struct Budget {
    steps: Arc<AtomicUsize>,
    bytes: Arc<AtomicUsize>,
}

impl Budget {
    /// That of one document.
    pub(super) fn new() -> Budget {
        Budget { steps: Arc::new(AtomicUsize::new(MOST_STEPS)), bytes: Arc::new(AtomicUsize::new(MOST_BYTES)) }
    }

    /// Renders a template that was registered.
    ///
    /// # Errors
    /// Those of the template; it takes too many steps, or writes too much.
    pub(super) fn render(
        &self,
        templates: &Handlebars<'_>,
        name: &str,
        context: &Context,
    ) -> Result<String, RenderError> {
        let template =
            templates.get_template(name).ok_or_else(|| RenderErrorReason::TemplateNotFound(name.to_owned()))?;
        let mut render = RenderContext::new(template.name.as_ref());
        render.register_local_helper("each", Box::new(Each(self.clone())));
        render.register_local_helper("lookup", Box::new(Lookup(self.clone())));
        let mut output = Bounded { text: String::new(), left: Arc::clone(&self.bytes) };
        template.render(templates, context, &mut render, &mut output)?;
        Ok(output.text)
    }

    fn spend(&self, steps: usize) -> Result<(), RenderError> {
        let left = self.steps.load(Ordering::Relaxed).checked_sub(steps);
        self.steps.store(left.unwrap_or(0), Ordering::Relaxed);
        let message = "the template takes too many steps: its loops within loops grow without measure";
        left.map(drop).ok_or_else(|| RenderErrorReason::Other(message.to_owned()).into())
    }
}

/// A text that ends where the budget does.
struct Bounded {
    text: String,
    left: Arc<AtomicUsize>,
}

impl Output for Bounded {
    fn write(&mut self, text: &str) -> io::Result<()> {
        let left = self.left.load(Ordering::Relaxed).checked_sub(text.len());
        let message = "the template writes more than 1 MiB, which is no briefing";
        let left = left.ok_or_else(|| io::Error::other(message))?;
        self.left.store(left, Ordering::Relaxed);
        self.text.push_str(text);
        Ok(())
    }
}

/// The library's own `each`, with its steps counted before they are taken.
struct Each(Budget);

impl HelperDef for Each {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let list = helper.param(0).ok_or(RenderErrorReason::ParamNotFoundForIndex("each", 0))?;
        let Some(template) = helper.template() else { return Ok(()) };
        let entries: Vec<(String, Option<&str>, &JsonValue)> = match list.value() {
            JsonValue::Array(list) => {
                list.iter().enumerate().map(|(at, value)| (at.to_string(), None, value)).collect()
            }
            JsonValue::Object(entries) => {
                entries.iter().map(|(key, value)| (key.clone(), Some(key.as_str()), value)).collect()
            }
            _ => Vec::new(),
        };
        if entries.is_empty() {
            let is_list = matches!(list.value(), JsonValue::Array(_) | JsonValue::Object(_));
            return match helper.inverse() {
                Some(inverse) => inverse.render(registry, context, render, out),
                None if is_list => Ok(()),
                None => Err(RenderErrorReason::MissingVariable(list.relative_path().cloned()).into()),
            };
        }
        let cost = weight(template).saturating_add(1).saturating_mul(entries.len());
        self.0.spend(cost)?;
        let path = list.context_path();
        render.push_block(BlockContext::new());
        let final_place = entries.len() - 1;
        for (at, (segment, key, value)) in entries.into_iter().enumerate() {
            if let Some(block) = render.block_mut() {
                block.set_local_var("first", (at == 0).into());
                block.set_local_var("last", (at == final_place).into());
                block.set_local_var("index", at.into());
                if let Some(key) = key {
                    block.set_local_var("key", key.into());
                }
                match path {
                    Some(path) => *block.base_path_mut() = path.iter().cloned().chain([segment]).collect(),
                    None => block.set_base_value(value.clone()),
                }
                let name = key.map_or_else(|| at.into(), Into::into);
                name_entry(block, helper, path.is_some(), name, value)?;
            }
            template.render(registry, context, render, out)?;
        }
        render.pop_block();
        Ok(())
    }
}

/// Gives an entry the names of `{{#each list as |entry key|}}`.
fn name_entry<'rc>(
    block: &mut BlockContext<'rc>,
    helper: &Helper<'rc>,
    has_path: bool,
    key: JsonValue,
    value: &JsonValue,
) -> Result<(), RenderError> {
    let (entry_name, key_name) = match (helper.block_param(), helper.block_param_pair()) {
        (Some(name), _) => (name, None),
        (None, Some((name, key))) => (name, Some(key)),
        (None, None) => return Ok(()),
    };
    let mut names = BlockParams::new();
    if has_path {
        names.add_path(entry_name, Vec::new())?;
    } else {
        names.add_value(entry_name, value.clone())?;
    }
    if let Some(key_name) = key_name {
        names.add_value(key_name, key)?;
    }
    block.set_block_params(names);
    Ok(())
}

/// The library's own `lookup`, which copies what it finds: it costs as many steps as that has parts.
struct Lookup(Budget);

impl HelperDef for Lookup {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let operand = |at: usize| helper.param(at).ok_or(RenderErrorReason::ParamNotFoundForIndex("lookup", at));
        let (list, key) = (operand(0)?.value(), operand(1)?.value());
        let found = match list {
            JsonValue::Array(list) => key.as_u64().and_then(|at| usize::try_from(at).ok()).and_then(|at| list.get(at)),
            JsonValue::Object(entries) => key.as_str().and_then(|key| entries.get(key)),
            _ => None,
        };
        let found = found.ok_or(RenderErrorReason::MissingVariable(None))?;
        self.0.spend(parts(found))?;
        Ok(ScopedJson::Derived(found.clone()))
    }
}

/// How many values a value holds, itself among them.
fn parts(value: &JsonValue) -> usize {
    match value {
        JsonValue::Array(list) => 1 + list.iter().map(parts).sum::<usize>(),
        JsonValue::Object(entries) => 1 + entries.values().map(parts).sum::<usize>(),
        _ => 1,
    }
}
