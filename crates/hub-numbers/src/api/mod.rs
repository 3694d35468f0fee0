//! The public API of this slice: HTTP in, one call, reply out.

mod available;
mod jobs;
mod list;
mod manage;
pub(crate) mod query;
mod routes;
mod wire;

use axum::Router;
use axum::extract::{OriginalUri, Path, State};
use axum::routing::{MethodRouter, get, post};
use hub_directory::Caller;
use hub_directory::public_api::Pairs;

use self::available::Request;
pub use self::routes::ROUTES;
use crate::use_cases::offer_numbers::Purpose;
use crate::{Numbers, OwnerKind};

/// The public API. The composition puts a [`hub_directory::Caller`] into each request whose token it found valid.
pub fn api_router(numbers: Numbers) -> Router {
    let mut router = Router::new()
        .route(list::PATH, get(list::list))
        .route(
            "/v1/telephony/config/locations/{location_id}/numbers",
            post(manage::add).put(manage::set_state).delete(manage::remove),
        )
        .route(
            "/v1/telephony/config/actions/validateNumbers/invoke",
            post(manage::validate_numbers),
        )
        .route(
            "/v1/telephony/config/actions/validateExtensions/invoke",
            post(manage::validate_extensions),
        )
        .route(
            "/v1/telephony/config/locations/{location_id}/actions/validateExtensions/invoke",
            post(manage::validate_extensions_at),
        )
        .route(jobs::PATH, get(jobs::list).post(jobs::start))
        .route(
            "/v1/telephony/config/jobs/numbers/manageNumbers/{job_id}",
            get(jobs::show),
        )
        .route(
            "/v1/telephony/config/jobs/numbers/manageNumbers/{job_id}/errors",
            get(jobs::errors),
        );
    for path in routes::HALTS {
        router = router.route(path, post(jobs::halt));
    }
    for (path, purpose) in routes::ANYWHERE {
        router = router.route(path, anywhere(*purpose));
    }
    for (path, purpose) in routes::AT_LOCATION {
        router = router.route(path, at_location(*purpose));
    }
    for (path, purpose, kind) in routes::OF_OWNER {
        router = router.route(path, of_owner(*purpose, *kind));
    }
    router.with_state(numbers)
}

fn anywhere(purpose: Purpose) -> MethodRouter<Numbers> {
    get(
        move |State(numbers): State<Numbers>, caller: Caller, uri: OriginalUri, pairs: Pairs| {
            Request {
                numbers,
                caller,
                uri,
                pairs,
            }
            .anywhere(purpose)
        },
    )
}

fn at_location(purpose: Purpose) -> MethodRouter<Numbers> {
    get(
        move |State(numbers): State<Numbers>,
              caller: Caller,
              Path(id): Path<String>,
              uri: OriginalUri,
              pairs: Pairs| async move {
            Request {
                numbers,
                caller,
                uri,
                pairs,
            }
            .at(purpose, &id)
            .await
        },
    )
}

fn of_owner(purpose: Purpose, kind: OwnerKind) -> MethodRouter<Numbers> {
    get(
        move |State(numbers): State<Numbers>,
              caller: Caller,
              Path(id): Path<String>,
              uri: OriginalUri,
              pairs: Pairs| async move {
            Request {
                numbers,
                caller,
                uri,
                pairs,
            }
            .of_owner(purpose, kind, &id)
            .await
        },
    )
}
