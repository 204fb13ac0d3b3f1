//! A run as it is told on stderr: a bar on a terminal, a few plain lines elsewhere, JSON lines for machines, nothing for the quiet.

#![allow(missing_docs, dead_code, clippy::unwrap_used, clippy::panic)]

mod log;
mod plain;
mod terminal;
#[path = "../cli/world.rs"]
mod world;

use world::World;

const ENGLISH_MARKDOWN: [&str; 5] = ["--all", "--format", "md", "--lang", "en"];

fn break_lang_son(world: &World) {
    world.change("fixtures/lang-son.yaml", "province: lang-son", "province: lang-son\nunknown-key: 1");
}

/// Gives a file's place to a folder, so that it cannot be written.
fn bar_the_way(world: &World, name: &str) {
    std::fs::create_dir_all(world.path(&format!("reports/2026-Q3/{name}/inside"))).unwrap();
}
