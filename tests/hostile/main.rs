//! Sheets, templates and folders of somebody who wants the program to do what it must not: write into another part of a document,
//! speak to a terminal, run without end.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod folders;
mod markdown;
mod outputs;
mod pdf;
mod sheets;
mod templates;
#[path = "../cli/world.rs"]
#[allow(dead_code)]
mod world;
