//! What the tests of the Hub's slices share: callers out of the directory, and routers behind the layers of the Hub.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::Arc;

use axum::{Extension, Router};
use hub_directory::{Caller, CallerOrigin, Directory, PersonId};
use kit::SeededRandomness;
use kit_test::App;
use kit_web::{Product, PublicUrl, Stack};
use webex::ScopeSet;

/// Where the Hub of a test stands.
pub const HOST: &str = "127.0.0.1:8080";

/// The grant to which the tokens of [`token_caller`] belong.
pub const GRANT_ID: kit::Uuid = kit::Uuid::from_u128(0x6772_616e_7400_4000_8000_0000_0000_0001);

/// The same as the address of its pages and of its API.
pub fn public_url() -> PublicUrl {
    PublicUrl::parse(&format!("http://{HOST}")).unwrap()
}

/// Somebody with a bearer token of these scopes.
pub async fn token_caller(directory: &Directory, person_id: PersonId, scopes: &str) -> Caller {
    let account = directory.account(person_id).await.unwrap().unwrap();
    Caller {
        person_id,
        organization_id: account.organization_id,
        roles: account.roles,
        scopes: ScopeSet::parse(scopes).unwrap(),
        origin: CallerOrigin::Token {
            client_id: "C1".to_owned(),
            token_hash: "h".to_owned(),
            grant_id: GRANT_ID,
        },
        shares_presence: account.shares_presence,
    }
}

/// Somebody at a browser.
pub async fn session_caller(directory: &Directory, person_id: PersonId) -> Caller {
    Caller {
        origin: CallerOrigin::Session,
        ..token_caller(directory, person_id, "").await
    }
}

/// These routes behind the layers of the Hub, asked by this caller.
pub fn app(routes: Router, caller: Option<Caller>) -> App {
    let routes = match caller {
        Some(caller) => routes.layer(Extension(caller)),
        None => routes,
    };
    let options = Stack {
        product: Product::Hub,
        public_url: public_url(),
        further_hosts: Vec::new(),
        csrf_key: [7; 32],
        randomness: Arc::new(SeededRandomness::new(2)),
    };
    App::new(kit_web::stack(routes, options), HOST)
}
