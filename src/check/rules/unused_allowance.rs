//! `unused-allowance`: an entry of `allow:` matched no diagnostic.

use super::{Context, Rule};
use crate::diag::{Diagnostic, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "unused-allowance",
    severity: Severity::Warning,
    explanation: "\
an entry of `allow:` matched no diagnostic.

What it does: counts what each allowance matched.
Why it matters: an allowance that outlived its cause would hide the next fault of that kind.
What to do: remove it, or correct its code or fact.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (place, allowance) in context.facts.sheet.allowances.iter().enumerate() {
        let unknown_fact = allowance.fact.as_ref().is_some_and(|fact| !context.facts.knows(fact));
        let code = allowance.code.value.as_str();
        // Without the texts, nobody can tell.
        let untold = context.provenance.is_none() && super::NEED_TEXTS.contains(&code);
        if unknown_fact || untold || context.matched.contains(&place) {
            continue;
        }
        let known = || super::RULES.iter().map(|rule| rule.code);
        let (message, help) = if !known().any(|known| known == code) {
            let help =
                context.did_you_mean(code, known()).unwrap_or_else(|| "`brief explain` lists the codes".to_owned());
            (format!("no diagnostic that can be allowed has the code `{code}`"), help)
        } else if allowance.reason.value.trim().is_empty() {
            let help = "say why the diagnostic is accepted: readers of the briefing are told how many are";
            (format!("the allowance of `{code}` gives no reason, and so allows nothing"), help.to_owned())
        } else if let Some(until) =
            allowance.until.filter(|until| context.today.is_some_and(|today| until.last_day() < today))
        {
            let help =
                "see whether the diagnostic still stands; if it does, mend it, or give a later date and a reason";
            (format!("the allowance of `{code}` ended with {until}"), help.to_owned())
        } else if context.known_by.is_some() {
            // It may match what was published since.
            continue;
        } else {
            let of = allowance.fact.as_ref().map(|fact| format!(" of `{}`", fact.value)).unwrap_or_default();
            (
                format!("the allowance of `{code}`{of} matched nothing"),
                "remove it, or correct its code or fact".to_owned(),
            )
        };
        found.push(
            Diagnostic::warning("unused-allowance", message)
                .at(&context.facts.sheet.file, allowance.code.span, "")
                .help(help),
        );
    }
}
