use hub_directory::seed::NamedPerson::{FullAdmin, HeidiHarper, KenAlvarez, UserAdmin};
use hub_directory::{Caller, CallerOrigin};
use hub_identity::api_router;
use webex::{PublicId, ResourceKind, ScopeSet};

use crate::world::World;

const WEEK: u64 = 7 * 24 * 3600;

async fn token(world: &World, part: hub_directory::seed::NamedPerson, scopes: &str) -> Caller {
    Caller {
        scopes: ScopeSet::parse(scopes).unwrap(),
        origin: CallerOrigin::Token {
            client_id: "C1".to_owned(),
            token_hash: "h".to_owned(),
            grant_id: hub_test::GRANT_ID,
        },
        ..world.caller(part).await
    }
}

kit_test::both_databases! {
    async fn a_grant_reads_when_the_password_of_its_person_must_be_changed(database: Database) {
        let world = World::new(database).await;
        world.wait(WEEK).await;
        let app = |caller| hub_test::app(api_router(world.identity.clone()), caller);
        let own = app(Some(token(&world, FullAdmin, "spark:people_read").await));
        let facts = own.get("/v1/trunkline/people/me/signIn").send().await.json();
        let set_at = world.identity.password_changed_at(world.id(FullAdmin)).await.unwrap().unwrap();
        let expires_at = world.identity.password_expires_at(world.id(FullAdmin)).await.unwrap().unwrap();
        assert_eq!(facts["passwordChangedAt"], set_at.to_string());
        assert_eq!(facts["passwordExpiresAt"], expires_at.to_string());
        assert_eq!((facts["method"].as_str(), facts["daysBetweenPasswordChanges"].as_i64(), facts["loginEnabled"].as_bool()), (Some("password"), Some(1825), Some(true)));
        let path = |part| format!("/v1/trunkline/people/{}/signIn", PublicId::of_uuid(ResourceKind::People, world.id(part).uuid()));
        let nobodys = app(Some(token(&world, HeidiHarper, "spark:people_read spark-admin:people_read").await));
        assert_eq!(nobodys.get(&path(FullAdmin)).send().await.status, 403);
        assert_eq!(own.get(&path(HeidiHarper)).send().await.status, 403, "the scope of administrators is missing");
        let admin = app(Some(token(&world, UserAdmin, "spark-admin:people_read").await));
        let ken = admin.get(&path(KenAlvarez)).send().await.json();
        assert_eq!((ken["hasPassword"].as_bool(), ken.get("passwordExpiresAt")), (Some(false), None));
        assert_eq!(admin.get("/v1/trunkline/people/nobody/signIn").send().await.status, 404);
        assert_eq!(app(None).get("/v1/trunkline/people/me/signIn").send().await.status, 401);
        let stranger = hub_directory::seed::other_small_organization(1);
        world.directory.seed(&stranger).await.unwrap();
        let foreign = PublicId::of_uuid(ResourceKind::People, stranger.people[0].id);
        assert_eq!(admin.get(&format!("/v1/trunkline/people/{foreign}/signIn")).send().await.status, 404);
    }
}
