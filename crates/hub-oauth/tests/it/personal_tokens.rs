use hub_directory::seed::NamedPerson::{Deactivated, FullAdmin, HeidiHarper};
use kit::ExposeSecret as _;
use kit_test::TestDatabase;

use crate::world::World;

kit_test::both_databases! {
    async fn a_personal_token_does_what_its_person_may_for_twelve_hours(database: Database) {
        let world = World::new(database).await;
        let admins = world.oauth.issue_personal_token(world.id(FullAdmin)).await.unwrap();
        let heidis = world.oauth.issue_personal_token(world.id(HeidiHarper)).await.unwrap();
        let caller = world.oauth.authenticate(admins.expose_secret()).await.unwrap().unwrap();
        assert!(caller.has_any_scope(&["spark-admin:people_write"]) && caller.has_any_scope(&["identity:tokens_write"]));
        let caller = world.oauth.authenticate(heidis.expose_secret()).await.unwrap().unwrap();
        assert!(caller.has_any_scope(&["spark:people_read"]) && !caller.scopes.is_administrative());
        assert!(world.oauth.issue_personal_token(world.id(Deactivated)).await.is_err());
        // It is no integration: nobody's policy and nobody's list of adopters knows it.
        world.block(hub_oauth::DEVELOPER_PORTAL);
        assert!(world.is_alive(admins.expose_secret()).await);
        assert!(world.oauth.adoption(world.organization()).await.unwrap().is_empty());
        assert!(world.oauth.applications_of_person(world.id(FullAdmin)).await.unwrap().is_empty());
        world.wait(12 * 3600 - 1).await;
        assert!(world.is_alive(admins.expose_secret()).await);
        world.wait(1).await;
        assert!(!world.is_alive(admins.expose_secret()).await);
        assert!(world.oauth.personal_tokens(world.id(FullAdmin)).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_token_is_made_on_its_page_shown_once_and_revoked() {
    let test = TestDatabase::sqlite().await;
    let world = World::new(test.database.clone()).await;
    let app = &world.app;
    assert_eq!(app.get("/me/token").send().await.status, 303);
    world.sign_in(app, FullAdmin).await;
    let page = app.get("/me/token").send().await;
    let made = app
        .post("/me/token")
        .form(&[("csrf", &page.field("csrf"))])
        .send()
        .await;
    assert_eq!(
        (made.status.as_u16(), made.header("cache-control")),
        (200, Some("no-store"))
    );
    let token = made
        .body
        .split("data-copy=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(token.len(), 106);
    assert!(world.is_alive(&token).await);
    let later = app.get("/me/token").send().await;
    assert!(!later.body.contains(&token));
    let listed = world.oauth.personal_tokens(world.id(FullAdmin)).await.unwrap();
    assert_eq!(listed.len(), 1);
    // Somebody else cannot end it.
    let other = app.other_browser();
    world.sign_in(&other, HeidiHarper).await;
    let path = format!("/me/token/{}/revoke", listed[0].id);
    let csrf = other.get("/me/token").send().await.field("csrf");
    assert_eq!(
        other.post(&path).form(&[("csrf", &csrf)]).send().await.status,
        404
    );
    assert!(world.is_alive(&token).await);
    app.post(&path)
        .form(&[("csrf", &later.field("csrf"))])
        .send()
        .await;
    assert!(!world.is_alive(&token).await);
}
