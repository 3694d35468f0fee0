use hub_directory::InitialPassword as _;
use hub_directory::seed::NamedPerson::{
    self, FullAdmin, HeidiHarper, KenAlvarez, ReadOnlyAdmin, SecondFullAdmin, SupportAdmin, UserAdmin,
};
use hub_identity::{SignInAnswer, TicketReason};
use kit::{ExposeSecret as _, Kind, SecretString};

use crate::world::{HERE, PASSWORD, World, secret};

const DAY: u64 = 24 * 3600;

async fn ticket(world: &World, part: NamedPerson, password: &str) -> (SecretString, TicketReason) {
    let answer = world
        .identity
        .begin_sign_in(&world.email(part), &secret(password), &world.visitor())
        .await
        .unwrap();
    match answer {
        SignInAnswer::MustChange { ticket, reason } => (ticket, reason),
        SignInAnswer::SignedIn(_) => panic!("a one-time password opened a session"),
    }
}

kit_test::both_databases! {
    async fn a_reset_ends_everything_at_once_and_forces_a_change_at_the_first_sign_in(database: Database) {
        let world = World::new(database).await;
        let (admin, person) = (world.caller(FullAdmin).await, world.id(HeidiHarper));
        let session = world.sign_in(HeidiHarper).await;
        let password = world.identity.reset_password(&admin, person).await.unwrap();
        assert!(!world.lives(&session).await);
        assert_eq!(world.identity.epochs(person).await.unwrap().everything, 1);
        assert_eq!(*world.try_sign_in(HeidiHarper, PASSWORD, HERE).await.unwrap_err().kind(), Kind::Unauthenticated);
        world.wait(1).await;
        let (ticket, reason) = ticket(&world, HeidiHarper, password.expose_secret()).await;
        assert_eq!(reason, TicketReason::OneTime);
        let same = world.identity.choose_password(ticket.expose_secret(), &password, &world.visitor()).await.unwrap_err();
        assert_eq!(*same.kind(), Kind::Invalid, "the one that somebody else has read cannot stay");
        let signed_in = world.identity.choose_password(ticket.expose_secret(), &secret("my own password"), &world.visitor()).await.unwrap();
        assert!(world.lives(&signed_in).await);
        assert_eq!(*world.try_sign_in(HeidiHarper, password.expose_secret(), HERE).await.unwrap_err().kind(), Kind::Unauthenticated);
        let event = |kind: &str, by: &str| (kind.to_owned(), by.to_owned());
        assert_eq!(world.events().await, [event("password-reset", "admin"), event("password-changed", "user")]);
        let name = world.account(HeidiHarper).await.display_name;
        assert!(world.audit().await[0].ends_with(&format!("reset the password of {name}.")));
        let subjects: Vec<String> = world.letters(HeidiHarper).await.into_iter().map(|(subject, _)| subject).collect();
        assert_eq!(subjects, ["Your password was reset", "Your password was changed"]);
    }

    async fn a_one_time_password_is_good_for_seven_days(database: Database) {
        let world = World::new(database).await;
        let admin = world.caller(FullAdmin).await;
        let password = world.identity.reset_password(&admin, world.id(HeidiHarper)).await.unwrap();
        world.wait(7 * DAY).await;
        let late = world.identity.begin_sign_in(&world.email(HeidiHarper), &password, &world.visitor()).await.unwrap_err();
        assert_eq!(*late.kind(), Kind::Forbidden);
        assert!(late.public().contains("within seven days"));
    }

    async fn the_first_password_of_a_new_administrator_is_changed_at_the_first_sign_in(database: Database) {
        let world = World::new(database).await;
        world.identity.set(world.id(KenAlvarez), &secret("shown to another")).await.unwrap();
        assert_eq!(ticket(&world, KenAlvarez, "shown to another").await.1, TicketReason::OneTime);
        assert!(world.events().await.is_empty(), "a first password ends nothing");
        assert_eq!(*world.identity.set(world.id(KenAlvarez), &secret("shown to another")).await.unwrap_err().kind(), Kind::Conflict);
    }

    async fn a_reset_by_letter_leaves_no_password_until_the_link_is_used_once(database: Database) {
        let world = World::new(database).await;
        let admin = world.caller(FullAdmin).await;
        let session = world.sign_in(HeidiHarper).await;
        world.identity.reset_password_by_letter(&admin, world.id(HeidiHarper)).await.unwrap();
        assert!(!world.lives(&session).await);
        assert_eq!(*world.try_sign_in(HeidiHarper, PASSWORD, HERE).await.unwrap_err().kind(), Kind::Unauthenticated);
        let key = world.last_key(HeidiHarper).await;
        let old = world.identity.choose_password(&key, &secret(PASSWORD), &world.visitor()).await.unwrap_err();
        assert!(old.public().contains("You had this password before"), "{old}");
        world.identity.choose_password(&key, &secret("my own password"), &world.visitor()).await.unwrap();
        assert_eq!(*world.identity.choose_password(&key, &secret("yet another one"), &world.visitor()).await.unwrap_err().kind(), Kind::Gone);
        world.try_sign_in(HeidiHarper, "my own password", HERE).await.unwrap();
    }

    async fn resetting_access_ends_sessions_and_grants_and_leaves_the_password(database: Database) {
        let world = World::new(database).await;
        let (admin, person) = (world.caller(FullAdmin).await, world.id(HeidiHarper));
        let session = world.sign_in(HeidiHarper).await;
        let changed_at = world.identity.password_changed_at(person).await.unwrap();
        world.identity.reset_access(&admin, person).await.unwrap();
        assert!(!world.lives(&session).await);
        let epochs = world.identity.epochs(person).await.unwrap();
        assert_eq!((epochs.everything, epochs.administrative), (1, 0));
        assert_eq!(world.identity.password_changed_at(person).await.unwrap(), changed_at);
        world.sign_in(HeidiHarper).await;
        assert_eq!(world.events().await, [("access-reset".to_owned(), "admin".to_owned())]);
        assert_eq!(world.letters(HeidiHarper).await[0].0, "Your access was reset");
    }

    async fn lesser_administrators_cannot_touch_greater_ones(database: Database) {
        let world = World::new(database).await;
        let user_admin = world.caller(UserAdmin).await;
        for greater in [FullAdmin, SecondFullAdmin, ReadOnlyAdmin, SupportAdmin] {
            let person = world.id(greater);
            for error in [
                world.identity.reset_password(&user_admin, person).await.err(),
                world.identity.reset_password_by_letter(&user_admin, person).await.err(),
                world.identity.reset_access(&user_admin, person).await.err(),
            ] {
                assert_eq!(*error.unwrap().kind(), Kind::Forbidden, "{greater:?}");
            }
            assert_eq!(world.identity.epochs(person).await.unwrap().everything, 0);
        }
        for powerless in [ReadOnlyAdmin, SupportAdmin, HeidiHarper] {
            let caller = world.caller(powerless).await;
            assert_eq!(*world.identity.reset_password(&caller, world.id(HeidiHarper)).await.unwrap_err().kind(), Kind::Forbidden);
            assert_eq!(*world.identity.reset_access(&caller, world.id(KenAlvarez)).await.unwrap_err().kind(), Kind::Forbidden);
        }
        world.identity.reset_password(&user_admin, world.id(HeidiHarper)).await.unwrap();
        world.identity.reset_access(&user_admin, world.id(KenAlvarez)).await.unwrap();
        assert_eq!(world.events().await.len(), 2);
    }

    async fn nobody_resets_their_own_password_and_nobody_of_another_organization_is_found(database: Database) {
        let world = World::new(database).await;
        let admin = world.caller(FullAdmin).await;
        assert_eq!(*world.identity.reset_password(&admin, world.id(FullAdmin)).await.unwrap_err().kind(), Kind::Conflict);
        let stranger = hub_directory::seed::other_small_organization(1);
        world.directory.seed(&stranger).await.unwrap();
        let person = hub_directory::PersonId::new(stranger.people[0].id);
        assert_eq!(*world.identity.reset_password(&admin, person).await.unwrap_err().kind(), Kind::NotFound);
        assert_eq!(*world.identity.reset_access(&admin, person).await.unwrap_err().kind(), Kind::NotFound);
    }

    async fn a_reset_wins_over_a_ticket_that_was_open(database: Database) {
        let world = World::new(database).await;
        let admin = world.caller(FullAdmin).await;
        world.identity.forgot_password(&world.email(HeidiHarper), HERE).await.unwrap();
        let key = world.last_key(HeidiHarper).await;
        world.identity.reset_access(&admin, world.id(HeidiHarper)).await.unwrap();
        assert_eq!(*world.identity.choose_password(&key, &secret("my own password"), &world.visitor()).await.unwrap_err().kind(), Kind::Gone);
    }

    async fn sign_ins_refusals_lockouts_and_sign_outs_stand_in_the_security_audit(database: Database) {
        let world = World::new(database).await;
        let session = world.sign_in(FullAdmin).await;
        world.wait(1).await;
        world.identity.sign_out(session.token.expose_secret()).await.unwrap();
        for _ in 0..5 {
            world.wait(1).await;
            world.try_sign_in(FullAdmin, "wrong password", HERE).await.unwrap_err();
        }
        // While the source must wait nothing is tried, and nothing fills the audit.
        world.try_sign_in(FullAdmin, PASSWORD, HERE).await.unwrap_err();
        let name = world.account(FullAdmin).await.display_name;
        let lines = world.at_the_door().await;
        let line = |kind: &str, text: &str| (kind.to_owned(), format!("{name} {text}."));
        assert_eq!(lines[0], line("signed-in", "signed in with a password"));
        assert_eq!(lines[1], line("signed-out", "signed out"));
        assert_eq!(lines[2], line("refused", "was refused: wrong password"));
        assert_eq!(lines[6], line("refused", "was refused: wrong password, the 5th time; this source must wait 30 seconds"));
        assert_eq!(lines.len(), 7);
    }
}
