//! what to build, in what order, to disk.
