//! `docs/reference/oauth-rules.md` names every test of a rule, and every test that it names exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Words that begin like `r06_`.
fn rules_in(text: &str) -> BTreeSet<String> {
    text.split(|character: char| !character.is_ascii_alphanumeric() && character != '_')
        .filter(|word| {
            let bytes = word.as_bytes();
            bytes.len() > 5
                && bytes[0] == b'r'
                && bytes[1].is_ascii_digit()
                && bytes[2].is_ascii_digit()
                && bytes[3] == b'_'
        })
        .map(ToOwned::to_owned)
        .collect()
}

#[test]
fn every_rule_in_the_document_has_its_tests_and_every_test_stands_there() {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = fs::read_to_string(crate_folder.join("../../docs/reference/oauth-rules.md")).unwrap();
    let mut files = Vec::new();
    sources(&crate_folder.join("src"), &mut files);
    sources(&crate_folder.join("tests"), &mut files);
    let mut tests = BTreeSet::new();
    for file in files.iter().filter(|file| !file.ends_with("rules_document.rs")) {
        let text = fs::read_to_string(file).unwrap();
        let named = text
            .lines()
            .filter(|line| line.contains("fn r") || line.trim_start().starts_with('r'));
        tests.extend(named.flat_map(rules_in));
    }
    assert_eq!(rules_in(&document), tests);
    for line in document.lines().filter(|line| line.starts_with("| R")) {
        let applies = !line.contains("| does not apply");
        let number = line[3..5].to_owned();
        let has_test = rules_in(line).iter().any(|name| name[1..3] == number);
        assert_eq!(applies, has_test, "{line}");
    }
}
