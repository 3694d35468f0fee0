//! Who asked, who hears of it, who decides, and what ends by itself: on both databases.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
mod support;

use std::time::Duration;

use hub_directory::seed::NamedPerson;
use hub_governance::{Audience, Decision, Deed, Existing, FIVE, RequestRight, RequestState, Rule};
use hub_oauth::GateDecision;
use kit::Kind;
use support::House;

const DAY: u64 = 24 * 3600;

fn presence() -> String {
    FIVE[1].client_id()
}

fn call_control() -> String {
    FIVE[2].client_id()
}

fn no(requests: Vec<kit::Uuid>, why: &str) -> Decision {
    Decision::Deny {
        requests,
        justification: why.to_owned(),
    }
}

fn yes(requests: Vec<kit::Uuid>) -> Decision {
    Decision::AllowThese {
        requests,
        expires_at: None,
    }
}

kit_test::both_databases! {
    async fn looking_at_the_page_again_is_no_further_attempt(database: Database) {
        let house = House::open(database).await;
        let ursula = house.account(NamedPerson::UserAdmin);
        for _ in 0..3 {
            house.tries(&ursula, &presence(), Some("waits-1")).await;
        }
        assert_eq!(house.request_of(&ursula, &presence()).await.attempts, 1);
        house.tries(&ursula, &presence(), Some("waits-2")).await;
        house.tries(&ursula, &presence(), None).await;
        house.tries(&ursula, &presence(), None).await;
        assert_eq!(house.request_of(&ursula, &presence()).await.attempts, 4);
    }

    async fn every_full_admin_is_told_once_for_an_open_request(database: Database) {
        let house = House::open(database).await;
        let (admin, ursula) = (house.account(NamedPerson::FullAdmin), house.account(NamedPerson::UserAdmin));
        house.tries(&ursula, &presence(), Some("a")).await;
        house.tries(&ursula, &presence(), Some("b")).await;
        let letters = house.letters_to(&admin.email).await;
        assert_eq!(letters, [format!("{} asks for {}", ursula.display_name, FIVE[1].name)]);
        let news = house.outbox().await;
        assert_eq!(news.iter().filter(|text| text.contains("accessRequests") || text.contains(&presence())).count(), 1, "{news:?}");
        // Denied and tried again: a new request, and a new letter.
        let request = house.request_of(&ursula, &presence()).await;
        house.pass(60).await;
        house.governance.decide_requests(&house.full_admin(), &presence(), no(vec![request.id], "Not now")).await.unwrap();
        house.tries(&ursula, &presence(), Some("b")).await;
        assert_eq!(house.letters_to(&admin.email).await.len(), 1, "looking at the answer is no new request");
        house.tries(&ursula, &presence(), Some("c")).await;
        assert_eq!(house.letters_to(&admin.email).await.len(), 2);
        let again = house.request_of(&ursula, &presence()).await;
        assert_eq!((again.justification.as_str(), again.state), ("Not now", RequestState::Open), "what was answered before is known");
        // A Full Admin who is refused needs no letter about their own request.
        house.tries(&admin, &presence(), Some("d")).await;
        assert_eq!(house.letters_to(&admin.email).await.len(), 2);
    }

    async fn letters_have_a_bound_and_the_alerts_center_has_them_all(database: Database) {
        let house = House::open(database).await;
        let admin = house.account(NamedPerson::FullAdmin);
        let people = house.some_people(40);
        for person in &people {
            let account = house.directory.account(*person).await.unwrap().unwrap();
            house.tries(&account, &presence(), None).await;
        }
        let letters = house.letters_to(&admin.email).await.len();
        assert!(letters <= 30, "{letters}");
        let open = house.governance.open_requests(&house.full_admin()).await.unwrap();
        assert_eq!(open, u64::try_from(people.len()).unwrap());
    }

    async fn a_reason_is_bounded_kept_and_shown_to_whoever_decides(database: Database) {
        let house = House::open(database).await;
        let ursula = house.account(NamedPerson::UserAdmin);
        let (gate, client) = (house.governance.gate(), house.client(&presence()).await);
        house.tries(&ursula, &presence(), Some("a")).await;
        let refusal = gate.refusal(&ursula, &client).await.unwrap();
        assert!(refusal.takes_reason && refusal.reason.is_none() && refusal.answer.is_none());
        let error = gate.give_reason(&ursula, &client, &"x".repeat(501)).await.unwrap_err();
        assert_eq!(*error.kind(), Kind::Invalid);
        gate.give_reason(&ursula, &client, "  The operators need it\u{7} ").await.unwrap();
        assert_eq!(house.request_of(&ursula, &presence()).await.reason, "The operators need it");
        assert_eq!(gate.refusal(&ursula, &client).await.unwrap().reason.unwrap(), "The operators need it");
        let request = house.request_of(&ursula, &presence()).await;
        house.governance.decide_requests(&house.full_admin(), &presence(), no(vec![request.id], "Ask in May")).await.unwrap();
        let refusal = gate.refusal(&ursula, &client).await.unwrap();
        assert_eq!(refusal.answer.unwrap(), "Ask in May");
        assert!(!refusal.takes_reason, "nobody waits for it");
    }

    async fn allowing_one_person_lets_nobody_else_in(database: Database) {
        let house = House::open(database).await;
        let (ursula, rita) = (house.account(NamedPerson::UserAdmin), house.account(NamedPerson::ReadOnlyAdmin));
        house.tries(&ursula, &presence(), None).await;
        house.tries(&rita, &presence(), None).await;
        let request = house.request_of(&ursula, &presence()).await;
        house.governance.decide_requests(&house.full_admin(), &presence(), yes(vec![request.id])).await.unwrap();
        assert_eq!(house.tries(&ursula, &presence(), None).await, GateDecision::Allow);
        assert_eq!(house.tries(&rita, &presence(), None).await, GateDecision::Deny);
        assert_eq!(house.letters_to(&ursula.email).await, [format!("You may use {}", FIVE[1].name)]);
        let mine = house.governance.my_requests(&house.caller(NamedPerson::UserAdmin)).await.unwrap();
        assert_eq!((mine.len(), mine[0].request.state), (1, RequestState::Allowed));
        assert_eq!(mine[0].begin_at, None, "no address is registered");
        // The rest is allowed for everybody: who waits is answered.
        let all = Decision::AllowAll { expires_at: None };
        assert_eq!(house.governance.decide_requests(&house.full_admin(), &presence(), all.clone()).await.unwrap(), 1);
        assert_eq!(house.letters_to(&rita.email).await.len(), 1);
        let again = house.governance.decide_requests(&house.full_admin(), &presence(), all).await.unwrap_err();
        assert_eq!(*again.kind(), Kind::Conflict);
    }

    async fn a_denial_needs_words_that_reach_the_requesters(database: Database) {
        let house = House::open(database).await;
        let (admin, ursula) = (house.full_admin(), house.account(NamedPerson::UserAdmin));
        house.tries(&ursula, &presence(), None).await;
        let request = house.request_of(&ursula, &presence()).await;
        for (decision, kind) in [
            (no(vec![request.id], "  "), Kind::Invalid),
            (no(vec![request.id], &"x".repeat(501)), Kind::Invalid),
            (no(Vec::new(), "why"), Kind::Invalid),
            (no(vec![kit::Uuid::nil()], "why"), Kind::NotFound),
        ] {
            let error = house.governance.decide_requests(&admin, &presence(), decision).await.unwrap_err();
            assert_eq!(*error.kind(), kind);
        }
        let elsewhere = house.governance.decide_requests(&admin, &call_control(), no(vec![request.id], "why")).await.unwrap_err();
        assert_eq!(*elsewhere.kind(), Kind::NotFound, "a request of another integration");
        house.governance.decide_requests(&admin, &presence(), no(vec![request.id], "We use another one")).await.unwrap();
        let mine = house.governance.my_requests(&house.caller(NamedPerson::UserAdmin)).await.unwrap();
        assert_eq!(mine[0].request.justification, "We use another one");
        assert_eq!(house.letters_to(&ursula.email).await, [format!("Your request for {} was denied", FIVE[1].name)]);
        let late = house.governance.decide_requests(&admin, &presence(), yes(vec![request.id])).await.unwrap_err();
        assert_eq!(*late.kind(), Kind::Conflict);
        assert!(late.public().contains(&house.account(NamedPerson::FullAdmin).display_name), "{}", late.public());
    }

    async fn what_is_blocked_opens_no_request_until_it_is_allowed(database: Database) {
        let house = House::open(database).await;
        let (admin, ursula) = (house.full_admin(), house.account(NamedPerson::UserAdmin));
        house.tries(&ursula, &presence(), None).await;
        let block = Decision::Block { justification: "Never".to_owned() };
        house.governance.decide_requests(&admin, &presence(), block.clone()).await.unwrap();
        assert_eq!(house.tries(&ursula, &presence(), None).await, GateDecision::Deny);
        assert_eq!(house.tries(&house.account(NamedPerson::ReadOnlyAdmin), &presence(), None).await, GateDecision::Deny);
        assert_eq!(house.governance.open_requests(&admin).await.unwrap(), 0);
        let client = house.client(&presence()).await;
        let refusal = house.governance.gate().refusal(&ursula, &client).await.unwrap();
        assert_eq!((refusal.answer.as_deref(), refusal.takes_reason), (Some("Never"), false));
        house.governance.set_status(&admin, &presence(), Rule::Allow, Existing::End).await.unwrap();
        house.governance.set_status(&admin, &presence(), Rule::Block, Existing::End).await.unwrap();
        house.tries(&ursula, &presence(), None).await;
        assert_eq!(house.governance.open_requests(&admin).await.unwrap(), 1, "allowing it lifted the block on requests");
        let allowed = house.governance.decide_requests(&admin, &call_control(), block).await.unwrap_err();
        assert_eq!(*allowed.kind(), Kind::Conflict, "nobody asks for what everybody may use");
    }

    async fn reviewers_decide_for_others_and_never_for_themselves(database: Database) {
        let house = House::open(database).await;
        let admin = house.full_admin();
        let (ursula, rita) = (house.account(NamedPerson::UserAdmin), house.account(NamedPerson::ReadOnlyAdmin));
        let reviewer = house.caller(NamedPerson::UserAdmin);
        house.tries(&rita, &presence(), None).await;
        house.tries(&ursula, &presence(), None).await;
        assert!(house.governance.alerts(&reviewer).await.is_err(), "not named yet");
        assert!(house.governance.name_reviewer(&admin, "nobody@nowhere.example").await.is_err());
        house.governance.name_reviewer(&admin, &ursula.email).await.unwrap();
        house.governance.name_reviewer(&admin, &ursula.email).await.unwrap();
        assert_eq!(house.governance.reviewers(&admin).await.unwrap().len(), 1);
        assert_eq!(house.letters_to(&ursula.email).await, ["You decide requests for integrations"]);
        assert_eq!(house.governance.request_right(&reviewer).await.unwrap(), RequestRight::Review);
        assert_eq!(house.governance.alerts(&reviewer).await.unwrap().len(), 1, "also requests from before");

        house.pass(1).await;
        let (own, other) = (house.request_of(&ursula, &presence()).await, house.request_of(&rita, &presence()).await);
        for decision in [
            yes(vec![own.id]),
            yes(vec![other.id, own.id]),
            no(vec![own.id], "why"),
            Decision::AllowAll { expires_at: None },
            Decision::Block { justification: "why".to_owned() },
        ] {
            let error = house.governance.decide_requests(&reviewer, &presence(), decision.clone()).await.unwrap_err();
            assert_eq!(*error.kind(), Kind::Forbidden, "{decision:?}");
        }
        for refusal in [
            house.governance.set_status(&reviewer, &presence(), Rule::Allow, Existing::End).await,
            house.governance.name_reviewer(&reviewer, &rita.email).await,
        ] {
            assert_eq!(*refusal.unwrap_err().kind(), Kind::Forbidden, "policy stays with Full Administrators");
        }
        house.governance.decide_requests(&reviewer, &presence(), yes(vec![other.id])).await.unwrap();
        assert_eq!(house.tries(&rita, &presence(), None).await, GateDecision::Allow);
        let view = house.governance.integration(&admin, &presence()).await.unwrap();
        assert_eq!((view.history[0].deed, view.history[0].actor_name.as_str()), (Deed::Approved, ursula.display_name.as_str()));
        house.governance.remove_reviewer(&admin, ursula.person_id).await.unwrap();
        assert!(house.governance.alerts(&reviewer).await.is_err());
        // A Full Administrator may always change policy, also for their own request.
        house.tries(&house.account(NamedPerson::FullAdmin), &presence(), None).await;
        let mine = house.request_of(&house.account(NamedPerson::FullAdmin), &presence()).await;
        house.governance.decide_requests(&admin, &presence(), yes(vec![mine.id])).await.unwrap();
    }

    async fn of_two_who_decide_at_once_one_decides(database: Database) {
        let house = House::open(database).await;
        let ursula = house.account(NamedPerson::UserAdmin);
        house.tries(&ursula, &presence(), None).await;
        let request = house.request_of(&ursula, &presence()).await;
        let mut decisions = Vec::new();
        for number in 0..6 {
            let (governance, admin) = (house.governance.clone(), house.full_admin());
            let decision = if number % 2 == 0 { yes(vec![request.id]) } else { no(vec![request.id], "why") };
            decisions.push(tokio::spawn(async move { governance.decide_requests(&admin, &presence(), decision).await }));
        }
        let mut decided = 0;
        for decision in decisions {
            match decision.await.unwrap() {
                Ok(_) => decided += 1,
                Err(error) => assert_eq!(*error.kind(), Kind::Conflict),
            }
        }
        assert_eq!(decided, 1);
        assert_eq!(house.letters_to(&ursula.email).await.len(), 1, "one answer");
    }

    async fn an_approval_ends_by_itself_and_people_are_told(database: Database) {
        let house = House::open(database).await;
        let (admin, ursula, rita) = (house.full_admin(), house.account(NamedPerson::UserAdmin), house.account(NamedPerson::ReadOnlyAdmin));
        house.tries(&ursula, &presence(), None).await;
        house.tries(&rita, &presence(), None).await;
        let request = house.request_of(&ursula, &presence()).await;
        let past = Decision::AllowThese { requests: vec![request.id], expires_at: Some(house.now()) };
        assert_eq!(*house.governance.decide_requests(&admin, &presence(), past).await.unwrap_err().kind(), Kind::Invalid);
        let ends = house.now().plus(Duration::from_secs(7 * DAY));
        let decision = Decision::AllowThese { requests: vec![request.id], expires_at: Some(ends) };
        house.governance.decide_requests(&admin, &presence(), decision).await.unwrap();
        let second = house.request_of(&rita, &presence()).await;
        house.governance.decide_requests(&admin, &presence(), yes(vec![second.id])).await.unwrap();
        house.pass(10).await;
        let granted = house.now();
        assert_eq!(house.governance.tend_requests().await.unwrap().0, 0);
        house.pass(7 * DAY - 11).await;
        assert!(house.lives_for(ursula.person_id, &presence(), granted).await);
        house.pass(1).await;
        assert!(!house.lives_for(ursula.person_id, &presence(), granted).await, "at the moment itself, also before anybody tidied up");
        assert_eq!(house.governance.tend_requests().await.unwrap().0, 1);
        assert!(!house.lives_for(ursula.person_id, &presence(), granted).await);
        assert!(house.lives_for(rita.person_id, &presence(), granted).await, "the other approval has no end");
        assert_eq!(house.letters_to(&ursula.email).await.last().unwrap(), &format!("Your access to {} ended", FIVE[1].name));
        let mine = house.governance.my_requests(&house.caller(NamedPerson::UserAdmin)).await.unwrap();
        assert_eq!(mine[0].request.state, RequestState::Ended);
        assert_eq!(house.governance.tend_requests().await.unwrap().0, 0, "idempotent");
        assert_eq!(house.tries(&ursula, &presence(), None).await, GateDecision::Deny, "and asks again");
        assert_eq!(house.governance.open_requests(&admin).await.unwrap(), 1);
    }

    async fn an_approval_for_everybody_ends_too_unless_somebody_decided_since(database: Database) {
        let house = House::open(database).await;
        let admin = house.full_admin();
        let until = |days: u64| Some(house.now().plus(Duration::from_secs(days * DAY)));
        house.governance.decide_requests(&admin, &presence(), Decision::AllowAll { expires_at: until(1) }).await.unwrap();
        assert!(house.is_enabled(&presence()).await);
        house.pass(DAY).await;
        house.governance.tend_requests().await.unwrap();
        assert!(!house.is_enabled(&presence()).await);
        house.governance.decide_requests(&admin, &presence(), Decision::AllowAll { expires_at: until(1) }).await.unwrap();
        house.governance.set_status(&admin, &presence(), Rule::Block, Existing::End).await.unwrap();
        house.governance.set_status(&admin, &presence(), Rule::Allow, Existing::End).await.unwrap();
        house.pass(2 * DAY).await;
        house.governance.tend_requests().await.unwrap();
        assert!(house.is_enabled(&presence()).await, "a newer decision has no end");
    }

    async fn after_an_approval_of_everybody_those_before_it_may_go_on(database: Database) {
        let house = House::open(database).await;
        let (admin, ursula, rita) = (house.full_admin(), house.account(NamedPerson::UserAdmin), house.account(NamedPerson::ReadOnlyAdmin));
        house.governance.add_specific_users(&admin, &presence(), Rule::Allow, &ursula.email, Existing::End).await.unwrap();
        house.pass(1).await;
        let granted = house.now();
        house.pass(1).await;
        let until = |days: u64| Some(house.now().plus(Duration::from_secs(days * DAY)));
        house.governance.decide_requests(&admin, &presence(), Decision::AllowAll { expires_at: until(7) }).await.unwrap();
        // Prolonged: it still ends where the first would have.
        house.governance.decide_requests(&admin, &presence(), Decision::AllowAll { expires_at: until(9) }).await.unwrap();
        assert!(house.lives_for(rita.person_id, &presence(), house.now()).await);
        house.pass(8 * DAY).await;
        assert_eq!(house.governance.tend_requests().await.unwrap().0, 0);
        house.pass(DAY).await;
        assert_eq!(house.governance.tend_requests().await.unwrap().0, 1);
        assert!(house.lives_for(ursula.person_id, &presence(), granted).await, "who might use it before goes on, with what they gave then");
        assert!(!house.lives_for(rita.person_id, &presence(), granted).await);
        let audience = house.governance.specific_users(&admin, &presence()).await.unwrap().audience;
        assert_eq!(audience, Audience::Only([ursula.person_id].into()));
    }

    async fn what_is_allowed_for_good_has_no_end_any_more(database: Database) {
        let house = House::open(database).await;
        let (admin, ursula) = (house.full_admin(), house.account(NamedPerson::UserAdmin));
        let until = || Some(house.now().plus(Duration::from_secs(DAY)));
        // For everybody: set by the policy, or decided once more without an end.
        for by_policy in [true, false] {
            house.governance.set_status(&admin, &presence(), Rule::Block, Existing::End).await.unwrap();
            house.governance.decide_requests(&admin, &presence(), Decision::AllowAll { expires_at: until() }).await.unwrap();
            if by_policy {
                house.governance.set_status(&admin, &presence(), Rule::Allow, Existing::End).await.unwrap();
            } else {
                house.governance.decide_requests(&admin, &presence(), Decision::AllowAll { expires_at: None }).await.unwrap();
            }
            house.pass(2 * DAY).await;
            assert_eq!(house.governance.tend_requests().await.unwrap().0, 0, "{by_policy}");
            assert!(house.is_enabled(&presence()).await);
        }
        // For one: approved until tomorrow, then named among the specific users.
        house.governance.set_status(&admin, &presence(), Rule::Block, Existing::End).await.unwrap();
        house.tries(&ursula, &presence(), None).await;
        let request = house.request_of(&ursula, &presence()).await;
        let decision = Decision::AllowThese { requests: vec![request.id], expires_at: until() };
        house.governance.decide_requests(&admin, &presence(), decision).await.unwrap();
        house.governance.add_specific_users(&admin, &presence(), Rule::Allow, &ursula.email, Existing::End).await.unwrap();
        house.pass(2 * DAY).await;
        assert_eq!(house.governance.tend_requests().await.unwrap().0, 0);
        assert!(house.lives_for(ursula.person_id, &presence(), house.now()).await);
    }

    async fn whoever_decides_is_reminded_of_what_waits(database: Database) {
        let house = House::open(database).await;
        let admin = house.account(NamedPerson::FullAdmin);
        house.tries(&house.account(NamedPerson::UserAdmin), &presence(), None).await;
        house.tries(&house.account(NamedPerson::ReadOnlyAdmin), &presence(), None).await;
        house.pass(2 * DAY).await;
        assert_eq!(house.governance.tend_requests().await.unwrap().1, 0);
        house.pass(DAY).await;
        assert_eq!(house.governance.tend_requests().await.unwrap().1, 1);
        assert_eq!(house.governance.tend_requests().await.unwrap().1, 0, "once");
        let reminders = |letters: Vec<String>| letters.iter().filter(|subject| *subject == "2 requests wait for a decision").count();
        assert_eq!(reminders(house.letters_to(&admin.email).await), 1);
        house.pass(3 * DAY).await;
        house.governance.tend_requests().await.unwrap();
        assert_eq!(reminders(house.letters_to(&admin.email).await), 2);
        house.governance.set_status(&house.full_admin(), &presence(), Rule::Allow, Existing::End).await.unwrap();
        house.pass(30 * DAY).await;
        assert_eq!(house.governance.tend_requests().await.unwrap().1, 0);
    }
}
