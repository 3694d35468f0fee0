//! To whom an integration is limited, and what becomes of those who are shut out: on both databases.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
mod support;

use hub_directory::PersonId;
use hub_directory::seed::NamedPerson;
use hub_governance::{Audience, Existing, FIVE, Pasted, Rule};
use hub_oauth::GateDecision;
use kit::Kind;
use support::House;

fn presence() -> String {
    FIVE[1].client_id()
}

fn synch() -> String {
    FIVE[0].client_id()
}

kit_test::both_databases! {
    async fn only_specific_users_may_use_what_is_allowed_for_them(database: Database) {
        let house = House::open(database).await;
        let admin = house.full_admin();
        let (ursula, rita) = (house.account(NamedPerson::UserAdmin), house.account(NamedPerson::ReadOnlyAdmin));
        let text = format!("{}; nobody@nowhere.example,  {}\n", ursula.email.to_uppercase(), "also-nobody@nowhere.example");
        let pasted = house.governance.add_specific_users(&admin, &presence(), Rule::Allow, &text, Existing::End).await.unwrap();
        let unknown = vec!["nobody@nowhere.example".to_owned(), "also-nobody@nowhere.example".to_owned()];
        assert_eq!(pasted, Pasted { found: 1, unknown }, "unknown ones are named and the others count");
        assert_eq!(house.tries(&ursula, &presence(), None).await, GateDecision::Allow);
        assert_eq!(house.tries(&rita, &presence(), None).await, GateDecision::Deny);

        // More join; then one after the other leaves.
        house.governance.add_specific_users(&admin, &presence(), Rule::Allow, &rita.email, Existing::End).await.unwrap();
        let users = house.governance.specific_users(&admin, &presence()).await.unwrap();
        assert_eq!(users.people.len(), 2);
        assert_eq!(house.tries(&rita, &presence(), None).await, GateDecision::Allow);
        house.governance.remove_specific_user(&admin, &presence(), ursula.person_id, Existing::End).await.unwrap();
        house.governance.remove_specific_user(&admin, &presence(), rita.person_id, Existing::End).await.unwrap();
        let again = house.governance.remove_specific_user(&admin, &presence(), rita.person_id, Existing::End).await.unwrap_err();
        assert_eq!(*again.kind(), Kind::NotFound);
        let users = house.governance.specific_users(&admin, &presence()).await.unwrap();
        assert!(users.audience.is_nobody(), "the last one leaves nobody behind, and not everybody");

        let nobody = house.governance.add_specific_users(&admin, &presence(), Rule::Allow, " ;\n", Existing::End).await.unwrap_err();
        assert_eq!(*nobody.kind(), Kind::Invalid);
        let unknown_only = house.governance.add_specific_users(&admin, &presence(), Rule::Allow, "x@y.example", Existing::End).await.unwrap();
        assert_eq!(unknown_only.found, 0);
        assert!(!house.is_enabled(&presence()).await, "nothing was changed");
    }

    async fn everybody_but_specific_users_may_use_the_rest(database: Database) {
        let house = House::open(database).await;
        let admin = house.full_admin();
        let (ursula, rita) = (house.account(NamedPerson::UserAdmin), house.account(NamedPerson::ReadOnlyAdmin));
        let before = house.now();
        house.pass(10).await;
        house.governance.add_specific_users(&admin, &synch(), Rule::Block, &ursula.email, Existing::End).await.unwrap();
        assert_eq!(house.tries(&ursula, &synch(), None).await, GateDecision::Deny);
        assert_eq!(house.tries(&rita, &synch(), None).await, GateDecision::Allow);
        assert!(!house.lives_for(ursula.person_id, &synch(), before).await);
        assert!(house.lives_for(rita.person_id, &synch(), before).await, "nobody else loses anything");
        assert!(house.governance.integration(&admin, &synch()).await.unwrap().is_exception);
        house.governance.remove_specific_user(&admin, &synch(), ursula.person_id, Existing::End).await.unwrap();
        assert!(!house.governance.integration(&admin, &synch()).await.unwrap().is_exception, "it says what the default says");
        assert!(!house.lives_for(ursula.person_id, &synch(), before).await, "ended for good");
        house.pass(10).await;
        assert!(house.lives_for(ursula.person_id, &synch(), house.now()).await);
    }

    async fn narrowing_ends_or_spares_what_the_others_gave_and_nothing_else(database: Database) {
        let house = House::open(database).await;
        let admin = house.full_admin();
        let (ursula, rita) = (house.account(NamedPerson::UserAdmin), house.account(NamedPerson::ReadOnlyAdmin));
        let before = house.now();
        house.pass(10).await;
        house.governance.add_specific_users(&admin, &synch(), Rule::Allow, &ursula.email, Existing::Spare).await.unwrap();
        assert!(house.lives_for(ursula.person_id, &synch(), before).await);
        assert!(house.lives_for(rita.person_id, &synch(), before).await, "spared");
        assert!(!house.lives_for(rita.person_id, &synch(), house.now().plus(std::time::Duration::from_secs(1))).await);
        house.pass(10).await;
        // Rita joins and is taken off again, this time with everything that she gave.
        house.governance.add_specific_users(&admin, &synch(), Rule::Allow, &rita.email, Existing::End).await.unwrap();
        house.governance.remove_specific_user(&admin, &synch(), rita.person_id, Existing::End).await.unwrap();
        assert!(!house.lives_for(rita.person_id, &synch(), before).await);
        assert!(house.lives_for(ursula.person_id, &synch(), before).await);
        house.pass(10).await;
        house.governance.set_status(&admin, &synch(), Rule::Allow, Existing::End).await.unwrap();
        assert!(!house.lives_for(rita.person_id, &synch(), before).await, "dead for good");
        assert!(house.lives_for(ursula.person_id, &synch(), before).await);
    }

    async fn who_is_deleted_leaves_every_list_and_no_list_turns_into_its_opposite(database: Database) {
        let house = House::open(database).await;
        let admin = house.full_admin();
        let ursula = house.account(NamedPerson::UserAdmin);
        house.governance.add_specific_users(&admin, &presence(), Rule::Allow, &ursula.email, Existing::End).await.unwrap();
        house.governance.add_specific_users(&admin, &synch(), Rule::Block, &ursula.email, Existing::End).await.unwrap();
        house.governance.name_reviewer(&admin, &ursula.email).await.unwrap();
        house.directory.delete_person(&admin, ursula.person_id).await.unwrap();
        let allowed = house.governance.specific_users(&admin, &presence()).await.unwrap().audience;
        assert_eq!(allowed, Audience::nobody());
        let blocked = house.governance.specific_users(&admin, &synch()).await.unwrap().audience;
        assert_eq!(blocked, Audience::everybody());
        assert!(!house.governance.integration(&admin, &synch()).await.unwrap().is_exception);
        assert!(house.governance.reviewers(&admin).await.unwrap().is_empty());
    }

    async fn an_exception_exists_only_while_it_differs_from_the_default(database: Database) {
        let house = House::open(database).await;
        let admin = house.full_admin();
        let people: Vec<PersonId> = [NamedPerson::UserAdmin, NamedPerson::ReadOnlyAdmin].map(|part| house.account(part).person_id).to_vec();
        let emails: Vec<String> = [NamedPerson::UserAdmin, NamedPerson::ReadOnlyAdmin].map(|part| house.account(part).email).to_vec();
        // A fixed walk that visits every pair of default and audience.
        let mut seed = 7u64;
        let mut next = move |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % most
        };
        for _ in 0..60 {
            match next(6) {
                0 => house.governance.set_default(&admin, if next(2) == 0 { Rule::Allow } else { Rule::Block }, Existing::Spare).await.unwrap(),
                1 => house.governance.set_status(&admin, &synch(), if next(2) == 0 { Rule::Allow } else { Rule::Block }, Existing::Spare).await.unwrap(),
                2 | 3 => {
                    let rule = if next(2) == 0 { Rule::Allow } else { Rule::Block };
                    let email = &emails[usize::try_from(next(2)).unwrap()];
                    house.governance.add_specific_users(&admin, &synch(), rule, email, Existing::Spare).await.unwrap();
                }
                4 => {
                    let person = people[usize::try_from(next(2)).unwrap()];
                    let _absent = house.governance.remove_specific_user(&admin, &synch(), person, Existing::Spare).await;
                }
                _ => { house.governance.reset_exceptions(&admin, Existing::Spare).await.unwrap(); }
            }
            let view = house.governance.integration(&admin, &synch()).await.unwrap();
            let default = house.governance.policy(&admin).await.unwrap().default;
            assert_eq!(view.is_exception, view.audience != Audience::from(default));
            // What the gate says is what the audience says.
            for person in &people {
                let permitted = house.lives_for(*person, &synch(), house.now().plus(std::time::Duration::from_secs(1))).await;
                assert_eq!(permitted, view.audience.permits(*person));
            }
            house.pass(5).await;
        }
    }

    async fn a_change_is_audited_with_old_and_new_value_and_announced(database: Database) {
        let house = House::open(database).await;
        let (admin, ursula) = (house.full_admin(), house.account(NamedPerson::UserAdmin));
        house.governance.set_status(&admin, &synch(), Rule::Block, Existing::End).await.unwrap();
        house.pass(1).await;
        house.governance.add_specific_users(&admin, &synch(), Rule::Allow, &ursula.email, Existing::End).await.unwrap();
        house.pass(1).await;
        house.governance.set_default(&admin, Rule::Block, Existing::Spare).await.unwrap();
        house.pass(1).await;
        house.governance.revoke_access(&admin, &presence()).await.unwrap();
        let only = format!("allowed only for {}", ursula.email);
        let wanted = [
            ("integrationPolicy", "allowed for everybody", "blocked for everybody"),
            ("integrationPolicy", "blocked for everybody", only.as_str()),
            ("defaultIntegrationPolicy", "allow", "block"),
            ("", "", ""),
        ];
        let audited = house.audited().await;
        let ours: Vec<(&str, &str, &str)> = audited.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
        assert!(ours.ends_with(&wanted), "{ours:#?}");
        let outbox = house.outbox().await.join("\n");
        for kind in ["integration-blocked", "integration-allowed", "integration-blocked-for-new", "integration-revoked"] {
            assert!(outbox.contains(&format!("\"{kind}\"")), "{kind} in {outbox}");
        }
    }

    async fn a_list_has_an_end(database: Database) {
        let house = House::open(database).await;
        let text: String = (0..5_001).map(|number| format!("p{number}@example.com\n")).collect();
        let error = house.governance.add_specific_users(&house.full_admin(), &synch(), Rule::Allow, &text, Existing::End).await.unwrap_err();
        assert_eq!(*error.kind(), Kind::Invalid);
        assert_eq!(house.governance.specific_users(&house.full_admin(), &synch()).await.unwrap().people.len(), 0);
    }
}
