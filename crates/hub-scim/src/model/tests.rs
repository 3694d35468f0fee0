//! Properties of filters, patches and plans: whatever comes in, nothing panics, and what an index narrows down is what
//! the filter means.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

use proptest::prelude::*;
use scim_v2::filter::Filter;
use serde_json::{Value, json};

use super::filter::{matches, parse};
use super::patch::apply;
use super::patch_steps::steps;
use super::plan::{Plan, plan};
use super::projection::Projection;
use super::resource::{Tree, read, writable};
use super::user_schema::USER;

fn tree(value: Value) -> Tree {
    match value {
        Value::Object(tree) => tree,
        _ => unreachable!("the tests write objects"),
    }
}

fn ada() -> Tree {
    tree(json!({
        "id": "5a0e7f80-8f6c-4e8e-9d0a-0123456789ab",
        "userName": "ada@x.example",
        "displayName": "Ada Müller",
        "active": true,
        "name": { "givenName": "Ada" },
        "emails": [
            { "value": "ada@x.example", "type": "work", "primary": true },
            { "value": "ada@home.example", "type": "home" },
        ],
        "meta": { "lastModified": "2026-09-01T00:00:00.000Z" },
    }))
}

fn holds(text: &str) -> bool {
    let filter = parse(&USER, text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    matches(&USER, &filter, &ada())
}

#[test]
fn filters_compare_as_the_standard_says() {
    for text in [
        "userName eq \"ADA@x.example\"",
        "displayName co \"MÜLL\"",
        "displayName ew \"ller\"",
        "active eq true",
        "emails.type eq \"home\"",
        "emails[type eq \"work\" and primary eq true]",
        "not (emails[type eq \"home\" and primary eq true])",
        "title eq null",
        "userName ne null",
        "not (title pr)",
        "title ne \"x\"",
        "meta.lastModified ge \"2026-08-31T20:00:00-04:00\"",
        "meta.lastModified lt \"2026-09-01T00:00:00.001Z\"",
        "userName gt \"aaa\" and userName lt \"b\"",
        "title pr or active eq true and userName sw \"ada\"",
        "(title pr or active eq true) and userName sw \"ada\"",
        "emails co \"home\"",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName pr",
    ] {
        assert!(holds(text), "{text}");
        assert!(!holds(&format!("not ({text})")), "{text}");
    }
    // The id is compared to the letter.
    assert!(holds("id sw \"5a0e\"") && !holds("id sw \"5A0E\""));
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9@. ]{0,12}".prop_map(|text| Value::String(text).to_string()),
        "\\PC{0,8}".prop_map(|text| Value::String(text).to_string()),
    ]
}

fn comparison() -> impl Strategy<Value = String> {
    let text = (
        prop::sample::select(vec![
            "userName",
            "displayName",
            "emails.value",
            "name.givenName",
            "id",
            "title",
            "emails",
        ]),
        prop::sample::select(vec!["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"]),
        value(),
    )
        .prop_map(|(path, operator, value)| format!("{path} {operator} {value}"));
    let moment = (
        prop::sample::select(vec!["gt", "ge", "lt", "le", "eq", "ne"]),
        1_700_000_000_000_i64..1_900_000_000_000,
    )
        .prop_map(|(operator, moment)| {
            format!(
                "meta.lastModified {operator} \"{}\"",
                kit::Timestamp::from_millis(moment)
            )
        });
    prop_oneof![
        4 => text,
        1 => moment,
        1 => prop::sample::select(vec!["active eq true", "active eq false", "active ne true", "title pr", "emails pr", "emails[type eq \"work\" and value sw \"ada\"]"]).prop_map(ToOwned::to_owned),
    ]
}

fn filter() -> impl Strategy<Value = String> {
    comparison().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| parts
                .iter()
                .map(|part| format!("({part})"))
                .collect::<Vec<_>>()
                .join(" and ")),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| parts
                .iter()
                .map(|part| format!("({part})"))
                .collect::<Vec<_>>()
                .join(" or ")),
            inner.prop_map(|inner| format!("not ({inner})")),
        ]
    })
}

/// What the condition of a plan says of the user in these tests.
fn meets(plan: &Plan) -> Option<bool> {
    let (Plan::Exact(condition) | Plan::Walk(condition)) = plan else {
        return None;
    };
    let changed = kit::Timestamp::parse("2026-09-01T00:00:00.000Z").unwrap();
    let name = kit::search_key("Ada Müller");
    Some(
        condition.active.is_none_or(|active| active)
            && condition.modified_from.is_none_or(|from| changed >= from)
            && condition.modified_before.is_none_or(|before| changed < before)
            && condition
                .name_prefix
                .as_ref()
                .is_none_or(|prefix| name.starts_with(prefix)),
    )
}

proptest! {
    #[test]
    fn a_filter_that_is_written_reads_back(text in filter()) {
        let filter = parse(&USER, &text).map_err(|error| TestCaseError::fail(format!("{text}: {error:?}")))?;
        let again: Filter = filter.to_string().parse().map_err(|error| TestCaseError::fail(format!("{filter}: {error}")))?;
        prop_assert_eq!(&again, &filter);
        prop_assert_eq!(matches(&USER, &filter, &ada()), matches(&USER, &again, &ada()));
        // Not is the opposite, whatever it is put before.
        let not = Filter::Not(Box::new(filter.clone()));
        prop_assert_ne!(matches(&USER, &filter, &ada()), matches(&USER, &not, &ada()));
    }

    #[test]
    fn a_plan_never_loses_whom_the_filter_means(text in filter()) {
        let filter = parse(&USER, &text).map_err(|error| TestCaseError::fail(format!("{text}: {error:?}")))?;
        let plan = plan(Some(&filter));
        if let Some(meets) = meets(&plan) {
            let means = matches(&USER, &filter, &ada());
            match plan {
                Plan::Exact(_) => prop_assert_eq!(meets, means, "{}", text),
                _ => prop_assert!(meets || !means, "{}", text),
            }
        }
    }

    #[test]
    fn garbage_is_refused_and_nothing_panics(text in "\\PC{0,60}", words in "[a-z\\[\\]().\" :]{0,60}") {
        for text in [&text, &words] {
            if let Ok(filter) = parse(&USER, text) {
                matches(&USER, &filter, &ada());
                plan(Some(&filter));
            }
            let body = json!({ "Operations": [{ "op": "add", "path": text, "value": text }, { "op": "remove", "path": text }] });
            if let Ok(steps) = steps(&USER, &body) {
                let mut tree = ada();
                for step in steps {
                    let _ = apply(&USER, &mut tree, &step);
                }
            }
            Projection::new(&USER, Some(std::slice::from_ref(text)), &[], true).apply(&USER, ada());
        }
    }

    #[test]
    fn whatever_json_a_client_sends_is_read_or_refused(text in json_value(), path in prop::sample::select(vec!["emails", "name", "active", "emails[type eq \"work\"]", "emails.value", "name.givenName", "roles", "phoneNumbers[primary eq true].value"])) {
        let _ = read(&USER, &text);
        let _ = read(&USER, &json!({ "userName": text, "emails": text, "name": text, "active": text, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": text }));
        for op in ["add", "replace", "remove"] {
            let Ok(steps) = steps(&USER, &json!({ "Operations": [{ "op": op, "path": path, "value": text }] })) else { continue };
            let mut tree = ada();
            for step in steps {
                if apply(&USER, &mut tree, &step).is_ok() {
                    // What a patch leaves behind is something that a client could have sent.
                    let again = writable(&USER, &tree).map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
                    let primary = again.get("emails").and_then(Value::as_array).into_iter().flatten().filter(|email| email["primary"] == true).count();
                    prop_assert!(primary <= 1);
                }
            }
        }
    }
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i32>().prop_map(|number| json!(number)),
        "\\PC{0,10}".prop_map(Value::String),
        prop::sample::select(vec!["work", "true", "x@y.example"]).prop_map(|text| json!(text)),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::btree_map(
                prop::sample::select(vec![
                    "value",
                    "type",
                    "primary",
                    "display",
                    "givenName",
                    "department"
                ]),
                inner,
                0..4
            )
            .prop_map(|parts| Value::Object(
                parts
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value))
                    .collect()
            )),
        ]
    })
}
