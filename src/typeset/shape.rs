//! Words to glyphs, in ems. Each word is shaped once, whatever its size and colour.

use super::fonts::{FaceId, Fonts};
use super::style::{Cut, Family, Figures};
use super::words::{Lacking, Manner, Vocabulary, Way, Word, WordGlyph, WordId};
use harfrust::{BufferFlags, Direction, Feature, Script, ShapeOptions, ShapePlan, Shaper, Tag, UnicodeBuffer};
use skrifa::MetadataProvider;
use skrifa::charmap::Charmap;
use std::collections::BTreeMap;
use std::ops::Range;
use unicode_normalization::char::{compose, decompose_canonical, is_combining_mark};

/// What shaping words brings forth and needs again, in whatever document: words, and ways to shape them.
pub(super) struct Desk {
    vocabulary: Vocabulary,
    chains: BTreeMap<Cut, Vec<FaceId>>,
    plans: BTreeMap<(FaceId, Figures, [u8; 4], bool), ShapePlan>,
    buffer: UnicodeBuffer,
}

impl Desk {
    pub(super) fn new() -> Desk {
        Desk {
            vocabulary: Vocabulary::new(),
            chains: BTreeMap::new(),
            plans: BTreeMap::new(),
            buffer: UnicodeBuffer::new(),
        }
    }

    /// Whether it holds more than the next document should find on it.
    pub(super) fn is_full(&self) -> bool {
        self.vocabulary.is_full()
    }
}

/// Shapes the words of a document, and remembers them.
pub(super) struct WordShaper<'a> {
    fonts: &'a Fonts,
    faces: Vec<Option<OpenFace<'a>>>,
    desk: Desk,
    /// Of the word that is being shaped.
    lacking: Lacking,
    /// Of all words of the document.
    lacking_so_far: Lacking,
    /// Whether a cut has superiors of its own for all digits.
    superior_digits: BTreeMap<Cut, bool>,
}

struct OpenFace<'a> {
    shaper: Shaper<'a>,
    charmap: Charmap<'a>,
    units_per_em: f32,
}

impl<'a> WordShaper<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> WordShaper<'a> {
        WordShaper {
            fonts,
            faces: fonts.ids().map(|_| None).collect(),
            desk: fonts.desk(),
            lacking: Lacking::default(),
            lacking_so_far: Lacking::default(),
            superior_digits: BTreeMap::new(),
        }
    }

    /// Clears up for the next document; tells which letters this one lacks.
    pub(super) fn finish(self) -> Lacking {
        self.fonts.clear(self.desk);
        self.lacking_so_far
    }

    /// A word by its place.
    pub(super) fn get(&self, id: WordId) -> &Word {
        self.desk.vocabulary.word(id)
    }

    /// The glyphs of a word. The text is in normal form C, so that a letter typed in parts finds its one glyph.
    pub(super) fn word(&mut self, text: &str, cut: Cut) -> WordId {
        self.find_or_shape(text, cut, Way::Own)
    }

    /// The glyphs of a word that runs from right to left, brackets mirrored; the first glyph is the one at the left.
    pub(super) fn word_right_to_left(&mut self, text: &str, cut: Cut) -> WordId {
        self.find_or_shape(text, cut, Way::Leftward)
    }

    /// The hyphen of a divided word: shown as a hyphen, read as a soft one, so that the word stays whole for search and for screen
    /// readers.
    pub(super) fn hyphen(&mut self, cut: Cut) -> WordId {
        self.find_or_shape(SOFT_HYPHEN, cut, Way::Hyphen)
    }

    /// The width of a word, in ems.
    pub(super) fn width(&mut self, text: &str, cut: Cut) -> f32 {
        let word = self.word(text, cut);
        self.get(word).width
    }

    fn find_or_shape(&mut self, text: &str, cut: Cut, way: Way) -> WordId {
        let manner = Manner::new(cut, way);
        let id = self.desk.vocabulary.find(text, manner).unwrap_or_else(|| {
            let mut glyphs = self.shape(if way == Way::Hyphen { "-" } else { text }, cut, way == Way::Leftward);
            if way == Way::Hyphen {
                for glyph in &mut glyphs {
                    glyph.text = 0..text.len();
                }
            }
            let word = Word::new(text, glyphs, std::mem::take(&mut self.lacking));
            self.desk.vocabulary.add(word, manner)
        });
        if let Some(lacking) = &self.desk.vocabulary.word(id).lacking {
            self.lacking_so_far.missing.extend(&lacking.missing);
            self.lacking_so_far.lent.extend(&lacking.lent);
        }
        id
    }

    /// Whether the font draws superiors of its own for every letter of a text. A font that has some digits only, as Liberation Serif does,
    /// counts as having none: marks must look alike.
    pub(super) fn has_superiors(&mut self, text: &str, cut: Cut) -> bool {
        let has_digits = self.superior_digits.get(&cut).copied().unwrap_or_else(|| {
            let has_digits = self.draws_superiors("0123456789", cut);
            self.superior_digits.insert(cut, has_digits);
            has_digits
        });
        has_digits && self.draws_superiors(text, cut)
    }

    fn draws_superiors(&mut self, text: &str, cut: Cut) -> bool {
        let plain = self.word(text, Cut { figures: Figures::Proportional, ..cut });
        let superior = self.word(text, Cut { figures: Figures::Superior, ..cut });
        let (plain, superior) = (self.get(plain), self.get(superior));
        plain.glyphs.len() == superior.glyphs.len()
            && plain.glyphs.iter().zip(&superior.glyphs).all(|(plain, superior)| plain.id != superior.id)
    }

    fn shape(&mut self, text: &str, cut: Cut, leftward: bool) -> Vec<WordGlyph> {
        let mut glyphs = Vec::new();
        let mut segments = self.segments(text, cut);
        if leftward {
            segments.reverse();
        }
        for (face, range) in segments {
            match face {
                Some(face) => {
                    if cut.family == Family::Serif && self.fonts.is_lent(face) {
                        self.lacking.lent.extend(text[range.clone()].chars().filter(|letter| letter.is_alphanumeric()));
                    }
                    self.shape_segment(text, range, (face, cut.figures, leftward), &mut glyphs);
                }
                None => self.set_boxes(text, range, (cut, leftward), &mut glyphs),
            }
        }
        glyphs
    }

    /// Cuts a text where the face changes that has its letters; `None` where no face has them.
    fn segments(&mut self, text: &str, cut: Cut) -> Vec<(Option<FaceId>, Range<usize>)> {
        let fonts = self.fonts;
        let chain = self.desk.chains.entry(cut).or_insert_with(|| fonts.chain(cut)).clone();
        // A word in one face, even the second best, looks better than a word with one strange letter.
        let mut whole = chain.iter().copied().filter(|face| !fonts.is_lent(*face));
        if let Some(face) = whole.find(|face| self.covers(*face, text)) {
            return vec![(Some(face), 0..text.len())];
        }
        let mut segments: Vec<(Option<FaceId>, Range<usize>)> = Vec::new();
        for range in clusters(text) {
            let letters = &text[range.clone()];
            let face = chain.iter().copied().find(|face| self.covers(*face, letters));
            match segments.last_mut() {
                Some((last, whole)) if *last == face => whole.end = range.end,
                _ => segments.push((face, range)),
            }
        }
        segments
    }

    fn covers(&mut self, face: FaceId, letters: &str) -> bool {
        self.open(face)
            .is_some_and(|face| letters.chars().all(|letter| is_ignorable(letter) || has_letter(&face.charmap, letter)))
    }

    fn open(&mut self, id: FaceId) -> Option<&OpenFace<'a>> {
        let slot = self.faces.get_mut(usize::from(id.0))?;
        if slot.is_none() {
            let face = self.fonts.face(id)?;
            *slot = Some(OpenFace {
                shaper: face.shaper()?,
                charmap: skrifa::FontRef::new(&face.data).ok()?.charmap(),
                units_per_em: f32::from(face.units_per_em),
            });
        }
        slot.as_ref()
    }

    fn shape_segment(
        &mut self,
        text: &str,
        range: Range<usize>,
        (id, figures, leftward): (FaceId, Figures, bool),
        glyphs: &mut Vec<WordGlyph>,
    ) {
        let mut buffer = std::mem::take(&mut self.desk.buffer);
        buffer.push_str(&text[range.clone()]);
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES | BufferFlags::DO_NOT_INSERT_DOTTED_CIRCLE);
        buffer.guess_segment_properties();
        if leftward {
            buffer.set_direction(Direction::RightToLeft);
        } else if text[range.clone()].contains(char::is_numeric) {
            // Numbers run from left to right, even in scripts that do not.
            buffer.set_direction(Direction::LeftToRight);
        }
        let (script, direction) = (buffer.script(), buffer.direction());
        let features = features(figures);
        let key = (id, figures, script.tag().to_be_bytes(), direction == Direction::RightToLeft);
        if self.open(id).is_none() {
            return;
        }
        let Some(Some(face)) = self.faces.get(usize::from(id.0)) else { return };
        let plan = self.desk.plans.entry(key).or_insert_with(|| make_plan(&face.shaper, direction, script, &features));
        let options = ShapeOptions::new().plan(Some(plan)).features(&features);
        let shaped = face.shaper.shape(buffer, options);
        let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        starts.push(range.len());
        starts.sort_unstable();
        starts.dedup();
        let mut previous = None;
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let start = info.cluster as usize;
            let next = starts.partition_point(|other| *other <= start);
            let end = starts.get(next).copied().unwrap_or(range.len());
            let shown = if previous == Some(start) { end..end } else { start..end };
            previous = Some(start);
            glyphs.push(WordGlyph {
                face: id,
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                advance: em(position.x_advance, face.units_per_em),
                x_offset: em(position.x_offset, face.units_per_em),
                y_offset: em(position.y_offset, face.units_per_em),
                text: range.start + shown.start..range.start + shown.end,
            });
        }
        self.desk.buffer = shaped.clear();
    }

    /// Letters that no font has: a white square for each, from the first face that has one.
    fn set_boxes(
        &mut self,
        text: &str,
        range: Range<usize>,
        (cut, leftward): (Cut, bool),
        glyphs: &mut Vec<WordGlyph>,
    ) {
        let chain = self.desk.chains.get(&cut).cloned().unwrap_or_default();
        let square = chain.iter().copied().find_map(|face| Some((face, self.open(face)?.charmap.map(BOX)?)));
        let (face, id) = square.unwrap_or((FaceId(0), skrifa::GlyphId::NOTDEF));
        let letters = &text[range.clone()];
        self.lacking.missing.extend(letters.chars().filter(|letter| !is_ignorable(*letter)));
        let mut clusters: Vec<Range<usize>> = clusters(letters).collect();
        if leftward {
            clusters.reverse();
        }
        for cluster in clusters {
            glyphs.push(WordGlyph {
                face,
                id: u16::try_from(id.to_u32()).unwrap_or(0),
                advance: BOX_ADVANCE,
                x_offset: 0.0,
                y_offset: 0.0,
                text: range.start + cluster.start..range.start + cluster.end,
            });
        }
    }
}

/// Where a word may be divided, in its text.
const SOFT_HYPHEN: &str = "\u{ad}";
/// What stands for a letter that no font has.
const BOX: char = '\u{25a1}';
/// How wide it is set, in ems.
const BOX_ADVANCE: f32 = 0.65;

/// Each letter with the marks that combine with it.
pub(super) fn clusters(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = letters.next()?;
        let joins = |letter: char| is_combining_mark(letter) || is_ignorable(letter);
        while letters.next_if(|(_, letter)| joins(*letter)).is_some() {}
        Some(start..letters.peek().map_or(text.len(), |(end, _)| *end))
    })
}

/// Whether a font has a letter and all that it is built on: Libertinus Serif Bold Italic draws ợ without ơ, as a mere dot.
pub(super) fn has_letter(charmap: &Charmap<'_>, letter: char) -> bool {
    if letter.is_ascii() {
        return charmap.map(letter).is_some();
    }
    let mut built: Option<char> = None;
    let mut is_whole = charmap.map(letter).is_some();
    decompose_canonical(letter, |part| {
        built = match built {
            None => Some(part),
            Some(base) => compose(base, part).inspect(|step| is_whole &= charmap.map(*step).is_some()).or(built),
        };
    });
    is_whole
}

/// Letters without a look of their own.
fn is_ignorable(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

fn make_plan(shaper: &Shaper<'_>, direction: Direction, script: Script, features: &[Feature]) -> ShapePlan {
    ShapePlan::new(shaper, direction, Some(script), None, features)
}

fn features(figures: Figures) -> Vec<Feature> {
    let on = |tag: &[u8; 4]| Feature::new(Tag::new(tag), 1, ..);
    match figures {
        Figures::Proportional => vec![on(b"lnum"), on(b"pnum")],
        Figures::Tabular => vec![on(b"lnum"), on(b"tnum")],
        Figures::Superior => vec![on(b"sups")],
    }
}

#[expect(clippy::cast_precision_loss, reason = "font units are small")]
fn em(units: i32, units_per_em: f32) -> f32 {
    units as f32 / units_per_em
}
