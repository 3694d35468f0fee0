//! Every security event against everything that it must reach, and what must survive it.

use hub_directory::seed::NamedPerson::{FullAdmin, SecondFullAdmin};
use kit::SecretString;
use kit_test::App;
use webex::Role;

use crate::world::{ADMIN_SCOPES, PASSWORD, SYNCH, Tokens, World, parameter, tokens_of};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    PasswordChanged,
    PasswordReset,
    Deactivated,
    DeactivatedAndBack,
    Deleted,
    FullAdminLost,
    FullAdminLostAndBack,
    AuthorizationDeleted,
    ClientRevoked,
    Withdrawn,
    IntegrationBlocked,
    ClientDisabled,
    ClientDeleted,
    SecretRotated,
    OrganizationClosed,
    PresenceHidden,
    OtherRoleGained,
}

/// What a person's grant consists of at one moment.
struct Held {
    browser: App,
    code: String,
    tokens: Tokens,
}

/// Which of them live.
#[derive(Debug, PartialEq, Eq)]
struct Lives {
    code: bool,
    access: bool,
    refresh: bool,
    session: bool,
    /// Whether a request that waits at the consent page can still be accepted in this browser.
    pending: bool,
}

const NOTHING: Lives = Lives {
    code: false,
    access: false,
    refresh: false,
    session: false,
    pending: false,
};
const ALL: Lives = Lives {
    code: true,
    access: true,
    refresh: true,
    session: true,
    pending: true,
};
/// What the person gave dies; they stay signed in and may give it again.
const GIVEN_DIES: Lives = Lives {
    code: false,
    access: false,
    refresh: false,
    ..ALL
};

impl Event {
    fn expected(self, scopes: &str) -> Lives {
        let administrative = scopes.contains("spark-admin:");
        match self {
            Self::PasswordChanged
            | Self::PasswordReset
            | Self::Deactivated
            | Self::DeactivatedAndBack
            | Self::Deleted
            | Self::OrganizationClosed => NOTHING,
            Self::FullAdminLost | Self::FullAdminLostAndBack if administrative => GIVEN_DIES,
            Self::FullAdminLost
            | Self::FullAdminLostAndBack
            | Self::PresenceHidden
            | Self::SecretRotated
            | Self::OtherRoleGained => ALL,
            Self::ClientRevoked | Self::Withdrawn => GIVEN_DIES,
            // One token is deleted by its id: a code that nobody fetched is none yet.
            Self::AuthorizationDeleted => Lives {
                access: false,
                refresh: false,
                ..ALL
            },
            Self::IntegrationBlocked | Self::ClientDisabled | Self::ClientDeleted => Lives {
                session: true,
                ..NOTHING
            },
        }
    }

    async fn happens(self, world: &World) {
        match self {
            Self::PasswordChanged | Self::PasswordReset => self.happens_to_the_password(world).await,
            Self::AuthorizationDeleted
            | Self::ClientRevoked
            | Self::Withdrawn
            | Self::IntegrationBlocked
            | Self::ClientDisabled
            | Self::ClientDeleted
            | Self::SecretRotated => self.happens_to_the_integration(world).await,
            _ => self.happens_in_the_directory(world).await,
        }
    }

    async fn happens_to_the_password(self, world: &World) {
        let (person, identity) = (world.id(FullAdmin), &world.identity);
        let (old, new) = (SecretString::from(PASSWORD), SecretString::from("a new password"));
        let done = match self {
            Self::PasswordChanged => identity.change_password(person, &old, &new, None).await,
            _ => identity.set_password(person, &new).await,
        };
        done.unwrap();
    }

    async fn happens_to_the_integration(self, world: &World) {
        let (person, oauth) = (world.id(FullAdmin), &world.oauth);
        match self {
            Self::AuthorizationDeleted => {
                for grant in oauth.grants_of_person(person).await.unwrap() {
                    oauth.revoke_grant(grant.id).await.unwrap();
                }
            }
            Self::ClientRevoked => {
                assert_eq!(
                    oauth.revoke_client_in(world.organization(), SYNCH).await.unwrap(),
                    1
                );
            }
            Self::Withdrawn => assert_eq!(oauth.withdraw(person, SYNCH).await.unwrap(), 1),
            Self::IntegrationBlocked => world.block(SYNCH),
            Self::ClientDeleted => oauth.delete_client(SYNCH).await.unwrap(),
            Self::SecretRotated => drop(
                oauth
                    .rotate_secret(SYNCH, std::time::Duration::from_secs(60))
                    .await
                    .unwrap(),
            ),
            _ => oauth.set_client_enabled(SYNCH, false).await.unwrap(),
        }
    }

    async fn happens_in_the_directory(self, world: &World) {
        let (person, admin, directory) = (
            world.id(FullAdmin),
            world.acting(SecondFullAdmin).await,
            &world.directory,
        );
        let login = async |enabled| {
            drop(
                directory
                    .set_login_enabled(&admin, person, enabled)
                    .await
                    .unwrap(),
            );
        };
        let roles =
            async |roles: &'static [Role]| drop(directory.set_roles(&admin, person, roles).await.unwrap());
        match self {
            Self::Deactivated => login(false).await,
            Self::DeactivatedAndBack => {
                login(false).await;
                login(true).await;
            }
            Self::OrganizationClosed => directory
                .close_organization(world.organization(), "this test")
                .await
                .unwrap(),
            Self::Deleted => drop(directory.delete_person(&admin, person).await.unwrap()),
            Self::FullAdminLost => roles(&[]).await,
            Self::FullAdminLostAndBack => {
                roles(&[]).await;
                roles(&[Role::FullAdministrator]).await;
            }
            Self::OtherRoleGained => roles(&[Role::FullAdministrator, Role::CallHistory]).await,
            _ => {
                let oneself = world.acting(FullAdmin).await;
                directory.set_presence_sharing(&oneself, false).await.unwrap();
            }
        }
    }
}

async fn hold(world: &World, scopes: &str) -> (Held, String) {
    let browser = world.app.other_browser();
    world.sign_in(&browser, FullAdmin).await;
    let first = world.code_in(&browser, SYNCH, scopes).await;
    let tokens = tokens_of(&world.redeem(&first).await);
    let code = world.code_in(&browser, SYNCH, scopes).await;
    let waiting = browser.get(&crate::world::authorize(SYNCH, scopes)).send().await;
    let path = waiting.location().to_owned();
    (
        Held {
            browser,
            code,
            tokens,
        },
        path,
    )
}

async fn look(world: &World, held: &Held, waiting: &str) -> Lives {
    let code = world.redeem(&held.code).await.status == 200;
    let page = held.browser.get(waiting).send().await;
    let pending = page.status == 200
        && parameter(
            world.decide(&held.browser, waiting, "accept").await.location(),
            "code",
        )
        .is_some();
    Lives {
        code,
        access: world.is_alive(&held.tokens.access).await,
        refresh: world.refresh(&held.tokens.refresh).await.status == 200,
        session: held.browser.get("/me").send().await.status == 200,
        pending,
    }
}

async fn expect_lives(database: kit_sql::Database, event: Event, scopes: &str) {
    let world = World::new(database).await;
    let (held, waiting) = hold(&world, scopes).await;
    event.happens(&world).await;
    assert_eq!(
        look(&world, &held, &waiting).await,
        event.expected(scopes),
        "{event:?} with {scopes}"
    );
}

macro_rules! matrix {
    ($($name:ident: $event:ident, $scopes:expr;)+) => {
        kit_test::both_databases! {
            $( async fn $name(database: Database) { expect_lives(database, Event::$event, $scopes).await; } )+
        }
    };
}

matrix! {
    r09_a_changed_password_reaches_everything: PasswordChanged, ADMIN_SCOPES;
    r09_a_reset_password_reaches_everything: PasswordReset, "spark:people_read";
    r09_deactivation_reaches_everything: Deactivated, ADMIN_SCOPES;
    r10_activation_brings_nothing_back: DeactivatedAndBack, "spark:people_read";
    r09_deletion_reaches_everything: Deleted, ADMIN_SCOPES;
    r09_losing_full_admin_reaches_what_is_administrative: FullAdminLost, ADMIN_SCOPES;
    r09_losing_full_admin_leaves_the_rest: FullAdminLost, "spark:people_read";
    r10_getting_full_admin_again_brings_nothing_back: FullAdminLostAndBack, ADMIN_SCOPES;
    r09_a_deleted_authorization_takes_its_tokens_along: AuthorizationDeleted, ADMIN_SCOPES;
    r09_revoking_a_client_reaches_codes_too: ClientRevoked, ADMIN_SCOPES;
    r09_withdrawing_reaches_codes_too: Withdrawn, ADMIN_SCOPES;
    r09_blocking_an_integration_reaches_what_it_holds: IntegrationBlocked, ADMIN_SCOPES;
    r09_a_disabled_client_holds_nothing: ClientDisabled, ADMIN_SCOPES;
    r09_a_deleted_client_takes_everything_along: ClientDeleted, ADMIN_SCOPES;
    r09_a_rotated_secret_kills_nothing: SecretRotated, ADMIN_SCOPES;
    r09_a_closed_organization_takes_everything_along: OrganizationClosed, ADMIN_SCOPES;
    r09_hiding_presence_kills_nothing: PresenceHidden, ADMIN_SCOPES;
    r09_another_role_kills_nothing: OtherRoleGained, ADMIN_SCOPES;
}
