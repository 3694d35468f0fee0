use std::sync::Arc;

use async_trait::async_trait;
use hub_directory::seed::NamedPerson::{FullAdmin, HeidiHarper};
use hub_directory::{PersonChange, PersonChanged};
use kit::{Error, Kind, Result};
use kit_sql::{Transaction, sql};
use webex::Role;

use crate::world::{HERE, PASSWORD, World};

/// Stands for a later listener whose part fails.
struct Fails;

#[async_trait]
impl PersonChanged for Fails {
    async fn person_changed(&self, _: &mut Transaction, _: &PersonChange) -> Result<()> {
        Err(Error::internal("a later listener fails"))
    }
}

kit_test::both_databases! {
    async fn deactivation_ends_sessions_and_activation_brings_none_back(database: Database) {
        let world = World::new(database).await;
        let (admin, person) = (world.another_admin().await, world.id(FullAdmin));
        let session = world.sign_in(FullAdmin).await;
        world.directory.set_login_enabled(&admin, person, false).await.unwrap();
        assert!(!world.lives(&session).await);
        let error = world.try_sign_in(FullAdmin, PASSWORD, HERE).await.unwrap_err();
        assert_eq!(*error.kind(), Kind::Forbidden);
        // Without the password nobody learns that the account is deactivated.
        assert_eq!(*world.try_sign_in(FullAdmin, "wrong password", HERE).await.unwrap_err().kind(), Kind::Unauthenticated);
        world.directory.set_login_enabled(&admin, person, true).await.unwrap();
        assert!(!world.lives(&session).await);
        assert_eq!(world.identity.epochs(person).await.unwrap().everything, 1);
        world.sign_in(FullAdmin).await;
    }

    async fn deletion_ends_sessions_and_removes_the_password(database: Database) {
        let world = World::new(database).await;
        let session = world.sign_in(HeidiHarper).await;
        world.directory.delete_person(&world.another_admin().await, world.id(HeidiHarper)).await.unwrap();
        assert!(!world.lives(&session).await);
        let left = sql("SELECT COUNT(*) AS n FROM credential").one(&world.database).await.unwrap().integer("n").unwrap();
        assert_eq!(left, 1);
        assert_eq!(*world.try_sign_in(HeidiHarper, PASSWORD, HERE).await.unwrap_err().kind(), Kind::Unauthenticated);
    }

    async fn only_the_loss_of_full_admin_moves_the_administrative_epoch(database: Database) {
        let world = World::new(database).await;
        let (admin, person) = (world.another_admin().await, world.id(FullAdmin));
        let session = world.sign_in(FullAdmin).await;
        world.directory.set_roles(&admin, person, &[Role::FullAdministrator, Role::CallHistory]).await.unwrap();
        world.directory.set_roles(&admin, person, &[Role::FullAdministrator]).await.unwrap();
        assert_eq!(world.identity.epochs(person).await.unwrap().administrative, 0);
        world.directory.set_roles(&admin, person, &[Role::UserAdministrator]).await.unwrap();
        let epochs = world.identity.epochs(person).await.unwrap();
        assert_eq!((epochs.everything, epochs.administrative), (0, 1));
        world.directory.set_roles(&admin, person, &[Role::FullAdministrator]).await.unwrap();
        assert_eq!(world.identity.epochs(person).await.unwrap(), epochs);
        // The person is the same person: their session goes on with the roles that they have.
        assert!(world.lives(&session).await);
    }

    async fn what_an_event_ends_comes_back_when_the_event_does_not_happen(database: Database) {
        let world = World::new(database).await;
        let admin = world.another_admin().await;
        let session = world.sign_in(FullAdmin).await;
        world.directory.with_listener(Arc::new(Fails));
        world.directory.set_login_enabled(&admin, world.id(FullAdmin), false).await.unwrap_err();
        assert!(world.lives(&session).await);
        assert_eq!(world.identity.epochs(world.id(FullAdmin)).await.unwrap().everything, 0);
    }
}
