use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use kit_web::ApiError;
use serde_json::json;

use crate::wiring::Slices;

/// For whoever watches the process: an answer means that the database answers too.
pub(super) async fn health(State(slices): State<Slices>) -> Response {
    match kit_sql::sql("SELECT 1 AS one").one(&slices.database).await {
        Ok(_) => Json(json!({ "status": "ok" })).into_response(),
        Err(error) => ApiError(error).into_response(),
    }
}
