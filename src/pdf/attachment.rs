//! Files that travel inside a PDF.

/// A file inside a PDF, associated with the whole document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The file's name, unique in the document.
    pub name: String,
    /// Its media type, such as `application/yaml`.
    pub media_type: &'static str,
    /// What it is, in the document's language, for the reader's list of attachments.
    pub description: String,
    /// What it is to the document.
    pub relationship: Relationship,
    /// Its contents.
    pub bytes: Vec<u8>,
}

/// What an attached file is to the document: the names of ISO 32000-2 (7.11.3, `AFRelationship`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relationship {
    /// The document was made from it.
    Source,
    /// The figures behind the document.
    Data,
    /// It adds to the document.
    Supplement,
}
