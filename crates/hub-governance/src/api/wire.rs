use std::collections::BTreeSet;

use hub_directory::{OrganizationId, PersonId};
use kit::{Error, Result, Timestamp};
use serde::{Deserialize, Serialize};
use webex::{PublicId, ResourceKind};

use crate::model::{Audience, Existing, Rule};
use crate::use_cases::Policy;

/// A policy as the public API writes it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PolicyBody {
    id: String,
    org_id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    app_id: Option<String>,
    name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    person_ids: Vec<String>,
    action: &'static str,
    created: Timestamp,
}

/// What somebody sends.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PolicyWrite {
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) app_id: Option<String>,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) person_ids: Vec<String>,
    pub(super) action: Option<String>,
    /// Ours: `end` (the default) or `keep`.
    pub(super) existing_authorizations: Option<String>,
}

pub(super) fn policy_body(policy: Policy) -> PolicyBody {
    let Policy {
        organization_id,
        client_id,
        name,
        rule,
        people,
        created_at,
    } = policy;
    PolicyBody {
        id: policy_id(organization_id, client_id.as_deref()).to_string(),
        org_id: organization_text(organization_id),
        kind: if client_id.is_some() { "custom" } else { "default" },
        app_id: client_id.as_deref().map(webex::application_id),
        name,
        person_ids: people.into_iter().map(person_text).collect(),
        action: action(rule),
        created: created_at,
    }
}

/// The id of a policy says whose it is and for what: there is one at the most.
pub(super) fn policy_id(organization: OrganizationId, client_id: Option<&str>) -> PublicId {
    let value = format!("{organization}:{}", client_id.unwrap_or("default"));
    PublicId::new(ResourceKind::Policy, value)
}

/// The client id of one of the organization's own policies; nothing for its default. Another organization's is not there.
pub(super) fn read_policy_id(organization: OrganizationId, text: &str) -> Result<Option<String>> {
    let not_found = || Error::not_found("The requested resource could not be found.");
    let id = PublicId::parse(ResourceKind::Policy, text).map_err(|_| not_found())?;
    let (owner, what) = id.value().split_once(':').ok_or_else(not_found)?;
    if owner != organization.to_string() {
        return Err(not_found());
    }
    Ok((what != "default").then(|| what.to_owned()))
}

/// The client id of an application id; a client id is taken as it is.
pub(super) fn client_id(text: &str) -> String {
    webex::client_id_of_application(text).unwrap_or_else(|| text.to_owned())
}

pub(super) fn read_people(texts: &[String]) -> Result<BTreeSet<PersonId>> {
    texts
        .iter()
        .map(|text| PublicId::parse_uuid(ResourceKind::People, text).map(PersonId::new))
        .collect()
}

pub(super) fn person_text(person: PersonId) -> String {
    PublicId::text_of_uuid(ResourceKind::People, person.uuid())
}

pub(super) fn organization_text(organization: OrganizationId) -> String {
    PublicId::text_of_uuid(ResourceKind::Organization, organization.uuid())
}

pub(super) const fn action(rule: Rule) -> &'static str {
    match rule {
        Rule::Allow => "allow",
        Rule::Block => "deny",
    }
}

pub(super) fn read_action(word: &str) -> Result<Rule> {
    match word {
        "allow" => Ok(Rule::Allow),
        "deny" => Ok(Rule::Block),
        _ => Err(Error::invalid("action is allow or deny.")),
    }
}

/// What becomes of what people authorized before: `end` unless somebody says `keep`.
pub(super) fn read_existing(word: Option<&str>) -> Result<Existing> {
    match word {
        None | Some("end") => Ok(Existing::End),
        Some("keep") => Ok(Existing::Spare),
        Some(_) => Err(Error::invalid("existingAuthorizations is end or keep.")),
    }
}

/// Who may use an application, as our own endpoints write it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AudienceBody {
    action: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    person_ids: Vec<String>,
}

pub(super) fn audience_body(audience: &Audience) -> AudienceBody {
    let (rule, people) = audience.written();
    AudienceBody {
        action: action(rule),
        person_ids: people.iter().copied().map(person_text).collect(),
    }
}
