use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, header};
use hub_directory::Caller;
use hub_directory::public_api::{Answer, Pairs, done, object};
use kit::{Error, Result};
use kit_web::{ApiError, Json};
use serde_json::json;
use webex::{PublicId, ResourceKind};

use super::body::{ApplicationBody, ApplicationWrite, Filter};
use crate::Developer;
use crate::model::{ApplicationDraft, ApplicationKind, Overlap};
use crate::use_cases::{NewApplication, READ, Registered, WRITE, require_see_catalogue};

const MOST_ON_A_PAGE: usize = 100;

pub(super) async fn list(State(developer): State<Developer>, caller: Caller, pairs: Pairs) -> Answer {
    caller.require_any_scope(READ)?;
    let filter = filter(&caller, &pairs)?;
    let (start, size) = (pairs.start()?, pairs.page_size(MOST_ON_A_PAGE)?);
    let mut found = everything(&developer, &caller).await?;
    found.retain(|application| application.is(&filter) && asks_for_nothing_else(&pairs));
    order(&mut found, pairs.text("orderBy"))?;
    let total = found.len();
    let page: Vec<ApplicationBody> = found.into_iter().skip(start).take(size).collect();
    let body = json!({ "items": page });
    let mut response = object(&body)?;
    if start + size < total {
        let next = pairs.next_page(
            developer.directory().public_url(),
            "/v1/applications",
            size,
            Some((start + size).to_string()),
        );
        response = (next, response).into_response();
    }
    Ok(response)
}

/// One's own, a Full Admin's colleagues', and what administrators find in the catalogue; each once.
async fn everything(developer: &Developer, caller: &Caller) -> Result<Vec<ApplicationBody>> {
    let url = developer.directory().public_url();
    let listed = developer.list_applications(caller).await?;
    let mut found: Vec<ApplicationBody> = listed
        .own
        .iter()
        .chain(&listed.colleagues)
        .map(|own| ApplicationBody::own(own, url))
        .collect();
    if require_see_catalogue(caller).is_ok() {
        for entry in developer.list_service_apps(caller).await? {
            if found
                .iter()
                .all(|known| known.client_id() != entry.client.client_id)
            {
                found.push(ApplicationBody::of_catalogue(&entry, url));
            }
        }
    }
    Ok(found)
}

fn filter(caller: &Caller, pairs: &Pairs) -> Result<Filter> {
    // Bots and the like are kinds of which there is none here.
    let kind = pairs.text("type").map(ApplicationKind::of_wire);
    if kind == Some(None) {
        // A kind that nothing here is: the page is empty, as it is at Webex for a kind that one has none of.
        return Ok(Filter {
            submission_status: Some(String::new()),
            ..Filter::default()
        });
    }
    let created_by = match pairs.text("createdBy") {
        None => None,
        Some("me") => Some(PublicId::of_uuid(ResourceKind::People, caller.person_id.uuid())),
        Some(text) => Some(PublicId::of_uuid(
            ResourceKind::People,
            PublicId::parse_uuid(ResourceKind::People, text)?,
        )),
    };
    Ok(Filter {
        kind: kind.flatten(),
        submission_status: pairs.text("submissionStatus").map(ToOwned::to_owned),
        org_submission_status: pairs.text("orgSubmissionStatus").map(ToOwned::to_owned),
        created_by,
    })
}

/// Nothing here is featured, native, a bot, or in a category: who asks for such finds nothing.
fn asks_for_nothing_else(pairs: &Pairs) -> bool {
    !pairs.flag("isFeatured")
        && !pairs.flag("isNative")
        && ["botEmail", "category", "tag"]
            .iter()
            .all(|key| pairs.text(key).is_none())
}

fn order(found: &mut [ApplicationBody], by: Option<&str>) -> Result<()> {
    match by {
        None | Some("name" | "appName" | "isFeatured" | "policy") => {
            found.sort_by_cached_key(|application| {
                (
                    kit::search_key(application.name()),
                    application.client_id().to_owned(),
                )
            });
        }
        Some("lastSubmissionDate") => {
            found.sort_by_key(|application| std::cmp::Reverse(application.modified()));
        }
        Some(_) => {
            return Err(Error::invalid(
                "orderBy is one of isFeatured, lastSubmissionDate, policy, appName and name.",
            ));
        }
    }
    Ok(())
}

pub(super) async fn create(
    State(developer): State<Developer>,
    caller: Caller,
    Authorized(body): Authorized,
) -> Answer {
    let kind = body.kind.as_deref().unwrap_or("integration");
    let kind = ApplicationKind::of_wire(kind).ok_or_else(|| {
        Error::invalid("type is integration or authorizedAppIssuer; others are not registered here.")
    })?;
    let new = NewApplication {
        kind,
        is_public: body.is_public,
        draft: body.into_draft(ApplicationDraft::default()),
        form_key: developer.randomness().hex(16),
    };
    match developer.register(&caller, new).await? {
        Registered::Now(fresh) => {
            let body = ApplicationBody::own(&fresh.application, developer.directory().public_url());
            no_store(object(&body.with_secret(fresh.secret.as_ref()))?)
        }
        Registered::Before { .. } => Err(Error::conflict("This application was registered before.").into()),
    }
}

pub(super) async fn show(
    State(developer): State<Developer>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    let url = developer.directory().public_url();
    match developer.show_application(&caller, &id).await {
        Ok(own) => object(&ApplicationBody::own(&own, url)),
        // Administrators look at what they are asked to authorize.
        Err(error) if *error.kind() == kit::Kind::NotFound && require_see_catalogue(&caller).is_ok() => {
            match developer.service_app(&caller, &id).await {
                Ok(entry) => object(&ApplicationBody::of_catalogue(&entry, url)),
                Err(_) => Err(error.into()),
            }
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn update(
    State(developer): State<Developer>,
    caller: Caller,
    Path(id): Path<String>,
    Authorized(body): Authorized,
) -> Answer {
    let before = developer.show_application(&caller, &id).await?;
    if body
        .kind
        .as_deref()
        .is_some_and(|kind| ApplicationKind::of_wire(kind) != Some(before.kind()))
    {
        return Err(
            Error::invalid("The type of an application cannot be changed. Register another one.").into(),
        );
    }
    let draft = body.into_draft(ApplicationDraft::of(&before.application, &before.client));
    let after = developer.change_application(&caller, &id, draft).await?;
    object(&ApplicationBody::own(&after, developer.directory().public_url()))
}

pub(super) async fn remove(
    State(developer): State<Developer>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    developer.delete_application(&caller, &id).await?;
    done()
}

/// The address says that the secret goes; the answer is the new one. The one before ends at once.
pub(super) async fn renew_secret(
    State(developer): State<Developer>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    let secret = developer.rotate_secret(&caller, &id, Overlap::AtOnce).await?;
    let own = developer.show_application(&caller, &id).await?;
    let body = ApplicationBody::own(&own, developer.directory().public_url());
    no_store(object(&body.with_secret(Some(&secret)))?)
}

pub(super) fn no_store(mut response: Response) -> Answer {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The body of somebody whose token may change applications: whoever may not learns that first.
pub(super) struct Authorized(ApplicationWrite);

impl<S: Send + Sync> axum::extract::FromRequest<S> for Authorized {
    type Rejection = ApiError;

    async fn from_request(request: axum::extract::Request, state: &S) -> std::result::Result<Self, ApiError> {
        if let Some(caller) = request.extensions().get::<Caller>() {
            caller.require_any_scope(WRITE)?;
        }
        let Json(body) = Json::<ApplicationWrite>::from_request(request, state).await?;
        Ok(Self(body))
    }
}
