//! `unknown-source`: a figure, partner or event names a source that the sheet does not list.

use super::{Context, Rule};
use crate::diag::{Diagnostic, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "unknown-source",
    severity: Severity::Error,
    explanation: "\
a figure, partner or event names a source that the sheet does not list.

What it does: looks up every source id.
Why it matters: a figure without a source must not reach a page.
What to do: correct the spelling, or add the source under `sources:`.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let sheet = context.facts.sheet;
    let printed = sheet.facts.iter().flat_map(|fact| &fact.printed).map(|printed| &printed.source);
    let partners = sheet.partners.iter().map(|partner| &partner.source);
    let events = sheet.events.iter().map(|event| &event.source);
    for source in printed.chain(partners).chain(events).filter(|source| context.facts.source(source).is_none()) {
        let help = context
            .did_you_mean(source, sheet.sources.keys())
            .unwrap_or_else(|| format!("add `{}:` under `sources:`", source.value));
        let message = format!("no source of this sheet is called `{}`", source.value);
        found.push(context.error("unknown-source", message, source.span, "not under `sources:`").help(help));
    }
}
