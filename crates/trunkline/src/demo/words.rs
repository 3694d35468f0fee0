//! What the demonstration says when it is ready: where to go, who can sign in, the one next step.

use super::facts::Facts;
use super::folder::Folder;
use super::ports::USUAL_GATEWAY_PORT;
use crate::first_start::{PersonFacts, columns, people_table};

pub(super) fn ready(facts: &Facts, folder: &Folder) -> String {
    let mut text = format!("\nTrunkline is running.\n\n{}\n", places(facts));
    text.push_str("\nWho can sign in at the Suite:\n");
    text.push_str(&suite_administrator(facts));
    text.push_str("\n\nWho can sign in at the Hub:\n");
    text.push_str(&people_table(&facts.people));
    text.push_str(&format!("\n\nNext step:\n{}\n", next_step(facts)));
    if facts.simulated {
        text.push_str(&simulation(facts, folder));
    }
    text.push_str(&format!(
        "\nThe same facts for scripts: {}\nLogs: {}. Ctrl-C ends both.",
        folder.facts_file().display(),
        folder.logs().display()
    ));
    text
}

fn places(facts: &Facts) -> String {
    let organization = facts.organizations.first().map_or_else(
        || "a Webex-compatible Control Hub".to_owned(),
        |organization| {
            format!(
                "the Control Hub of {}, {} people",
                organization.name, organization.people
            )
        },
    );
    columns(&[
        [
            "Suite".to_owned(),
            facts.suite.url.clone(),
            "the five integrations and their authorizations".to_owned(),
        ],
        ["Hub".to_owned(), facts.hub.url.clone(), organization],
        gateway(facts),
    ])
}

fn gateway(facts: &Facts) -> [String; 3] {
    let (place, remark) = match &facts.hub.gateway {
        Some(gateway) => (
            gateway.url.clone(),
            format!(
                "for unmodified Webex SDKs: eval \"$({} hub env --config {})\"",
                program(),
                facts.hub.config
            ),
        ),
        None => (
            "off".to_owned(),
            format!("port {USUAL_GATEWAY_PORT} is taken; --gateway-port chooses another"),
        ),
    };
    ["Gateway".to_owned(), place, remark]
}

/// The program as it was started: `make demo` puts it into no search path.
fn program() -> String {
    std::env::args().next().unwrap_or_else(|| "trunkline".to_owned())
}

fn simulation(facts: &Facts, folder: &Folder) -> String {
    let (program, data) = (program(), folder.path().display().to_string());
    format!(
        "\nBoth are simulated:\n{}\n",
        columns(&[
            [
                format!("{program} clock advance 90d --data {data}"),
                "moves both clocks forward".to_owned()
            ],
            [
                format!("{}/simulation", facts.hub.url),
                "acts as anyone, injects faults, shows requests".to_owned()
            ],
        ])
    )
}

fn suite_administrator(facts: &Facts) -> String {
    match &facts.suite.administrator {
        Some(administrator) => columns(&[[
            "Administrator".to_owned(),
            administrator.email.clone(),
            administrator.password.clone(),
        ]]),
        None => "  (the password was shown by an earlier start and is not kept in this folder)".to_owned(),
    }
}

fn next_step(facts: &Facts) -> String {
    let customer = match (&facts.suite.customer, facts.organizations.first()) {
        (Some(customer), _) => format!("open the customer {}", customer.name),
        (None, Some(organization)) => format!(
            "add the customer {} (organization id {})",
            organization.name, organization.id
        ),
        (None, None) => "add a customer".to_owned(),
    };
    let authorizer = facts
        .people
        .iter()
        .find(|person| is_full_admin(person))
        .map_or_else(
            || "a Full Admin".to_owned(),
            |person| format!("{} ({})", person.name, person.email),
        );
    format!(
        "  Open {}, sign in, {customer} and press Authorize on Users' Synch.\n  The Hub then asks you to sign in: do so as {authorizer}.",
        facts.suite.url
    )
}

fn is_full_admin(person: &PersonFacts) -> bool {
    person.note.is_empty()
        && person
            .roles
            .iter()
            .any(|role| role.contains("Full Admin") || role == "id_full_admin")
}
