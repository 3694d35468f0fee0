//! Who may use what, who hears of it, and who decides: on both databases.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
mod support;

use std::time::Duration;

use hub_directory::seed::NamedPerson;
use hub_governance::{Deed, Existing, FIVE, ListQuery, OTHERS, Rule};
use hub_oauth::GateDecision;
use kit::{Kind, Timestamp};
use support::House;

fn presence() -> String {
    FIVE[1].client_id()
}

fn synch() -> String {
    FIVE[0].client_id()
}

kit_test::both_databases! {
    async fn a_seeded_organization_blocks_what_it_was_told_and_enables_the_rest(database: Database) {
        let house = House::open(database).await;
        let list = house.governance.integrations(&house.full_admin(), &ListQuery::default()).await.unwrap();
        assert_eq!(list.total, FIVE.len() + OTHERS.len());
        let disabled: Vec<&str> = list.rows.iter().filter(|row| !row.enabled).map(|row| row.name.as_str()).collect();
        assert!(disabled.contains(&FIVE[1].name));
        assert_eq!(disabled.len(), 8);
        assert_eq!(list.exceptions, 8);
        let names: Vec<&str> = list.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names[0], "Act-On");
        assert!(list.rows.iter().all(|row| row.application_id.starts_with("Y2lzY29zcGFyazovL")));
        // A second time changes nothing.
        house.governance.seed_policies(house.organization(), None).await.unwrap();
        assert!(!house.is_enabled(&presence()).await);
    }

    async fn a_refused_person_is_captured_once_and_answered_when_it_is_enabled(database: Database) {
        let house = House::open(database).await;
        let (gate, admin) = (house.governance.gate(), house.full_admin());
        let client = house.client(&presence()).await;
        let account = house.account(NamedPerson::UserAdmin);
        assert_eq!(gate.decide(&account, &client, &client.scopes, None).await.unwrap(), GateDecision::Deny);
        house.clock.advance(Duration::from_secs(60)).await;
        assert_eq!(gate.decide(&account, &client, &client.scopes, None).await.unwrap(), GateDecision::Deny);

        let alerts = house.governance.alerts(&admin).await.unwrap();
        assert_eq!(alerts.len(), 1);
        assert_eq!((alerts[0].demand.people, alerts[0].demand.attempts), (1, 2));
        assert_eq!(alerts[0].requests[0].person_email, account.email);
        assert_eq!(alerts[0].requests[0].scopes, client.scopes);
        assert_eq!(alerts[0].demand.last_at.since(alerts[0].demand.first_at), Duration::from_secs(60));
        assert_eq!(house.governance.open_requests(&admin).await.unwrap(), 1);

        house.governance.set_status(&admin, &client.client_id, Rule::Allow, Existing::End).await.unwrap();
        assert_eq!(house.governance.open_requests(&admin).await.unwrap(), 0);
        assert_eq!(gate.decide(&account, &client, &client.scopes, None).await.unwrap(), GateDecision::Allow);
        let view = house.governance.integration(&admin, &client.client_id).await.unwrap();
        assert_eq!(view.history[0].deed, Deed::Enabled);
        assert_eq!(view.history[0].note, "Answered 1 request.");
        assert_eq!(view.history[0].actor_name, house.account(NamedPerson::FullAdmin).display_name);
        assert!(!view.is_exception, "an exception exists only while it differs from the default");
    }

    async fn who_is_deleted_waits_for_nothing(database: Database) {
        let house = House::open(database).await;
        let (gate, admin) = (house.governance.gate(), house.full_admin());
        let client = house.client(&presence()).await;
        let account = house.account(NamedPerson::UserAdmin);
        gate.decide(&account, &client, &client.scopes, None).await.unwrap();
        gate.decide(&house.account(NamedPerson::ReadOnlyAdmin), &client, &client.scopes, None).await.unwrap();
        house.directory.delete_person(&admin, account.person_id).await.unwrap();
        let alerts = house.governance.alerts(&admin).await.unwrap();
        assert_eq!(alerts[0].demand.people, 1);
        assert_ne!(alerts[0].requests[0].person_email, account.email);
    }

    async fn requests_merge_also_when_they_come_at_once(database: Database) {
        let house = House::open(database).await;
        let client = house.client(&presence()).await;
        let people = [NamedPerson::FullAdmin, NamedPerson::UserAdmin, NamedPerson::ReadOnlyAdmin];
        let mut tries = Vec::new();
        for _ in 0..8 {
            for person in people {
                let (gate, client, account) = (house.governance.gate(), client.clone(), house.account(person));
                tries.push(tokio::spawn(async move { gate.decide(&account, &client, &client.scopes, None).await }));
            }
        }
        for attempt in tries {
            assert_eq!(attempt.await.unwrap().unwrap(), GateDecision::Deny);
        }
        let alerts = house.governance.alerts(&house.full_admin()).await.unwrap();
        assert_eq!((alerts[0].demand.people, alerts[0].demand.attempts), (3, 24));
        assert!(alerts[0].requests.iter().all(|request| request.attempts == 8));
    }

    async fn no_request_stays_open_for_what_is_enabled_at_the_same_time(database: Database) {
        let house = House::open(database).await;
        let (admin, client) = (house.full_admin(), house.client(&presence()).await);
        let mut tries = Vec::new();
        for _ in 0..12 {
            let (gate, client, account) = (house.governance.gate(), client.clone(), house.account(NamedPerson::UserAdmin));
            tries.push(tokio::spawn(async move { gate.decide(&account, &client, &client.scopes, None).await }));
        }
        house.governance.set_status(&admin, &client.client_id, Rule::Allow, Existing::End).await.unwrap();
        for attempt in tries {
            attempt.await.unwrap().unwrap();
        }
        assert_eq!(house.governance.open_requests(&admin).await.unwrap(), 0);
    }

    async fn disabling_ends_what_was_granted_for_good_unless_it_is_spared(database: Database) {
        let house = House::open(database).await;
        let admin = house.full_admin();
        let before = house.now();
        house.pass(10).await;
        house.governance.set_status(&admin, &synch(), Rule::Block, Existing::Spare).await.unwrap();
        house.pass(10).await;
        assert!(house.lives(&synch(), before).await, "spared");
        assert!(!house.lives(&synch(), house.now()).await, "begun before the block and finished after it");
        house.governance.set_status(&admin, &synch(), Rule::Allow, Existing::End).await.unwrap();
        assert!(house.lives(&synch(), before).await);
        house.governance.set_status(&admin, &synch(), Rule::Block, Existing::End).await.unwrap();
        assert!(!house.lives(&synch(), before).await);
        house.pass(10).await;
        house.governance.set_status(&admin, &synch(), Rule::Allow, Existing::End).await.unwrap();
        assert!(!house.lives(&synch(), before).await, "dead for good");
        assert!(house.lives(&synch(), house.now()).await, "a new one lives");
        house.governance.revoke_access(&admin, &synch()).await.unwrap();
        assert!(!house.lives(&synch(), house.now()).await);
        assert!(house.is_enabled(&synch()).await);
    }

    async fn the_default_counts_where_nothing_was_decided_and_a_reset_leaves_nothing_else(database: Database) {
        let house = House::open(database).await;
        let admin = house.full_admin();
        let granted = house.now();
        house.pass(10).await;
        let preview = house.governance.policy(&admin).await.unwrap();
        assert_eq!((preview.default, preview.exceptions.len(), preview.would_change), (Rule::Allow, 8, 5));
        house.governance.set_default(&admin, Rule::Block, Existing::End).await.unwrap();
        assert!(!house.is_enabled(&synch()).await);
        assert!(!house.lives(&synch(), granted).await);
        let preview = house.governance.policy(&admin).await.unwrap();
        assert_eq!((preview.default, preview.exceptions.len()), (Rule::Block, 0), "equal exceptions end");

        house.governance.set_status(&admin, &presence(), Rule::Allow, Existing::End).await.unwrap();
        assert!(house.is_enabled(&presence()).await);
        house.governance.reset_exceptions(&admin, Existing::End).await.unwrap();
        assert!(!house.is_enabled(&presence()).await);
        house.governance.set_default(&admin, Rule::Allow, Existing::End).await.unwrap();
        assert!(house.is_enabled(&presence()).await && house.is_enabled(&synch()).await);
        assert!(!house.lives(&synch(), granted).await, "no policy brings it back");
        let deeds: Vec<Deed> =
            house.governance.latest_decisions(&admin, 4).await.unwrap().into_iter().map(|(entry, _)| entry.deed).collect();
        assert!(deeds.contains(&Deed::AllowedByDefault) && deeds.contains(&Deed::Reset));
    }

    async fn only_full_admins_decide_and_only_two_roles_look(database: Database) {
        let house = House::open(database).await;
        let looks = house.caller(NamedPerson::ReadOnlyAdmin);
        assert!(house.governance.integration(&looks, &webex::application_id(&presence())).await.is_ok());
        assert!(house.governance.alerts(&looks).await.is_ok());
        let other = house.caller(NamedPerson::UserAdmin);
        let token = house.token_of_full_admin();
        for (who, may_look) in [(&looks, true), (&other, false), (&token, false)] {
            let governance = &house.governance;
            let refusals = [
                governance.set_status(who, &presence(), Rule::Allow, Existing::End).await,
                governance.revoke_access(who, &presence()).await,
                governance.set_default(who, Rule::Block, Existing::End).await,
                governance.reset_exceptions(who, Existing::End).await.map(|_| ()),
                governance.refresh_adoption(who).await,
            ];
            for refusal in refusals {
                assert_eq!(*refusal.unwrap_err().kind(), Kind::Forbidden);
            }
            assert_eq!(governance.integrations(who, &ListQuery::default()).await.is_ok(), may_look);
            assert_eq!(governance.adopted_people_csv(who, &presence()).await.is_ok(), may_look);
        }
        assert!(!house.is_enabled(&presence()).await);
    }

    async fn an_unknown_integration_is_not_found_and_nothing_is_registered_twice(database: Database) {
        let house = House::open(database).await;
        let error = house.governance.integration(&house.full_admin(), "C00").await.unwrap_err();
        assert_eq!(*error.kind(), Kind::NotFound);
        let secrets = house.clients_file();
        house.register_catalogue(&["http://localhost:8091/callback"]).await;
        let again = house.clients_file();
        for (before, after) in secrets.iter().zip(&again) {
            assert_eq!(before["client_secret"], after["client_secret"]);
            assert_eq!(after["redirect_uris"][0], "http://localhost:8091/callback");
        }
        assert_eq!(again.len(), 5);
        assert_eq!(house.client(&synch()).await.redirect_uris, ["http://localhost:8091/callback"]);
    }

    async fn a_lost_file_of_secrets_is_made_anew(database: Database) {
        let house = House::open(database).await;
        let before = house.clients_file();
        house.lose_clients_file();
        house.register_catalogue(&[]).await;
        let after = house.clients_file();
        assert_eq!(after.len(), 5);
        assert_ne!(before[0]["client_secret"], after[0]["client_secret"]);
        assert_eq!(after[0]["redirect_uris"], before[0]["redirect_uris"], "an empty option leaves what is registered");
    }

    async fn the_adoption_list_says_when_it_was_counted(database: Database) {
        let house = House::open(database).await;
        let admin = house.full_admin();
        let list = house.governance.integrations(&admin, &ListQuery::default()).await.unwrap();
        assert_eq!(list.refreshed_at, None);
        house.governance.refresh_adoption(&admin).await.unwrap();
        let list = house.governance.integrations(&admin, &ListQuery::default()).await.unwrap();
        assert_eq!(list.refreshed_at, Some(house.now()));
        assert!(list.rows.iter().all(|row| row.adoption == 0));

        // The reconciler counts at once, after its period, and on a nudge.
        let reconciler = tokio::spawn({
            let governance = house.governance.clone();
            async move { governance.reconcile_adoption().await }
        });
        house.until_somebody_sleeps().await;
        house.pass(15 * 60).await;
        let due: Timestamp = house.now();
        house.until_refreshed_at(due).await;
        reconciler.abort();
    }
}
