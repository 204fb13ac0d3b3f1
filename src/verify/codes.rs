//! The codes of what can be wrong with a PDF, and what each means.

use crate::diag::Severity;

/// A fault that verification can find.
#[derive(Debug)]
pub struct Code {
    /// The code, kebab-case, naming the fault.
    pub code: &'static str,
    /// The gravest severity that it is reported with.
    pub severity: Severity,
    /// What it means and what to do; the first line completes "`code`: …".
    pub explanation: &'static str,
}

macro_rules! codes {
    ($($name:ident $code:literal $severity:ident $explanation:literal)*) => {
        $(pub(super) const $name: &str = $code;)*

        /// Every fault, in the order in which they are looked for.
        pub const CODES: &[Code] =
            &[$(Code { code: $code, severity: Severity::$severity, explanation: $explanation }),*];
    };
}

codes! {
    NOT_A_PDF "not-a-pdf" Error "\
the file is no PDF.

What it does: looks at the file's first bytes, whatever its name says.
What to do: verify the PDF itself, not the Markdown or a link to it.
"
    TRUNCATED_PDF "truncated-pdf" Error "\
the end of the PDF is missing.

Why it matters: a copy or a download broke off. What is left cannot be trusted to be all that the pages said.
What to do: get the file again from where it came from.
"
    ENCRYPTED_PDF "encrypted-pdf" Error "\
the PDF is encrypted, which a briefing never is.

What to do: get the file as it was made; one that was encrypted later is another file, even when the password is taken off again.
"
    UNREADABLE_PDF "unreadable-pdf" Error "\
the file begins as a PDF, and its parts cannot be found.

What to do: get the file again from where it came from.
"
    NOT_A_BRIEFING "not-a-briefing" Error "\
the PDF is not one that `brief` made.

What it does: looks for `evidence.json` among the files inside, and at the producer that the PDF names.
Why it matters: a PDF of another program, or one that was printed or saved anew from a briefing, carries nothing to verify it by.
What to do: ask for the PDF as `brief` wrote it.
"
    ALTERED_FILE "altered-file" Error "\
the bytes of the file are not those that its identity was made from.

What it does: computes the identity in the trailer again: SHA-256 of the file with zeros in its place.
Why it matters: somebody or something changed the file after it was made: an editor, a printer driver, a bad disk.
What to do: heed the other findings, which say where it shows; get the file again from where it came from.
"
    ALTERED_EVIDENCE "altered-evidence" Error "\
the statement of what the PDF was made from cannot be used.

What it does: reads `evidence.json` inside the PDF: the quarter, the language, the subject, the names of the files.
What to do: get the file again from where it came from.
"
    ALTERED_ATTACHMENT "altered-attachment" Error "\
a file inside the PDF is not the one that was put there.

What it does: compares the SHA-256 of each file inside with what `evidence.json` says of it.
What to do: trust neither that file nor the page that it is about; get the PDF again from where it came from.
"
    MISSING_ATTACHMENT "missing-attachment" Error "\
a file is no longer inside the PDF.

What to do: get the PDF again from where it came from.
"
    UNKNOWN_ATTACHMENT "unknown-attachment" Error "\
a file inside the PDF was not put there when it was made.

Why it matters: it looks like evidence and is none.
What to do: do not trust it; get the PDF again from where it came from.
"
    FAILED_SHEET "failed-sheet" Error "\
a fact sheet inside the PDF does not pass the checks of this program.

What it does: checks every sheet inside again, with every rule, as `brief check` does.
Why it matters: a briefing is made of sheets without errors only. Either the sheet was changed, or a later version of the program finds
what an earlier one did not.
What to do: see the finding; mend the sheet where it is kept, and make the briefing again.
"
    ALTERED_CHECKS "altered-checks" Error "\
the check result inside the PDF is not what the checks say of the sheets inside.

What it does: compares `checks.json` with the result of checking again. Of a PDF that another version made it is only noted: rules
and messages change.
"
    ALTERED_MARKDOWN "altered-markdown" Error "\
the Markdown inside the PDF is not what its sheets give.

What it does: compares the provinces and writes the briefing again, with the templates inside if there are any, and compares line by line. Of
a PDF that another version made, changed words are only a warning; changed numbers are an error.
Why it matters: a sheet or the Markdown was changed, and the other was not.
"
    ALTERED_PAGE "altered-page" Error "\
a page does not show what the Markdown says.

What it does: sets the Markdown again as pages, reads the text of both back, letter by letter, and names the first place on a page that differs; also
pictures and annotations, which a briefing has none of. Of a PDF that another version made, only numbers are compared, whatever their order.
Why it matters: this is how a figure is forged.
What to do: trust the Markdown and the sheets inside only if nothing is said of them; get the PDF again from where it came from.
"
    NOT_REPRODUCED "not-reproduced" Error "\
the PDF made again from what is inside is not the same file.

What it does: makes the whole PDF again and compares it byte for byte. This finds what reading text does not: a letter that is drawn as another, text
that is covered, a changed link, title or description.
What to do: get the PDF again from where it came from. Between releases, two builds of one version may set a page differently: then ask which build made it.
"
    OTHER_VERSION "other-version" Warning "\
another version of the program made the PDF, and it cannot be made again byte for byte.

What it does: relies on the identity, the hashes, the sheets, the Markdown and the numbers on the pages. That a number is drawn as it is read, only the
version that made the PDF can tell.
What to do: verify with that version, or make the briefing again with this one.
"
    OWN_FONTS "own-fonts" Warning "\
the PDF is set in fonts of its maker's own, and cannot be made again byte for byte.

What it does: relies, as of another version's PDF, on the identity, the hashes, the sheets, the Markdown and the numbers on the pages. Fonts are
not carried: their licences seldom allow it. Their SHA-256 is in `evidence.json`.
What to do: take the sheets out, make the briefing again with `--fonts DIR`, and compare the two files.
"
    OWN_TEMPLATES "own-templates" Warning "\
the PDF was written by templates or terms of its maker's own.

What it does: uses them, as they are inside, to make the PDF again. Their figures are traced as any others are; which figure stands beside which words,
and what the words say, is theirs.
What to do: read the templates inside, or trust whoever made the PDF.
"
}
