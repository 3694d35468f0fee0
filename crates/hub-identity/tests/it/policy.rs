use hub_directory::seed::NamedPerson::{FullAdmin, HeidiHarper, KenAlvarez, ReadOnlyAdmin, UserAdmin};
use hub_identity::{PasswordPolicy, SignInAnswer, TicketReason};
use kit::{ExposeSecret as _, Kind};

use crate::world::{HERE, PASSWORD, World, secret};

const DAY: u64 = 24 * 3600;

kit_test::both_databases! {
    async fn a_full_admin_sets_the_policy_and_every_change_is_told_with_old_and_new_value(database: Database) {
        let world = World::new(database).await;
        let admin = world.caller(FullAdmin).await;
        let organization = admin.organization_id;
        assert_eq!(world.identity.password_policy(organization).await.unwrap(), PasswordPolicy::default());
        let policy = PasswordPolicy { shortest: 12, needs_digit: true, days_between_changes: Some(90), ..PasswordPolicy::default() };
        for part in [ReadOnlyAdmin, UserAdmin, HeidiHarper] {
            let caller = world.caller(part).await;
            assert_eq!(*world.identity.set_password_policy(&caller, policy).await.unwrap_err().kind(), Kind::Forbidden);
        }
        let nonsense = PasswordPolicy { shortest: 3, ..policy };
        assert_eq!(*world.identity.set_password_policy(&admin, nonsense).await.unwrap_err().kind(), Kind::Invalid);
        world.identity.set_password_policy(&admin, policy).await.unwrap();
        assert_eq!(world.identity.password_policy(organization).await.unwrap(), policy);
        let rows = kit_sql::sql("SELECT setting, previous_value, new_value FROM events_audit ORDER BY setting").all(&world.database).await.unwrap();
        let told: Vec<_> = rows.iter().map(|row| (row.text("setting").unwrap(), row.text("previous_value").unwrap(), row.text("new_value").unwrap())).collect();
        let line = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(told, [
            line("Days between password changes", "1825", "90"),
            line("Digit", "Not needed", "Needed"),
            line("Minimum length", "8", "12"),
        ]);
    }

    async fn the_policy_holds_for_first_passwords_changes_and_links(database: Database) {
        let world = World::new(database).await;
        let admin = world.caller(FullAdmin).await;
        let policy = PasswordPolicy { shortest: 12, needs_upper: true, needs_special: true, ..PasswordPolicy::default() };
        world.identity.set_password_policy(&admin, policy).await.unwrap();
        let wanted = "The new password has no upper-case letter and no special character. Your organization asks for an upper-case letter and a special character.";
        let first = world.identity.set_password(world.id(KenAlvarez), &secret("abcdefghijkl")).await.unwrap_err();
        assert_eq!(first.public(), wanted);
        let change = world.identity.change_password(world.id(HeidiHarper), &secret(PASSWORD), &secret("abcdefghijkl"), None).await.unwrap_err();
        assert_eq!(change.public(), wanted);
        world.identity.forgot_password(&world.email(HeidiHarper), HERE).await.unwrap();
        let key = world.last_key(HeidiHarper).await;
        let linked = world.identity.choose_password(&key, &secret("abcdefghijkl"), &world.visitor()).await.unwrap_err();
        assert_eq!(linked.public(), wanted);
        // A refused password uses the link not up.
        world.identity.choose_password(&key, &secret("Abcdefghijk!"), &world.visitor()).await.unwrap();
        // What an administrator is shown keeps to the policy too.
        let shown = world.identity.reset_password(&admin, world.id(HeidiHarper)).await.unwrap();
        assert!(shown.expose_secret().len() >= 12 && shown.expose_secret().contains('-') && shown.expose_secret().chars().any(char::is_uppercase));
    }

    async fn earlier_passwords_are_refused_as_far_back_as_the_policy_looks(database: Database) {
        let world = World::new(database).await;
        let admin = world.caller(FullAdmin).await;
        world.identity.set_password_policy(&admin, PasswordPolicy { remembered: 2, ..PasswordPolicy::default() }).await.unwrap();
        let person = world.id(HeidiHarper);
        let mut current = PASSWORD.to_owned();
        for number in 1..=3 {
            world.wait(60).await;
            let next = format!("password number {number}");
            world.identity.change_password(person, &secret(&current), &secret(&next), None).await.unwrap();
            current = next;
        }
        let refused = async |new: &str| world.identity.change_password(person, &secret(&current), &secret(new), None).await.err().map(|error| error.public().to_owned());
        assert_eq!(refused("password number 3").await.unwrap(), "The new password is the current one; choose another.");
        for known in ["password number 2", "password number 1"] {
            assert!(refused(known).await.unwrap().starts_with("You had this password before; your organization refuses the last 2."));
        }
        assert_eq!(refused(PASSWORD).await, None, "the fourth last is forgotten");
    }

    async fn nothing_dies_at_expiry_and_the_next_sign_in_forces_a_change_that_is_one(database: Database) {
        let world = World::new(database).await;
        let person = world.id(FullAdmin);
        let expiry = world.identity.password_expires_at(person).await.unwrap().unwrap();
        let set_at = world.identity.password_changed_at(person).await.unwrap().unwrap();
        assert_eq!(expiry.since(set_at).as_secs(), 1825 * DAY);
        world.wait(1825 * DAY - 3600).await;
        let last = world.sign_in(FullAdmin).await;
        let before = world.identity.epochs(person).await.unwrap();
        world.wait(3600).await;
        assert!(world.lives(&last).await, "the expiry itself ends nothing");
        assert_eq!(world.identity.epochs(person).await.unwrap(), before);
        let email = world.email(FullAdmin);
        let answer = world.identity.begin_sign_in(&email, &secret(PASSWORD), &world.visitor()).await.unwrap();
        let SignInAnswer::MustChange { ticket, reason } = answer else { panic!("an expired password opened a session") };
        assert_eq!(reason, TicketReason::Expired);
        assert!(world.lives(&last).await, "asking for a change ends nothing");
        assert_eq!(*world.try_sign_in(FullAdmin, PASSWORD, HERE).await.unwrap_err().kind(), Kind::Forbidden);
        let same = world.identity.choose_password(ticket.expose_secret(), &secret(PASSWORD), &world.visitor()).await.unwrap_err();
        assert_eq!(*same.kind(), Kind::Invalid);
        let signed_in = world.identity.choose_password(ticket.expose_secret(), &secret("a new password"), &world.visitor()).await.unwrap();
        assert!(world.lives(&signed_in).await && !world.lives(&last).await, "the change is a password change");
        assert_eq!(world.identity.epochs(person).await.unwrap().everything, before.everything + 1);
        let again = world.identity.choose_password(ticket.expose_secret(), &secret("another password"), &world.visitor()).await.unwrap_err();
        assert_eq!(*again.kind(), Kind::Gone);
        assert_eq!(world.events().await, [("password-changed".to_owned(), "policy".to_owned())]);
        world.try_sign_in(FullAdmin, "a new password", HERE).await.unwrap();
    }

    async fn where_passwords_may_grow_old_none_expires(database: Database) {
        let world = World::new(database).await;
        let admin = world.caller(FullAdmin).await;
        world.identity.set_password_policy(&admin, PasswordPolicy { days_between_changes: None, ..PasswordPolicy::default() }).await.unwrap();
        assert!(world.identity.password_expires_at(world.id(FullAdmin)).await.unwrap().is_none());
        world.wait(20 * 365 * DAY).await;
        world.sign_in(FullAdmin).await;
        assert!(world.identity.password_expires_at(world.id(KenAlvarez)).await.unwrap().is_none(), "no password, no expiry");
    }
}
