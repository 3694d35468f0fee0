use std::time::Duration;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use kit::{Error, Result};
use kit_web::{BrowserId, CookieJar, Form, NoFields, Page, PageError, Query, set_cookie};
use serde::Deserialize;

use super::card_view::CardView;
use crate::Authorizations;
use crate::model::{IntegrationKey, InvitationId};
use crate::use_cases::OpenInvitation;

/// What the invited person sees: what it is, how far they are, what is next; at the end that it is complete.
#[derive(Template)]
#[template(path = "invitation.html")]
struct InvitationTemplate {
    opened: OpenInvitation,
    cards: Vec<CardView>,
    done: usize,
    just_done: Option<&'static str>,
    further_roles: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Arrival {
    key: Option<String>,
    done: Option<String>,
}

impl InvitationTemplate {
    /// The first that is not done yet.
    fn is_next(&self, view: &CardView) -> bool {
        self.cards
            .iter()
            .find(|card| !card.is_done())
            .is_some_and(|next| next.key() == view.key())
    }
}

pub(super) async fn show(
    State(authorizations): State<Authorizations>,
    jar: CookieJar,
    Path(invitation_id): Path<String>,
    Query(arrival): Query<Arrival>,
) -> Result<Response, PageError> {
    if let Some(secret) = arrival.key {
        return keep_secret(&authorizations, &invitation_id, &secret).await;
    }
    let opened = open(&authorizations, &jar, &invitation_id).await?;
    let now = authorizations.now();
    let cards: Vec<CardView> = opened
        .cards
        .iter()
        .cloned()
        .map(|card| CardView::new(card, now))
        .collect();
    let just_done = arrival
        .done
        .and_then(|word| IntegrationKey::from_word(&word).ok())
        .map(|key| key.integration().name);
    let further_roles = opened.cards.iter().filter_map(|card| {
        card.integration.further_role.map(|role| {
            format!(
                "{} also needs the administrator role “{}”.",
                card.integration.name,
                role.name()
            )
        })
    });
    let template = InvitationTemplate {
        done: opened.done(),
        further_roles: further_roles.collect(),
        cards,
        just_done,
        opened,
    };
    let title = format!("Authorize for {}", template.opened.customer.name);
    Ok(Page::solo_wide(title, &template).into_response())
}

pub(super) async fn authorize(
    State(authorizations): State<Authorizations>,
    jar: CookieJar,
    Extension(BrowserId(browser)): Extension<BrowserId>,
    Path((invitation_id, integration)): Path<(String, String)>,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Redirect, PageError> {
    let opened = open(&authorizations, &jar, &invitation_id).await?;
    let url = authorizations
        .begin_invited(
            &opened.invitation,
            IntegrationKey::from_word(&integration)?,
            &browser,
        )
        .await?;
    Ok(Redirect::to(url.as_str()))
}

/// The secret leaves the address bar, the history and every link at once: it goes on in a cookie.
async fn keep_secret(
    authorizations: &Authorizations,
    invitation_id: &str,
    secret: &str,
) -> Result<Response, PageError> {
    let id = invitation_id_of(invitation_id)?;
    let opened = authorizations.open_invitation(id, secret).await?;
    let mut response = Redirect::to(&format!("/invitations/{id}")).into_response();
    let life = opened
        .invitation
        .expires_at
        .since(authorizations.now())
        .max(Duration::from_secs(60));
    set_cookie(
        &mut response,
        authorizations.parts().tenancy.public_url(),
        &cookie_name(id),
        secret,
        Some(life),
    );
    Ok(response)
}

/// Opens the invitation with the secret that this browser keeps.
pub(super) async fn open(
    authorizations: &Authorizations,
    jar: &CookieJar,
    invitation_id: &str,
) -> Result<OpenInvitation> {
    let id = invitation_id_of(invitation_id)?;
    let secret = jar
        .get(authorizations.parts().tenancy.public_url(), &cookie_name(id))
        .unwrap_or_default();
    authorizations.open_invitation(id, secret).await
}

/// One cookie for each invitation, so that two of them do not get into each other's way.
fn cookie_name(id: InvitationId) -> String {
    format!("trunkline_suite_invitation_{}", &id.to_string()[..8])
}

fn invitation_id_of(text: &str) -> Result<InvitationId> {
    InvitationId::parse(text).map_err(|_| {
        Error::not_found(
            "This link is not complete, or does not exist. Open the whole link that you were sent.",
        )
    })
}
