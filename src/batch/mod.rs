//! What to build, in what order, to disk. The one place that names every stage.

mod allowances;
mod error;
mod event;
pub mod evidence;
mod folder;
mod group;
mod job;
mod lock;
mod make;
pub mod manifest;
mod name;
mod plan;
mod record;
mod run;
mod scan;
mod shard;
mod sheets;
pub mod statement;
mod stop;
mod survey;
mod teller;
mod write;

pub use error::BatchError;
pub use event::{Change, Event, Named, Observer, Reason, SheetCounts, Summary, Unwatched, Withholding};
pub use job::{Built, BuiltFile, Document, Format, Job, Selection, Subject, Unpublished};
pub(crate) use make::write_briefing;
pub use name::{FileName, NameError};
pub use run::run;
pub use shard::{Shard, ShardError, ShardRequest, UnknownShard};
pub use sheets::{Loaded, Sheets, load, load_files};
pub use stop::Stop;
pub use survey::{Visited, survey};
pub(crate) use write::set_permissions;
