use askama::Template;
use axum::extract::State;
use hub_identity::SignedIn;
use kit_web::{Page, PageError, Query};
use serde::Deserialize;

use super::notices::Done;
use crate::Governance;
use crate::use_cases::Alert;

#[derive(Debug, Deserialize)]
pub(super) struct AlertParameters {
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "alerts.html")]
struct Alerts {
    alerts: Vec<Alert>,
    notice: Option<&'static str>,
    may_decide: bool,
}

pub(super) async fn alerts(
    State(governance): State<Governance>,
    who: SignedIn,
    Query(parameters): Query<AlertParameters>,
) -> Result<Page, PageError> {
    let alerts = governance.alerts(&who.caller).await?;
    let template = Alerts {
        alerts,
        notice: Done::sentence_for(&parameters.done),
        may_decide: who.caller.is_full_admin(),
    };
    Ok(Page::new("Alerts center", &template))
}
