//! What templates can call.

use super::{markdown, trace};
use crate::figure::Decimal;
use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, JsonValue, Output, RenderContext, RenderError,
    RenderErrorReason, Renderable, ScopedJson,
};
use std::cmp::Ordering;

/// Adds the helpers to a registry.
pub(super) fn register(templates: &mut Handlebars<'_>) {
    templates.register_helper("capital", Box::new(capital));
    templates.register_helper("quoted", Box::new(quoted));
    for comparison in COMPARISONS {
        templates.register_helper(comparison.name, Box::new(comparison));
    }
}

/// `{{capital text}}`: the text with its first letter as a capital, Markdown escaped.
fn capital(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let text = helper.param(0).and_then(|value| value.value().as_str()).unwrap_or_default();
    out.write(&markdown::escape(&markdown::capital(text)))?;
    Ok(())
}

/// `{{quoted text}}`: the text as it stands between the quotation marks of front matter.
fn quoted(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let text = helper.param(0).and_then(|value| value.value().as_str()).unwrap_or_default();
    out.write(&markdown::quoted(text))?;
    Ok(())
}

/// A comparison of two values, in the place of the library's own: a traced number equals the same number typed.
#[derive(Clone, Copy)]
struct Comparison {
    name: &'static str,
    holds: fn(Option<Ordering>) -> bool,
}

const COMPARISONS: [Comparison; 6] = [
    Comparison { name: "eq", holds: |order| order == Some(Ordering::Equal) },
    Comparison { name: "ne", holds: |order| order != Some(Ordering::Equal) },
    Comparison { name: "gt", holds: |order| order == Some(Ordering::Greater) },
    Comparison { name: "gte", holds: |order| order.is_some_and(Ordering::is_ge) },
    Comparison { name: "lt", holds: |order| order == Some(Ordering::Less) },
    Comparison { name: "lte", holds: |order| order.is_some_and(Ordering::is_le) },
];

impl Comparison {
    fn value(self, helper: &Helper<'_>) -> Result<bool, RenderError> {
        let operand = |at: usize| {
            let value = helper.param(at).filter(|value| !value.is_value_missing());
            value.ok_or(RenderErrorReason::ParamNotFoundForIndex(self.name, at))
        };
        Ok((self.holds)(order(operand(0)?.value(), operand(1)?.value())))
    }
}

impl HelperDef for Comparison {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        Ok(ScopedJson::Derived(JsonValue::Bool(self.value(helper)?)))
    }

    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let holds = self.value(helper)?;
        if !helper.is_block() {
            out.write(if holds { "true" } else { "false" })?;
            return Ok(());
        }
        let chosen = if holds { helper.template() } else { helper.inverse() };
        chosen.map_or(Ok(()), |template| template.render(registry, context, render, out))
    }
}

/// The order of two values, as a reader sees them; none where they cannot be ordered.
fn order(first: &JsonValue, second: &JsonValue) -> Option<Ordering> {
    // Lists are not compared: to do so at every turn of a loop takes long, and says nothing.
    if !first.is_array() && !first.is_object() && first == second {
        return Some(Ordering::Equal);
    }
    let text = |value: &JsonValue| match value {
        JsonValue::String(text) => Some(trace::restore(text)),
        JsonValue::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let (first, second) = (text(first)?, text(second)?);
    let number = |text: &str| text.parse::<Decimal>().ok();
    match (number(&first), number(&second)) {
        (Some(first), Some(second)) => Some(first.cmp(&second)),
        _ => Some(first.cmp(&second)),
    }
}
