//! The pages of the samples look as they did when they were last looked at. After a change that is meant to show:
//! `BRIEF_BLESS=1 cargo test --test visual` renews the images in `tests/visual/`; look at them, and at every page.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::float_arithmetic,
    reason = "a test that cannot read its input fails"
)]

#[path = "visual/compare.rs"]
mod compare;
#[path = "visual/path.rs"]
mod path;
#[path = "visual/png.rs"]
mod png;
#[path = "visual/raster.rs"]
mod raster;

use brief::pdf;
use brief::typeset::{Document, Fonts, FrameItem, layout};
use raster::Image;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const QUARTER: &str = "2026-Q3";
const RENEW: &str = "if it is meant, look at every page and renew the images: BRIEF_BLESS=1 cargo test --test visual";

fn images() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/visual")
}

/// The pages of all samples as the program makes them now, each under the name of its image.
fn sample_pages() -> BTreeMap<String, Image> {
    let out = tempfile::tempdir().unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_brief"))
        .args(["--all", "--quarter", QUARTER, "--quiet", "--format", "pdf", "--out"])
        .arg(out.path())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("SOURCE_DATE_EPOCH")
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "the sheets that are shipped make no reports: {status}");
    let files = fs::read_dir(out.path().join(QUARTER)).unwrap().map(|entry| entry.unwrap().path());
    let samples: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|kind| kind == "pdf")).collect();
    let pages = samples.par_iter().flat_map_iter(|path| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let pages = raster::pages(&fs::read(path).unwrap());
        pages.into_iter().enumerate().map(move |(index, page)| (format!("{name}-{}.png", index + 1), page))
    });
    pages.collect()
}

#[test]
fn the_pages_of_the_samples_look_as_they_did() {
    let pages = sample_pages();
    let is_image = |name: &String| Path::new(name).extension().is_some_and(|kind| kind == "png");
    let names = fs::read_dir(images()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let kept: BTreeSet<String> = names.filter(is_image).collect();
    if std::env::var_os("BRIEF_BLESS").is_some() {
        for name in kept.iter().filter(|name| !pages.contains_key(*name)) {
            fs::remove_file(images().join(name)).unwrap();
        }
        // An image that still fits is kept, so that other machines' roundings do not rewrite it.
        let is_new = |name: &String, page: &Image| {
            !kept.contains(name) || compare::difference(page, &png::load(&images().join(name))).is_some()
        };
        for (name, page) in pages.iter().filter(|(name, page)| is_new(name, page)) {
            png::save(page, &images().join(name));
        }
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/visual");
    let _ = fs::remove_dir_all(&folder);
    let mut faults: Vec<String> = kept
        .iter()
        .filter(|name| !pages.contains_key(*name))
        .map(|name| format!("{name}: there is no such page any more"))
        .collect();
    for (name, page) in &pages {
        if !kept.contains(name) {
            faults.push(format!("{name}: the page is new"));
            continue;
        }
        let expected = png::load(&images().join(name));
        if let Some(difference) = compare::difference(page, &expected) {
            fs::create_dir_all(&folder).unwrap();
            let parts = [("actual", page), ("expected", &expected), ("difference", &compare::marked(page, &expected))];
            for (part, image) in parts {
                png::save(image, &folder.join(name.replace(".png", &format!(".{part}.png"))));
            }
            let (sample, page) = name.trim_end_matches(".png").rsplit_once('-').unwrap();
            faults.push(format!("{sample}, page {page}: {difference}"));
        }
    }
    assert!(faults.is_empty(), "pages have changed; see target/visual/; {RENEW}\n{}", faults.join("\n"));
}

fn painted(document: &Document, fonts: &Fonts) -> Vec<Image> {
    raster::pages(&pdf::write(document, fonts, &[]).unwrap())
}

#[test]
fn a_figure_that_moves_by_a_millimetre_is_seen_and_found() {
    const MILLIMETRE: f32 = 72.0 / 25.4;
    let fonts = Fonts::bundled().unwrap();
    let mut document =
        layout("A line.\n\n| Year | Rate |\n|---|---:|\n| 2021 | 12.5 |\n\nAnother line.\n", &fonts).unwrap();
    let [before] = painted(&document, &fonts).try_into().ok().unwrap();
    assert_eq!(compare::difference(&painted(&document, &fonts)[0], &before), None, "the same page is the same");
    let figure = document.pages[0].items.iter_mut().find_map(|item| match item {
        FrameItem::Text(run) if run.text.contains("12.5") => Some(run),
        _ => None,
    });
    let figure = figure.unwrap();
    let (left, right, baseline) =
        (figure.x / MILLIMETRE, (figure.x + figure.width()) / MILLIMETRE, figure.y / MILLIMETRE);
    figure.x += MILLIMETRE;
    let after = painted(&document, &fonts).remove(0);
    let found = compare::difference(&after, &before).unwrap();
    let [x1, y1, x2, y2] = found.area;
    assert!(
        x1 > left - 0.5 && x2 < right + 1.5 && y1 > baseline - 4.0 && y2 < baseline + 1.0,
        "{found}, not at the figure"
    );
    assert!(x2 - x1 > 4.0 && found.percent > 0.0 && found.percent < 0.1, "{found}");
    let marked = compare::marked(&after, &before);
    let black = marked.levels.iter().filter(|level| **level < 5).count();
    assert!((1..200).contains(&black), "{black} pixels are marked");
}

#[test]
fn paint_lies_where_the_page_says() {
    let fonts = Fonts::bundled().unwrap();
    let page = painted(&layout("| A |\n|---|\n| b |\n", &fonts).unwrap(), &fonts).remove(0);
    let rows = page.levels.chunks(page.width);
    let darkest = rows.map(|row| row.iter().filter(|level| **level < Image::WHITE).count()).max().unwrap();
    // The rules of a table are as wide as the text block, 160 mm of 210.
    let wanted = page.width * 160 / 210;
    assert!(darkest.abs_diff(wanted) <= 2, "{darkest} pixels, not {wanted}");
}

#[test]
fn images_read_back_as_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    let image = Image { width: 3, height: 2, levels: vec![0, 7, 15, 3, 2, 1] };
    let path = folder.path().join("image.png");
    png::save(&image, &path);
    assert!(png::load(&path) == image);
}
