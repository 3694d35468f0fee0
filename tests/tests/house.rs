//! The rules of the house that a compiler does not know: who may name whom, how long a file may grow, who reads
//! the environment, and that the code map is complete.

#[path = "house/arrows.rs"]
mod arrows;
#[path = "house/sources.rs"]
mod sources;

use std::io::Write as _;

use arrows::Arrow;

#[test]
fn arrows_go_one_way_and_the_two_products_never_name_each_other() {
    let arrows = arrows::of_this_workspace();
    assert!(
        arrows.len() > 30,
        "cargo metadata answered only {} arrows: the test looks at nothing",
        arrows.len()
    );
    let offences = arrows::offences(&arrows);
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

#[test]
fn the_rule_about_arrows_can_fail() {
    let made_up = [
        ("hub-oauth", "suite-tenancy", "belong to different products"),
        ("suite-directory", "hub-directory", "belong to different products"),
        ("suite", "hub", "belong to different products"),
        ("hub-directory", "hub-oauth", "goes against the arrows"),
        ("hub-calling", "hub-governance", "goes against the arrows"),
        ("suite-directory", "suite-presence", "goes against the arrows"),
        ("suite-tenancy", "suite-authorizations", "goes against the arrows"),
        ("kit", "webex", "goes against the arrows"),
        ("webex", "hub-directory", "goes against the arrows"),
        ("hub", "trunkline", "goes against the arrows"),
        ("hub-novelty", "kit", "has no place in the rank table"),
    ];
    for (from, to, complaint) in made_up {
        let offences = arrows::offences(&[Arrow::new(from, to)]);
        assert_eq!(offences.len(), 1, "{from} → {to}: {offences:?}");
        assert!(offences[0].contains(complaint), "{from} → {to}: {}", offences[0]);
    }
    let allowed = [
        ("hub-governance", "hub-oauth"),
        ("suite-directory", "webex-client"),
        ("trunkline", "suite"),
        ("hub", "kit-web"),
    ];
    for (from, to) in allowed {
        assert_eq!(
            arrows::offences(&[Arrow::new(from, to)]),
            Vec::<String>::new(),
            "{from} → {to}"
        );
    }
}

#[test]
fn files_stay_readable_in_one_sitting() {
    let mut advice = Vec::new();
    let mut offences = Vec::new();
    for file in sources::rust_files().iter().filter(|file| !file.is_test()) {
        let lines = sources::production_lines(&file.text);
        let entry = format!("{lines:>5} lines: {}", file.path);
        if lines > 600 {
            offences.push(entry);
        } else if lines > 400 {
            advice.push(entry);
        }
    }
    if !advice.is_empty() {
        let _ = writeln!(
            std::io::stderr(),
            "advice: these files have more than 400 lines of production code\n{}",
            advice.join("\n")
        );
    }
    assert!(
        offences.is_empty(),
        "more than 600 lines of production code:\n{}",
        offences.join("\n")
    );
}

#[test]
fn production_lines_end_where_the_tests_begin() {
    assert_eq!(
        sources::production_lines("fn a() {}\n\n#[cfg(test)]\nmod tests {\n}\n"),
        2
    );
    assert_eq!(
        sources::production_lines("fn a() {}\n#[cfg(test)]\nmod tests;\nfn b() {}\n"),
        4
    );
}

#[test]
fn only_the_binary_reads_the_environment() {
    let offences: Vec<String> = sources::rust_files()
        .iter()
        .filter(|file| !file.may_read_the_environment())
        .flat_map(|file| file.lines_that_read_the_environment())
        .collect();
    assert!(
        offences.is_empty(),
        "only crates/trunkline reads the environment:\n{}",
        offences.join("\n")
    );
}

#[test]
fn the_rule_about_the_environment_can_fail() {
    let file = sources::RustFile {
        path: "crates/hub/src/lib.rs".to_owned(),
        text: "let home = std::env::var(\"HOME\");\n".to_owned(),
    };
    assert!(!file.may_read_the_environment());
    assert_eq!(file.lines_that_read_the_environment().len(), 1);
}

#[test]
fn the_code_map_names_every_crate() {
    let map = sources::read("ARCHITECTURE.md");
    // The package of these tests is the folder `tests`.
    let named = |name: &str| map.contains(if name == "whole" { "tests" } else { name });
    let absent: Vec<String> = arrows::crates_of_this_workspace()
        .into_iter()
        .filter(|name| !named(name))
        .collect();
    assert!(
        absent.is_empty(),
        "ARCHITECTURE.md does not name: {}",
        absent.join(", ")
    );
}
