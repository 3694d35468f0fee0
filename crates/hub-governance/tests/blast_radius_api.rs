//! `GET /v1/trunkline/blastRadius`, as programs meet it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod support;

use axum::Extension;
use hub_directory::seed::NamedPerson;
use hub_directory::{Caller, PersonId};
use hub_governance::{FIVE, blast_radius_router};
use kit::{SeededRandomness, Uuid};
use kit_test::App;
use kit_web::{Product, PublicUrl, Stack, stack};
use std::sync::Arc;
use support::House;
use webex::{PublicId, ResourceKind, ScopeSet};

fn app(house: &House, caller: Option<Caller>) -> App {
    let routes = blast_radius_router(house.governance.clone(), house.identity.clone());
    let routes = match caller {
        Some(caller) => routes.layer(Extension(caller)),
        None => routes,
    };
    let options = Stack {
        product: Product::Hub,
        public_url: PublicUrl::parse("http://127.0.0.1:8080").unwrap(),
        further_hosts: Vec::new(),
        csrf_key: [7; 32],
        randomness: Arc::new(SeededRandomness::new(3)),
    };
    App::new(stack(routes, options), "127.0.0.1:8080")
}

async fn ask(app: &App, query: &str) -> (u16, String) {
    let answer = app.get(&format!("/v1/trunkline/blastRadius{query}")).send().await;
    let body = answer.json();
    let words = body["message"]
        .as_str()
        .map_or_else(|| body.to_string(), ToOwned::to_owned);
    (answer.status.as_u16(), words)
}

fn with_scopes(house: &House, part: NamedPerson, scopes: &str) -> Caller {
    Caller {
        scopes: ScopeSet::parse(scopes).unwrap(),
        origin: house.token_of_full_admin().origin,
        ..house.caller(part)
    }
}

kit_test::both_databases! {
    async fn every_deed_is_answered_and_what_is_missing_is_named(database: Database) {
        let house = House::open(database).await;
        let app = app(&house, Some(with_scopes(&house, NamedPerson::FullAdmin, "identity:tokens_read spark-admin:policies_read")));
        let somebody = house.account(NamedPerson::UserAdmin).person_id;
        let somebody = PublicId::of_uuid(ResourceKind::People, somebody.uuid()).to_string();
        for deed in ["changePassword", "resetPassword", "resetAccess", "changeRoles", "deactivate", "delete", "hidePresence"] {
            let answered = ask(&app, &format!("?deed={deed}&personId={somebody}")).await;
            assert_eq!(answered, (200, "{\"items\":[]}".to_owned()), "{deed}");
            let (status, words) = ask(&app, &format!("?deed={deed}")).await;
            assert!(status == 400 && words.contains("personId is missing"), "{deed}: {words}");
        }
        for deed in ["allow", "block", "revoke"] {
            let answered = ask(&app, &format!("?deed={deed}&clientId={}", FIVE[0].client_id())).await;
            assert_eq!(answered, (200, "{\"items\":[]}".to_owned()), "{deed}");
            let (status, words) = ask(&app, &format!("?deed={deed}")).await;
            assert!(status == 400 && words.contains("clientId is missing"), "{deed}: {words}");
        }
        for deed in ["allowByDefault", "blockByDefault", "forceReset"] {
            for existing in ["", "&existing=end", "&existing=spare"] {
                let answered = ask(&app, &format!("?deed={deed}{existing}")).await;
                assert_eq!(answered, (200, "{\"items\":[]}".to_owned()), "{deed}");
            }
        }
        for (query, sentence) in [
            ("", "deed is missing"),
            ("?deed=explode", "deed is none of"),
            ("?deed=forceReset&existing=some", "existing must be end"),
            (&format!("?deed=changeRoles&personId={somebody}&roles=emperor"), "GET /v1/roles"),
            ("?deed=delete&personId=nonsense", "nonsense"),
        ] {
            let (status, words) = ask(&app, query).await;
            assert!(status == 400 && words.contains(sentence), "{query}: {status} {words}");
        }
    }

    async fn it_is_shown_to_administrators_of_the_organization_alone(database: Database) {
        let house = House::open(database).await;
        let query = format!("?deed=block&clientId={}", FIVE[0].client_id());
        assert_eq!(ask(&app(&house, None), &query).await.0, 401);
        let narrow = with_scopes(&house, NamedPerson::FullAdmin, "spark:people_read");
        assert_eq!(ask(&app(&house, Some(narrow)), &query).await.0, 403);
        let reader = with_scopes(&house, NamedPerson::ReadOnlyAdmin, "spark-admin:policies_read");
        assert_eq!(ask(&app(&house, Some(reader)), &query).await.0, 200);
        let nobody = Caller { roles: Vec::new(), ..house.token_of_full_admin() };
        assert_eq!(ask(&app(&house, Some(nobody)), &query).await.0, 403);
        let admin = with_scopes(&house, NamedPerson::FullAdmin, "identity:tokens_read");
        let stranger = PersonId::new(Uuid::from_u128(9));
        let foreign = format!("?deed=delete&personId={}", PublicId::of_uuid(ResourceKind::People, stranger.uuid()));
        assert_eq!(ask(&app(&house, Some(admin)), &foreign).await.0, 404);
    }
}
