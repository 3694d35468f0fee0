//! `docs/reference/cascade.md`, printed from the table.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::table::{Cell, Event, SignInKind, Thing, expected, told};

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/cascade.md")
}

pub(crate) fn check() {
    let text = print();
    if kit_test::renews_documents() {
        std::fs::write(file(), &text).unwrap();
    }
    let written = std::fs::read_to_string(file()).unwrap_or_default();
    assert!(
        written == text,
        "docs/reference/cascade.md is not what the table of crates/hub/tests/cascade says: run this test with TRUNKLINE_RENEW_DOCUMENTS=1"
    );
}

const HEAD: &str = "\
<!-- Printed from crates/hub/tests/cascade/table.rs; the same table drives the tests. -->
# What every event reaches

A Full Admin has given an integration everything that can die. Then something happens. Each cell says what the integration or the browser sees
over HTTP afterwards; each is a test on SQLite and on PostgreSQL, for people who sign in with a password of this Hub (local) and for people
who sign in at their organization's own OpenID Connect provider (external).

";

fn print() -> String {
    let mut text = HEAD.to_owned();
    text.push_str(
        "## How each thing is looked at\n\n| thing | question | alive | dead |\n|---|---|---|---|\n",
    );
    for thing in Thing::ALL {
        let (alive, dead) = (Cell::Lives.wire(thing), Cell::Dies.wire(thing));
        writeln!(
            text,
            "| {} | {} | {alive} | {dead} |",
            thing.title(),
            thing.question()
        )
        .unwrap();
    }
    text.push_str("\n## The table\n\nAn empty cell is alive, **✗** is dead, as above; anything else is what is seen.\n\n| event | sign-in |");
    for thing in Thing::ALL {
        write!(text, " {} |", thing.title().to_lowercase()).unwrap();
    }
    text.push_str(" the stream is told |\n|---|---|");
    text.push_str(&"---|".repeat(Thing::ALL.len() + 1));
    text.push('\n');
    for event in Event::ALL {
        rows_of(&mut text, event);
    }
    text.push_str(NOTES);
    let missing = missing();
    if !missing.is_empty() {
        text.push_str("\n## Not yet\n\n");
        text.push_str(&missing);
    }
    text
}

/// One line where both kinds of sign-in see the same.
fn rows_of(text: &mut String, event: Event) {
    let cells = |kind| Thing::ALL.map(|thing| expected(event, kind, thing));
    let (local, external) = (cells(SignInKind::Local), cells(SignInKind::External));
    if local == external {
        row(text, event, "both", &local);
    } else {
        row(text, event, "local", &local);
        row(text, event, "external", &external);
    }
}

fn row(text: &mut String, event: Event, kind: &str, cells: &[Cell]) {
    write!(text, "| {} | {kind} |", event.title()).unwrap();
    for cell in cells {
        let words = match cell {
            Cell::Lives => String::new(),
            Cell::Dies => "✗".to_owned(),
            Cell::Seen(words) => (*words).to_owned(),
            Cell::NotYet(words) => format!("{words} (not yet)"),
        };
        write!(text, " {words} |").unwrap();
    }
    let kind = if kind == "external" {
        SignInKind::External
    } else {
        SignInKind::Local
    };
    let word = told(event, kind).map_or_else(|| "nothing".to_owned(), |word| format!("`{word}`"));
    writeln!(text, " {word} |").unwrap();
}

fn missing() -> String {
    let mut text = String::new();
    for event in Event::ALL {
        for thing in Thing::ALL {
            for (kind, word) in [(SignInKind::Local, "local"), (SignInKind::External, "external")] {
                if let Cell::NotYet(words) = expected(event, kind, thing) {
                    writeln!(text, "- {}, {}, {word}: {words}", event.title(), thing.title()).unwrap();
                }
            }
        }
    }
    text
}

const NOTES: &str = "
## Notes

- A password change ends every session but the one that made it, which the test of that row looks at too.
- Whoever signs in at another provider has no password here: the Hub refuses a change and a reset with 409, and nothing dies.
- A dead access token is answered by one body, whatever the cause. A client learns the cause from the event stream, which it may ask with its
  id and secret when it has no token any more: the last thing that it hears is why its grant ended, then that the stream ended.
- *303 to /sign-in* for a pending authorization: the session in which it was begun ended. Whoever signs in again may go on with it for ten minutes.
- A deleted authorization is one token, by its id; a code that nobody fetched yet is none.
- A rotated secret kills nothing: the integration that knows the new one goes on with what it has.
- Activating somebody again, giving Full Admin back and allowing an integration again resurrect nothing.
";
