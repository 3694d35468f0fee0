//! Jobs on many numbers. They are done at once; what is answered is what became of them.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use hub_directory::public_api::{
    Answer, FULL_ADMIN, Pairs, TELEPHONY_READ, TELEPHONY_READERS, TELEPHONY_WRITE, object, path_uuid,
    require, require_own,
};
use hub_directory::{Caller, LocationId};
use kit::{Error, Result};
use kit_web::{ApiError, Json, current_tracking_id};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use webex::{PublicId, ResourceKind};

use super::query::MOST_A_PAGE;
use crate::Numbers;
use crate::model::{Job, JobError, Operation};
use crate::use_cases::manage_numbers::JobRequest;

pub(super) const PATH: &str = "/v1/telephony/config/jobs/numbers/manageNumbers";

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct JobBody {
    operation: String,
    target_location_id: Option<String>,
    number_usage_type: Option<String>,
    number_list: Vec<NumbersOfLocation>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct NumbersOfLocation {
    location_id: String,
    numbers: Vec<String>,
}

fn location(text: &str) -> Result<LocationId> {
    PublicId::parse_uuid(ResourceKind::Location, text).map(LocationId::new)
}

fn request(body: JobBody) -> Result<JobRequest> {
    let operation = Operation::from_word(&body.operation)
        .ok_or_else(|| Error::invalid("operation must be MOVE, DELETE or NUMBER_USAGE_CHANGE."))?;
    let service = match (operation, body.number_usage_type.as_deref()) {
        (Operation::ChangeUsage, Some("SERVICE")) => true,
        (Operation::ChangeUsage, Some("NONE")) => false,
        (Operation::ChangeUsage, _) => {
            return Err(Error::invalid("numberUsageType must be NONE or SERVICE."));
        }
        _ => false,
    };
    let of_location = |list: NumbersOfLocation| Ok((location(&list.location_id)?, list.numbers));
    Ok(JobRequest {
        operation,
        target: body.target_location_id.as_deref().map(location).transpose()?,
        service,
        numbers: body
            .number_list
            .into_iter()
            .map(of_location)
            .collect::<Result<_>>()?,
        tracking_id: current_tracking_id(),
    })
}

pub(super) async fn start(
    State(numbers): State<Numbers>,
    caller: Caller,
    pairs: Pairs,
    body: std::result::Result<Json<JobBody>, ApiError>,
) -> Answer {
    require(&caller, TELEPHONY_WRITE, FULL_ADMIN)?;
    require_own(&caller, pairs.organization()?)?;
    let job = numbers.run_job(&caller, request(body?.0)?).await?;
    Ok((StatusCode::ACCEPTED, object(&item(&job))?).into_response())
}

pub(super) async fn list(State(numbers): State<Numbers>, caller: Caller, pairs: Pairs) -> Answer {
    require(&caller, TELEPHONY_READ, TELEPHONY_READERS)?;
    require_own(&caller, pairs.organization()?)?;
    let (max, start) = (pairs.page_size(MOST_A_PAGE)?, pairs.start()?);
    let (jobs, more) = numbers.list_jobs(&caller, start, max).await?;
    let next = more.then(|| start.saturating_add(max).to_string());
    let link = pairs.next_page(numbers.directory().public_url(), PATH, max, next);
    let items: Vec<Value> = jobs.iter().map(item).collect();
    Ok((link, object(&json!({ "items": items }))?).into_response())
}

pub(super) async fn show(
    State(numbers): State<Numbers>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let (job, _) = found(&numbers, &caller, &id, &pairs).await?;
    object(&item(&job))
}

pub(super) async fn errors(
    State(numbers): State<Numbers>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let (job, errors) = found(&numbers, &caller, &id, &pairs).await?;
    let items: Vec<ErrorItem> = errors
        .into_iter()
        .zip(1..)
        .map(|(error, number)| ErrorItem::of(&job, error, number))
        .collect();
    object(&json!({ "items": items }))
}

pub(super) async fn halt(
    State(numbers): State<Numbers>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    require(&caller, TELEPHONY_WRITE, FULL_ADMIN)?;
    require_own(&caller, pairs.organization()?)?;
    numbers
        .halt_job(&caller, path_uuid(ResourceKind::JobId, &id)?)
        .await?;
    hub_directory::public_api::done()
}

async fn found(numbers: &Numbers, caller: &Caller, id: &str, pairs: &Pairs) -> Result<(Job, Vec<JobError>)> {
    require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
    require_own(caller, pairs.organization()?)?;
    numbers
        .show_job(caller, path_uuid(ResourceKind::JobId, id)?)
        .await
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ErrorItem {
    item: String,
    item_number: i64,
    tracking_id: String,
    error_type: &'static str,
    error: Value,
}

impl ErrorItem {
    fn of(job: &Job, error: JobError, item_number: i64) -> Self {
        let location_id = PublicId::of_uuid(ResourceKind::Location, error.location_id.uuid());
        Self {
            item: error.number,
            item_number,
            tracking_id: job.tracking_id.clone(),
            error_type: "ERROR",
            error: json!({
                "key": error.status.to_string(),
                "message": [{ "description": error.sentence, "locationId": location_id }],
            }),
        }
    }
}

fn item(job: &Job) -> Value {
    let organization_id = PublicId::of_uuid(ResourceKind::Organization, job.organization_id.uuid());
    let place = |id: Option<LocationId>| id.map(|id| PublicId::of_uuid(ResourceKind::Location, id.uuid()));
    let exit_code = if job.failed == 0 {
        "COMPLETED"
    } else {
        "COMPLETED_WITH_ERRORS"
    };
    let moment = job.created_at.to_string();
    let step = json!({
        "id": job.instance,
        "startTime": moment,
        "endTime": moment,
        "lastUpdated": moment,
        "statusMessage": "COMPLETED",
        "exitCode": exit_code,
        "createdTime": moment,
        "timeElapsed": "PT0S",
    });
    let done = |operation: Operation| {
        if job.operation == operation {
            job.total - job.failed
        } else {
            0
        }
    };
    let mut item = json!({
        "id": PublicId::of_uuid(ResourceKind::JobId, job.id),
        "name": "Manage numbers",
        "jobType": "managenumbers",
        "trackingId": job.tracking_id,
        "sourceUserId": PublicId::of_uuid(ResourceKind::People, job.person_id.uuid()),
        "sourceCustomerId": organization_id,
        "targetCustomerId": organization_id,
        "instanceId": job.instance,
        "jobExecutionStatus": [step],
        "latestExecutionStatus": "COMPLETED",
        "latestExecutionExitCode": exit_code,
        "operationType": job.operation.word(),
        "counts": {
            "totalNumbers": job.total,
            "numbersDeleted": done(Operation::Delete),
            "numbersMoved": done(Operation::Move),
            "numbersUsageChanged": done(Operation::ChangeUsage),
            "numbersFailed": job.failed,
        },
    });
    if let Some(fields) = item.as_object_mut() {
        if let Some(id) = place(job.source_location_id) {
            fields.insert("sourceLocationId".to_owned(), json!(id));
        }
        if let Some(id) = place(job.target_location_id) {
            fields.insert("targetLocationId".to_owned(), json!(id));
        }
    }
    item
}
