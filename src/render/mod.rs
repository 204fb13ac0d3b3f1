//! comparison, language and template to Markdown.
