//! A folder of its own for each test, with the shipped sheets in it.

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// 1 October 2026: the last completed quarter is 2026-Q3.
pub(crate) const TODAY: &str = "1790812800";
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");

/// A working folder with `fixtures/` as shipped.
pub(crate) struct World {
    folder: TempDir,
}

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl World {
    pub(crate) fn new() -> World {
        let world = World::empty();
        fs::create_dir(world.path("fixtures")).unwrap();
        for name in ["lang-son", "long-an", "nghe-an", "tien-giang"] {
            world.write(&format!("fixtures/{name}.yaml"), shipped(name));
        }
        world
    }

    pub(crate) fn empty() -> World {
        World::within(&std::env::temp_dir())
    }

    /// An empty folder in this one.
    pub(crate) fn within(folder: &Path) -> World {
        World { folder: TempDir::new_in(folder).unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces a text in a file, once; it must be there.
    pub(crate) fn change(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from), "{name} does not hold {from:?}");
        self.write(name, text.replacen(from, to, 1));
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The program, ready to run in this folder on 1 October 2026, with nothing else from the caller's environment that it heeds.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_brief"));
        for variable in [
            "NO_COLOR",
            "CLICOLOR",
            "CLICOLOR_FORCE",
            "FORCE_COLOR",
            "CI",
            "JOB_COMPLETION_INDEX",
            "SLURM_ARRAY_TASK_ID",
        ] {
            command.env_remove(variable);
        }
        command
            .current_dir(self.folder.path())
            .env("SOURCE_DATE_EPOCH", TODAY)
            .args(arguments)
            .timeout(Duration::from_mins(1));
        command
    }

    pub(crate) fn brief(&self, arguments: &[&str]) -> Run {
        Run::of(&mut self.command(arguments))
    }

    /// `brief --all` in Markdown and English, which is the quickest.
    pub(crate) fn all(&self, more: &[&str]) -> Run {
        let mut arguments = vec!["--all", "--format", "md", "--lang", "en"];
        arguments.extend(more);
        self.brief(&arguments)
    }

    /// Every file below a folder, by its path in it; lock files aside.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(folder), "", &mut files);
        files
    }

    /// The reports below a folder: all files but the manifests.
    pub(crate) fn reports(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = self.files(folder);
        files.retain(|name, _| !name.contains("/manifest"));
        files
    }

    /// The names of the files below a folder.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        self.files(folder).into_keys().collect()
    }
}

fn collect(folder: &Path, within: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let name = format!("{within}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else if entry.path().extension().is_none_or(|ending| ending != "lock") && !name.contains(".brief-state") {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// A sheet as shipped.
pub(crate) fn shipped(name: &str) -> String {
    fs::read_to_string(format!("{FIXTURES}/{name}.yaml")).unwrap()
}

impl Run {
    pub(crate) fn of(command: &mut Command) -> Run {
        let output = command.output().unwrap();
        let run = Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        };
        assert!(!run.err.contains("panicked"), "{}", run.err);
        run
    }

    /// The run ended with this exit code, and said each of these on stderr.
    #[track_caller]
    pub(crate) fn refuses(&self, code: i32, said: &[&str]) -> &Run {
        for part in said {
            assert!(self.err.contains(part), "stderr does not say {part:?}:\n{}", self.err);
        }
        assert_eq!(self.code, code, "{}", self.err);
        self
    }

    /// The run ended well, and stderr holds nothing but how it began, came along and ended.
    #[track_caller]
    pub(crate) fn is_silent(&self) -> &Run {
        let is_usual = |line: &&str| ["quarter 20", "%: ", " written in "].iter().any(|part| line.contains(part));
        let unusual: Vec<&str> = self.err.lines().filter(|line| !is_usual(line)).collect();
        assert!(unusual.is_empty(), "{unusual:#?}");
        assert_eq!(self.code, 0);
        self
    }

    /// What stdout holds, line by line.
    pub(crate) fn lines(&self) -> Vec<&str> {
        self.out.lines().collect()
    }

    /// The same without the charts, which lie beside their documents.
    pub(crate) fn documents(&self) -> Vec<&str> {
        self.out.lines().filter(|line| !is_chart(line)).collect()
    }
}

/// Whether a file is a chart, by its name.
pub(crate) fn is_chart(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "svg")
}

/// What the program leaves, run in a folder, if nobody reads its results.
pub(crate) fn without_reader(arguments: &[&str], folder: &Path) -> std::process::Output {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_brief"))
        .args(arguments)
        .current_dir(folder)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    child.wait_with_output().unwrap()
}
