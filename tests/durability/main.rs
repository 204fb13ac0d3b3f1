//! What is left in the folder when a run is killed, stopped, locked out, or finds the disk full: each for real, with processes
//! that die and file systems that are full. Every report is whole, the old one or the new, and the next run mends the rest.

#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::expect_used)]

mod disk;
mod kill;
mod links;
mod lock;
mod scene;
mod signals;
mod system_calls;
#[allow(dead_code)]
#[path = "../cli/world.rs"]
mod world;
