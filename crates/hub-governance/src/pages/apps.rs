use askama::Template;
use axum::extract::{OriginalUri, State};
use hub_identity::SignedIn;
use kit::Error;
use kit_web::{Page, PageError};

use super::tabs::{TABS, Tab};
use crate::Governance;
use crate::use_cases::{IntegrationList, ListQuery};

#[derive(Template)]
#[template(path = "apps_general.html")]
struct General {
    current: &'static str,
    list: IntegrationList,
    open_requests: u64,
}

#[derive(Template)]
#[template(path = "apps_tab.html")]
struct Other {
    current: &'static str,
    tab: &'static Tab,
}

pub(super) async fn general(State(governance): State<Governance>, who: SignedIn) -> Result<Page, PageError> {
    let list = governance
        .integrations(&who.caller, &ListQuery::default())
        .await?;
    let open_requests = governance.open_requests(&who.caller).await?;
    Ok(Page::new(
        "Apps",
        &General {
            current: "/apps",
            list,
            open_requests,
        },
    ))
}

/// A tab that this Hub has nothing for; it says so.
pub(super) async fn other(OriginalUri(uri): OriginalUri, who: SignedIn) -> Result<Page, PageError> {
    crate::use_cases::require_view(&who.caller)?;
    let tab = TABS
        .iter()
        .find(|tab| tab.path == uri.path())
        .ok_or_else(|| Error::not_found("There is no page at this address."))?;
    Ok(Page::new(
        tab.label,
        &Other {
            current: tab.path,
            tab,
        },
    ))
}
