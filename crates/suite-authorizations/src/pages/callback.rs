use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use kit_web::{BrowserId, Query};
use suite_tenancy::Actor;

use super::refusal_page;
use crate::Authorizations;
use crate::use_cases::{CallbackOutcome, CallbackQuery};

/// The one GET that ends something: it was begun by a POST in this browser, and its state is good for one return.
pub(super) async fn come_back(
    State(authorizations): State<Authorizations>,
    actor: Option<Actor>,
    Extension(BrowserId(browser)): Extension<BrowserId>,
    Query(query): Query<CallbackQuery>,
) -> Response {
    match authorizations.callback(actor.as_ref(), &browser, &query).await {
        Ok(outcome) => Redirect::to(&way_on(&outcome)).into_response(),
        Err(refused) => refusal_page::page(&authorizations, &refused).into_response(),
    }
}

pub(super) fn way_on(outcome: &CallbackOutcome) -> String {
    match outcome {
        CallbackOutcome::Unconfirmed { attempt } => format!("/authorizations/confirm/{attempt}"),
        CallbackOutcome::Completed {
            customer: _,
            integration,
            invitation: Some(invitation),
        } => {
            format!("/invitations/{invitation}?done={}", integration.word())
        }
        CallbackOutcome::Completed {
            customer,
            integration,
            invitation: None,
        } => {
            format!(
                "/customers/{customer}?outcome=authorized&integration={}",
                integration.word()
            )
        }
    }
}
