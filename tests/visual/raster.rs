//! Paints the pages of our PDFs in grey. It knows the operators that the program writes, and refuses every other: nothing that is drawn
//! goes unseen.

use super::path::{Matrix, Path, Step};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::FontRef;
use skrifa::{GlyphId, MetadataProvider};
use std::collections::BTreeMap;

/// Pixels to the inch: enough to see a letter move by half a millimetre.
pub(crate) const RESOLUTION: f32 = 60.0;

/// A page in grey, from 0, black, to [`Image::WHITE`].
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Image {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) levels: Vec<u8>,
}

impl Image {
    /// The highest of sixteen levels, which a pixel of four bits holds.
    pub(crate) const WHITE: u8 = 15;
}

/// The pages of a PDF.
pub(crate) fn pages(pdf: &[u8]) -> Vec<Image> {
    let document = Document::load_mem(pdf).unwrap();
    document.get_pages().into_values().map(|page| paint(&document, page)).collect()
}

/// A font: its outlines and widths by glyph, in ems.
struct Font {
    program: Vec<u8>,
    code_width: usize,
    widths: BTreeMap<u16, f32>,
    default_width: f32,
    outlines: BTreeMap<u16, Path>,
}

impl Font {
    fn outline(&mut self, glyph: u16) -> &Path {
        let program = &self.program;
        self.outlines.entry(glyph).or_insert_with(|| {
            let font = FontRef::new(program).unwrap();
            let outline = font.outline_glyphs().get(GlyphId::from(glyph)).unwrap();
            let mut path = Path::default();
            outline.draw(DrawSettings::unhinted(Size::new(1.0), LocationRef::default()), &mut path).unwrap();
            path
        })
    }
}

impl OutlinePen for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(Step::Move((x, y)));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(Step::Line((x, y)));
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.push(Step::Quadratic((x1, y1), (x, y)));
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.push(Step::Cubic((x1, y1), (x2, y2), (x, y)));
    }
    fn close(&mut self) {
        self.0.push(Step::Close);
    }
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    /// The grey of areas and letters, from 0, black, to 1.
    fill: f32,
    /// The grey of lines.
    line: f32,
    width: f32,
    has_round_ends: bool,
    dashes: Vec<f32>,
}

fn paint(document: &Document, page: ObjectId) -> Image {
    let media = document.get_dictionary(page).unwrap().get(b"MediaBox").unwrap().as_array().unwrap();
    let (width, height) = (number(&media[2]), number(&media[3]));
    let scale = RESOLUTION / 72.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a page is small")]
    let pixels = |points: f32| (points * scale).round() as usize;
    let fonts = document.get_page_fonts(page).unwrap();
    let mut painter = Painter {
        width: pixels(width),
        greys: vec![1.0; pixels(width) * pixels(height)],
        saved: Vec::new(),
        state: State {
            matrix: Matrix([scale, 0.0, 0.0, -scale, 0.0, height * scale]),
            fill: 0.0,
            line: 0.0,
            width: 1.0,
            has_round_ends: false,
            dashes: Vec::new(),
        },
        path: Path::default(),
        text: Matrix::IDENTITY,
        font: None,
        fonts: fonts.into_iter().map(|(name, dictionary)| (name, open_font(document, dictionary))).collect(),
    };
    for operation in Content::decode(&document.get_page_content(page)).unwrap().operations {
        painter.apply(&operation.operator, &operation.operands);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a grey is between 0 and 1")]
    let levels = painter.greys.iter().map(|grey| (grey * f32::from(Image::WHITE)).round() as u8).collect();
    Image { levels, width: pixels(width), height: pixels(height) }
}

struct Painter {
    width: usize,
    greys: Vec<f32>,
    saved: Vec<State>,
    state: State,
    path: Path,
    text: Matrix,
    font: Option<(Vec<u8>, f32)>,
    fonts: BTreeMap<Vec<u8>, Font>,
}

impl Painter {
    fn apply(&mut self, operator: &str, operands: &[Object]) {
        let n = |index: usize| number(&operands[index]);
        match operator {
            "q" => self.saved.push(self.state.clone()),
            "Q" => self.state = self.saved.pop().unwrap(),
            "cm" => self.state.matrix = matrix(operands).then(&self.state.matrix),
            "rg" | "g" => self.state.fill = grey(operands),
            "RG" | "G" => self.state.line = grey(operands),
            "w" => self.state.width = n(0),
            "J" => self.state.has_round_ends = operands[0].as_i64().unwrap() == 1,
            "d" => self.state.dashes = operands[0].as_array().unwrap().iter().map(number).collect(),
            "m" => self.path.0.push(Step::Move((n(0), n(1)))),
            "l" => self.path.0.push(Step::Line((n(0), n(1)))),
            "c" => self.path.0.push(Step::Cubic((n(0), n(1)), (n(2), n(3)), (n(4), n(5)))),
            "h" => self.path.0.push(Step::Close),
            "re" => self.path.rectangle((n(0), n(1)), (n(2), n(3))),
            "n" => self.path = Path::default(),
            "f" | "B" | "b" | "S" | "s" => {
                let path = std::mem::take(&mut self.path);
                if !matches!(operator, "S" | "s") {
                    self.fill(&path.transformed(&self.state.matrix), self.state.fill);
                }
                if operator != "f" {
                    let line = match path.dot() {
                        Some(at) if self.state.has_round_ends => Path::circle(at, self.state.width / 2.0),
                        _ => path.stroked(self.state.width, &self.state.dashes, matches!(operator, "b" | "s")),
                    };
                    self.fill(&line.transformed(&self.state.matrix), self.state.line);
                }
            }
            "BT" => self.text = Matrix::IDENTITY,
            "Tf" => self.font = Some((operands[0].as_name().unwrap().to_vec(), n(1))),
            "Tm" => self.text = matrix(operands),
            "Td" => self.text = Matrix([1.0, 0.0, 0.0, 1.0, n(0), n(1)]).then(&self.text),
            "Tj" => self.show(&operands[..1]),
            "TJ" => self.show(operands[0].as_array().unwrap()),
            // Ends of lines that go anywhere, and joints, are too small to be seen at this resolution.
            "ET" | "BMC" | "BDC" | "EMC" | "ri" | "i" | "j" | "M" => {}
            unknown => {
                panic!("the operator `{unknown}` is not known to the visual test: teach it to tests/visual/raster.rs")
            }
        }
    }

    /// Fills a path that is given in pixels.
    fn fill(&mut self, path: &Path, grey: f32) {
        let width = self.width;
        let height = self.greys.len() / width;
        path.cover(|x, y, coverage| {
            if let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y))
                && x < width
                && y < height
            {
                let under = &mut self.greys[y * width + x];
                *under += (grey - *under) * coverage.clamp(0.0, 1.0);
            }
        });
    }

    fn show(&mut self, items: &[Object]) {
        let (name, size) = self.font.clone().unwrap();
        let font = self.fonts.get_mut(&name).unwrap();
        let mut letters = Path::default();
        for item in items {
            let Object::String(bytes, _) = item else {
                self.text = Matrix([1.0, 0.0, 0.0, 1.0, -number(item) * size / 1000.0, 0.0]).then(&self.text);
                continue;
            };
            for code in bytes.chunks(font.code_width) {
                let glyph = code.iter().fold(0, |number, byte| number << 8 | u16::from(*byte));
                let width = font.widths.get(&glyph).copied().unwrap_or(font.default_width);
                let place = Matrix([size, 0.0, 0.0, size, 0.0, 0.0]).then(&self.text).then(&self.state.matrix);
                letters.0.extend(font.outline(glyph).transformed(&place).0);
                self.text = Matrix([1.0, 0.0, 0.0, 1.0, width * size, 0.0]).then(&self.text);
            }
        }
        self.fill(&letters, self.state.fill);
    }
}

fn number(object: &Object) -> f32 {
    object.as_float().unwrap()
}

fn matrix(operands: &[Object]) -> Matrix {
    let numbers: Vec<f32> = operands.iter().map(number).collect();
    Matrix(numbers.try_into().unwrap())
}

/// The grey of a colour, as a copier sees it.
fn grey(operands: &[Object]) -> f32 {
    match operands {
        [grey] => number(grey),
        [red, green, blue] => 0.299 * number(red) + 0.587 * number(green) + 0.114 * number(blue),
        _ => panic!("a colour has one part or three"),
    }
}

fn open_font(document: &Document, font: &Dictionary) -> Font {
    let resolve = |object: &Object| match object {
        Object::Reference(id) => document.get_object(*id).unwrap().clone(),
        object => object.clone(),
    };
    let descendants = resolve(font.get(b"DescendantFonts").unwrap());
    let descendant = resolve(&descendants.as_array().unwrap()[0]);
    let descendant = descendant.as_dict().unwrap();
    let descriptor = resolve(descendant.get(b"FontDescriptor").unwrap());
    let descriptor = descriptor.as_dict().unwrap();
    let file = |key: &[u8]| {
        let stream = resolve(descriptor.get(key).ok()?);
        Some(stream.as_stream().unwrap().get_plain_content().unwrap())
    };
    let program = file(b"FontFile2").or_else(|| file(b"FontFile3").map(open_type)).unwrap();
    let mut widths = BTreeMap::new();
    let listed = descendant.get(b"W").map(&resolve);
    let mut entries = listed.iter().flat_map(|list| list.as_array().unwrap()).map(resolve);
    while let Some(first) = entries.next() {
        let first = u16::try_from(first.as_i64().unwrap()).unwrap();
        match entries.next().unwrap() {
            Object::Array(list) => {
                widths.extend((first..).zip(list.iter().map(|width| number(width) / 1000.0)));
            }
            last => {
                let last = u16::try_from(last.as_i64().unwrap()).unwrap();
                let width = number(&entries.next().unwrap()) / 1000.0;
                widths.extend((first..=last).map(|glyph| (glyph, width)));
            }
        }
    }
    let default_width = descendant.get(b"DW").map_or(1.0, |width| number(width) / 1000.0);
    // Codes are two bytes where they are the glyphs' numbers by a predefined map, and one by our own.
    let code_width = if font.get(b"Encoding").unwrap().as_name().is_ok() { 2 } else { 1 };
    Font { program, code_width, widths, default_width, outlines: BTreeMap::new() }
}

/// A CFF font program as the OpenType file that font readers expect: with the tables that they ask for before they look at the outlines.
fn open_type(program: Vec<u8>) -> Vec<u8> {
    if program.starts_with(b"OTTO") {
        return program;
    }
    let mut head = vec![0; 54];
    head[..4].copy_from_slice(&[0, 1, 0, 0]);
    head[12..16].copy_from_slice(&0x5f0f_3cf5_u32.to_be_bytes());
    head[18..20].copy_from_slice(&1000_u16.to_be_bytes());
    let maxp = [0, 0, 0x50, 0, 0xff, 0xff].to_vec();
    let mut hhea = vec![0; 36];
    hhea[1] = 1;
    hhea[35] = 1;
    let tables = [(b"CFF ", program), (b"head", head), (b"hhea", hhea), (b"hmtx", vec![0; 4]), (b"maxp", maxp)];
    let mut file = b"OTTO".to_vec();
    file.extend([0, 5, 0, 64, 0, 2, 0, 16]);
    let mut offset = 12 + 16 * tables.len();
    for (tag, table) in &tables {
        file.extend_from_slice(*tag);
        for word in [0, offset, table.len()] {
            file.extend(u32::try_from(word).unwrap().to_be_bytes());
        }
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        file.extend_from_slice(&table);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    file
}
