//! The form of an official report: what Annex I of Decree 30/2020/NĐ-CP asks for, measured on the pages.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::float_arithmetic,
    reason = "a test that cannot read its input fails"
)]

use brief::diag::SourceFile;
use brief::language::Language;
use brief::office::Office;
use brief::typeset::layout::{BRIEFING, DECREE_30, LAYOUTS, Layout};
use brief::typeset::style::{Colour, PAGE_HEIGHT, PAGE_WIDTH, Weight};
use brief::typeset::{Document, ElementId, Fonts, FrameItem, GlyphRun, Page, Role, Settings, compare_numerals, set};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

mod head;
mod office;
mod own_fonts;
mod signature;
mod text;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::bundled().unwrap());

const ENGLISH: &str = include_str!("../typeset/nghe-an.en.md");
const VIETNAMESE: &str = include_str!("../typeset/nghe-an.vi.md");
const CONSTRUCTS: &str = include_str!("../typeset/constructs.md");
const OFFICE: &str = "\
parent: {vi: UBND tỉnh Nghệ An, en: People's Committee of Nghe An}
body: {vi: Sở Ngoại vụ, en: Department of Foreign Affairs}
number: 5
symbol: BC-SNgV
place: {vi: Nghệ An, en: Nghe An}
date: 2026-10-05
signer:
  authority: {vi: KT. Giám đốc, en: For the Director}
  post: {vi: Phó Giám đốc, en: Deputy Director}
  name: {vi: Nguyễn Thị Mẫu, en: Nguyen Thi Mau}
recipients: [{vi: UBND tỉnh, en: The province's People's Committee}, {vi: Bộ Ngoại giao, en: Ministry of Foreign Affairs}]
unit: {vi: VP, en: Office}
address: {vi: Số 1 đường Mẫu, en: 1 Sample Street}
";

fn both() -> BTreeSet<Language> {
    Language::ALL.into_iter().collect()
}

fn office() -> Office {
    load(OFFICE, &both()).unwrap()
}

fn load(text: &str, languages: &BTreeSet<Language>) -> Result<Office, Vec<String>> {
    let file = SourceFile::new("office.yaml", text);
    Office::load(&file, languages)
        .map_err(|faults| faults.iter().map(|fault| format!("{fault}; {}", fault.help)).collect())
}

fn decree(markdown: &str, office: Option<&Office>) -> Document {
    set(markdown, &Settings { office, ..Settings::new(&FONTS, &DECREE_30) }).unwrap()
}

fn runs(page: &Page) -> impl Iterator<Item = &GlyphRun> {
    page.items.iter().filter_map(|item| match item {
        FrameItem::Text(run) => Some(run),
        _ => None,
    })
}

/// A line of a page, set in one or several runs.
#[derive(Debug, Clone)]
struct Line {
    text: String,
    left: f32,
    right: f32,
    baseline: f32,
    size: f32,
    face: String,
    colour: Colour,
    element: Option<ElementId>,
}

/// The lines of a page: neighbouring runs of one element on one baseline.
fn lines(page: &Page) -> Vec<Line> {
    joined(page, |line, run| line.element == run.element)
}

/// The lines of a page, whatever elements they are of.
fn whole_lines(page: &Page) -> Vec<Line> {
    joined(page, |_, _| true)
}

fn joined(page: &Page, belongs: fn(&Line, &GlyphRun) -> bool) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for run in runs(page) {
        let right = run.x + run.width();
        match lines.last_mut() {
            Some(line) if (line.baseline - run.y).abs() < 0.01 && belongs(line, run) => {
                line.text.push_str(&run.text);
                line.right = right;
            }
            _ => lines.push(Line {
                text: run.text.clone(),
                left: run.x,
                right,
                baseline: run.y,
                size: run.size,
                face: FONTS.face(run.face).unwrap().name.clone(),
                colour: run.colour,
                element: run.element,
            }),
        }
    }
    for line in &mut lines {
        let plain = line.text.replace('\u{a0}', " ");
        plain.trim().clone_into(&mut line.text);
    }
    lines
}

#[track_caller]
fn line(page: &Page, text: &str) -> Line {
    let all = lines(page);
    let found = all.iter().find(|line| line.text == text);
    found
        .unwrap_or_else(|| panic!("no line `{text}` among {:?}", all.iter().map(|line| &line.text).collect::<Vec<_>>()))
        .clone()
}

fn mm(points: f32) -> f32 {
    points * 25.4 / 72.0
}

#[track_caller]
fn near(measured: f32, wanted: f32, within: f32) {
    assert!((measured - wanted).abs() <= within, "{measured} is not {wanted}");
}

/// The rules of a page, as left end, top, length, in points.
fn rules(page: &Page) -> Vec<(f32, f32, f32)> {
    let fills = page.items.iter().filter_map(|item| match item {
        FrameItem::Fill(fill) if fill.area.height < 1.0 => Some((fill.area.x, fill.area.y, fill.area.width)),
        _ => None,
    });
    fills.collect()
}

/// The rule right below a line.
#[track_caller]
fn rule_below(page: &Page, line: &Line) -> (f32, f32, f32) {
    let is_below = |rule: &&(f32, f32, f32)| {
        let centre = rule.0 + rule.2 / 2.0;
        rule.1 > line.baseline && rule.1 < line.baseline + 14.0 && centre > line.left && centre < line.right
    };
    *rules(page).iter().find(is_below).unwrap_or_else(|| panic!("no rule below `{}`", line.text))
}
