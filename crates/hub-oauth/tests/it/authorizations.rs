use hub_directory::Directory;
use hub_directory::seed::NamedPerson::{
    self, DeviceAdmin, FullAdmin, HeidiHarper, ReadOnlyAdmin, SecondFullAdmin,
};
use hub_directory::seed::other_small_organization;
use kit::ExposeSecret as _;
use webex::{PublicId, ResourceKind, application_id};

use crate::world::{ADMIN_SCOPES, OTHER, SYNCH, World, tokens_of};

async fn token_of(world: &World, part: NamedPerson) -> String {
    world
        .oauth
        .issue_personal_token(world.id(part))
        .await
        .unwrap()
        .expose_secret()
        .to_owned()
}

fn people_id(world: &World, part: NamedPerson) -> String {
    PublicId::of_uuid(ResourceKind::People, world.id(part).uuid()).to_string()
}

kit_test::both_databases! {
    async fn administrators_see_a_persons_tokens_one_by_one(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        tokens_of(&world.refresh(&tokens.refresh).await);
        let bearer = token_of(&world, SecondFullAdmin).await;
        let path = format!("/v1/authorizations?personId={}", people_id(&world, FullAdmin));
        let items = world.program().get(&path).bearer(&bearer).send().await.json()["items"].as_array().unwrap().clone();
        let kinds: Vec<&str> = items.iter().map(|item| item["type"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["refresh", "access", "access"]);
        assert_eq!(items[0]["clientId"].as_str(), Some(SYNCH));
        assert_eq!(items[0]["applicationId"].as_str(), Some(application_id(SYNCH).as_str()));
        assert_eq!(items[0]["applicationName"].as_str(), Some("Imagicle UCX Suite Users' Synch from Control Hub"));
        assert_eq!(items[0]["personId"].as_str(), Some(people_id(&world, FullAdmin).as_str()));
        assert_eq!(items[0]["created"].as_str(), Some("2026-11-24T09:00:00.000Z"));
        let email = &world.seeded.named(FullAdmin).unwrap().email;
        let by_email = world.program().get(&format!("/v1/authorizations?personEmail={email}")).bearer(&bearer).send().await.json();
        assert_eq!(by_email["items"].as_array().unwrap(), &items);
        for wrong in ["/v1/authorizations".to_owned(), format!("{path}&personEmail={email}"), "/v1/authorizations?personId=x".to_owned()] {
            assert_eq!(world.program().get(&wrong).bearer(&bearer).send().await.status, 400, "{wrong}");
        }
    }

    async fn roles_scopes_and_organizations_bound_who_may_look_and_revoke(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let path = format!("/v1/authorizations?personId={}", people_id(&world, FullAdmin));
        let status = async |bearer: &str, path: &str| world.program().get(path).bearer(bearer).send().await.status.as_u16();
        assert_eq!(world.program().get(&path).send().await.status, 401);
        assert_eq!(status("garbage", &path).await, 401);
        assert_eq!(status(&tokens.access, &path).await, 403, "the scope is missing");
        assert_eq!(status(&token_of(&world, ReadOnlyAdmin).await, &path).await, 403);
        assert_eq!(status(&token_of(&world, HeidiHarper).await, &path).await, 403);
        let device = token_of(&world, DeviceAdmin).await;
        assert_eq!(status(&device, &path).await, 200);
        let grant = world.oauth.grants_of_person(world.id(FullAdmin)).await.unwrap()[0].id;
        let one = format!("/v1/authorizations/{}", PublicId::of_uuid(ResourceKind::Authorization, grant.uuid()));
        // A lesser administrator cannot cut a greater one's integrations.
        assert_eq!(world.program().delete(&one).bearer(&device).send().await.status, 403);
        let all = format!("/v1/authorizations?clientId={SYNCH}");
        assert_eq!(world.program().delete(&all).bearer(&device).send().await.status, 403);
        assert!(world.is_alive(&tokens.access).await);
        // Another organization's people are not there.
        let other = other_small_organization(1);
        let foreigner = hub_directory::PersonId::new(other.named(NamedPerson::FullAdmin).unwrap().id);
        let seed = async |directory: &Directory| directory.seed(&other_small_organization(1)).await.unwrap();
        seed(&world.directory).await;
        let foreign = world.oauth.issue_personal_token(foreigner).await.unwrap();
        assert_eq!(status(foreign.expose_secret(), &path).await, 404);
        assert_eq!(world.program().delete(&one).bearer(foreign.expose_secret()).send().await.status, 404);
        let org = PublicId::of_uuid(ResourceKind::Organization, world.seeded.id);
        let all = format!("/v1/authorizations?clientId={SYNCH}&orgId={org}");
        assert_eq!(world.program().delete(&all).bearer(foreign.expose_secret()).send().await.status, 404);
        assert!(world.is_alive(&tokens.access).await);
    }

    async fn deleting_a_refresh_entry_ends_all_and_an_access_entry_only_itself(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let bearer = token_of(&world, SecondFullAdmin).await;
        let list = format!("/v1/authorizations?personId={}", people_id(&world, FullAdmin));
        let items = world.program().get(&list).bearer(&bearer).send().await.json()["items"].clone();
        let path = |index: usize| format!("/v1/authorizations/{}", items[index]["id"].as_str().unwrap());
        assert_eq!(world.program().delete(&path(1)).bearer(&bearer).send().await.status, 204);
        assert!(!world.is_alive(&tokens.access).await);
        let fresh = tokens_of(&world.refresh(&tokens.refresh).await);
        assert_eq!(world.program().delete(&path(0)).bearer(&bearer).send().await.status, 204);
        assert!(!world.is_alive(&fresh.access).await);
        assert_eq!(world.refresh(&tokens.refresh).await.status, 400);
        for index in 0..2 {
            assert_eq!(world.program().delete(&path(index)).bearer(&bearer).send().await.status, 404);
        }
        let again = world.tokens(ADMIN_SCOPES).await;
        let all = |client: &str| format!("/v1/authorizations?clientId={client}");
        assert_eq!(world.program().delete(&all(OTHER)).bearer(&bearer).send().await.status, 204);
        assert!(world.is_alive(&again.access).await);
        assert_eq!(world.program().delete(&all("C7")).bearer(&bearer).send().await.status, 404);
        assert_eq!(world.program().delete("/v1/authorizations").bearer(&bearer).send().await.status, 400);
        assert_eq!(world.program().delete(&all(SYNCH)).bearer(&bearer).send().await.status, 204);
        assert!(!world.is_alive(&again.access).await);
    }

    async fn ones_own_authorization_is_deleted_by_its_own_client_only(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let own = token_of(&world, FullAdmin).await;
        let grants = world.oauth.grants_of_person(world.id(FullAdmin)).await.unwrap();
        let path = |client: &str| {
            let grant = grants.iter().find(|grant| grant.client_id == client).unwrap().id;
            format!("/v1/authorizations/{}", PublicId::of_uuid(ResourceKind::Authorization, grant.uuid()))
        };
        assert_eq!(world.program().delete(&path(SYNCH)).bearer(&own).send().await.status, 403);
        assert!(world.is_alive(&tokens.access).await);
        assert_eq!(world.program().delete(&path(hub_oauth::DEVELOPER_PORTAL)).bearer(&own).send().await.status, 204);
        assert!(!world.is_alive(&own).await);
    }

    async fn a_token_can_ask_when_it_ends(database: Database) {
        let world = World::new(database).await;
        let tokens = world.tokens(ADMIN_SCOPES).await;
        let answer = world.program().get("/v1/authorizations/tokenExpiry").bearer(&tokens.access).send().await;
        assert_eq!(answer.json(), serde_json::json!({ "exp": kit::Timestamp::parse("2026-12-08T09:00:00Z").unwrap().as_millis() }));
        assert_eq!(world.program().get("/v1/authorizations/tokenExpiry").send().await.status, 401);
    }
}
