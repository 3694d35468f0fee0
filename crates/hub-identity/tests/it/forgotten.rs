use hub_directory::seed::NamedPerson::{Deactivated, FullAdmin, HeidiHarper};
use kit::Kind;

use crate::world::{ELSEWHERE, HERE, PASSWORD, World, secret};

kit_test::both_databases! {
    async fn a_link_is_good_once_for_an_hour_and_the_old_password_until_then(database: Database) {
        let world = World::new(database).await;
        let session = world.sign_in(HeidiHarper).await;
        world.identity.forgot_password(&format!(" {} ", world.email(HeidiHarper).to_uppercase()), HERE).await.unwrap();
        assert!(world.lives(&session).await, "asking ends nothing");
        world.sign_in(HeidiHarper).await;
        let key = world.last_key(HeidiHarper).await;
        world.wait(3600).await;
        assert_eq!(*world.identity.choose_password(&key, &secret("my own password"), &world.visitor()).await.unwrap_err().kind(), Kind::Gone);
        world.identity.forgot_password(&world.email(HeidiHarper), HERE).await.unwrap();
        let key = world.last_key(HeidiHarper).await;
        assert!(world.identity.new_password_case(&key).await.unwrap().is_some(), "looking uses nothing up");
        let fresh = world.identity.choose_password(&key, &secret("my own password"), &world.visitor()).await.unwrap();
        assert!(world.lives(&fresh).await && !world.lives(&session).await);
        assert_eq!(*world.identity.choose_password(&key, &secret("yet another one"), &world.visitor()).await.unwrap_err().kind(), Kind::Gone);
        assert_eq!(*world.try_sign_in(HeidiHarper, PASSWORD, HERE).await.unwrap_err().kind(), Kind::Unauthenticated);
    }

    async fn nobody_learns_whether_an_address_exists_and_nobody_is_flooded(database: Database) {
        let world = World::new(database).await;
        for email in ["nobody@nowhere.example", &world.email(Deactivated), "not an address"] {
            world.identity.forgot_password(email, HERE).await.unwrap();
        }
        assert!(world.letters(Deactivated).await.is_empty());
        for _ in 0..6 {
            world.identity.forgot_password(&world.email(FullAdmin), HERE).await.unwrap();
        }
        assert_eq!(world.letters(FullAdmin).await.len(), 3, "three letters an hour to one address");
        for _ in 0..11 {
            world.identity.forgot_password("nobody@nowhere.example", HERE).await.unwrap();
        }
        let refused = world.identity.forgot_password(&world.email(HeidiHarper), HERE).await.unwrap_err();
        assert!(matches!(refused.kind(), Kind::TooMany(_)), "twenty an hour from one source");
        world.identity.forgot_password(&world.email(HeidiHarper), ELSEWHERE).await.unwrap();
        assert_eq!(world.letters(HeidiHarper).await.len(), 1);
    }

    async fn of_two_uses_of_a_link_at_once_one_wins(database: Database) {
        let world = std::sync::Arc::new(World::new(database).await);
        world.identity.forgot_password(&world.email(HeidiHarper), HERE).await.unwrap();
        let key = world.last_key(HeidiHarper).await;
        let mut uses = Vec::new();
        for number in 0..4 {
            let (world, key) = (std::sync::Arc::clone(&world), key.clone());
            uses.push(tokio::spawn(async move {
                world.identity.choose_password(&key, &secret(&format!("new password {number}")), &world.visitor()).await.is_ok()
            }));
        }
        let mut won = 0;
        for done in uses {
            won += usize::from(done.await.unwrap());
        }
        assert_eq!(won, 1);
    }

    async fn deactivation_uses_links_up(database: Database) {
        let world = World::new(database).await;
        world.identity.forgot_password(&world.email(HeidiHarper), HERE).await.unwrap();
        let key = world.last_key(HeidiHarper).await;
        let admin = world.another_admin().await;
        world.directory.set_login_enabled(&admin, world.id(HeidiHarper), false).await.unwrap();
        world.directory.set_login_enabled(&admin, world.id(HeidiHarper), true).await.unwrap();
        assert!(world.identity.new_password_case(&key).await.unwrap().is_none());
    }
}
