//! Coverage in words for the documentation.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Coverage, State};

/// How to renew what is generated.
const RENEW: &str = "make coverage";

impl Coverage {
    /// The page of the documentation.
    pub fn markdown(&self) -> String {
        let counts = self.counts();
        let mut text = format!(
            "# What of the Webex API the Hub serves\n\n\
             <!-- Generated from the table of routes by `{RENEW}`; a test compares. -->\n\n\
             Of {} published operations the Hub serves {}: {} as published and {} in part. The other {} are answered with 501 and the header\n\
             `Trunkline-Not-Served`; [not-served.txt](not-served.txt) lists them. A running Hub shows the same, searchable, at `/coverage`.\n\n",
            counts.total(),
            counts.served + counts.in_part,
            counts.served,
            counts.in_part,
            counts.not_served,
        );
        self.write_families(&mut text);
        self.write_served(&mut text);
        self.write_beyond(&mut text);
        text.push_str(SOURCES);
        text
    }

    fn write_families(&self, text: &mut String) {
        text.push_str("| part of the API | served | in part | not served |\n|---|---:|---:|---:|\n");
        for (family, counts) in self.families() {
            // Writing into a text cannot fail.
            let _ = writeln!(
                text,
                "| {family} | {} | {} | {} |",
                counts.served, counts.in_part, counts.not_served
            );
        }
    }

    fn write_served(&self, text: &mut String) {
        text.push_str("\n## Served\n\n| operation | what is left out |\n|---|---|\n");
        for line in &self.lines {
            let left_out = match line.state {
                State::NotServed => continue,
                State::Served => "",
                State::InPart(left_out) => left_out,
            };
            let _ = writeln!(
                text,
                "| `{} {}` | {left_out} |",
                line.operation.method,
                line.operation.address()
            );
        }
    }

    fn write_beyond(&self, text: &mut String) {
        text.push_str("\n## Served beyond the published lists\n\n| operation | what it does |\n|---|---|\n");
        for route in &self.beyond {
            let _ = writeln!(text, "| `{} {}` | {} |", route.method, route.path, route.summary);
        }
    }

    /// Why the checked-in list of what is missing is not right; empty when it is. The list may only shrink.
    pub fn complaints_about(&self, checked_in: &str) -> Vec<String> {
        let known = operations_in(checked_in);
        let missing = self.not_served();
        let lost = missing.difference(&known).map(|operation| {
            format!("{operation} is published and not served, and docs/reference/not-served.txt does not know it: what was served must stay served.")
        });
        let found = known.difference(&missing).map(|operation| {
            format!("{operation} stands in docs/reference/not-served.txt and is served (or published no more): `{RENEW}` removes it.")
        });
        lost.chain(found).collect()
    }

    /// The checked-in list without what is served by now. It never grows by itself.
    pub fn shrunk(&self, checked_in: &str) -> String {
        let missing = self.not_served();
        let mut text = String::from(NOT_SERVED_HEAD);
        for operation in operations_in(checked_in).intersection(&missing) {
            text.push_str(operation);
            text.push('\n');
        }
        text
    }
}

fn operations_in(list: &str) -> BTreeSet<String> {
    list.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(ToOwned::to_owned)
        .collect()
}

const NOT_SERVED_HEAD: &str = "\
# Published operations that the Hub does not serve. The list may only shrink: a test compares it with the table of
# routes, `make coverage` removes what is served by now. It grows by hand only, when crates/hub/data/operations.tsv does.
";

const SOURCES: &str = "\n## Sources\n\n\
The published operations (`crates/hub/data/operations.tsv`) were taken from the\n\
[Webex OpenAPI specifications](https://github.com/webex/webex-openapi-specs) of Cisco Systems, Inc.,\n\
[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/), reduced to methods and paths, and from the requests of\n\
[wxc_sdk](https://github.com/jeokrohn/wxc_sdk) by Johannes Krohn, MIT licence, which stands in for the specification of Webex Calling.\n";
