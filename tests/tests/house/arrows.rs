//! Which crate may name which: `kit → webex → slices → product → binary`, right may name left.

use std::process::Command;

/// One crate names another in its manifest.
#[derive(Debug)]
pub(crate) struct Arrow {
    from: String,
    to: String,
}

impl Arrow {
    pub(crate) fn new(from: &str, to: &str) -> Self {
        Self {
            from: from.to_owned(),
            to: to.to_owned(),
        }
    }
}

/// A crate may name crates of a lower rank only: two of one rank never know each other.
const RANKS: &[(&str, u32)] = &[
    ("kit", 0),
    ("kit-sql", 1),
    ("kit-web", 1),
    ("kit-test", 2),
    ("kit-simulation", 2),
    ("webex", 3),
    ("webex-client", 4),
    ("hub-caller", 9),
    ("hub-events", 10),
    ("hub-directory", 11),
    ("hub-gateway", 11),
    ("hub-test", 12),
    ("hub-numbers", 12),
    ("hub-partners", 12),
    ("hub-scim", 12),
    ("hub-telephony", 13),
    ("hub-call-features", 13),
    ("hub-identity", 12),
    ("hub-oauth", 13),
    ("hub-governance", 14),
    ("hub-calling", 14),
    ("hub-developer", 15),
    ("hub-simulation", 19),
    ("hub", 20),
    ("suite-tenancy", 10),
    ("suite-notices", 11),
    ("suite-authorizations", 12),
    ("suite-directory", 13),
    ("suite-presence", 13),
    ("suite-attendant", 13),
    ("suite-analytics", 13),
    ("suite-sso", 13),
    ("suite", 20),
    ("trunkline", 30),
    ("whole", 31),
];

fn rank(name: &str) -> Option<u32> {
    RANKS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, rank)| *rank)
}

fn product(name: &str) -> Option<&str> {
    ["hub", "suite"]
        .into_iter()
        .find(|product| name == *product || name.starts_with(&format!("{product}-")))
}

/// What is wrong with these arrows, one sentence each.
pub(crate) fn offences(arrows: &[Arrow]) -> Vec<String> {
    arrows.iter().filter_map(offence).collect()
}

fn offence(Arrow { from, to }: &Arrow) -> Option<String> {
    if let (Some(one), Some(other)) = (product(from), product(to))
        && one != other
    {
        return Some(format!(
            "{from} → {to}: they belong to different products, which meet only over HTTP"
        ));
    }
    let (Some(upper), Some(lower)) = (rank(from), rank(to)) else {
        return Some(format!(
            "{from} → {to}: one of the two has no place in the rank table of tests/tests/house/arrows.rs"
        ));
    };
    (lower >= upper).then(|| format!("{from} → {to}: goes against the arrows; a port of the lower crate, wired by the composition, is the way"))
}

/// The names of our own crates.
pub(crate) fn crates_of_this_workspace() -> Vec<String> {
    packages().iter().map(|package| text(&package["name"])).collect()
}

/// Every arrow between our own crates; arrows of tests count too, apart from those to a test harness.
pub(crate) fn of_this_workspace() -> Vec<Arrow> {
    let packages = packages();
    let ours = crates_of_this_workspace();
    let mut arrows = Vec::new();
    for package in &packages {
        let from = text(&package["name"]);
        for dependency in package["dependencies"]
            .as_array()
            .expect("a package lists its dependencies")
        {
            let to = text(&dependency["name"]);
            // Tests stand outside of the order: those of `kit-sql` use the harness that stands on `kit-sql`, those of `hub-directory` the one that stands on it.
            let is_harness_of_tests =
                ["kit-test", "hub-test"].contains(&to.as_str()) && dependency["kind"] == "dev";
            if ours.contains(&to) && !is_harness_of_tests {
                arrows.push(Arrow {
                    from: from.clone(),
                    to,
                });
            }
        }
    }
    arrows
}

fn packages() -> Vec<serde_json::Value> {
    let answer = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo that built this test can be started");
    assert!(
        answer.status.success(),
        "{}",
        String::from_utf8_lossy(&answer.stderr)
    );
    let metadata: serde_json::Value =
        serde_json::from_slice(&answer.stdout).expect("cargo metadata answers JSON");
    metadata["packages"]
        .as_array()
        .expect("metadata lists packages")
        .clone()
}

fn text(value: &serde_json::Value) -> String {
    value.as_str().expect("a name is a text").to_owned()
}
