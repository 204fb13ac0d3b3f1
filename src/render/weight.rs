//! What a template costs of the budget. The build script has this file too.

use handlebars::Template;
use handlebars::template::{HelperTemplate, TemplateElement};

/// How many elements a template renders if each of its blocks is rendered once.
pub(super) fn weight(template: &Template) -> usize {
    let of_block = |block: &HelperTemplate| {
        1 + block.params.len() + [&block.template, &block.inverse].into_iter().flatten().map(weight).sum::<usize>()
    };
    let elements = template.elements.iter().map(|element| match element {
        TemplateElement::HelperBlock(block)
        | TemplateElement::Expression(block)
        | TemplateElement::HtmlExpression(block) => of_block(block),
        _ => 1,
    });
    elements.sum()
}
