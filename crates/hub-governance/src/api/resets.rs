use axum::extract::{Path, State};
use hub_directory::Caller;
use hub_directory::public_api::{Answer, object};
use kit::{Error, Result, Timestamp, Uuid};
use kit_web::Json;
use serde::{Deserialize, Serialize};
use webex::Items;

use super::wire::{AudienceBody, action, audience_body, read_existing};
use crate::Governance;
use crate::model::{Reset, Restoration};
use crate::use_cases::UndoPlan;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResetBody {
    id: Uuid,
    created: Timestamp,
    created_by: String,
    default_action: &'static str,
    undoable_until: Timestamp,
    undone: Option<Timestamp>,
    undone_by: Option<String>,
    exceptions: Vec<ExceptionBody>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExceptionBody {
    app_id: String,
    client_id: String,
    #[serde(flatten)]
    audience: AudienceBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ExistingWrite {
    existing_authorizations: Option<String>,
}

fn reset_body(reset: Reset, outcomes: &[Restoration]) -> ResetBody {
    let undoable_until = reset.undoable_until();
    let Reset {
        id,
        at,
        actor_name,
        default,
        revision: _,
        undone,
        exceptions,
    } = reset;
    let (undone, undone_by) = undone.unzip();
    let exceptions = exceptions
        .into_iter()
        .enumerate()
        .map(|(index, (client_id, audience))| ExceptionBody {
            app_id: webex::application_id(&client_id),
            client_id,
            audience: audience_body(&audience),
            outcome: outcomes.get(index).copied().map(outcome),
        })
        .collect();
    ResetBody {
        id,
        created: at,
        created_by: actor_name,
        default_action: action(default),
        undoable_until,
        undone,
        undone_by,
        exceptions,
    }
}

const fn outcome(restoration: Restoration) -> &'static str {
    match restoration {
        Restoration::Restored => "restored",
        Restoration::SaysTheSame => "saysTheSame",
        Restoration::DecidedSince => "decidedSince",
        Restoration::Gone => "gone",
    }
}

fn plan_body(plan: UndoPlan) -> ResetBody {
    let outcomes: Vec<Restoration> = plan.steps.iter().map(|(_, _, step)| *step).collect();
    reset_body(plan.reset, &outcomes)
}

pub(super) async fn list(State(governance): State<Governance>, caller: Caller) -> Answer {
    let items = governance
        .resets(&caller)
        .await?
        .into_iter()
        .map(|reset| reset_body(reset, &[]))
        .collect::<Vec<_>>();
    object(&Items { items })
}

/// Answers with the reset that was made; with nothing where there was no exception.
pub(super) async fn reset(
    State(governance): State<Governance>,
    caller: Caller,
    Json(sent): Json<ExistingWrite>,
) -> Answer {
    let existing = read_existing(sent.existing_authorizations.as_deref())?;
    let Some(id) = governance.reset_exceptions(&caller, existing).await? else {
        return hub_directory::public_api::done();
    };
    let made = governance
        .resets(&caller)
        .await?
        .into_iter()
        .find(|reset| reset.id == id);
    match made {
        Some(reset) => object(&reset_body(reset, &[])),
        None => hub_directory::public_api::done(),
    }
}

fn reset_id(text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(|_| Error::not_found("The requested resource could not be found."))
}

pub(super) async fn preview(
    State(governance): State<Governance>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    object(&plan_body(
        governance.undo_preview(&caller, reset_id(&id)?).await?,
    ))
}

pub(super) async fn undo(
    State(governance): State<Governance>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<ExistingWrite>,
) -> Answer {
    let existing = read_existing(sent.existing_authorizations.as_deref())?;
    object(&plan_body(
        governance.undo_reset(&caller, reset_id(&id)?, existing).await?,
    ))
}
