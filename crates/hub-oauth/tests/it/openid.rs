use hub_directory::seed::NamedPerson::FullAdmin;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};

use crate::world::{HUB, SYNCH, World, claims_of, tokens_of};

const SCOPES: &str = "email openid profile spark:people_read";

kit_test::both_databases! {
    async fn an_id_token_says_who_signed_in_and_verifies_with_the_published_key(database: Database) {
        let world = World::new(database).await;
        let code = world.code(SYNCH, SCOPES).await;
        world.wait(60).await;
        let answer = world.redeem(&code).await;
        let jwt = answer.json()["id_token"].as_str().unwrap().to_owned();
        let keys: JwkSet = serde_json::from_value(world.program().get("/v1/verification").send().await.json()).unwrap();
        let key = keys.find(&decode_header(&jwt).unwrap().kid.unwrap()).unwrap();
        let mut validation = Validation::new(Algorithm::ES256);
        validation.set_audience(&[SYNCH]);
        validation.set_issuer(&[HUB]);
        // The test's clock is not the machine's.
        validation.validate_exp = false;
        let claims = decode::<serde_json::Value>(&jwt, &DecodingKey::from_jwk(key).unwrap(), &validation).unwrap().claims;
        assert_eq!(claims, claims_of(&jwt));
        assert_eq!(claims["sub"].as_str(), Some(world.id(FullAdmin).to_string().as_str()));
        assert_eq!(claims["nonce"].as_str(), Some("n-0S6_WzA2Mj"));
        let (signed_in, issued) = (claims["auth_time"].as_i64().unwrap(), claims["iat"].as_i64().unwrap());
        assert_eq!((issued - signed_in, claims["exp"].as_i64().unwrap() - issued), (60, 7200));
        assert!(claims.get("email").is_none(), "name and address are asked for at userinfo");
        // A refresh brings none, and the key outlives a restart.
        let refreshed = world.refresh(&tokens_of(&answer).refresh).await;
        assert!(refreshed.json().get("id_token").is_none());
    }

    async fn userinfo_tells_what_the_scopes_allow(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(SCOPES).await;
        let info = world.program().get("/v1/userinfo").bearer(&tokens.access).send().await.json();
        let person = world.seeded.named(FullAdmin).unwrap();
        assert_eq!(info["sub"].as_str(), Some(world.id(FullAdmin).to_string().as_str()));
        assert_eq!((info["email"].as_str(), info["email_verified"].as_str()), (Some(person.email.as_str()), Some("true")));
        assert_eq!((info["name"].as_str(), info["given_name"].as_str(), info["family_name"].as_str()), (Some("Alex Morgan"), Some("Alex"), Some("Morgan")));
        let bare = world.tokens("openid spark:people_read").await;
        let info = world.program().get("/v1/userinfo").bearer(&bare.access).send().await.json();
        assert_eq!(info.as_object().unwrap().len(), 1);
        let without = world.tokens("spark:people_read").await;
        assert_eq!(world.program().get("/v1/userinfo").bearer(&without.access).send().await.status, 403);
        assert_eq!(world.program().get("/v1/userinfo").send().await.status, 401);
    }

    async fn a_restart_keeps_the_key_and_two_starts_at_once_agree_on_one(database: Database) {
        let world = World::new(database).await;
        let first = world.program().get("/v1/verification").send().await.json();
        world.oauth.migrate().await.unwrap();
        assert_eq!(world.program().get("/v1/verification").send().await.json(), first);
    }
}
