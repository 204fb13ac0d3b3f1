//! A PDF verified from itself alone: honest files pass, and each way of tampering gets an answer of its own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its input fails")]

#[path = "../pdf_reader/mod.rs"]
mod pdf_reader;

#[path = "../../examples/synthetic/generator/mod.rs"]
#[allow(dead_code, reason = "the example uses all of it")]
mod generator;

mod communes;
mod folder;
mod forge;
mod forged;
mod honest;
mod hostile;
mod made;
