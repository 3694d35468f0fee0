use std::sync::Arc;
use std::time::Duration;

use hub_directory::seed::NamedPerson::{FullAdmin, HeidiHarper};
use kit::Kind;

use crate::world::{ELSEWHERE, HERE, PASSWORD, World, secret};

kit_test::both_databases! {
    async fn five_wrong_passwords_make_this_source_wait_and_nobody_else(database: Database) {
        let world = World::new(database).await;
        for _ in 0..5 {
            let error = world.try_sign_in(FullAdmin, "wrong password", HERE).await.unwrap_err();
            assert_eq!(*error.kind(), Kind::Unauthenticated);
        }
        let error = world.try_sign_in(FullAdmin, PASSWORD, HERE).await.unwrap_err();
        assert_eq!(*error.kind(), Kind::TooMany(Duration::from_secs(30)));
        assert!(error.public().ends_with("Try again in 30 seconds."), "{}", error.public());
        // The owner at another place, and another person at this one, are not affected.
        world.try_sign_in(FullAdmin, PASSWORD, ELSEWHERE).await.unwrap();
        world.try_sign_in(HeidiHarper, PASSWORD, HERE).await.unwrap();
        // The wait ends, the next wrong try makes a longer one, and a right password forgets everything.
        world.wait(30).await;
        world.try_sign_in(FullAdmin, "wrong password", HERE).await.unwrap_err();
        let error = world.try_sign_in(FullAdmin, PASSWORD, HERE).await.unwrap_err();
        assert_eq!(*error.kind(), Kind::TooMany(Duration::from_secs(60)));
        world.wait(60).await;
        world.try_sign_in(FullAdmin, PASSWORD, HERE).await.unwrap();
        let error = world.try_sign_in(FullAdmin, "wrong password", HERE).await.unwrap_err();
        assert_eq!(*error.kind(), Kind::Unauthenticated);
    }

    async fn an_unknown_address_is_answered_and_locked_like_a_known_one(database: Database) {
        let world = World::new(database).await;
        let known = world.try_sign_in(FullAdmin, "wrong password", HERE).await.unwrap_err();
        for _ in 0..5 {
            let unknown = world.identity.sign_in("nobody@kestrelbay.example", &secret(PASSWORD), HERE, "").await.unwrap_err();
            assert_eq!((unknown.kind(), unknown.public()), (known.kind(), known.public()));
        }
        let locked = world.identity.sign_in("Nobody@KestrelBay.example ", &secret(PASSWORD), HERE, "").await.unwrap_err();
        assert!(matches!(locked.kind(), Kind::TooMany(_)));
    }

    async fn no_spelling_of_an_address_and_no_neighbouring_ipv6_address_gets_tries_of_its_own(database: Database) {
        let world = World::new(database).await;
        let email = world.email(FullAdmin);
        let mut checked = 0;
        for position in 1..12 {
            let mut spelled = email.clone();
            spelled.insert(position, '\0');
            match world.identity.sign_in(&spelled, &secret(PASSWORD), HERE, "").await {
                Ok(_) => panic!("{spelled:?} is nobody's address"),
                Err(error) if *error.kind() == Kind::Unauthenticated => checked += 1,
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!(checked, 11, "each is an address that nobody has");
        for last in 1..=5 {
            world.try_sign_in(FullAdmin, "wrong password", &format!("2001:db8::{last}")).await.unwrap_err();
        }
        let error = world.try_sign_in(FullAdmin, PASSWORD, "2001:db8::ffff").await.unwrap_err();
        assert!(matches!(error.kind(), Kind::TooMany(_)));
        world.try_sign_in(FullAdmin, PASSWORD, "2001:db8:0:1::1").await.unwrap();
    }

    async fn guesses_at_the_same_moment_do_not_slip_through(database: Database) {
        let world = Arc::new(World::new(database).await);
        let mut guesses = Vec::new();
        for _ in 0..16 {
            let world = Arc::clone(&world);
            guesses.push(tokio::spawn(async move { world.try_sign_in(FullAdmin, "wrong password", HERE).await.unwrap_err().kind().clone() }));
        }
        let mut checked = 0;
        for guess in guesses {
            match guess.await.unwrap() {
                Kind::Unauthenticated => checked += 1,
                Kind::TooMany(_) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(checked, 5);
    }
}
