//! The office that issues a report: what the form of an official document says around the text. Read from a small YAML.

use crate::calendar::PartialDate;
use crate::diag::{ByteSpan, SourceFile};
use crate::language::Language;
use crate::sheet::{LocalText, Located, ScalarOr, Written, yaml};
use schemars::{JsonSchema, Schema};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::Path;

/// An example, with every key and what it is for.
pub const EXAMPLE: &str = include_str!("../docs/office.yaml");
/// No office needs a larger file.
const MAX_BYTES: u64 = 64 * 1024;
/// More recipients than any report has.
const MAX_RECIPIENTS: usize = 60;
/// The longest text of one box, in characters.
const MAX_TEXT: usize = 300;
/// Where to look when a fault alone does not tell what to write.
const FORM: &str = "`brief init` writes an example, `office.yaml`";

/// The issuing office. What it does not say is left open in the document, to be filled in by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Office {
    /// The body above it.
    pub parent: Option<LocalText>,
    /// The issuing body.
    pub body: Option<LocalText>,
    /// The document's number, as it is written.
    pub number: Option<String>,
    /// What follows the number, such as `BC-SNgV`.
    pub symbol: Option<String>,
    /// Where the document is issued.
    pub place: Option<LocalText>,
    /// When it is issued; where only month or year is given, the day is left open.
    pub date: Option<PartialDate>,
    /// In whose name or place the signer signs, such as `KT. Giám đốc`.
    pub authority: Option<LocalText>,
    /// The signer's post.
    pub post: Option<LocalText>,
    /// The signer's name.
    pub name: Option<LocalText>,
    /// Who receives the document.
    pub recipients: Vec<LocalText>,
    /// The unit that drafted it: it keeps a copy beside the records office.
    pub unit: Option<LocalText>,
    /// The office's address, for the foot of page 1.
    pub address: Option<LocalText>,
    /// The text that all this was read from, for the record.
    pub text: String,
}

/// What is wrong with an office's file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct OfficeFault {
    /// The file, and the line and column where the fault stands, as `path:line:column`.
    pub place: String,
    /// One sentence, lower case, without a full stop.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Text that is one for both languages, or one for each.
type RawText = Located<ScalarOr<BTreeMap<Language, String>>>;

/// The office that issues a report in the form of an official document.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Office")]
struct RawOffice {
    /// The body above the issuing one: one text, or one for each language.
    parent: Option<RawText>,
    /// The issuing body.
    body: Option<RawText>,
    /// The document's number, without its symbol. Left out, it is written in by hand.
    number: Option<RawText>,
    /// What follows the number and a stroke, such as `BC-SNgV`.
    symbol: Option<RawText>,
    /// Where the document is issued.
    place: Option<RawText>,
    /// The day of issue: `2026-10-05`. With `2026-10` or `2026`, the rest is written in by hand. Left out, it is the document's date.
    date: Option<Located<Written<PartialDate>>>,
    /// Who signs.
    signer: Option<RawSigner>,
    /// Who receives the document.
    #[serde(default)]
    recipients: Vec<RawText>,
    /// The unit that drafted the document, and keeps a copy.
    unit: Option<RawText>,
    /// The office's address, for the foot of page 1.
    address: Option<RawText>,
}

/// Who signs.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Signer")]
struct RawSigner {
    /// In whose name or place, such as `KT. Giám đốc`.
    authority: Option<RawText>,
    /// The signer's post.
    post: Option<RawText>,
    /// The signer's name.
    name: Option<RawText>,
}

impl Office {
    /// Reads an office's file, for documents in some languages.
    ///
    /// # Errors
    /// Every fault of the file, each with its line: it cannot be read, is not YAML, has an unknown key, lacks a text in one of the
    /// languages, or gives a text in the other one.
    pub fn read(path: &Path, languages: &BTreeSet<Language>) -> Result<Office, Vec<OfficeFault>> {
        let shown = path.display().to_string();
        let refuse =
            |message: String, help: &str| vec![OfficeFault { place: shown.clone(), message, help: help.into() }];
        let mut bytes = Vec::new();
        // A pipe would be waited for.
        let read = fs::metadata(path).and_then(|metadata| {
            if !metadata.is_file() {
                return Err(std::io::Error::other("it is no file"));
            }
            fs::File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)
        });
        read.map_err(|error| {
            refuse(format!("cannot be read: {error}"), "name the office's file with `--office FILE`")
        })?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(refuse("is larger than any office needs".to_owned(), FORM));
        }
        let text = String::from_utf8(bytes).map_err(|_| refuse("is not UTF-8".to_owned(), "save it as UTF-8"))?;
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
            return Err(refuse("says nothing".to_owned(), FORM));
        }
        Office::load(&SourceFile::new(shown.clone(), text), languages)
    }

    /// Reads an office from a file's text; see [`Office::read`].
    ///
    /// # Errors
    /// Every fault of the text, with its line.
    pub fn load(file: &SourceFile, languages: &BTreeSet<Language>) -> Result<Office, Vec<OfficeFault>> {
        let raw: RawOffice = yaml::parse(file.text()).map_err(|faults| {
            let told = faults.into_iter().map(|fault| {
                let help = fault.help.unwrap_or_else(|| FORM.to_owned());
                OfficeFault { place: place(file, fault.span), message: fault.message, help }
            });
            told.collect::<Vec<OfficeFault>>()
        })?;
        let mut reader = Reader { file, languages, faults: Vec::new() };
        let signer = raw.signer.unwrap_or_default();
        if let Some(extra) = raw.recipients.get(MAX_RECIPIENTS) {
            let message = format!("more than {MAX_RECIPIENTS} recipients");
            reader.fault(extra.span, message, "name groups of them in one line each");
        }
        let office = Office {
            parent: reader.words("parent", raw.parent),
            body: reader.words("body", raw.body),
            number: reader.number(raw.number),
            symbol: reader.one("symbol", raw.symbol),
            place: reader.name("place", raw.place),
            date: raw.date.map(|date| date.value.0),
            authority: reader.words("authority", signer.authority),
            post: reader.words("post", signer.post),
            name: reader.name("name", signer.name),
            recipients: raw
                .recipients
                .into_iter()
                .filter_map(|recipient| reader.words("recipients", Some(recipient)))
                .collect(),
            unit: reader.words("unit", raw.unit),
            address: reader.name("address", raw.address),
            text: file.text().to_owned(),
        };
        if reader.faults.is_empty() { Ok(office) } else { Err(reader.faults) }
    }
}

/// The JSON Schema of an office's file, for editors.
pub fn schema() -> Schema {
    schemars::schema_for!(RawOffice)
}

fn place(file: &SourceFile, span: ByteSpan) -> String {
    let (line, column) = file.line_column(span.start);
    format!("{}:{line}:{column}", file.path())
}

/// Turns what the file says into texts, and notes what is wrong with them.
struct Reader<'a> {
    file: &'a SourceFile,
    languages: &'a BTreeSet<Language>,
    faults: Vec<OfficeFault>,
}

impl Reader<'_> {
    fn fault(&mut self, span: ByteSpan, message: String, help: &str) {
        self.faults.push(OfficeFault { place: place(self.file, span), message, help: help.to_owned() });
    }

    /// A name, which may be the same in every language.
    fn name(&mut self, key: &str, raw: Option<RawText>) -> Option<LocalText> {
        let Located { value, span } = raw?;
        let text = match value {
            ScalarOr::Scalar(text) => LocalText::Same(text.unwrap_or_else(|| self.file.slice(span).to_owned())),
            ScalarOr::Mapping(texts) => LocalText::Each(texts),
        };
        for language in self.languages {
            match text.in_language(*language).map(str::trim) {
                None => {
                    let message = format!("`{key}` has no text in the language `{language}`");
                    self.fault(span, message, &format!("add `{language}: …`"));
                }
                Some("") => {
                    let help = "write it, or take the key out: the place is then left open, to be filled in by hand";
                    self.fault(span, format!("`{key}` is empty"), help);
                }
                Some(text) if text.chars().count() > MAX_TEXT => {
                    self.fault(span, format!("`{key}` is longer than {MAX_TEXT} characters"), "shorten it");
                }
                Some(text) if text.contains(char::is_control) => {
                    self.fault(span, format!("`{key}` holds more than one line"), "write it on one line");
                }
                Some(_) => {}
            }
        }
        Some(text)
    }

    /// Words, which belong to one language.
    fn words(&mut self, key: &str, raw: Option<RawText>) -> Option<LocalText> {
        let span = raw.as_ref()?.span;
        let text = self.name(key, raw)?;
        if self.languages.contains(&Language::En)
            && let Some(words) = text.in_language(Language::En).filter(|words| is_vietnamese(words))
        {
            let message = format!("`{key}` is Vietnamese, and an English document is asked for: `{words}`");
            self.fault(span, message, "write it as {en: …, vi: …}");
        }
        Some(text)
    }

    /// A text that is the same in every language by its nature.
    fn one(&mut self, key: &str, raw: Option<RawText>) -> Option<String> {
        let span = raw.as_ref()?.span;
        match self.name(key, raw)? {
            LocalText::Same(text) => Some(text.trim().to_owned()),
            LocalText::Each(_) => {
                self.fault(span, format!("`{key}` is the same in every language"), "write it once");
                None
            }
        }
    }

    fn number(&mut self, raw: Option<RawText>) -> Option<String> {
        let span = raw.as_ref()?.span;
        let number = self.one("number", raw)?;
        if !number.starts_with(|sign: char| sign.is_ascii_digit()) || !number.chars().all(char::is_alphanumeric) {
            let help = "write the number alone, such as 15; what follows the stroke is `symbol`";
            self.fault(span, format!("`{number}` is not the number of a document"), help);
        }
        Some(number)
    }
}

/// Whether a text has letters that English does not.
fn is_vietnamese(text: &str) -> bool {
    text.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii())
}
