//! The source files of the workspace, as text.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file.
pub(crate) struct RustFile {
    /// Its path from the root of the workspace, with forward slashes.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl RustFile {
    /// The binary does; a test harness has its own configuration; build scripts are spoken to by environment.
    pub(crate) fn may_read_the_environment(&self) -> bool {
        ["crates/trunkline/", "crates/kit-test/", "tests/"]
            .iter()
            .any(|allowed| self.path.starts_with(allowed))
            || self.path.ends_with("/build.rs")
    }

    /// Whether it holds tests only: their length is not what makes a house hard to live in.
    pub(crate) fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name == "tests.rs" || name.ends_with("_tests.rs") || self.path.split('/').any(|part| part == "tests")
    }

    pub(crate) fn lines_that_read_the_environment(&self) -> Vec<String> {
        let reads = |line: &str| line.contains("env::var") && !line.trim_start().starts_with("//");
        let numbered = self.text.lines().zip(1..).filter(|(line, _)| reads(line));
        numbered
            .map(|(line, number)| format!("{}:{number}: {}", self.path, line.trim()))
            .collect()
    }
}

/// Lines before a test module that is written at the end of the file.
pub(crate) fn production_lines(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines.windows(2).position(|pair| {
        pair[0].trim() == "#[cfg(test)]" && pair[1].starts_with("mod ") && pair[1].ends_with('{')
    });
    tests.unwrap_or(lines.len())
}

/// Every file of ours that ends in `.rs`.
pub(crate) fn rust_files() -> Vec<RustFile> {
    let mut found = Vec::new();
    for folder in ["crates", "tests/src", "tests/tests"] {
        collect(&root().join(folder), &mut found);
    }
    assert!(
        found.len() > 50,
        "only {} source files found: the test looks at nothing",
        found.len()
    );
    found
}

fn collect(folder: &Path, found: &mut Vec<RustFile>) {
    for entry in fs::read_dir(folder).expect("a source folder can be listed") {
        let path = entry.expect("a folder entry can be read").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a source file is text");
            let relative = path.strip_prefix(root()).expect("the walk began at the root");
            found.push(RustFile {
                path: relative.to_string_lossy().replace('\\', "/"),
                text,
            });
        }
    }
}

/// A file of the workspace as text.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ stands in the workspace")
        .to_path_buf()
}
