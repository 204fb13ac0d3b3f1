//! Words to glyphs, in ems. Each word is shaped once in a document, whatever its size and colour.

use super::fonts::{FaceId, Fonts};
use super::style::{Cut, Family, Figures};
use harfrust::{BufferFlags, Direction, Feature, Script, ShapeOptions, ShapePlan, Shaper, Tag, UnicodeBuffer};
use skrifa::MetadataProvider;
use skrifa::charmap::Charmap;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;
use unicode_normalization::char::{compose, decompose_canonical, is_combining_mark};

/// A shaped word. Measures are ems.
#[derive(Debug, Default)]
pub(super) struct Word {
    pub glyphs: Vec<WordGlyph>,
    pub width: f32,
}

/// A glyph of a word. Measures are ems.
#[derive(Debug, Clone)]
pub(super) struct WordGlyph {
    pub face: FaceId,
    pub id: u16,
    pub advance: f32,
    pub x_offset: f32,
    pub y_offset: f32,
    /// The bytes of the word that it shows; empty for the later glyphs of a cluster.
    pub text: Range<usize>,
}

/// Shapes words, and remembers them.
pub(super) struct WordShaper<'a> {
    fonts: &'a Fonts,
    faces: Vec<Option<OpenFace<'a>>>,
    words: BTreeMap<Cut, BTreeMap<Box<str>, Rc<Word>>>,
    /// Those that run from right to left.
    leftward: BTreeMap<Cut, BTreeMap<Box<str>, Rc<Word>>>,
    chains: BTreeMap<Cut, Vec<FaceId>>,
    plans: BTreeMap<(FaceId, Figures, [u8; 4], bool), ShapePlan>,
    buffer: UnicodeBuffer,
    /// Letters that no font has.
    pub missing: BTreeSet<char>,
    /// Letters that a user's own family lacks, so that a bundled font lent them.
    pub lent: BTreeSet<char>,
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
            words: BTreeMap::new(),
            leftward: BTreeMap::new(),
            chains: BTreeMap::new(),
            plans: BTreeMap::new(),
            buffer: UnicodeBuffer::new(),
            missing: BTreeSet::new(),
            lent: BTreeSet::new(),
        }
    }

    /// The glyphs of a word. The text is in normal form C, so that a letter typed in parts finds its one glyph.
    pub(super) fn word(&mut self, text: &str, cut: Cut) -> Rc<Word> {
        if let Some(word) = self.words.get(&cut).and_then(|words| words.get(text)) {
            return Rc::clone(word);
        }
        let word = Rc::new(self.shape(text, cut, false));
        self.words.entry(cut).or_default().insert(text.into(), Rc::clone(&word));
        word
    }

    /// The glyphs of a word that runs from right to left, brackets mirrored; the first glyph is the one at the left.
    pub(super) fn word_right_to_left(&mut self, text: &str, cut: Cut) -> Rc<Word> {
        if let Some(word) = self.leftward.get(&cut).and_then(|words| words.get(text)) {
            return Rc::clone(word);
        }
        let word = Rc::new(self.shape(text, cut, true));
        self.leftward.entry(cut).or_default().insert(text.into(), Rc::clone(&word));
        word
    }

    /// Whether the font draws superiors of its own for every letter of a text. A font that has some digits only, as Liberation Serif does,
    /// counts as having none: marks must look alike.
    pub(super) fn has_superiors(&mut self, text: &str, cut: Cut) -> bool {
        self.draws_superiors("0123456789", cut) && self.draws_superiors(text, cut)
    }

    fn draws_superiors(&mut self, text: &str, cut: Cut) -> bool {
        let plain = self.word(text, Cut { figures: Figures::Proportional, ..cut });
        let superior = self.word(text, Cut { figures: Figures::Superior, ..cut });
        plain.glyphs.len() == superior.glyphs.len()
            && plain.glyphs.iter().zip(&superior.glyphs).all(|(plain, superior)| plain.id != superior.id)
    }

    fn shape(&mut self, text: &str, cut: Cut, leftward: bool) -> Word {
        let mut word = Word::default();
        let mut segments = self.segments(text, cut);
        if leftward {
            segments.reverse();
        }
        for (face, range) in segments {
            match face {
                Some(face) => {
                    if cut.family == Family::Serif && self.fonts.is_lent(face) {
                        self.lent.extend(text[range.clone()].chars().filter(|letter| letter.is_alphanumeric()));
                    }
                    self.shape_segment(text, range, (face, cut.figures, leftward), &mut word);
                }
                None => self.set_boxes(text, range, (cut, leftward), &mut word),
            }
        }
        word.width = word.glyphs.iter().map(|glyph| glyph.advance).sum();
        word
    }

    /// Cuts a text where the face changes that has its letters; `None` where no face has them.
    fn segments(&mut self, text: &str, cut: Cut) -> Vec<(Option<FaceId>, Range<usize>)> {
        let fonts = self.fonts;
        let chain = self.chains.entry(cut).or_insert_with(|| fonts.chain(cut)).clone();
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
        word: &mut Word,
    ) {
        let mut buffer = std::mem::take(&mut self.buffer);
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
        let plan = self.plans.entry(key).or_insert_with(|| make_plan(&face.shaper, direction, script, &features));
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
            word.glyphs.push(WordGlyph {
                face: id,
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                advance: em(position.x_advance, face.units_per_em),
                x_offset: em(position.x_offset, face.units_per_em),
                y_offset: em(position.y_offset, face.units_per_em),
                text: range.start + shown.start..range.start + shown.end,
            });
        }
        self.buffer = shaped.clear();
    }

    /// Letters that no font has: a white square for each, from the first face that has one.
    fn set_boxes(&mut self, text: &str, range: Range<usize>, (cut, leftward): (Cut, bool), word: &mut Word) {
        let chain = self.chains.get(&cut).cloned().unwrap_or_default();
        let square = chain.iter().copied().find_map(|face| Some((face, self.open(face)?.charmap.map(BOX)?)));
        let (face, id) = square.unwrap_or((FaceId(0), skrifa::GlyphId::NOTDEF));
        let letters = &text[range.clone()];
        self.missing.extend(letters.chars().filter(|letter| !is_ignorable(*letter)));
        let mut clusters: Vec<Range<usize>> = clusters(letters).collect();
        if leftward {
            clusters.reverse();
        }
        for cluster in clusters {
            word.glyphs.push(WordGlyph {
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
