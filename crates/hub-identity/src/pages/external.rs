//! The way back from another provider.

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kit::{Error, Kind};
use kit_web::{BrowserId, Message, PageError, Query, Tone, status_of};

use super::door::{At, let_in};
use crate::{CameBack, ExternalAnswer, Identity};

pub(super) async fn came_back(
    State(identity): State<Identity>,
    Extension(browser): Extension<BrowserId>,
    at: At,
    Query(came_back): Query<CameBack>,
) -> Result<Response, PageError> {
    match identity.finish_external(&browser.0, came_back, &at.visitor).await {
        Ok(ExternalAnswer::SignedIn { sign_in, return_to }) => {
            let_in(&identity, &at.jar, &sign_in, &return_to).await
        }
        Ok(ExternalAnswer::Tried { domain, email }) => {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("tried", &domain).append_pair("as", &email);
            Ok(Redirect::to(&format!("/settings/authentication?{}", query.finish())).into_response())
        }
        Err(error) => refused(error),
    }
}

fn refused(error: Error) -> Result<Response, PageError> {
    if *error.kind() == Kind::Internal {
        return Err(PageError(error));
    }
    tracing::info!(
        chain = error.chain(),
        "a sign-in through another provider was refused"
    );
    let mut message = Message::new(Tone::Danger, "You are not signed in", error.public());
    message
        .actions
        .push(("Begin again".to_owned(), "/sign-in".to_owned()));
    Ok(message.into_page(status_of(error.kind())).into_response())
}
