//! A reset deletes every exception and can be undone for thirty days: on both databases.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
mod support;

use hub_directory::seed::NamedPerson;
use hub_governance::{Existing, FIVE, Restoration, Rule};
use kit::Kind;
use support::House;

const DAY: u64 = 24 * 3600;

fn presence() -> String {
    FIVE[1].client_id()
}

fn synch() -> String {
    FIVE[0].client_id()
}

kit_test::both_databases! {
    async fn a_reset_is_undone_with_its_lists(database: Database) {
        let house = House::open(database).await;
        let (admin, ursula) = (house.full_admin(), house.account(NamedPerson::UserAdmin));
        house.governance.add_specific_users(&admin, &synch(), Rule::Allow, &ursula.email, Existing::Spare).await.unwrap();
        let before = house.governance.policy(&admin).await.unwrap().exceptions;
        let id = house.governance.reset_exceptions(&admin, Existing::End).await.unwrap().unwrap();
        assert!(house.governance.policy(&admin).await.unwrap().exceptions.is_empty());
        assert_eq!(house.governance.reset_exceptions(&admin, Existing::End).await.unwrap(), None, "there is nothing to reset");
        let plan = house.governance.undo_preview(&admin, id).await.unwrap();
        assert_eq!(plan.count(Restoration::Restored), before.len());
        house.pass(29 * DAY).await;
        house.governance.undo_reset(&admin, id, Existing::End).await.unwrap();
        assert_eq!(house.governance.policy(&admin).await.unwrap().exceptions, before);
        let again = house.governance.undo_reset(&admin, id, Existing::End).await.unwrap_err();
        assert_eq!(*again.kind(), Kind::Conflict);
    }

    async fn undoing_leaves_what_was_decided_since(database: Database) {
        let house = House::open(database).await;
        let (admin, ursula) = (house.full_admin(), house.account(NamedPerson::UserAdmin));
        house.governance.add_specific_users(&admin, &synch(), Rule::Allow, &ursula.email, Existing::Spare).await.unwrap();
        let id = house.governance.reset_exceptions(&admin, Existing::End).await.unwrap().unwrap();
        // Decided to and fro at the same moment: still a newer decision.
        house.governance.set_status(&admin, &presence(), Rule::Block, Existing::End).await.unwrap();
        house.governance.set_status(&admin, &presence(), Rule::Allow, Existing::End).await.unwrap();
        // The others say by now what the default says.
        house.governance.set_default(&admin, Rule::Block, Existing::End).await.unwrap();
        let plan = house.governance.undo_reset(&admin, id, Existing::End).await.unwrap();
        let of = |name: &str| plan.steps.iter().find(|(candidate, _, _)| candidate == name).unwrap().2;
        assert_eq!(of(FIVE[1].name), Restoration::DecidedSince);
        assert_eq!(of(FIVE[0].name), Restoration::Restored);
        assert_eq!(of("AGAT - Ethical Walls"), Restoration::SaysTheSame);
        let exceptions = house.governance.policy(&admin).await.unwrap().exceptions;
        assert_eq!(exceptions.len(), 1, "{exceptions:?}");
        let view = house.governance.integration(&admin, &synch()).await.unwrap();
        assert!(view.audience.permits(ursula.person_id) && view.is_exception);
    }

    async fn after_thirty_days_and_for_others_there_is_nothing_to_undo(database: Database) {
        let house = House::open(database).await;
        let admin = house.full_admin();
        let id = house.governance.reset_exceptions(&admin, Existing::End).await.unwrap().unwrap();
        let looks = house.caller(NamedPerson::ReadOnlyAdmin);
        assert_eq!(house.governance.resets(&looks).await.unwrap().len(), 1);
        assert_eq!(*house.governance.undo_reset(&looks, id, Existing::End).await.unwrap_err().kind(), Kind::Forbidden);
        let elsewhere = hub_directory::Caller { organization_id: hub_directory::OrganizationId::new(kit::Uuid::nil()), ..admin.clone() };
        assert_eq!(*house.governance.undo_preview(&elsewhere, id).await.unwrap_err().kind(), Kind::NotFound);
        assert_eq!(*house.governance.undo_reset(&elsewhere, id, Existing::End).await.unwrap_err().kind(), Kind::NotFound);
        house.pass(30 * DAY).await;
        let late = house.governance.undo_reset(&admin, id, Existing::End).await.unwrap_err();
        assert_eq!(*late.kind(), Kind::Conflict);
        house.pass(DAY).await;
        assert!(house.governance.resets(&admin).await.unwrap().is_empty());
    }

    async fn of_two_who_undo_at_once_one_does(database: Database) {
        let house = House::open(database).await;
        let admin = house.full_admin();
        let id = house.governance.reset_exceptions(&admin, Existing::End).await.unwrap().unwrap();
        let mut undone = 0;
        let tries: Vec<_> = (0..4)
            .map(|_| {
                let (governance, admin) = (house.governance.clone(), admin.clone());
                tokio::spawn(async move { governance.undo_reset(&admin, id, Existing::End).await })
            })
            .collect();
        for attempt in tries {
            match attempt.await.unwrap() {
                Ok(_) => undone += 1,
                Err(error) => assert_eq!(*error.kind(), Kind::Conflict),
            }
        }
        assert_eq!(undone, 1);
        assert_eq!(house.governance.policy(&admin).await.unwrap().exceptions.len(), 8);
    }
}
