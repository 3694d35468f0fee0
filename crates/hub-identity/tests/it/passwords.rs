use std::sync::Arc;

use hub_directory::seed::NamedPerson::{FullAdmin, HeidiHarper, KenAlvarez};
use kit::Kind;
use kit_sql::sql;

use crate::world::{HERE, PASSWORD, World, secret};

kit_test::both_databases! {
    async fn a_changed_password_ends_every_other_session_and_moves_the_epoch(database: Database) {
        let world = World::new(database).await;
        let person = world.id(FullAdmin);
        let (this, other) = (world.sign_in(FullAdmin).await, world.sign_in(FullAdmin).await);
        let before = world.identity.epochs(person).await.unwrap();
        world.wait(60).await;
        world.identity.change_password(person, &secret(PASSWORD), &secret("a new password"), Some(this.session.id)).await.unwrap();
        assert!(world.lives(&this).await);
        assert!(!world.lives(&other).await);
        let after = world.identity.epochs(person).await.unwrap();
        assert_eq!((after.everything, after.administrative), (before.everything + 1, before.administrative));
        assert_eq!(*world.try_sign_in(FullAdmin, PASSWORD, HERE).await.unwrap_err().kind(), Kind::Unauthenticated);
        world.try_sign_in(FullAdmin, "a new password", HERE).await.unwrap();
        assert!(world.identity.password_changed_at(person).await.unwrap().unwrap() > this.session.signed_in_at);
    }

    async fn a_change_needs_the_current_password_and_a_good_new_one(database: Database) {
        let world = World::new(database).await;
        let person = world.id(FullAdmin);
        let change = async |current: &str, new: &str| {
            world.identity.change_password(person, &secret(current), &secret(new), None).await.unwrap_err()
        };
        let before = world.identity.epochs(person).await.unwrap();
        assert_eq!(*change("wrong password", "a new password").await.kind(), Kind::Forbidden);
        assert_eq!(*change(PASSWORD, "short").await.kind(), Kind::Invalid);
        assert_eq!(*change(PASSWORD, PASSWORD).await.kind(), Kind::Invalid);
        assert_eq!(*change(PASSWORD, &world.email(FullAdmin)).await.kind(), Kind::Invalid);
        assert_eq!(world.identity.epochs(person).await.unwrap(), before);
        // Guessing here is slowed down too, and does not lock sign-in.
        for _ in 0..5 {
            assert_eq!(*change("wrong password", "a new password").await.kind(), Kind::Forbidden);
        }
        assert!(matches!(change(PASSWORD, "a new password").await.kind(), Kind::TooMany(_)));
        world.sign_in(FullAdmin).await;
    }

    async fn of_two_changes_at_once_one_wins(database: Database) {
        let world = Arc::new(World::new(database).await);
        let person = world.id(FullAdmin);
        let mut changes = Vec::new();
        for number in 0..4 {
            let world = Arc::clone(&world);
            changes.push(tokio::spawn(async move {
                world.identity.change_password(person, &secret(PASSWORD), &secret(&format!("new password {number}")), None).await.is_ok()
            }));
        }
        let mut won = 0;
        for change in changes {
            won += usize::from(change.await.unwrap());
        }
        assert_eq!(won, 1);
        assert_eq!(world.identity.epochs(person).await.unwrap().everything, 1);
    }

    async fn a_first_password_kills_nothing_and_a_reset_everything(database: Database) {
        let world = World::new(database).await;
        let person = world.id(KenAlvarez);
        assert!(world.identity.password_changed_at(person).await.unwrap().is_none());
        assert_eq!(*world.try_sign_in(KenAlvarez, PASSWORD, HERE).await.unwrap_err().kind(), Kind::Unauthenticated);
        world.identity.set_password(person, &secret(PASSWORD)).await.unwrap();
        assert_eq!(world.identity.epochs(person).await.unwrap().everything, 0);
        let session = world.try_sign_in(KenAlvarez, PASSWORD, "192.0.2.99").await.unwrap();
        world.identity.set_password(person, &secret("another password")).await.unwrap();
        assert!(!world.lives(&session).await);
        assert_eq!(world.identity.epochs_of(&[person, world.id(HeidiHarper)]).await.unwrap().len(), 1);
    }

    async fn passwords_are_stored_as_argon2id_only(database: Database) {
        let world = World::new(database).await;
        let rows = sql("SELECT password_hash FROM credential").all(&world.database).await.unwrap();
        let hashes: Vec<String> = rows.iter().map(|row| row.text("password_hash").unwrap()).collect();
        assert_eq!(hashes.len(), 2);
        assert!(hashes.iter().all(|hash| hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")));
        assert_ne!(hashes[0], hashes[1], "the same password has another salt each time");
    }
}
