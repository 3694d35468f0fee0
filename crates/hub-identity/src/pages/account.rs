use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use hub_directory::{Account, Deed};
use kit::{Error, Timestamp};
use kit_web::{Form, Page, PageError, Query};
use serde::Deserialize;
use webex::{PublicId, ResourceKind};

use crate::{Identity, SignedIn};

#[derive(Template)]
#[template(path = "account_profile.html")]
struct ProfileTemplate {
    account: Account,
    organization: String,
    person_id: String,
    organization_id: String,
    password_changed_at: Option<Timestamp>,
    /// Where the person signs in, if not here.
    elsewhere: Option<String>,
    /// When the password must be changed, where that is near.
    must_change_soon: Option<Timestamp>,
}

/// An expiry that is nearer than this stands among the notices.
const SOON: Duration = Duration::from_secs(30 * 24 * 3600);

pub(super) async fn profile(
    State(identity): State<Identity>,
    signed_in: SignedIn,
) -> Result<Page, PageError> {
    let account = account_of(&identity, &signed_in).await?;
    let organization = identity.directory().organization(account.organization_id).await?;
    let expires_at = identity.password_expires_at(account.person_id).await?;
    let soon = identity.now().plus(SOON);
    let template = ProfileTemplate {
        elsewhere: identity
            .provider_of(&account)
            .await?
            .map(|provider| provider.domain),
        must_change_soon: expires_at.filter(|moment| *moment < soon),
        organization: organization
            .map(|organization| organization.display_name)
            .unwrap_or_default(),
        person_id: PublicId::of_uuid(ResourceKind::People, account.person_id.uuid()).to_string(),
        organization_id: PublicId::of_uuid(ResourceKind::Organization, account.organization_id.uuid())
            .to_string(),
        password_changed_at: identity.password_changed_at(account.person_id).await?,
        account,
    };
    Ok(Page::new("My account", &template))
}

pub(super) async fn account_of(identity: &Identity, signed_in: &SignedIn) -> Result<Account, PageError> {
    let account = identity.directory().account(signed_in.caller.person_id).await?;
    account.ok_or_else(|| PageError(Error::not_found("This account does not exist any more.")))
}

#[derive(Template)]
#[template(path = "account_presence.html")]
struct PresenceTemplate {
    shares: bool,
    changed: bool,
    consequences: String,
}

#[derive(Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    pub(super) done: String,
}

pub(super) async fn presence(
    State(identity): State<Identity>,
    signed_in: SignedIn,
    Query(Done { done }): Query<Done>,
) -> Result<Page, PageError> {
    let account = account_of(&identity, &signed_in).await?;
    let (caller, deed) = (&signed_in.caller, Deed::HidePresence);
    let consequences = if account.shares_presence {
        let directory = identity.directory();
        directory
            .consequences_html(caller, account.person_id, &deed)
            .await?
    } else {
        String::new()
    };
    Ok(Page::new(
        "Presence",
        &PresenceTemplate {
            shares: account.shares_presence,
            changed: !done.is_empty(),
            consequences,
        },
    ))
}

#[derive(Deserialize)]
pub(super) struct Sharing {
    share: String,
}

pub(super) async fn switch_presence(
    State(identity): State<Identity>,
    signed_in: SignedIn,
    Form(Sharing { share }): Form<Sharing>,
) -> Result<Response, PageError> {
    let shares = match share.as_str() {
        "on" => true,
        "off" => false,
        _ => {
            return Err(PageError(Error::invalid(
                "Choose whether your presence is shared: on or off.",
            )));
        }
    };
    identity
        .directory()
        .set_presence_sharing(&signed_in.caller, shares)
        .await?;
    Ok(Redirect::to("/me/presence?done=1").into_response())
}
