//! SIGINT and SIGTERM: the first asks the run to stop, the second ends the process.

use crate::batch::Stop;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::io;

/// What a shell says of a process that a signal ended is this more than the signal's number.
const ENDED_BY_SIGNAL: i32 = 128;

/// Sees to it that from here on SIGINT (Ctrl-C) and SIGTERM (`kill`, systemd, Kubernetes) ask a run to stop, and that one more of
/// either ends the process at once, with 130 or 143.
///
/// # Errors
/// The system does not allow it.
pub(super) fn watch() -> io::Result<Stop> {
    let stop = Stop::default();
    for signal in [SIGINT, SIGTERM] {
        // In this order: the first signal finds the flag unset, and sets it.
        flag::register_conditional_shutdown(signal, ENDED_BY_SIGNAL + signal, stop.flag())?;
        flag::register(signal, stop.flag())?;
    }
    Ok(stop)
}
