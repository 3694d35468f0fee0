//! The other side of the wire: authorizes whatever it is told to, and counts.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use kit::Timestamp;
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::SentAway;

pub const ORGANIZATION: &str = "1eb65fdf-9643-417f-9974-ad72cae0e10f";
pub const OTHER_ORGANIZATION: &str = "2eb65fdf-9643-417f-9974-ad72cae0e10f";
pub const PERSON: &str = "3eb65fdf-9643-417f-9974-ad72cae0e10f";

pub struct Platform {
    pub base: String,
    shared: Shared,
    server: tokio::task::JoinHandle<()>,
}

type Shared = Arc<Inner>;

struct Inner {
    state: Mutex<Behaviour>,
    /// Renewals wait here while `hold_renewals` is set.
    released: Notify,
    signing: EncodingKey,
    public: (String, String),
}

/// What it does, and what it was asked.
pub struct Behaviour {
    pub now: Timestamp,
    pub base: String,
    pub organization: &'static str,
    pub organization_name: &'static str,
    pub roles: Vec<webex::Role>,
    pub login_enabled: bool,
    /// Scopes that it leaves out.
    pub withheld: &'static str,
    pub says_scopes: bool,
    pub token_error: Option<(u16, Value)>,
    pub people_error: Option<u16>,
    pub refresh_error: Option<(u16, Value)>,
    pub rotates: bool,
    pub renews_silently: bool,
    pub shares_presence: bool,
    pub hold_renewals: bool,
    pub id_token_nonce: Option<String>,
    pub id_token_audience: Option<String>,
    pub id_token_party: Option<String>,
    pub id_token_issuer: Option<String>,
    pub id_token_subject: Option<String>,
    pub foreign_signature: bool,
    pub refreshes: usize,
    pub exchanges: usize,
    pub revoked: Vec<String>,
    codes: HashMap<String, Consent>,
    access: Vec<String>,
    refresh: Vec<String>,
    next: usize,
}

struct Consent {
    client_id: String,
    challenge: String,
    redirect_uri: String,
    scope: String,
    nonce: Option<String>,
}

impl Drop for Platform {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Platform {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (signing, public) = keys();
        let shared = Arc::new(Inner {
            state: Mutex::new(Behaviour::friendly(&base)),
            released: Notify::new(),
            signing,
            public,
        });
        let router = Router::new()
            .route("/v1/access_token", post(token))
            .route("/v1/people/me", get(me))
            .route("/v1/people", get(people))
            .route("/v1/organizations/{id}", get(organization))
            .route("/v1/authorizations/tokenExpiry", get(expiry))
            .route("/v1/telephony/config/locations", get(locations))
            .route("/v1/userinfo", get(user_info))
            .route("/v1/verification", get(verification))
            .route("/idb/oauth2/v1/revoke", post(revoke))
            .with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { base, shared, server }
    }

    pub fn behaviour(&self) -> MutexGuard<'_, Behaviour> {
        self.shared.state.lock().unwrap()
    }

    pub fn set_now(&self, now: Timestamp) {
        self.behaviour().now = now;
    }

    /// The person accepted; the code that the browser brings back.
    pub fn consent(&self, sent: &SentAway) -> String {
        let mut state = self.behaviour();
        state.next += 1;
        let code = format!("code-{}", state.next);
        let consent = Consent {
            client_id: sent.query["client_id"].clone(),
            challenge: sent.query["code_challenge"].clone(),
            redirect_uri: sent.query["redirect_uri"].clone(),
            scope: sent.query["scope"].clone(),
            nonce: sent.query.get("nonce").cloned(),
        };
        state.codes.insert(code.clone(), consent);
        code
    }

    /// Every token that there is dies, as when the person changes their password.
    pub fn kill_everything(&self) {
        let mut state = self.behaviour();
        state.access.clear();
        state.refresh.clear();
    }

    /// Only the access tokens die.
    pub fn kill_access_tokens(&self) {
        self.behaviour().access.clear();
    }

    pub fn release_renewals(&self) {
        self.behaviour().hold_renewals = false;
        self.shared.released.notify_waiters();
    }
}

impl Behaviour {
    fn friendly(base: &str) -> Self {
        Self {
            now: Timestamp::from_millis(0),
            base: base.to_owned(),
            organization: ORGANIZATION,
            organization_name: "Contoso",
            roles: vec![webex::Role::FullAdministrator],
            login_enabled: true,
            withheld: "",
            says_scopes: true,
            token_error: None,
            people_error: None,
            refresh_error: None,
            rotates: false,
            renews_silently: false,
            shares_presence: true,
            hold_renewals: false,
            id_token_nonce: None,
            id_token_audience: None,
            id_token_party: None,
            id_token_issuer: None,
            id_token_subject: None,
            foreign_signature: false,
            refreshes: 0,
            exchanges: 0,
            revoked: Vec::new(),
            codes: HashMap::new(),
            access: Vec::new(),
            refresh: Vec::new(),
            next: 0,
        }
    }

    fn mint(&mut self, kind: &str) -> String {
        self.next += 1;
        let token = format!("{kind}-secret-{}_P0A1_{}", self.next, self.organization);
        if kind == "access" {
            self.access.push(token.clone());
        } else {
            self.refresh.push(token.clone());
        }
        token
    }
}

fn keys() -> (EncodingKey, (String, String)) {
    let document = EcdsaKeyPair::generate_pkcs8(
        &ECDSA_P256_SHA256_FIXED_SIGNING,
        &aws_lc_rs::rand::SystemRandom::new(),
    )
    .unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref()).unwrap();
    let point = pair.public_key().as_ref();
    let coordinate = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    (
        EncodingKey::from_ec_der(document.as_ref()),
        (coordinate(&point[1..33]), coordinate(&point[33..65])),
    )
}

fn envelope(status: u16, message: &str) -> Response {
    let body =
        json!({ "message": message, "errors": [{ "description": message }], "trackingId": "ROUTERGW_test" });
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}

async fn token(State(shared): State<Shared>, body: String) -> Response {
    let form: HashMap<String, String> = url::form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .collect();
    if form.get("client_secret").map(String::as_str) != Some("client-secret") {
        return (
            StatusCode::UNAUTHORIZED,
            Json(json!({ "error": "invalid_client" })),
        )
            .into_response();
    }
    match form["grant_type"].as_str() {
        "authorization_code" => exchange(&shared, &form),
        "refresh_token" => refresh(&shared, &form).await,
        other => envelope(400, &format!("unsupported_grant_type {other}")),
    }
}

fn exchange(shared: &Shared, form: &HashMap<String, String>) -> Response {
    let mut state = shared.state.lock().unwrap();
    state.exchanges += 1;
    if let Some((status, body)) = &state.token_error {
        return (StatusCode::from_u16(*status).unwrap(), Json(body.clone())).into_response();
    }
    let Some(consent) = state.codes.remove(&form["code"]) else {
        return envelope(400, "The code is invalid.");
    };
    let challenge = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, form["code_verifier"].as_bytes());
    let fits = URL_SAFE_NO_PAD.encode(challenge.as_ref()) == consent.challenge
        && form["redirect_uri"] == consent.redirect_uri
        && form["client_id"] == consent.client_id;
    if !fits {
        return envelope(400, "The code does not belong to this request.");
    }
    let withheld: Vec<&str> = state.withheld.split(' ').collect();
    let granted: Vec<&str> = consent
        .scope
        .split(' ')
        .filter(|scope| !withheld.contains(scope))
        .collect();
    let (access, refresh) = (state.mint("access"), state.mint("refresh"));
    let mut body = json!({ "access_token": access, "expires_in": 1_209_599, "refresh_token": refresh, "refresh_token_expires_in": 7_775_999, "token_type": "Bearer" });
    if state.says_scopes {
        body["scope"] = granted.join(" ").into();
    }
    if granted.contains(&"openid") {
        body["id_token"] = id_token(shared, &state, &consent).into();
    }
    Json(body).into_response()
}

fn id_token(shared: &Shared, state: &Behaviour, consent: &Consent) -> String {
    let claims = json!({
        "iss": state.id_token_issuer.as_ref().unwrap_or(&state.base),
        "aud": state.id_token_audience.as_ref().unwrap_or(&consent.client_id),
        "sub": state.id_token_subject.as_deref().unwrap_or(PERSON),
        "iat": state.now.as_seconds(),
        "exp": state.now.as_seconds() + 7200,
        "nonce": state.id_token_nonce.as_ref().or(consent.nonce.as_ref()),
        "azp": state.id_token_party.as_ref().unwrap_or(&consent.client_id),
    });
    let mut header = Header::new(Algorithm::ES256);
    header.kid = Some("key-1".to_owned());
    let foreign = keys().0;
    jsonwebtoken::encode(
        &header,
        &claims,
        if state.foreign_signature {
            &foreign
        } else {
            &shared.signing
        },
    )
    .unwrap()
}

async fn refresh(shared: &Shared, form: &HashMap<String, String>) -> Response {
    let released = shared.released.notified();
    let held = {
        let mut state = shared.state.lock().unwrap();
        state.refreshes += 1;
        state.hold_renewals
    };
    if held {
        released.await;
    }
    let mut state = shared.state.lock().unwrap();
    if let Some((status, body)) = &state.refresh_error {
        return (StatusCode::from_u16(*status).unwrap(), Json(body.clone())).into_response();
    }
    let Some(index) = state
        .refresh
        .iter()
        .position(|known| *known == form["refresh_token"])
    else {
        return envelope(
            400,
            "The refresh token provided is expired, revoked, malformed, or invalid",
        );
    };
    let access = state.mint("access");
    let mut body = json!({ "access_token": access, "expires_in": 1_209_599, "token_type": "Bearer" });
    if state.rotates {
        state.refresh.remove(index);
        body["refresh_token"] = state.mint("refresh").into();
    } else if !state.renews_silently {
        body["refresh_token"] = form["refresh_token"].clone().into();
        body["refresh_token_expires_in"] = 7_775_999.into();
    }
    Json(body).into_response()
}

/// The state when the bearer is accepted, the one 401 otherwise.
#[expect(clippy::result_large_err, reason = "a test's answer")]
fn accepted<'s>(shared: &'s Shared, request: &Request) -> Result<MutexGuard<'s, Behaviour>, Response> {
    let state = shared.state.lock().unwrap();
    let bearer = request
        .headers()
        .get("authorization")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    if bearer.is_some_and(|bearer| state.access.iter().any(|known| known == bearer)) {
        Ok(state)
    } else {
        Err(envelope(
            401,
            "The request requires a valid access token set in the Authorization request header.",
        ))
    }
}

fn id(kind: webex::ResourceKind, value: &str) -> String {
    webex::PublicId::new(kind, value).to_string()
}

fn person(state: &Behaviour) -> Value {
    let mut person = json!({
        "id": id(webex::ResourceKind::People, PERSON),
        "emails": ["ada@contoso.example"],
        "displayName": "Ada Moreau",
        "orgId": id(webex::ResourceKind::Organization, state.organization),
        "roles": state.roles.iter().map(|role| role.id().to_string()).collect::<Vec<_>>(),
        "loginEnabled": state.login_enabled,
        "type": "person",
    });
    if state.shares_presence {
        person["status"] = "active".into();
    }
    person
}

async fn me(State(shared): State<Shared>, request: Request) -> Response {
    match accepted(&shared, &request) {
        Ok(state) => match state.people_error {
            Some(status) => envelope(status, "not now"),
            None => Json(person(&state)).into_response(),
        },
        Err(refusal) => refusal,
    }
}

async fn people(State(shared): State<Shared>, request: Request) -> Response {
    match accepted(&shared, &request) {
        Ok(state) => Json(json!({ "notFoundIds": null, "items": [person(&state)] })).into_response(),
        Err(refusal) => refusal,
    }
}

async fn organization(State(shared): State<Shared>, Path(asked): Path<String>, request: Request) -> Response {
    match accepted(&shared, &request) {
        Ok(state) if state.organization_name.is_empty() => envelope(403, "Missing required scope"),
        Ok(state) => Json(json!({ "id": asked, "displayName": state.organization_name })).into_response(),
        Err(refusal) => refusal,
    }
}

async fn expiry(State(shared): State<Shared>, request: Request) -> Response {
    match accepted(&shared, &request) {
        Ok(state) => Json(json!({ "exp": state.now.as_millis() + 1_209_599_000 })).into_response(),
        Err(refusal) => refusal,
    }
}

async fn locations(State(shared): State<Shared>, request: Request) -> Response {
    match accepted(&shared, &request) {
        Ok(_) => Json(json!({ "locations": [] })).into_response(),
        Err(refusal) => refusal,
    }
}

async fn user_info(State(shared): State<Shared>, request: Request) -> Response {
    match accepted(&shared, &request) {
        Ok(_) => Json(json!({ "sub": PERSON, "email": "ada@contoso.example", "email_verified": "true" }))
            .into_response(),
        Err(refusal) => refusal,
    }
}

async fn verification(State(shared): State<Shared>) -> Response {
    let (x, y) = &shared.public;
    Json(json!({ "keys": [{ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "key-1", "x": x, "y": y }] })).into_response()
}

async fn revoke(State(shared): State<Shared>, body: String) -> Response {
    let form: HashMap<String, String> = url::form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .collect();
    let mut state = shared.state.lock().unwrap();
    let token = form["token"].clone();
    state.access.retain(|known| *known != token);
    state.refresh.retain(|known| *known != token);
    state.revoked.push(token);
    StatusCode::OK.into_response()
}
