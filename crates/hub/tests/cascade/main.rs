#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
//! Every event against everything that it must reach, and what must survive it: as a client sees it over HTTP, on both
//! databases, for people who sign in here and for people who sign in elsewhere. `table.rs` is the one source: the tests
//! walk it, and `docs/reference/cascade.md` is printed from it.

mod document;
mod events;
#[path = "../../../hub-identity/tests/it/fake_provider.rs"]
#[allow(dead_code, reason = "it can do more than is needed here")]
mod fake_provider;
mod looks;
mod receiver;
#[path = "../support/mod.rs"]
mod support;
mod table;
mod world;

use kit_test::TestDatabase;
use table::{Cell, Event, SignInKind, Thing, expected, told};
use world::World;

/// One row of the table, cell by cell.
async fn row(database: TestDatabase, event: Event, kind: SignInKind) {
    let world = World::open(database, event, kind).await;
    events::happens(&world, event, kind).await;
    let seen = looks::after(&world).await;
    let mut wrong = Vec::new();
    for thing in Thing::ALL {
        let found = &seen.things[&thing];
        match expected(event, kind, thing) {
            Cell::NotYet(_) => {}
            cell => {
                let wanted = cell.wire(thing);
                if *found != wanted {
                    wrong.push(format!("{thing:?}: wanted “{wanted}”, saw “{found}”"));
                }
            }
        }
    }
    let word = told(event, kind);
    if word.is_some_and(|word| !seen.heard.iter().any(|heard| heard == word)) {
        wrong.push(format!(
            "the stream was not told of {word:?} but of {:?}",
            seen.heard
        ));
    }
    assert!(wrong.is_empty(), "{event:?}, {kind:?}:\n{}", wrong.join("\n"));
}

macro_rules! rows {
    ($($name:ident: $event:ident;)+) => {
        $(
            mod $name {
                use super::*;

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn local_on_sqlite() {
                    row(TestDatabase::sqlite().await, Event::$event, SignInKind::Local).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn local_on_postgres() {
                    row(TestDatabase::postgres().await, Event::$event, SignInKind::Local).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn external_on_sqlite() {
                    row(TestDatabase::sqlite().await, Event::$event, SignInKind::External).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn external_on_postgres() {
                    row(TestDatabase::postgres().await, Event::$event, SignInKind::External).await;
                }
            }
        )+

        #[test]
        fn every_event_of_the_table_is_tested() {
            let tested = [$(Event::$event),+];
            assert_eq!(tested.len(), Event::ALL.len());
            assert!(Event::ALL.iter().all(|event| tested.contains(event)));
        }
    };
}

rows! {
    nothing: Nothing;
    password_changed: PasswordChanged;
    password_reset: PasswordReset;
    access_reset: AccessReset;
    deactivated: Deactivated;
    reactivated: Reactivated;
    deleted: Deleted;
    full_admin_removed: FullAdminRemoved;
    full_admin_removed_without_admin_scopes: FullAdminRemovedOther;
    full_admin_given_back: FullAdminGivenBack;
    call_records_role_removed: CallRecordsRoleRemoved;
    presence_hidden: PresenceHidden;
    integration_blocked: Blocked;
    integration_blocked_with_cut_off: BlockedForNew;
    integration_allowed_again: AllowedAgain;
    integration_revoked: Revoked;
    integration_deleted: IntegrationDeleted;
    secret_rotated: SecretRotated;
    authorization_deleted: AuthorizationDeleted;
    consent_withdrawn: ConsentWithdrawn;
    refresh_unused: RefreshUnused;
    token_ceiling: TokenCeiling;
    organization_closed: OrganizationClosed;
}

#[test]
fn the_document_says_what_the_table_says() {
    document::check();
}
