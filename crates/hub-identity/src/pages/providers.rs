//! Organization settings > Authentication: the providers at which people of a domain sign in.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use hub_directory::AdministratorCaller;
use kit::{Error, Result, SecretString};
use kit_web::{BrowserId, Form, NoFields, Page, PageError, status_of, to_mend};
use serde::Deserialize;

use crate::password_policy::require_settings_writer;
use crate::{Identity, IdentityProvider, ProviderDraft, ProviderId};

type Answer = std::result::Result<Response, PageError>;

#[derive(Deserialize)]
pub(super) struct ProviderForm {
    #[serde(default)]
    domain: String,
    #[serde(default)]
    issuer: String,
    #[serde(default)]
    client_id: String,
    #[serde(deserialize_with = "super::secret")]
    client_secret: SecretString,
}

impl ProviderForm {
    fn draft(&self) -> ProviderDraft {
        ProviderDraft {
            domain: self.domain.clone(),
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "settings_provider.html")]
struct ProviderTemplate<'a> {
    domain: &'a str,
    issuer: &'a str,
    client_id: &'a str,
    callback: String,
    own_domain: String,
    provider: Option<&'a IdentityProvider>,
    problem: &'a str,
}

pub(super) async fn new_form(
    State(identity): State<Identity>,
    AdministratorCaller(caller): AdministratorCaller,
) -> Answer {
    require_settings_writer(&caller)?;
    let organization = identity.directory().organization(caller.organization_id).await?;
    let own_domain = organization
        .map(|organization| organization.domain)
        .unwrap_or_default();
    let template = ProviderTemplate {
        domain: &own_domain.clone(),
        issuer: "",
        client_id: "",
        callback: identity.callback_url(),
        own_domain,
        provider: None,
        problem: "",
    };
    Ok(Page::new("Add a provider", &template).into_response())
}

pub(super) async fn add(
    State(identity): State<Identity>,
    AdministratorCaller(caller): AdministratorCaller,
    Form(form): Form<ProviderForm>,
) -> Answer {
    match identity.add_identity_provider(&caller, form.draft()).await {
        Ok(_) => Ok(Redirect::to("/settings/authentication?done=provider").into_response()),
        Err(error) => {
            require_settings_writer(&caller)?;
            let organization = identity.directory().organization(caller.organization_id).await?;
            let own_domain = organization
                .map(|organization| organization.domain)
                .unwrap_or_default();
            shown_again(&identity, &form, own_domain, None, error)
        }
    }
}

pub(super) async fn edit_form(
    State(identity): State<Identity>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    require_settings_writer(&caller)?;
    let provider = identity.identity_provider(&caller, read(&id)?).await?;
    let template = ProviderTemplate {
        domain: &provider.domain,
        issuer: &provider.issuer,
        client_id: &provider.client_id,
        callback: identity.callback_url(),
        own_domain: provider.domain.clone(),
        provider: Some(&provider),
        problem: "",
    };
    Ok(Page::new(format!("Sign-in of {}", provider.domain), &template).into_response())
}

pub(super) async fn save(
    State(identity): State<Identity>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(form): Form<ProviderForm>,
) -> Answer {
    let id = read(&id)?;
    match identity.change_identity_provider(&caller, id, form.draft()).await {
        Ok(_) => Ok(Redirect::to("/settings/authentication?done=provider").into_response()),
        Err(error) => {
            let provider = identity.identity_provider(&caller, id).await?;
            let form = ProviderForm {
                domain: provider.domain.clone(),
                ..form
            };
            shown_again(&identity, &form, provider.domain.clone(), Some(&provider), error)
        }
    }
}

/// The provider may not answer at this moment: that is shown beside the form as well.
fn shown_again(
    identity: &Identity,
    form: &ProviderForm,
    own_domain: String,
    provider: Option<&IdentityProvider>,
    error: Error,
) -> Answer {
    let error = match error.kind() {
        kit::Kind::Unavailable => error,
        _ => to_mend(error)?,
    };
    let status = match status_of(error.kind()) {
        StatusCode::SERVICE_UNAVAILABLE => StatusCode::BAD_GATEWAY,
        status => status,
    };
    let template = ProviderTemplate {
        domain: &form.domain,
        issuer: &form.issuer,
        client_id: &form.client_id,
        callback: identity.callback_url(),
        own_domain,
        provider,
        problem: error.public(),
    };
    Ok(Page::new("Sign-in provider", &template)
        .with_status(status)
        .into_response())
}

pub(super) async fn try_it(
    State(identity): State<Identity>,
    AdministratorCaller(caller): AdministratorCaller,
    Extension(browser): Extension<BrowserId>,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Answer {
    let there = identity
        .try_identity_provider(&caller, read(&id)?, &browser.0)
        .await?;
    Ok(Redirect::to(there.as_str()).into_response())
}

#[derive(Deserialize)]
pub(super) struct Switch {
    #[serde(default)]
    on: String,
}

pub(super) async fn switch(
    State(identity): State<Identity>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(Switch { on }): Form<Switch>,
) -> Answer {
    let enabled = match on.as_str() {
        "on" => true,
        "off" => false,
        _ => return Err(PageError(Error::invalid("Choose on or off."))),
    };
    identity
        .switch_identity_provider(&caller, read(&id)?, enabled)
        .await?;
    Ok(Redirect::to(&format!("/settings/authentication?done={on}")).into_response())
}

pub(super) async fn forget(
    State(identity): State<Identity>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Answer {
    identity.forget_provider_accounts(&caller, read(&id)?).await?;
    Ok(Redirect::to("/settings/authentication?done=forgotten").into_response())
}

pub(super) async fn remove(
    State(identity): State<Identity>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Answer {
    identity.remove_identity_provider(&caller, read(&id)?).await?;
    Ok(Redirect::to("/settings/authentication?done=removed").into_response())
}

fn read(id: &str) -> Result<ProviderId> {
    ProviderId::parse(id).map_err(|_| Error::not_found("There is no such provider in your organization."))
}
