//! `unknown-indicator`: an indicator is neither in the catalogue nor in the sheet's `indicators:`.

use super::{Context, Rule};
use crate::check::relate::Fault;
use crate::diag::{Diagnostic, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "unknown-indicator",
    severity: Severity::Error,
    explanation: "\
an indicator is neither in the catalogue nor in the sheet's `indicators:`.

What it does: looks up the indicator of every fact and of every derived operand.
Why it matters: without an indicator a figure has no unit, no kind and nobody to be compared with.
What to do: correct the spelling, or define the indicator in the sheet. `brief list indicators` names the known ones.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let derived = context.faults().filter_map(|fault| match fault {
        Fault::UnknownIndicator(indicator) => Some(*indicator),
        _ => None,
    });
    let indicators = context.facts.sheet.facts.iter().map(|fact| &fact.indicator);
    for indicator in indicators.chain(derived).filter(|indicator| context.facts.indicator(indicator).is_none()) {
        let catalogue = context.facts.catalog.indicators.iter().map(|known| known.id.as_str());
        let known = catalogue.chain(context.facts.sheet.indicators.keys().map(String::as_str));
        let help = context
            .did_you_mean(indicator, known)
            .unwrap_or_else(|| "define it under `indicators:` in the sheet, or see `brief list indicators`".to_owned());
        let message = format!("no indicator is called `{}`", indicator.value);
        found.push(context.error("unknown-indicator", message, indicator.span, "not in the catalogue").help(help));
    }
}
