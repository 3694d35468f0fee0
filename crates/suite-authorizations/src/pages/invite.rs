use std::time::Duration;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Redirect;
use kit::{Error, ExposeSecret as _, Kind, Result};
use kit_web::{Form, Page, PageError, Query};
use serde::Deserialize;
use suite_tenancy::{Action, Customer, PageActor};

use super::customer::customer_id_of;
use crate::Authorizations;
use crate::model::{INTEGRATIONS, Integration, IntegrationKey, Invitation, InvitationId, NewInvitation};

#[derive(Template)]
#[template(path = "invite.html")]
struct InviteTemplate {
    customer: Customer,
    choices: Vec<Choice>,
    form: InviteForm,
    problem: Option<String>,
}

struct Choice {
    integration: &'static Integration,
    chosen: bool,
}

/// The one time that the link is shown.
#[derive(Template)]
#[template(path = "invited.html")]
struct InvitedTemplate {
    customer: Customer,
    invitation: Invitation,
    link: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Preset {
    integration: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct InviteForm {
    #[serde(default)]
    recipient: String,
    #[serde(default)]
    integration: Vec<String>,
    #[serde(default)]
    days: String,
    #[serde(default)]
    max_uses: String,
}

pub(super) async fn show(
    State(authorizations): State<Authorizations>,
    PageActor(actor): PageActor,
    Path(customer_id): Path<String>,
    Query(preset): Query<Preset>,
) -> Result<Page, PageError> {
    let id = customer_id_of(&customer_id)?;
    actor.require(Action::InviteAuthorizer, Some(id))?;
    let customer = authorizations.parts().tenancy.customer(&actor, id).await?;
    let configured = authorizations.provider().configured();
    let integration = match preset.integration {
        Some(word) => vec![word],
        None => configured.iter().map(|key| key.word().to_owned()).collect(),
    };
    let form = InviteForm {
        recipient: String::new(),
        integration,
        days: "7".to_owned(),
        max_uses: "20".to_owned(),
    };
    Ok(form_page(&authorizations, customer, form, None))
}

pub(super) async fn make(
    State(authorizations): State<Authorizations>,
    PageActor(actor): PageActor,
    Path(customer_id): Path<String>,
    Form(form): Form<InviteForm>,
) -> Result<Page, PageError> {
    let id = customer_id_of(&customer_id)?;
    actor.require(Action::InviteAuthorizer, Some(id))?;
    let customer = authorizations.parts().tenancy.customer(&actor, id).await?;
    let made = match read(&form) {
        Ok(new) => authorizations.invite(&actor, id, new).await,
        Err(error) => Err(error),
    };
    match made {
        Ok((invitation, link)) => {
            let template = InvitedTemplate {
                customer,
                invitation,
                link: link.expose_secret().to_owned(),
            };
            Ok(Page::new("Invitation", &template))
        }
        Err(error) if *error.kind() == Kind::Invalid => {
            let problem = Some(error.public().to_owned());
            Ok(
                form_page(&authorizations, customer, form, problem)
                    .with_status(http::StatusCode::BAD_REQUEST),
            )
        }
        Err(error) => Err(PageError(error)),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Revoke {}

pub(super) async fn revoke(
    State(authorizations): State<Authorizations>,
    PageActor(actor): PageActor,
    Path((customer_id, invitation_id)): Path<(String, String)>,
    Form(Revoke {}): Form<Revoke>,
) -> Result<Redirect, PageError> {
    let id = customer_id_of(&customer_id)?;
    let invitation =
        InvitationId::parse(&invitation_id).map_err(|_| Error::not_found("There is no such invitation."))?;
    authorizations.revoke_invitation(&actor, id, invitation).await?;
    Ok(Redirect::to(&format!("/customers/{id}?outcome=revoked")))
}

fn form_page(
    authorizations: &Authorizations,
    customer: Customer,
    form: InviteForm,
    problem: Option<String>,
) -> Page {
    let choices = INTEGRATIONS
        .iter()
        .filter(|integration| authorizations.provider().is_configured(integration.key))
        .map(|integration| Choice {
            integration,
            chosen: form.integration.iter().any(|word| word == integration.key.word()),
        })
        .collect();
    Page::new(
        "Invite a Full Administrator",
        &InviteTemplate {
            customer,
            choices,
            form,
            problem,
        },
    )
}

fn read(form: &InviteForm) -> Result<NewInvitation> {
    let number = |text: &str, what: &str| {
        text.trim().parse::<u32>().map_err(|_| {
            let shown: String = text.chars().take(20).collect();
            Error::invalid(format!("“{shown}” is not a number of {what}; write it like 7."))
        })
    };
    let integrations = form
        .integration
        .iter()
        .map(|word| IntegrationKey::from_word(word))
        .collect::<Result<Vec<_>>>();
    Ok(NewInvitation {
        recipient: form.recipient.clone(),
        integrations: integrations.map_err(|error| Error::invalid(error.public()))?,
        life: Duration::from_secs(u64::from(number(&form.days, "days")?) * 24 * 3600),
        max_uses: i64::from(number(&form.max_uses, "uses")?),
    })
}
