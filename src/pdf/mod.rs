//! pages to bytes.
