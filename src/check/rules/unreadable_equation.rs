//! `unreadable-equation`: the text of an equation departs from its grammar.

use super::{Context, Rule};
use crate::check::relate::{Fault, within};
use crate::diag::{Diagnostic, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    code: "unreadable-equation",
    severity: Severity::Error,
    explanation: "\
the text of an equation departs from its grammar.

What it does: reads every `equation:`: numbers and fact ids, `+ - * / ( )`, and one of `=`, `<=` and `>=` between the two sides.
Why it matters: an equation that cannot be read checks nothing.
What to do: put spaces around every operator, since an id may hold hyphens; write numbers plainly, `1155` and `0.5`.
",
    check,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in context.faults() {
        let Fault::Equation(text, error) = fault else { continue };
        let message = format!("the equation cannot be read: {error}");
        let span = within(context.facts, text, error.offset, error.length);
        let help = "operators stand between spaces: `100 * part / whole = share`";
        found.push(
            context
                .error("unreadable-equation", message, span, format!("{} may stand here", error.expected))
                .help(help),
        );
    }
}
