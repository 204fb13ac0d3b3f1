//! `unknown-province`: the sheet's province is not in the catalogue.

use super::{Context, Rule};
use crate::diag::{Diagnostic, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "unknown-province",
    severity: Severity::Error,
    explanation: "\
the sheet's province is not in the catalogue, under any spelling.

What it does: looks up the province, former or present.
Why it matters: without it the sheet belongs to no briefing.
What to do: correct the spelling. `brief list provinces` names them all.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let province = &context.facts.sheet.province;
    if let Err(unknown) = context.facts.catalog.provinces.find(province) {
        found.push(
            context
                .error("unknown-province", unknown.to_string(), province.span, "not a province")
                .help("`brief list provinces` names them all, former and present"),
        );
    }
}
