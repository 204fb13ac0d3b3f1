//! Built-in templates as source text of the program. The build script has this file too; nothing else in it may be named here.

use super::sections;
use super::weight::weight;
use handlebars::Template;
use handlebars::template::{HelperTemplate, Parameter, TemplateElement};
use std::fmt::Write;

/// Names that the library takes for calls where they stand alone.
const CALLS: [&str; 22] = [
    "if",
    "unless",
    "each",
    "with",
    "lookup",
    "raw",
    "log",
    "eq",
    "ne",
    "gt",
    "gte",
    "lt",
    "lte",
    "and",
    "or",
    "not",
    "len",
    "capital",
    "quoted",
    "helperMissing",
    "blockHelperMissing",
    "inline",
];

/// The constant that holds a template.
///
/// # Errors
/// It does not parse, or uses what a built-in template may not.
pub(super) fn constant(name: &str, text: &str) -> Result<String, String> {
    let mut source = format!("pub(in crate::render) const {name}: &[Section] = &[\n");
    for (lines_before, section) in sections::split(text) {
        let template = Template::compile(section).map_err(|error| format!("after line {lines_before}: {error}"))?;
        let steps = steps(&template, 0).map_err(|error| format!("after line {lines_before}: {error}"))?;
        let _infallible = writeln!(source, "Section {{ steps: {steps} }},");
    }
    source.push_str("];\n");
    Ok(source)
}

/// The elements of a template within so many blocks that go into a value.
fn steps(template: &Template, depth: usize) -> Result<String, String> {
    let mut source = "&[".to_owned();
    for element in &template.elements {
        match element {
            TemplateElement::RawString(text) if text.is_empty() => {}
            TemplateElement::RawString(text) => {
                let _infallible = write!(source, "Step::Text({text:?}), ");
            }
            TemplateElement::Comment(_) => {}
            TemplateElement::Expression(tag) => source.push_str(&expression(tag, "Escaped", depth)?),
            TemplateElement::HtmlExpression(tag) => source.push_str(&expression(tag, "Raw", depth)?),
            TemplateElement::HelperBlock(tag) => source.push_str(&block(tag, depth)?),
            other => return Err(format!("a built-in template may not use {other:?}")),
        }
    }
    source.push(']');
    Ok(source)
}

/// A value that is written, or a call that writes one.
fn expression(tag: &HelperTemplate, kind: &str, depth: usize) -> Result<String, String> {
    let name = tag.name.as_name().unwrap_or_default();
    let step = match (name, tag.params.as_slice()) {
        ("capital", [value]) if kind == "Escaped" => format!("Step::Capital({}), ", parameter(value, depth)?),
        ("quoted", [value]) if kind == "Escaped" => format!("Step::Quoted({}), ", parameter(value, depth)?),
        (name, []) if !CALLS.contains(&name) => format!("Step::{kind}({}), ", parameter(&tag.name, depth)?),
        _ => return Err(format!("a built-in template may not use {tag:?}")),
    };
    if tag.hash.is_empty() { Ok(step) } else { Err(format!("a built-in template may not use {tag:?}")) }
}

fn block(tag: &HelperTemplate, depth: usize) -> Result<String, String> {
    let refused = || format!("a built-in template may not use {tag:?}");
    let [value] = tag.params.as_slice() else { return Err(refused()) };
    if !tag.hash.is_empty() || tag.block_param.is_some() || tag.is_chained() {
        return Err(refused());
    }
    let path = parameter(value, depth)?;
    let within = |depth| tag.template.as_ref().map_or_else(|| Ok("&[]".to_owned()), |template| steps(template, depth));
    match (tag.name.as_name(), &tag.inverse) {
        (Some("if"), inverse) => {
            let inverse = inverse.as_ref().map_or_else(|| Ok("&[]".to_owned()), |template| steps(template, depth))?;
            Ok(format!("Step::If({path}, {}, {inverse}), ", within(depth)?))
        }
        (Some("with"), None) => Ok(format!("Step::With({path}, {}), ", within(depth + 1)?)),
        (Some("each"), None) => {
            let cost = tag.template.as_ref().map_or(0, weight).saturating_add(1);
            Ok(format!("Step::Each({path}, {cost}, {}), ", within(depth + 1)?))
        }
        _ => Err(refused()),
    }
}

fn parameter(parameter: &Parameter, depth: usize) -> Result<String, String> {
    let refused = || format!("a built-in template may not use {parameter:?}");
    let (Parameter::Path(_), Some(mut rest)) = (parameter, parameter.as_name()) else { return Err(refused()) };
    if rest == "@last" {
        return Ok("Path::Last".to_owned());
    }
    let mut up = 0;
    while let Some(outer) = rest.strip_prefix("../") {
        rest = outer;
        up += 1;
    }
    let names: Vec<&str> = rest.split('.').collect();
    let is_name = |name: &&str| {
        !name.is_empty() && *name != "this" && name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_')
    };
    if up > depth || !names.iter().all(is_name) {
        return Err(refused());
    }
    Ok(format!("Path::Fields({up}, &{names:?})"))
}
