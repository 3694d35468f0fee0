use askama::Template;
use axum::extract::{Path, State};
use kit::{Error, Result};
use kit_web::{CookieJar, Page, PageError};
use suite_tenancy::{Action, PageActor};

use super::customer::customer_id_of;
use super::invitation::open;
use crate::Authorizations;
use crate::model::{Integration, IntegrationKey};

/// What to do in Control Hub when the organization blocks the integration.
#[derive(Template)]
#[template(path = "see_how.html")]
struct SeeHowTemplate {
    /// Where the breadcrumb and the button lead back to.
    back: String,
    back_label: String,
    authorize: Option<String>,
    integration: &'static Integration,
    client_id: String,
    application_id: String,
    control_hub_page: Option<String>,
}

pub(super) async fn show(
    State(authorizations): State<Authorizations>,
    PageActor(actor): PageActor,
    Path((customer_id, integration)): Path<(String, String)>,
) -> Result<Page, PageError> {
    let (id, key) = (
        customer_id_of(&customer_id)?,
        IntegrationKey::from_word(&integration)?,
    );
    actor.require(Action::ViewCustomer, Some(id))?;
    let customer = authorizations.parts().tenancy.customer(&actor, id).await?;
    let may = actor.may(Action::AuthorizeIntegration, Some(id));
    let authorize = may.then(|| format!("/customers/{id}/authorizations/{}/authorize", key.word()));
    let template = template(
        &authorizations,
        key,
        format!("/customers/{id}"),
        customer.name,
        authorize,
    )?;
    Ok(Page::new(
        format!("See how: {}", template.integration.name),
        &template,
    ))
}

pub(super) async fn show_invited(
    State(authorizations): State<Authorizations>,
    jar: CookieJar,
    Path((invitation_id, integration)): Path<(String, String)>,
) -> Result<Page, PageError> {
    let key = IntegrationKey::from_word(&integration)?;
    let opened = open(&authorizations, &jar, &invitation_id).await?;
    if !opened.invitation.integrations.contains(&key) {
        return Err(PageError(Error::not_found(
            "This invitation does not name that integration.",
        )));
    }
    let back = format!("/invitations/{}", opened.invitation.id);
    let authorize = Some(format!("{back}/authorize/{}", key.word()));
    let template = template(&authorizations, key, back, "Invitation".to_owned(), authorize)?;
    Ok(Page::solo_wide(
        format!("See how: {}", template.integration.name),
        &template,
    ))
}

fn template(
    authorizations: &Authorizations,
    key: IntegrationKey,
    back: String,
    back_label: String,
    authorize: Option<String>,
) -> Result<SeeHowTemplate> {
    let client = authorizations.provider().client(key)?;
    Ok(SeeHowTemplate {
        back,
        back_label,
        authorize,
        integration: key.integration(),
        application_id: webex::application_id(&client.client_id),
        control_hub_page: authorizations.provider().control_hub_page(&client.client_id),
        client_id: client.client_id.clone(),
    })
}
