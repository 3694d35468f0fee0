//! `GET /v1/trunkline/blastRadius`: what the public API has no word for.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use http::Method;
use hub_directory::public_api::{ADMINISTRATORS, Answer, NOT_FOUND, Pairs, object, require};
use hub_directory::{Caller, Deed, Fate, PersonId};
use hub_identity::Identity;
use kit::{Error, Result, Timestamp};
use kit_web::RouteSpec;
use serde::Serialize;
use webex::{PublicId, ResourceKind, Role};

use super::{Loss, PolicyDeed};
use crate::governance::Governance;
use crate::model::{Audience, Existing, Rule};

/// Either scope shows whose authorizations there are.
const SCOPES: &[&str] = &["identity:tokens_read", "spark-admin:policies_read"];

/// Who sees whose authorizations there are; the help desk does not.
const WHO_SEES_AUTHORIZATIONS: &[Role] = &[
    Role::FullAdministrator,
    Role::ReadOnlyAdministrator,
    Role::UserAdministrator,
    Role::DeviceAdministrator,
];

/// The routes of [`blast_radius_router`].
pub const BLAST_RADIUS_ROUTES: &[RouteSpec] = &[RouteSpec::api(
    &Method::GET,
    "/v1/trunkline/blastRadius",
    SCOPES,
    "Which authorizations something would end or blind",
)];

#[derive(Clone)]
struct Asked {
    governance: Governance,
    identity: Identity,
}

/// What a deed would end, before it is done.
pub fn blast_radius_router(governance: Governance, identity: Identity) -> Router {
    Router::new()
        .route("/v1/trunkline/blastRadius", get(show))
        .with_state(Asked { governance, identity })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LossWire {
    authorization_id: String,
    application_id: String,
    client_id: String,
    application_name: String,
    person_id: String,
    person_display_name: String,
    org_display_name: String,
    /// `dies` or `goesBlind`.
    fate: &'static str,
    /// Who else holds one that lives on.
    other_holders: Vec<String>,
    created: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used: Option<Timestamp>,
}

impl From<Loss> for LossWire {
    fn from(loss: Loss) -> Self {
        let Loss {
            grant,
            fate,
            client_name,
            customer,
            person_name,
            others,
        } = loss;
        Self {
            authorization_id: PublicId::text_of_uuid(ResourceKind::Authorization, grant.id.uuid()),
            application_id: PublicId::new(ResourceKind::Application, grant.client_id.as_str()).to_string(),
            client_id: grant.client_id,
            application_name: client_name,
            person_id: PublicId::text_of_uuid(ResourceKind::People, grant.person_id.uuid()),
            person_display_name: person_name,
            org_display_name: customer,
            fate: match fate {
                Fate::Dies => "dies",
                Fate::GoesBlind => "goesBlind",
            },
            other_holders: others,
            created: grant.granted_at,
            last_used: grant.last_used_at,
        }
    }
}

async fn show(State(asked): State<Asked>, caller: Caller, pairs: Pairs) -> Answer {
    require(&caller, SCOPES, ADMINISTRATORS)?;
    let losses = match question(&pairs)? {
        Question::Person(person, deed) => {
            // As much as the list of authorizations says, to the same people.
            require(&caller, SCOPES, WHO_SEES_AUTHORIZATIONS)?;
            let account = asked.governance.core.directory.account(person).await?;
            if account.is_none_or(|account| account.organization_id != caller.organization_id) {
                return Err(Error::not_found(NOT_FOUND).into());
            }
            asked
                .governance
                .blast_radius_of_person(&asked.identity, person, &deed)
                .await?
        }
        Question::Policy(deed) => asked.governance.blast_radius_of_policy(&caller, &deed).await?,
    };
    let items: Vec<LossWire> = losses.into_iter().map(LossWire::from).collect();
    object(&serde_json::json!({ "items": items }))
}

enum Question {
    Person(PersonId, Deed),
    Policy(PolicyDeed),
}

/// The deeds that can be asked about, as the sentence of a refusal lists them.
const DEEDS: &str = "changePassword, resetPassword, resetAccess, changeRoles, deactivate, delete and hidePresence with personId; allow, block and revoke with clientId; allowByDefault, blockByDefault and forceReset";

fn question(pairs: &Pairs) -> Result<Question> {
    let deed = pairs
        .text("deed")
        .ok_or_else(|| Error::invalid(format!("deed is missing. It is one of {DEEDS}.")))?;
    let person = || {
        let text = pairs
            .text("personId")
            .ok_or_else(|| Error::invalid(format!("personId is missing: to whom “{deed}” would happen.")))?;
        PublicId::parse_uuid(ResourceKind::People, text).map(PersonId::new)
    };
    let client_id = || {
        pairs.text("clientId").map(ToOwned::to_owned).ok_or_else(|| {
            Error::invalid(format!(
                "clientId is missing: to which integration “{deed}” would happen."
            ))
        })
    };
    let of_person = |deed: Deed| person().map(|person| Question::Person(person, deed));
    let existing = existing(pairs)?;
    let audience = |rule: Rule| {
        client_id().map(|client_id| {
            Question::Policy(PolicyDeed::SetAudience {
                client_id,
                to: Audience::from(rule),
                existing,
            })
        })
    };
    let by_default = |rule: Rule| Ok(Question::Policy(PolicyDeed::SetDefault { rule, existing }));
    match deed {
        "changePassword" => of_person(Deed::ChangePassword),
        "resetPassword" => of_person(Deed::ResetPassword),
        "resetAccess" => of_person(Deed::ResetAccess),
        "changeRoles" => of_person(Deed::ChangeRoles(roles(pairs)?)),
        "deactivate" => of_person(Deed::Deactivate),
        "delete" => of_person(Deed::Delete),
        "hidePresence" => of_person(Deed::HidePresence),
        "allow" => audience(Rule::Allow),
        "block" => audience(Rule::Block),
        "revoke" => Ok(Question::Policy(PolicyDeed::Revoke {
            client_id: client_id()?,
        })),
        "allowByDefault" => by_default(Rule::Allow),
        "blockByDefault" => by_default(Rule::Block),
        "forceReset" => Ok(Question::Policy(PolicyDeed::Reset { existing })),
        _ => Err(Error::invalid(format!("deed is none of {DEEDS}."))),
    }
}

/// The roles that the person would have, comma-separated, as keys or ids; none where nothing is said.
fn roles(pairs: &Pairs) -> Result<Vec<Role>> {
    pairs
        .list("roles")
        .unwrap_or_default()
        .into_iter()
        .map(|text| {
            Role::from_id(text).ok_or_else(|| {
                Error::invalid("roles names a role that does not exist. GET /v1/roles lists those there are.")
            })
        })
        .collect()
}

fn existing(pairs: &Pairs) -> Result<Existing> {
    match pairs.text("existing") {
        None | Some("end") => Ok(Existing::End),
        Some("spare") => Ok(Existing::Spare),
        Some(_) => Err(Error::invalid(
            "existing must be end (what people gave ends, as the console does it) or spare.",
        )),
    }
}
