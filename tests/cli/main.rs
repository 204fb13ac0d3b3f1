//! The program as its users meet it: what they type, what they read, what they find in the folder afterwards.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod commands;
mod formats;
mod layouts;
mod manifest;
mod output;
mod provinces;
mod quarters;
mod runs;
mod shards;
mod sheets;
mod sources;
mod templates;
mod traced;
mod usage;
mod verify;
mod withheld;
mod world;
