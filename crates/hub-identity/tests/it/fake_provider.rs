use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use aws_lc_rs::digest;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use axum::extract::State;
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::{HeaderMap, StatusCode};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use kit::{Clock as _, ManualClock};
use serde_json::{Value, json};

pub(crate) const CLIENT_ID: &str = "the hub: registered";
pub(crate) const CLIENT_SECRET: &str = "s3cret/with+signs&such";
pub(crate) const CALLBACK: &str = "http://127.0.0.1:8080/sign-in/external/callback";

/// What the provider does, so that a test can have it do wrong.
#[derive(Clone)]
pub(crate) struct Behaviour {
    pub(crate) subject: String,
    pub(crate) email: Value,
    pub(crate) email_verified: Value,
    pub(crate) email_at_userinfo: bool,
    pub(crate) userinfo_subject: Option<String>,
    /// Claims that replace the right ones.
    pub(crate) claims: Value,
    pub(crate) kid: String,
    pub(crate) named_issuer: Option<String>,
    pub(crate) endpoint_host: Option<String>,
    pub(crate) forges_signature: bool,
}

/// A code that the provider gave out: nonce and challenge of the request.
struct Given {
    nonce: String,
    challenge: String,
}

struct Inner {
    issuer: String,
    clock: ManualClock,
    encoding: EncodingKey,
    other: EncodingKey,
    x: String,
    y: String,
    behaviour: Mutex<Behaviour>,
    codes: Mutex<HashMap<String, Given>>,
}

/// A small OpenID provider on this machine.
#[derive(Clone)]
pub(crate) struct FakeProvider(Arc<Inner>);

fn key() -> (EncodingKey, String, String) {
    let document =
        EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref()).unwrap();
    let point = pair.public_key().as_ref();
    (
        EncodingKey::from_ec_der(document.as_ref()),
        URL_SAFE_NO_PAD.encode(&point[1..33]),
        URL_SAFE_NO_PAD.encode(&point[33..]),
    )
}

impl FakeProvider {
    pub(crate) async fn start(clock: ManualClock, email: &str) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (encoding, x, y) = key();
        let inner = Inner {
            issuer: format!("http://{}", listener.local_addr().unwrap()),
            clock,
            encoding,
            other: key().0,
            x,
            y,
            behaviour: Mutex::new(Behaviour {
                subject: "subject-1".to_owned(),
                email: json!(email),
                email_verified: json!(true),
                email_at_userinfo: false,
                userinfo_subject: None,
                claims: json!({}),
                kid: "k1".to_owned(),
                named_issuer: None,
                endpoint_host: None,
                forges_signature: false,
            }),
            codes: Mutex::default(),
        };
        let provider = Self(Arc::new(inner));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(jwks))
            .route("/token", post(token))
            .route("/me", get(userinfo))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        provider
    }

    pub(crate) fn issuer(&self) -> String {
        self.0.issuer.clone()
    }

    pub(crate) fn behave(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.0.behaviour.lock().unwrap());
    }

    /// The person signs in at the address to which the browser was sent; the answer is the query of the way back.
    pub(crate) fn authorize(&self, address: &str) -> String {
        let url = url::Url::parse(address).unwrap();
        assert_eq!(
            format!("{}{}", self.issuer(), "/authorize"),
            address.split('?').next().unwrap()
        );
        let sent: HashMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(sent["response_type"], "code");
        assert_eq!(sent["client_id"], CLIENT_ID);
        assert_eq!(sent["redirect_uri"], CALLBACK);
        assert_eq!(sent["scope"], "openid email");
        assert_eq!(sent["code_challenge_method"], "S256");
        let code = format!("code-{}", self.0.codes.lock().unwrap().len());
        let given = Given {
            nonce: sent["nonce"].clone(),
            challenge: sent["code_challenge"].clone(),
        };
        self.0.codes.lock().unwrap().insert(code.clone(), given);
        format!("code={code}&state={}", sent["state"])
    }

    fn claims(&self, nonce: &str, behaviour: &Behaviour) -> Value {
        let now = self.0.clock.now().as_seconds();
        let mut claims = json!({
            "iss": self.issuer(), "sub": behaviour.subject, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": nonce,
        });
        if !behaviour.email_at_userinfo {
            claims["email"] = behaviour.email.clone();
            claims["email_verified"] = behaviour.email_verified.clone();
        }
        for (name, value) in behaviour.claims.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims
    }
}

async fn discovery(State(provider): State<FakeProvider>) -> Json<Value> {
    let behaviour = provider.0.behaviour.lock().unwrap().clone();
    let issuer = provider.issuer();
    let tokens = behaviour.endpoint_host.unwrap_or_else(|| issuer.clone());
    Json(json!({
        "issuer": behaviour.named_issuer.unwrap_or_else(|| issuer.clone()),
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{tokens}/token"),
        "userinfo_endpoint": format!("{issuer}/me"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "authorization_response_iss_parameter_supported": false,
    }))
}

async fn jwks(State(provider): State<FakeProvider>) -> Json<Value> {
    let (x, y) = (&provider.0.x, &provider.0.y);
    Json(
        json!({"keys": [{"kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "k1", "x": x, "y": y}]}),
    )
}

async fn token(
    State(provider): State<FakeProvider>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let refused = |code: &str| (StatusCode::BAD_REQUEST, Json(json!({"error": code})));
    let encoded = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let wanted = format!(
        "Basic {}",
        STANDARD.encode(format!("{}:{}", encoded(CLIENT_ID), encoded(CLIENT_SECRET)))
    );
    if headers.get("authorization").and_then(|value| value.to_str().ok()) != Some(wanted.as_str()) {
        return refused("invalid_client");
    }
    let Some(given) = provider.0.codes.lock().unwrap().remove(&form["code"]) else {
        return refused("invalid_grant");
    };
    let challenge = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, form["code_verifier"].as_bytes()));
    if challenge != given.challenge || form["redirect_uri"] != CALLBACK {
        return refused("invalid_grant");
    }
    let behaviour = provider.0.behaviour.lock().unwrap().clone();
    let mut header = Header::new(Algorithm::ES256);
    header.kid = Some(behaviour.kid.clone());
    let key = if behaviour.forges_signature {
        &provider.0.other
    } else {
        &provider.0.encoding
    };
    let id_token = jsonwebtoken::encode(&header, &provider.claims(&given.nonce, &behaviour), key).unwrap();
    (
        StatusCode::OK,
        Json(json!({"access_token": "at", "token_type": "Bearer", "id_token": id_token})),
    )
}

async fn userinfo(State(provider): State<FakeProvider>) -> Json<Value> {
    let behaviour = provider.0.behaviour.lock().unwrap().clone();
    let subject = behaviour.userinfo_subject.unwrap_or(behaviour.subject);
    Json(json!({"sub": subject, "email": behaviour.email, "email_verified": behaviour.email_verified}))
}
