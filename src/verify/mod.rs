//! A PDF verified from itself alone, or a folder of them against its manifest: what is inside is checked again, written again and set again, and held against what the file shows.
//!
//! The steps, one file each: `file` asks whether it can be read, whether it is ours, whether a byte was changed; `attachments` compares
//! hashes; `sheets` checks the sheets again; `markdown` writes the briefing again; `pages` sets it again and compares text and bytes. Every step
//! that can run does, whatever the others found.

mod attachments;
mod codes;
mod difference;
mod file;
mod finding;
mod folder;
mod markdown;
mod pages;
mod peers;
mod sheets;

pub use codes::{CODES, Code};
pub use finding::{Finding, Identity, Verdict};
pub use folder::{FolderVerdict, Record, ReportVerdict, verify_folder};
pub use peers::Peers;

use crate::catalog::Catalog;
use crate::typeset::Fonts;

/// What files are verified with.
pub struct Means<'a> {
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// The fonts.
    pub fonts: &'a Fonts,
    /// Where the sheets are looked up that PDFs of communes do not carry.
    pub peers: &'a Peers,
}

/// Verifies a PDF, given with the path that messages call it by.
pub fn verify(path: &str, bytes: &[u8], means: &Means<'_>) -> Verdict {
    let mut verdict = Verdict::new(path);
    let Some(opened) = file::open(bytes, &mut verdict) else { return verdict };
    let Some(inside) = attachments::read(&opened, &mut verdict) else { return verdict };
    let checked = sheets::check_again(&inside, means, &mut verdict);
    let written =
        checked.as_deref().and_then(|checked| markdown::write_again(checked, &inside, means.catalog, &mut verdict));
    pages::set_again(
        &pages::File { bytes, opened: &opened, inside: &inside },
        checked.as_deref(),
        written.as_ref(),
        means,
        &mut verdict,
    );
    verdict
}
