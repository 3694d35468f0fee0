#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
//! What the documentation says of coverage is what the routes say, and what is missing only ever becomes less.
mod support;

use std::path::PathBuf;

use hub::{Coverage, coverage};

fn ours() -> Coverage {
    coverage(hub::routes())
}

fn reference(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs/reference")
        .join(name)
}

/// `make coverage` lets this test write what it otherwise compares.
#[test]
fn the_documents_say_what_the_routes_say_and_what_is_missing_only_shrinks() {
    let coverage = ours();
    let (page, list) = (reference("coverage.md"), reference("not-served.txt"));
    if kit_test::renews_documents() {
        let shrunk = coverage.shrunk(&std::fs::read_to_string(&list).unwrap());
        std::fs::write(&list, shrunk).unwrap();
        std::fs::write(&page, coverage.markdown()).unwrap();
    }
    let complaints = coverage.complaints_about(&std::fs::read_to_string(&list).unwrap());
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(
        std::fs::read_to_string(&page).unwrap() == coverage.markdown(),
        "docs/reference/coverage.md is not what the routes say: `make coverage` renews it"
    );
}

#[test]
fn the_check_of_the_list_can_fail() {
    let coverage = ours();
    let missing: Vec<String> = coverage.not_served().into_iter().collect();
    let list = coverage.shrunk(&missing.join("\n"));
    assert!(coverage.complaints_about(&list).is_empty());

    let (first, rest) = list
        .split_once("GET /v1/rooms\n")
        .expect("rooms are not served here");
    let forgotten = coverage.complaints_about(&format!("{first}{rest}"));
    assert_eq!(forgotten.len(), 1, "{forgotten:?}");
    assert!(
        forgotten[0].starts_with("GET /v1/rooms is published and not served"),
        "{forgotten:?}"
    );
    assert!(
        coverage.shrunk(&format!("{first}{rest}")) == format!("{first}{rest}"),
        "renewing adds nothing that was lost"
    );

    let served = coverage.complaints_about(&format!("{list}GET /v1/people\n"));
    assert_eq!(served.len(), 1, "{served:?}");
    assert!(
        served[0].contains("GET /v1/people") && served[0].contains("`make coverage`"),
        "{served:?}"
    );
    assert!(coverage.shrunk(&format!("{list}GET /v1/people\n")) == list);
}
