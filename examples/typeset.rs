//! Typesets a Markdown file: `cargo run --example typeset -- briefing.md briefing.pdf`.
#![allow(clippy::print_stderr, reason = "an example has no other door")]

use brief::{pdf, typeset};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(input), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("usage: typeset MARKDOWN PDF".into());
    };
    let fonts = typeset::Fonts::bundled()?;
    let document = typeset::layout(&std::fs::read_to_string(input)?, &fonts)?;
    for warning in &document.warnings {
        eprintln!("warning: {warning}");
    }
    std::fs::write(output, pdf::write(&document, &fonts, &[])?)?;
    Ok(())
}
