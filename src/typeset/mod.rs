//! Markdown to pages.
