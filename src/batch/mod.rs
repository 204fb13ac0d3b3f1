//! What to build, in what order, to disk. The one place that names every stage.

mod error;
mod event;
pub mod evidence;
mod job;
mod lock;
pub mod manifest;
mod plan;
mod run;
mod shard;
mod sheets;
mod survey;
mod teller;
mod write;

pub use error::BatchError;
pub use event::{Change, Event, Observer, Reason, SheetCounts, Summary, Unit, Unwatched, Withholding};
pub use job::{Built, BuiltFile, Document, Format, Job, Selection, Subject, Unpublished};
pub use run::run;
pub(crate) use run::write_briefing;
pub use shard::{Shard, ShardError};
pub use sheets::{Loaded, Sheets, load, load_files};
pub use survey::{Visited, survey};
pub(crate) use write::set_permissions;
