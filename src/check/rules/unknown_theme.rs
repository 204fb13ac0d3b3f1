//! `unknown-theme`: an indicator of the sheet's own is of a theme that briefings do not have.

use super::{Context, Rule};
use crate::diag::{Diagnostic, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "unknown-theme",
    severity: Severity::Warning,
    explanation: "\
an indicator of the sheet's own is of a theme that briefings do not have.

What it does: looks up the theme of every entry of the sheet's `indicators:`.
Why it matters: a briefing goes theme by theme; a figure of no theme is checked, and left out.
What to do: choose one of the themes; the help names them.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let themes: Vec<&str> = context.facts.catalog.indicators.themes().iter().map(|theme| theme.id.as_str()).collect();
    for indicator in context.facts.sheet.indicators.values() {
        if themes.contains(&indicator.theme.as_str()) {
            continue;
        }
        let known = format!("the themes are {}", themes.join(", "));
        let help = context.did_you_mean(&indicator.theme, &themes).unwrap_or(known);
        let message =
            format!("the indicator `{}` is of the theme `{}`, which does not exist", indicator.id, indicator.theme);
        let file = &context.facts.sheet.file;
        found.push(
            Diagnostic::warning("unknown-theme", message)
                .at(file, indicator.span, "checked, but in no briefing")
                .help(help),
        );
    }
}
