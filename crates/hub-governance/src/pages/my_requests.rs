use askama::Template;
use axum::extract::State;
use hub_identity::SignedIn;
use kit_web::{Page, PageError};

use crate::Governance;
use crate::use_cases::MyRequest;

/// What one asked for, and what became of it.
#[derive(Template)]
#[template(path = "my_requests.html")]
struct MyRequests {
    requests: Vec<MyRequest>,
}

pub(super) async fn list(State(governance): State<Governance>, who: SignedIn) -> Result<Page, PageError> {
    let requests = governance.my_requests(&who.caller).await?;
    Ok(Page::new("Your requests", &MyRequests { requests }))
}
