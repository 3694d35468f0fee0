//! HTTP in, one call, reply out.

use axum::Json;
use axum::extract::{FromRequest, Path, State};
use http::StatusCode;
use kit::Error;
use kit_web::{ApiError, Query};
use serde::{Deserialize, Serialize};

use crate::model::request_log::SeenRequest;
use crate::{Acted, Fault, IntegrationAct, NewFault, PersonAct, Simulation, Wish};

/// A wish is a few words.
const LARGEST_WISH: usize = 16 * 1024;

#[derive(Serialize)]
pub(crate) struct Items<T> {
    items: Vec<T>,
}

pub(crate) async fn act_on_person(
    State(simulation): State<Simulation>,
    Path((email, act)): Path<(String, String)>,
    wish: OptionalWish,
) -> Result<Json<Acted>, ApiError> {
    let act = PersonAct::parse(&act)?;
    Ok(Json(simulation.act_on_person(&email, act, &wish.0).await?))
}

pub(crate) async fn act_on_integration(
    State(simulation): State<Simulation>,
    Path((client_id, act)): Path<(String, String)>,
    wish: OptionalWish,
) -> Result<Json<Acted>, ApiError> {
    let act = IntegrationAct::parse(&act)?;
    Ok(Json(
        simulation.act_on_integration(&client_id, act, &wish.0).await?,
    ))
}

pub(crate) async fn close_organization(
    State(simulation): State<Simulation>,
    Path(organization): Path<String>,
) -> Result<Json<Acted>, ApiError> {
    Ok(Json(simulation.close_organization(&organization).await?))
}

#[derive(Serialize)]
pub(crate) struct Expired {
    expired: u64,
}

pub(crate) async fn expire_access_tokens(
    State(simulation): State<Simulation>,
) -> Result<Json<Expired>, ApiError> {
    let expired = simulation.expire_access_tokens().await?;
    Ok(Json(Expired { expired }))
}

pub(crate) async fn add_fault(
    State(simulation): State<Simulation>,
    kit_web::Json(wanted): kit_web::Json<NewFault>,
) -> Result<(StatusCode, Json<Fault>), ApiError> {
    let fault = simulation.state().faults.add(wanted)?;
    Ok((StatusCode::CREATED, Json(fault)))
}

pub(crate) async fn list_faults(State(simulation): State<Simulation>) -> Json<Items<Fault>> {
    let items = simulation.state().faults.all().to_vec();
    Json(Items { items })
}

pub(crate) async fn remove_fault(
    State(simulation): State<Simulation>,
    Path(id): Path<u64>,
) -> Result<StatusCode, ApiError> {
    simulation.state().faults.remove(id)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn remove_faults(State(simulation): State<Simulation>) -> StatusCode {
    simulation.state().faults.clear();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
pub(crate) struct LogQuery {
    #[serde(default)]
    after: u64,
}

pub(crate) async fn requests(
    State(simulation): State<Simulation>,
    Query(query): Query<LogQuery>,
) -> Json<Items<SeenRequest>> {
    let items = simulation.state().log.after(query.after);
    Json(Items { items })
}

pub(crate) async fn reset(State(simulation): State<Simulation>) -> StatusCode {
    simulation.reset();
    StatusCode::NO_CONTENT
}

/// A body is needed only where something is to be said.
pub(crate) struct OptionalWish(Wish);

impl<S: Send + Sync> FromRequest<S> for OptionalWish {
    type Rejection = ApiError;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let bytes = axum::body::to_bytes(body, LARGEST_WISH).await.map_err(|error| {
            ApiError(Error::invalid("The body of this request cannot be read.").because(error))
        })?;
        if bytes.is_empty() {
            return Ok(Self(Wish::default()));
        }
        let request = axum::extract::Request::from_parts(parts, bytes.into());
        let kit_web::Json(wish) = kit_web::Json::from_request(request, state).await?;
        Ok(Self(wish))
    }
}
