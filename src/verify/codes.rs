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
    ABSENT_PEERS "absent-peers" Warning "\
sheets that a commune was compared with are neither inside its PDF nor where they were looked up.

What it does: relies on the identity, the hashes, the commune's own sheet and its check result, and the numbers on the pages against the Markdown
inside. A commune's PDF carries its own sheet; of the others, which its figures are ranked among, `evidence.json` has the SHA-256.
What to do: name the folder of the sheets with `--sheets DIR`. They are looked up by SHA-256, whatever their names, and must be as they were then.
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
    UNREADABLE_MANIFEST "unreadable-manifest" Error "\
the manifest of a folder cannot be used.

What it does: reads `manifest.json`, or those of parts, and goes on without: every PDF is verified as a single one is.
What to do: run the batch again, or merge its parts again; the reports that are as they should be are left alone.
"
    INCOMPLETE_PARTS "incomplete-parts" Warning "\
the folder has manifests of parts of a batch, and none of the whole.

What it does: holds the folder against the parts that are there. Whether that is all that there should be is not known.
What to do: run the parts that are missing, then `brief merge`.
"
    MISSING_REPORT "missing-report" Error "\
a report that the manifest tells of is not there, or cannot be read.

What to do: run the batch again: it makes what is missing.
"
    ALTERED_REPORT "altered-report" Error "\
a report is not the file that the manifest tells of.

What it does: compares size and SHA-256. That finds what looking into the file does not: another valid PDF in its place, or changed Markdown, which
carries no evidence of its own.
What to do: delete it and run the batch again, or restore it; find out who changed it.
"
    OTHER_MARKDOWN "other-markdown" Error "\
the Markdown of a document is not the one inside its PDF.

Why it matters: two forms of one document say different things. One was changed, or they were made by different runs.
What to do: run the batch again in both formats.
"
    MISPLACED_REPORT "misplaced-report" Error "\
a PDF lies under the name, or in the quarter, of another document.

What it does: compares the file's name with the subject and language that the PDF states, and the quarter with that of the manifest.
What to do: delete it and run the batch again.
"
    OTHER_SHEETS "other-sheets" Warning "\
a PDF was made from a sheet that the manifest does not record.

Why it matters: it was made from other sheets than the folder's other reports: by an earlier run, or by somebody else. A PDF of invented figures is
valid by itself; that its sheets are the issuer's is what the manifest is for.
What to do: run the batch again; if the finding stays, do not trust the file.
"
    UNRECORDED_FILE "unrecorded-file" Warning "\
a file lies among the reports and no manifest tells of it.

What it does: looks at every file that is not hidden, down to the folders of provinces.
What to do: move it away if it is no report; if it is one of an earlier batch, delete it.
"
}
