//! The folder of sheets, looked over before anything is checked: what each sheet is about, and a hash of what it says. A run goes on with
//! one group of localities at a time, so that memory holds no more than that.

use super::statement::hash;
use crate::catalog::{Catalog, Group, Locality};
use crate::sheet::{self, ReadSheetError};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// A sheet that was looked over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scanned {
    /// Where it is.
    pub(super) path: PathBuf,
    /// SHA-256 of its text, if it could be read.
    pub(super) sha256: Option<String>,
    /// What it is about, as far as its first lines tell.
    pub(super) locality: Option<Locality>,
    group: Group,
}

impl Scanned {
    /// The name of its file.
    pub(super) fn name(&self) -> Cow<'_, str> {
        self.path.file_name().map(OsStr::to_string_lossy).unwrap_or_default()
    }
}

/// The sheets of a folder, by the groups that are compared with each other, each in the order of their paths.
///
/// # Errors
/// The folder cannot be opened, or holds no sheet. A sheet that cannot be read is a fault of that sheet.
pub(super) fn scan(path: &Path, catalog: &Catalog) -> Result<BTreeMap<Group, Vec<Scanned>>, ReadSheetError> {
    let paths = sheet::sheet_paths(path)?;
    let scanned: Vec<Scanned> = paths.into_par_iter().map(|path| look_over(path, catalog)).collect();
    let mut groups: BTreeMap<Group, Vec<Scanned>> = BTreeMap::new();
    for sheet in scanned {
        groups.entry(sheet.group.clone()).or_default().push(sheet);
    }
    Ok(groups)
}

fn look_over(path: PathBuf, catalog: &Catalog) -> Scanned {
    let Ok(file) = sheet::read_file(&path) else {
        let locality = guess_locality(&path, "", catalog);
        return Scanned { group: group_of(locality.as_ref(), ""), path, sha256: None, locality };
    };
    let locality = guess_locality(&path, file.text(), catalog);
    let group = group_of(locality.as_ref(), file.text());
    Scanned { path, sha256: Some(hash(file.text().as_bytes())), locality, group }
}

/// A sheet that does not say what it is about is told of with the provinces.
fn group_of(locality: Option<&Locality>, text: &str) -> Group {
    match locality {
        // A commune that cannot be told is still none of the provinces.
        Some(locality) if locality.commune.is_none() && sheet::names_commune(text) => {
            Group::Communes(locality.province.id.clone())
        }
        Some(locality) => locality.group(),
        None => Group::Provinces,
    }
}

/// What a sheet is about by its first lines, or else by its file's name, without reading all of it.
pub(super) fn guess_locality(path: &Path, text: &str, catalog: &Catalog) -> Option<Locality> {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let spellings = sheet::province_of(text).into_iter().chain(stem.as_deref());
    let province = spellings.into_iter().find_map(|spelling| catalog.provinces.find(spelling).ok())?;
    Some(Locality::new(province, sheet::commune_of(text).as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked_over(name: &str, text: &str) -> (Option<String>, Group) {
        let catalog = Catalog::builtin().unwrap();
        let locality = guess_locality(Path::new(name), text, &catalog);
        let group = group_of(locality.as_ref(), text);
        (locality.map(|locality| locality.id), group)
    }

    #[test]
    fn a_sheet_is_about_what_it_says_or_else_what_it_is_called() {
        assert_eq!(looked_over("x.yaml", "province: \"Nghệ An\" # a remark\n").0.as_deref(), Some("nghe-an"));
        assert_eq!(looked_over("nghe-an.yaml", "").0.as_deref(), Some("nghe-an"));
        assert_eq!(looked_over("x.yaml", "facts:\n  province: nghe-an\n"), (None, Group::Provinces));
    }

    #[test]
    fn a_commune_that_cannot_be_told_is_none_of_the_provinces() {
        let (_, group) = looked_over("x.yaml", "province: nghe-an\ncommune: {name: {en: Vinh Hung\n");
        assert_eq!(group, Group::Communes("nghe-an".to_owned()));
    }
}
