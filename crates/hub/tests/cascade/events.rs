//! How each event is made to happen: by the person, by an administrator, by the developer, by time.

use kit::ExposeSecret as _;
use serde_json::json;

use crate::support::press;
use crate::table::{Event, SignInKind};
use crate::world::{ADMIN, AUTHORIZER, World};

/// More refreshes than the account has room for.
const MANY: usize = 800;

pub(crate) async fn happens(world: &World, event: Event, kind: SignInKind) {
    match event {
        Event::Nothing => {}
        Event::PasswordChanged if kind == SignInKind::Local => change_password(world).await,
        Event::PasswordChanged => refused(world, "change-password").await,
        Event::PasswordReset if kind == SignInKind::External => refused(world, "reset-password").await,
        Event::PasswordReset => act(world, &["reset-password"]).await,
        Event::AccessReset => act(world, &["reset-access"]).await,
        Event::Deactivated => act(world, &["deactivate"]).await,
        Event::Reactivated => act(world, &["deactivate", "reactivate"]).await,
        Event::Deleted => act(world, &["delete"]).await,
        Event::FullAdminRemoved | Event::FullAdminRemovedOther => act(world, &["remove-full-admin"]).await,
        Event::FullAdminGivenBack => act(world, &["remove-full-admin", "add-full-admin"]).await,
        Event::CallRecordsRoleRemoved => act(world, &["remove-call-records-role"]).await,
        Event::PresenceHidden => act(world, &["hide-presence"]).await,
        Event::ConsentWithdrawn => {
            let body = json!({ "client_id": world.client_id });
            let answer = world.act_on_person("withdraw-consent", body).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
        }
        Event::Blocked => world.act_on_integration("block").await,
        Event::BlockedForNew => world.act_on_integration("block-new").await,
        Event::AllowedAgain => {
            world.act_on_integration("block").await;
            world.act_on_integration("allow").await;
        }
        Event::Revoked => world.act_on_integration("revoke").await,
        Event::IntegrationDeleted => world.act_on_integration("delete").await,
        Event::SecretRotated => world.act_on_integration("rotate-secret").await,
        Event::AuthorizationDeleted => delete_authorization(world).await,
        Event::RefreshUnused => world.pass(91).await,
        Event::TokenCeiling => fill_the_account(world).await,
        Event::OrganizationClosed => {
            let answer = world
                .simulate("organizations/Kestrel%20Bay%20Logistics/close", json!({}))
                .await;
            assert_eq!(answer.status, 200, "{}", answer.body);
        }
    }
}

async fn act(world: &World, acts: &[&str]) {
    for act in acts {
        let answer = world.act_on_person(act, json!({})).await;
        assert_eq!(answer.status, 200, "{act}: {}", answer.body);
    }
}

async fn refused(world: &World, act: &str) {
    let answer = world.act_on_person(act, json!({})).await;
    assert_eq!(answer.status, 409, "{act}: {}", answer.body);
    assert!(answer.body.contains("provider"), "{}", answer.body);
}

/// By the person, at the page, in another browser: that one stays signed in.
async fn change_password(world: &World) {
    let maker = world.held.maker.as_ref().unwrap();
    let person = world.person(AUTHORIZER);
    let new = "Another-Horse-Battery-9";
    let fields = [
        ("current", person.password.expose_secret()),
        ("new", new),
        ("again", new),
    ];
    let answer = press(maker, "/me/password", "/me/password", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(
        maker.get("/me").send().await.status,
        200,
        "the session that made the change lives"
    );
}

/// By a Full Admin, by the API: the refresh token of the grant.
async fn delete_authorization(world: &World) {
    let me = world
        .app
        .other_browser()
        .get("/v1/people/me")
        .bearer(&world.held.access)
        .send()
        .await
        .json();
    let path = format!("/v1/authorizations?personId={}", me["id"].as_str().unwrap());
    let token = world.personal_token(ADMIN).await;
    let listed = world.app.other_browser().get(&path).bearer(&token).send().await;
    assert_eq!(listed.status, 200, "{}", listed.body);
    let listed = listed.json();
    let mut deleted = 0;
    for item in listed["items"].as_array().unwrap() {
        if item["clientId"] == world.client_id.as_str() && item["type"] == "refresh" {
            let path = format!("/v1/authorizations/{}", item["id"].as_str().unwrap());
            let answer = world
                .app
                .other_browser()
                .delete(&path)
                .bearer(&token)
                .send()
                .await;
            assert_eq!(answer.status, 204, "{}", answer.body);
            deleted += 1;
        }
    }
    assert_eq!(deleted, 1, "{listed}");
}

async fn fill_the_account(world: &World) {
    for _ in 0..MANY {
        let answer = world.refresh().await;
        if answer.status != 200 {
            assert!(answer.body.contains("tokenlimit_reached"), "{}", answer.body);
            return;
        }
    }
    panic!("{MANY} access tokens and no end");
}
