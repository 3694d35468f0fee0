use askama::Template;
use axum::extract::{Path, State};
use hub_identity::SignedIn;
use kit_web::{Page, PageError};

use super::losses::losses;
use super::words::{counted, integration_path};
use crate::Governance;
use crate::blast_radius::PolicyDeed;
use crate::model::{Audience, Existing};
use crate::use_cases::{IntegrationView, require_decide};

/// What cannot be undone has a page of its own, which says whom it concerns.
#[derive(Template)]
#[template(path = "integration_confirm.html")]
struct Confirm {
    heading: &'static str,
    warning: &'static str,
    button: &'static str,
    busy: &'static str,
    is_disable: bool,
    action: String,
    back: String,
    people_in_words: String,
    losses: String,
    view: IntegrationView,
}

pub(super) async fn disable(
    State(governance): State<Governance>,
    who: SignedIn,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    require_decide(&who.caller)?;
    let view = governance.integration(&who.caller, &id).await?;
    let back = integration_path(&view.integration.client_id);
    let deed = PolicyDeed::SetAudience {
        client_id: view.integration.client_id.clone(),
        to: Audience::nobody(),
        existing: Existing::End,
    };
    let template = Confirm {
        heading: "Disable the integration?",
        warning: "Nobody of your organization can authorize it any more.",
        button: "Disable",
        busy: "Disabling…",
        is_disable: true,
        action: format!("{back}/status"),
        back,
        losses: losses(&governance, &who.caller, &deed).await?,
        people_in_words: counted(view.people_total, "person", "people"),
        view,
    };
    Ok(Page::new("Disable the integration", &template))
}

pub(super) async fn revoke(
    State(governance): State<Governance>,
    who: SignedIn,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    require_decide(&who.caller)?;
    let view = governance.integration(&who.caller, &id).await?;
    let back = integration_path(&view.integration.client_id);
    let deed = PolicyDeed::Revoke {
        client_id: view.integration.client_id.clone(),
    };
    let template = Confirm {
        heading: "Revoke access?",
        warning: "Every authorization of this integration in your organization ends at once.",
        button: "Revoke access",
        busy: "Revoking…",
        is_disable: false,
        action: format!("{back}/revoke"),
        back,
        losses: losses(&governance, &who.caller, &deed).await?,
        people_in_words: counted(view.people_total, "person", "people"),
        view,
    };
    Ok(Page::new("Revoke access", &template))
}
