//! What to build, in what order, to disk. The one place that names every stage.

mod job;
mod lock;
mod shard;
mod sheets;
mod write;

pub use job::{BatchError, Built, Document, Format, Job, Selection, Subject, run};
pub use shard::{Shard, ShardError};
pub use sheets::{Loaded, Sheets, load};
