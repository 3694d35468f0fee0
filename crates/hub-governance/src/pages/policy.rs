use askama::Template;
use axum::extract::{Path, State};
use axum::response::Redirect;
use hub_identity::SignedIn;
use kit::{Error, Timestamp, Uuid};
use kit_web::{Form, Page, PageError, Query};

use super::changes::SpareForm;
use super::losses::losses;
use super::notices::Done;
use super::people::DoneParameter;
use super::words::counted;
use crate::Governance;
use crate::blast_radius::PolicyDeed;
use crate::model::{Existing, Reset, Restoration, Rule};
use crate::use_cases::{PolicyPreview, UndoPlan, require_decide};

#[derive(Template)]
#[template(path = "policy.html")]
struct Policy {
    /// What blocking by default ends.
    losses: Option<String>,
    policy: PolicyPreview,
    notice: Option<&'static str>,
    is_block: bool,
    may_decide: bool,
    changes_in_words: String,
    now: Timestamp,
}

impl Policy {
    fn is_undoable(&self, reset: &Reset) -> bool {
        self.may_decide && reset.is_undoable(self.now)
    }
}

#[derive(Template)]
#[template(path = "reset.html")]
struct ResetPage {
    losses: String,
    policy: PolicyPreview,
    is_block: bool,
    exceptions_in_words: String,
}

#[derive(Template)]
#[template(path = "undo.html")]
struct Undo {
    plan: UndoPlan,
    restored_in_words: String,
    restores_nothing: bool,
}

pub(super) async fn manage(
    State(governance): State<Governance>,
    who: SignedIn,
    Query(parameters): Query<DoneParameter>,
) -> Result<Page, PageError> {
    let policy = governance.policy(&who.caller).await?;
    let losses = if policy.default == Rule::Allow && who.caller.is_full_admin() {
        let deed = PolicyDeed::SetDefault {
            rule: Rule::Block,
            existing: Existing::End,
        };
        Some(losses(&governance, &who.caller, &deed).await?)
    } else {
        None
    };
    let template = Policy {
        losses,
        notice: Done::sentence_for(&parameters.done),
        is_block: policy.default == Rule::Block,
        may_decide: who.caller.is_full_admin(),
        changes_in_words: counted(policy.would_change, "integration", "integrations"),
        now: governance.now(),
        policy,
    };
    Ok(Page::new("Integration policy", &template))
}

pub(super) async fn reset(State(governance): State<Governance>, who: SignedIn) -> Result<Page, PageError> {
    require_decide(&who.caller)?;
    let policy = governance.policy(&who.caller).await?;
    let deed = PolicyDeed::Reset {
        existing: Existing::End,
    };
    let template = ResetPage {
        losses: losses(&governance, &who.caller, &deed).await?,
        is_block: policy.default == Rule::Block,
        exceptions_in_words: counted(policy.exceptions.len(), "exception", "exceptions"),
        policy,
    };
    Ok(Page::new("Force reset", &template))
}

fn reset_id(text: &str) -> Result<Uuid, PageError> {
    Uuid::parse_str(text).map_err(|_| PageError(Error::not_found("There is no such reset.")))
}

pub(super) async fn undo_preview(
    State(governance): State<Governance>,
    who: SignedIn,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    require_decide(&who.caller)?;
    let mut plan = governance.undo_preview(&who.caller, reset_id(&id)?).await?;
    plan.steps
        .sort_by_cached_key(|(name, _, _)| kit::search_key(name));
    let restored = plan.count(Restoration::Restored);
    let template = Undo {
        restored_in_words: counted(restored, "exception", "exceptions"),
        restores_nothing: restored == 0,
        plan,
    };
    Ok(Page::new("Undo the reset", &template))
}

pub(super) async fn undo(
    State(governance): State<Governance>,
    who: SignedIn,
    Path(id): Path<String>,
    Form(form): Form<SpareForm>,
) -> Result<Redirect, PageError> {
    governance
        .undo_reset(&who.caller, reset_id(&id)?, form.existing())
        .await?;
    Ok(Redirect::to(&Done::Undone.at("/apps/integrations/manage")))
}
