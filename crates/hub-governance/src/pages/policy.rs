use askama::Template;
use axum::extract::State;
use hub_identity::SignedIn;
use kit_web::{Page, PageError};

use super::words::counted;
use crate::Governance;
use crate::model::Rule;
use crate::use_cases::{PolicyPreview, require_decide};

#[derive(Template)]
#[template(path = "policy.html")]
struct Policy {
    policy: PolicyPreview,
    is_block: bool,
    may_decide: bool,
    changes_in_words: String,
}

#[derive(Template)]
#[template(path = "reset.html")]
struct Reset {
    policy: PolicyPreview,
    is_block: bool,
    exceptions_in_words: String,
}

pub(super) async fn manage(State(governance): State<Governance>, who: SignedIn) -> Result<Page, PageError> {
    let policy = governance.policy(&who.caller).await?;
    let template = Policy {
        is_block: policy.default == Rule::Block,
        may_decide: who.caller.is_full_admin(),
        changes_in_words: counted(policy.would_change, "integration", "integrations"),
        policy,
    };
    Ok(Page::new("Integration policy", &template))
}

pub(super) async fn reset(State(governance): State<Governance>, who: SignedIn) -> Result<Page, PageError> {
    require_decide(&who.caller)?;
    let policy = governance.policy(&who.caller).await?;
    let template = Reset {
        is_block: policy.default == Rule::Block,
        exceptions_in_words: counted(policy.exceptions.len(), "exception", "exceptions"),
        policy,
    };
    Ok(Page::new("Force reset", &template))
}
