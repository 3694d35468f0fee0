use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::StatusCode;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

/// An organization behind `GET /v1/people` and the two lists of locations, with the failures that tests need.
#[derive(Clone)]
pub struct Provider(Arc<Inner>);

struct Inner {
    url: String,
    state: Mutex<Organization>,
    /// Pages of people that may be answered; a test that holds the list back takes the permits away.
    gate: Semaphore,
}

#[derive(Default)]
struct Organization {
    people: Vec<Value>,
    locations: Vec<Value>,
    telephony: Option<Vec<Value>>,
    page_size: usize,
    failing_page: Option<usize>,
    circular: bool,
    endless: bool,
    requests: usize,
}

const PLENTY: usize = 1_000_000;

impl Provider {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Mutex::new(Organization {
            page_size: 100,
            telephony: Some(Vec::new()),
            ..Organization::default()
        });
        let provider = Self(Arc::new(Inner {
            url,
            state,
            gate: Semaphore::new(PLENTY),
        }));
        let router = Router::new()
            .route("/v1/people", get(people))
            .route("/v1/locations", get(locations))
            .route("/v1/telephony/config/locations", get(telephony_locations))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    pub fn url(&self) -> String {
        self.0.url.clone()
    }

    fn change(&self, change: impl FnOnce(&mut Organization)) {
        change(&mut self.0.state.lock().unwrap());
    }

    pub fn set_people(&self, people: Vec<Value>) {
        self.change(|organization| organization.people = people);
    }

    pub fn set_locations(&self, locations: Vec<Value>, telephony: Option<Vec<Value>>) {
        self.change(|organization| (organization.locations, organization.telephony) = (locations, telephony));
    }

    pub fn set_page_size(&self, size: usize) {
        self.change(|organization| organization.page_size = size);
    }

    /// Answers 403 instead of this page (0, 1, 2 …) of people.
    pub fn fail_page(&self, page: Option<usize>) {
        self.change(|organization| organization.failing_page = page);
    }

    /// Leads from the last page back to the first.
    pub fn set_circular(&self) {
        self.change(|organization| organization.circular = true);
    }

    /// Answers people and behind them empty pages without an end.
    pub fn set_endless(&self, endless: bool) {
        self.change(|organization| organization.endless = endless);
    }

    pub fn requests(&self) -> usize {
        self.0.state.lock().unwrap().requests
    }

    /// Answers `pages` more pages of people and then none until [`Self::release`].
    pub fn hold_after(&self, pages: usize) {
        self.0.gate.forget_permits(PLENTY);
        self.0.gate.add_permits(pages);
    }

    pub fn release(&self) {
        self.0.gate.add_permits(PLENTY / 2);
    }
}

async fn people(State(provider): State<Provider>, Query(query): Query<HashMap<String, String>>) -> Response {
    provider.0.gate.acquire().await.unwrap().forget();
    let mut organization = provider.0.state.lock().unwrap();
    organization.requests += 1;
    assert_eq!(query.get("callingData").map(String::as_str), Some("true"));
    let cursor: usize = query.get("cursor").map_or(0, |cursor| cursor.parse().unwrap());
    if organization.failing_page == Some(cursor) {
        let message = "The server understood the request, but refused to fulfill it because the access token is missing required scopes.";
        return (
            StatusCode::FORBIDDEN,
            Json(json!({ "message": message, "errors": [], "trackingId": "T1" })),
        )
            .into_response();
    }
    let (first, size) = (cursor * organization.page_size, organization.page_size);
    let items: Vec<Value> = organization
        .people
        .iter()
        .skip(first)
        .take(size)
        .cloned()
        .collect();
    let has_next = organization.endless || first + size < organization.people.len();
    let next = if has_next {
        Some(cursor + 1)
    } else {
        organization.circular.then_some(0)
    };
    let mut response = Json(json!({ "notFoundIds": null, "items": items })).into_response();
    if let Some(next) = next {
        // A number that only grows keeps the circle from being one link that leads to itself.
        let turn = organization.requests;
        let link = format!(
            "<{}/v1/people?callingData=true&max=100&cursor={next}&turn={turn}>; rel=\"next\"",
            provider.0.url
        );
        response.headers_mut().insert("link", link.parse().unwrap());
    }
    response
}

async fn locations(State(provider): State<Provider>) -> Json<Value> {
    Json(json!({ "items": provider.0.state.lock().unwrap().locations }))
}

async fn telephony_locations(State(provider): State<Provider>) -> Response {
    match &provider.0.state.lock().unwrap().telephony {
        Some(locations) => Json(json!({ "locations": locations })).into_response(),
        None => (
            StatusCode::NOT_FOUND,
            Json(json!({ "message": "Not found", "errors": [], "trackingId": "T2" })),
        )
            .into_response(),
    }
}

/// A person as the platform answers them; the number makes the id, the direct number and the extension.
pub fn person(number: u32, name: &str) -> Value {
    let (first, last) = name.split_once(' ').unwrap_or((name, ""));
    json!({
        "id": public_id("PEOPLE", &person_uuid(number)),
        "emails": [format!("person{number}@contoso.example")],
        "phoneNumbers": [
            { "type": "work", "value": format!("+1408555{number:04}"), "primary": true },
            { "type": "work_extension", "value": format!("81{number:04}") },
        ],
        "extension": format!("{number:04}"),
        "locationId": public_id("LOCATION", "00000000-0000-4000-9000-000000000001"),
        "displayName": name, "firstName": first, "lastName": last,
        "department": "Sales", "title": "Clerk",
        "orgId": public_id("ORGANIZATION", "00000000-0000-4000-a000-000000000001"),
        "timeZone": "America/New_York", "loginEnabled": true, "type": "person", "status": "active",
        "lastModified": "2026-11-01T10:00:00.000Z",
    })
}

pub fn person_uuid(number: u32) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

pub fn location(number: u32, name: &str) -> Value {
    json!({
        "id": public_id("LOCATION", &format!("00000000-0000-4000-9000-{number:012}")), "name": name,
        "address": { "address1": "1 Main Street", "city": name, "country": "US" }, "timeZone": "America/New_York",
    })
}

pub fn telephony_location(number: u32, name: &str) -> Value {
    json!({
        "id": public_id("LOCATION", &format!("00000000-0000-4000-9000-{number:012}")), "name": name,
        "routingPrefix": "81", "callingLineId": { "phoneNumber": "+14085550000" },
    })
}

fn public_id(kind: &str, value: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(format!("ciscospark://us/{kind}/{value}"))
}
