#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
//! Streams of security events: who hears what, in which order, and until when.
mod support;

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hub_events::{SecurityEventKind as Kind, Subject};
use serde_json::{Value, json};
use support::receiver::{Habit, Receiver};
use support::{
    CLIENT, ISSUER, OTHER_CLIENT, World, admin, grant, jti, own_word, person, security_event, sets_of, user,
    with_client,
};
use webex::{PublicId, ResourceKind};

fn poll() -> Value {
    json!({"method": "urn:ietf:rfc:8936"})
}

fn push(receiver: &Receiver) -> Value {
    json!({"method": "urn:ietf:rfc:8935", "endpoint_url": receiver.url, "authorization_header": "Bearer of the receiver"})
}

fn of(number: u128) -> Subject {
    Subject::Person(person(number))
}

fn own_grant(grant_number: u128, person_number: u128, client_id: &str) -> Subject {
    Subject::Grant {
        grant_id: grant(grant_number),
        person_id: person(person_number),
        client_id: client_id.to_owned(),
    }
}

fn basic(client_id: &str, secret: &str) -> String {
    format!(
        "Basic {}",
        STANDARD.encode(format!("{client_id}:{}", secret.replace(' ', "+")))
    )
}

fn words(tokens: &[Value]) -> Vec<String> {
    tokens.iter().map(own_word).collect()
}

/// Takes everything that a poll stream has, in rounds.
async fn drain(world: &World, caller: &hub_caller::Caller, stream: &str) -> Vec<Value> {
    world.events.work_once().await.unwrap();
    let (mut all, mut ack) = (Vec::new(), Vec::new());
    loop {
        let mut round = world.poll(caller, stream, &ack).await;
        if round.is_empty() {
            return all;
        }
        ack = round.iter().map(jti).collect();
        all.append(&mut round);
    }
}

kit_test::both_databases! {
    async fn the_streams_are_discovered(database: Database) {
        let world = World::new(database).await;
        let answer = world.app(None).get("/.well-known/ssf-configuration").send().await;
        assert_eq!(answer.status, 200);
        let found = answer.json();
        assert_eq!(found["issuer"], ISSUER);
        assert_eq!(found["jwks_uri"], format!("{ISSUER}/v1/verification"));
        assert_eq!(found["delivery_methods_supported"], json!(["urn:ietf:rfc:8935", "urn:ietf:rfc:8936"]));
        let caller = admin(1, 1);
        let app = world.app(Some(caller));
        for endpoint in ["configuration_endpoint", "status_endpoint", "verification_endpoint"] {
            let path = found[endpoint].as_str().unwrap().strip_prefix(ISSUER).unwrap();
            assert_ne!(app.post(path).json(&json!({})).send().await.status, 404, "{path}");
        }
    }

    async fn a_stream_is_made_read_changed_and_deleted(database: Database) {
        let world = World::new(database).await;
        let app = world.app(Some(admin(1, 1)));
        let own = format!("{ISSUER}/secevent/event-type/deactivated");
        let body = json!({"delivery": poll(), "events_requested": [own, "https://example.com/unknown"], "description": "mine"});
        let made = app.post("/v1/ssf/stream").json(&body).send().await;
        assert_eq!(made.status, 201, "{}", made.body);
        let stream = made.json();
        let id = stream["stream_id"].as_str().unwrap();
        assert_eq!(stream["iss"], ISSUER);
        assert_eq!(stream["aud"], CLIENT);
        assert_eq!(stream["delivery"]["endpoint_url"], format!("{ISSUER}/v1/ssf/poll/{id}"));
        assert_eq!(stream["events_delivered"], json!([own]));
        let path = format!("/v1/ssf/stream?stream_id={id}");
        assert_eq!(app.get(&path).send().await.json(), stream);
        assert_eq!(app.get("/v1/ssf/stream").send().await.json(), json!([stream]));
        let changed = app.request(http::Method::PATCH, "/v1/ssf/stream").json(&json!({"stream_id": id, "description": "ours"})).send().await;
        assert_eq!(changed.json()["description"], "ours");
        assert_eq!(changed.json()["events_delivered"], json!([own]), "what is left out stays");
        let replaced = app.put("/v1/ssf/stream").json(&json!({"stream_id": id, "delivery": poll()})).send().await.json();
        assert!(replaced.get("description").is_none() && replaced.get("events_requested").is_none(), "{replaced}");
        for (member, value) in [("delivery", json!({"method": "urn:x"})), ("delivery", json!({"method": "urn:ietf:rfc:8935"})), ("events_requested", json!(["https://example.com/unknown"]))] {
            let mut bad = body.clone();
            bad[member] = value;
            assert_eq!(app.post("/v1/ssf/stream").json(&bad).send().await.status, 400, "{bad}");
        }
        let other = world.app(Some(with_client(admin(1, 1), OTHER_CLIENT)));
        assert_eq!(other.get(&path).send().await.status, 404);
        assert_eq!(app.delete(&path).send().await.status, 204);
        assert_eq!(app.get(&path).send().await.status, 404);
    }

    async fn a_token_says_who_what_and_why(database: Database) {
        let world = World::new(database).await;
        let caller = admin(1, 1);
        let stream = world.stream(&caller, poll()).await;
        world.happen(of(5), Kind::Deactivated).await;
        let tokens = drain(&world, &caller, &stream).await;
        assert_eq!(tokens.len(), 1);
        let id = PublicId::of_uuid(ResourceKind::People, person(5).uuid()).to_string();
        assert_eq!(tokens[0]["iss"], ISSUER);
        assert_eq!(tokens[0]["aud"], CLIENT);
        assert_eq!(tokens[0]["sub_id"], json!({"format": "opaque", "id": id}));
        assert_eq!(tokens[0]["iat"], support::start().as_seconds());
        assert!(tokens[0]["txn"].is_string() && tokens[0]["jti"].is_string());
        let own = &tokens[0]["events"][format!("{ISSUER}/secevent/event-type/deactivated")];
        assert_eq!(own["initiating_entity"], "admin");
        assert_eq!(own["reason_admin"]["en"], "deactivated in a test.");
        assert_eq!(own["about"]["person_id"], id);
        let common = &tokens[0]["events"]["https://schemas.openid.net/secevent/risc/event-type/account-disabled"];
        assert_eq!(common["event_timestamp"], support::start().as_seconds());
    }

    async fn a_stream_hears_what_concerns_its_grants_and_people_it_can_see(database: Database) {
        let world = World::new(database).await;
        let (administrator, somebody) = (admin(1, 1), user(2, 2));
        let mut foreign = admin(9, 9);
        foreign.organization_id = support::organization(2);
        let streams = [
            (administrator.clone(), world.stream(&administrator, poll()).await),
            (somebody.clone(), world.stream(&somebody, poll()).await),
            (foreign.clone(), world.stream(&foreign, poll()).await),
        ];
        world.happen(of(2), Kind::PresenceHidden).await;
        world.happen(of(5), Kind::Deactivated).await;
        world.happen(own_grant(1, 1, CLIENT), Kind::RefreshExpired).await;
        world.happen(own_grant(7, 2, OTHER_CLIENT), Kind::ConsentWithdrawn).await;
        world.happen(Subject::Client { client_id: CLIENT.to_owned() }, Kind::SecretRotated).await;
        world.happen(Subject::Client { client_id: OTHER_CLIENT.to_owned() }, Kind::IntegrationBlocked).await;
        let mut heard = Vec::new();
        for (caller, stream) in &streams {
            let mut some = words(&drain(&world, caller, stream).await);
            some.sort();
            heard.push(some);
        }
        assert_eq!(heard[0], ["deactivated", "presence-hidden", "refresh-expired", "secret-rotated"]);
        assert_eq!(heard[1], ["presence-hidden", "secret-rotated"], "a person without a role hears of themselves");
        assert!(heard[2].is_empty(), "another organization hears nothing");
    }

    async fn of_one_subject_the_next_comes_once_the_first_was_taken(database: Database) {
        let world = World::new(database).await;
        let caller = admin(1, 1);
        let stream = world.stream(&caller, poll()).await;
        let kinds = [Kind::PasswordReset, Kind::Deactivated, Kind::Reactivated, Kind::PasswordChanged];
        // All within one millisecond: their order is that of their causes all the same.
        for kind in kinds {
            world.happen(of(5), kind).await;
        }
        world.happen(of(6), Kind::Deleted).await;
        world.events.work_once().await.unwrap();
        let mut first = words(&world.poll(&caller, &stream, &[]).await);
        first.sort();
        assert_eq!(first, ["deleted", "password-reset"], "the first of each subject");
        assert_eq!(world.poll(&caller, &stream, &[]).await.len(), 2, "what was not taken comes again");
        let mut of_five = Vec::new();
        for token in drain(&world, &caller, &stream).await {
            let word = own_word(&token);
            if word != "deleted" {
                of_five.push(word);
            }
        }
        assert_eq!(of_five, kinds.map(Kind::word));
        assert!(world.poll(&caller, &stream, &[]).await.is_empty(), "what was taken is gone");
    }

    async fn push_goes_on_only_at_202_and_in_order(database: Database) {
        let world = World::new(database).await;
        let caller = admin(1, 1);
        let receiver = Receiver::that(Habit::AnswersInTurn(vec![202, 503, 200, 202])).await;
        world.stream(&caller, push(&receiver)).await;
        for kind in [Kind::PasswordReset, Kind::Deactivated, Kind::Reactivated] {
            world.happen(of(5), kind).await;
        }
        for _ in 0..6 {
            world.events.work_once().await.unwrap();
            world.pass(Duration::from_secs(60)).await;
        }
        let heard = receiver.heard();
        assert_eq!(heard[0].headers["content-type"], "application/secevent+jwt");
        assert_eq!(heard[0].headers["authorization"], "Bearer of the receiver");
        let tokens = receiver.tokens();
        // The second was refused by 503, then answered by 200, which is no 202: both times it comes again, the same one.
        assert_eq!(words(&tokens), ["password-reset", "deactivated", "deactivated", "deactivated", "reactivated"]);
        assert_eq!(jti(&tokens[1]), jti(&tokens[3]));
    }

    async fn a_subject_that_is_refused_holds_up_no_other(database: Database) {
        let world = World::new(database).await;
        let caller = admin(1, 1);
        let receiver = Receiver::that(Habit::AnswersInTurn(vec![400, 202])).await;
        world.stream(&caller, push(&receiver)).await;
        world.happen(of(5), Kind::PasswordReset).await;
        world.happen(of(5), Kind::Deactivated).await;
        world.happen(of(6), Kind::Deleted).await;
        world.events.work_once().await.unwrap();
        assert_eq!(words(&receiver.tokens()), ["password-reset", "deleted"]);
        world.pass(Duration::from_secs(10)).await;
        world.events.work_once().await.unwrap();
        assert_eq!(words(&receiver.tokens())[2..], ["password-reset", "deactivated"]);
    }

    async fn a_stream_hears_why_its_grant_died_and_then_it_ends(database: Database) {
        let world = World::new(database).await;
        let caller = admin(1, 1);
        let receiver = Receiver::that(Habit::Answers(202)).await;
        world.stream(&caller, push(&receiver)).await;
        let polled = world.stream(&caller, poll()).await;
        let moment = Duration::from_millis(1);
        world.happen(of(5), Kind::Deactivated).await;
        world.pass(moment).await;
        world.happen(of(1), Kind::PasswordChanged).await;
        world.kill_grant(grant(1));
        world.pass(moment).await;
        world.happen(of(6), Kind::Deleted).await;
        world.events.work_once().await.unwrap();
        world.happen(of(7), Kind::Deleted).await;
        world.happen(of(1), Kind::Reactivated).await;
        world.events.work_once().await.unwrap();
        let tokens = receiver.tokens();
        assert_eq!(words(&tokens), ["deactivated", "password-changed", "stream-updated"]);
        let last = &tokens[2]["events"]["https://schemas.openid.net/secevent/ssf/event-type/stream-updated"];
        assert_eq!(last["status"], "disabled");
        assert_eq!(last["reason"], "The grant that made this stream ended: password-changed.");
        // The token is dead; the client itself may fetch the last words.
        let path = format!("/v1/ssf/poll/{polled}");
        let ask = json!({"returnImmediately": true});
        let nobody = world.app(None);
        assert_eq!(nobody.post(&path).json(&ask).send().await.status, 401);
        let answer = nobody.post(&path).header("authorization", &basic(CLIENT, &format!("secret of {CLIENT}"))).json(&ask).send().await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let mut heard = words(&sets_of(&answer.json()));
        heard.sort();
        assert_eq!(heard, ["deactivated", "password-changed", "stream-updated"]);
        for (id, secret) in [(CLIENT, "wrong"), (OTHER_CLIENT, "wrong")] {
            assert_eq!(nobody.post(&path).header("authorization", &basic(id, secret)).json(&ask).send().await.status, 401);
        }
        let other = nobody.post(&path).header("authorization", &basic(OTHER_CLIENT, &format!("secret of {OTHER_CLIENT}"))).json(&ask).send().await;
        assert_eq!(other.status, 404, "another client does not know it");
        // A new grant of the same person does not find the old streams among its own.
        assert_eq!(world.app(Some(admin(1, 2))).get("/v1/ssf/stream").send().await.json(), json!([]));
        world.pass(Duration::from_secs(8 * 24 * 3600)).await;
        world.events.sweep().await.unwrap();
        assert_eq!(nobody.post(&path).header("authorization", &basic(CLIENT, &format!("secret of {CLIENT}"))).json(&ask).send().await.status, 404);
    }

    async fn a_grant_that_died_without_a_word_hears_of_itself_only(database: Database) {
        let world = World::new(database).await;
        let caller = admin(1, 1);
        let receiver = Receiver::that(Habit::Answers(202)).await;
        world.stream(&caller, push(&receiver)).await;
        // It expired; the sweeper notices that before anybody announces it.
        world.kill_grant(grant(1));
        world.events.sweep().await.unwrap();
        world.happen(of(5), Kind::Deactivated).await;
        world.happen(own_grant(1, 1, CLIENT), Kind::RefreshExpired).await;
        world.events.work_once().await.unwrap();
        assert_eq!(words(&receiver.tokens()), ["refresh-expired", "stream-updated"]);
    }

    async fn whoever_loses_the_role_hears_of_themselves_only(database: Database) {
        let world = World::new(database).await;
        let caller = admin(1, 1);
        let stream = world.stream(&caller, poll()).await;
        world.neighbours.without_role.lock().unwrap().insert(person(1));
        world.happen(of(5), Kind::Deactivated).await;
        world.happen(of(1), Kind::CallRecordsRoleRemoved).await;
        assert_eq!(words(&drain(&world, &caller, &stream).await), ["call-records-role-removed"]);
    }

    async fn a_hub_that_ends_lets_nobody_wait(database: Database) {
        let world = World::new(database).await;
        let caller = admin(1, 1);
        let stream = world.stream(&caller, poll()).await;
        let app = world.app(Some(caller));
        let path = format!("/v1/ssf/poll/{stream}");
        let asking = tokio::spawn(async move { app.post(&path).json(&json!({})).send().await });
        while world.clock.sleepers() == 0 {
            tokio::task::yield_now().await;
        }
        world.events.stop_waiting();
        assert_eq!(asking.await.unwrap().json(), json!({"sets": {}}));
    }

    async fn an_event_that_kills_no_grant_ends_no_stream(database: Database) {
        let world = World::new(database).await;
        let caller = admin(1, 1);
        let stream = world.stream(&caller, poll()).await;
        // Somebody who signs in through another provider changed a password here: the grant lives on.
        world.happen(of(1), Kind::PasswordChanged).await;
        world.happen(of(5), Kind::Deleted).await;
        let mut heard = words(&drain(&world, &caller, &stream).await);
        heard.sort();
        assert_eq!(heard, ["deleted", "password-changed"]);
    }

    async fn what_cannot_be_understood_does_not_come_again(database: Database) {
        let world = World::new(database).await;
        let caller = admin(1, 1);
        let stream = world.stream(&caller, poll()).await;
        world.happen(of(5), Kind::PasswordReset).await;
        world.happen(of(5), Kind::Deactivated).await;
        world.events.work_once().await.unwrap();
        let first = world.poll(&caller, &stream, &[]).await;
        let error = json!({"err": "invalid_key", "description": "no such key"});
        let body = json!({"returnImmediately": true, "maxEvents": 1, "setErrs": {jti(&first[0]): error}});
        let answer = world.app(Some(caller.clone())).post(&format!("/v1/ssf/poll/{stream}")).json(&body).send().await;
        assert_eq!(words(&sets_of(&answer.json())), ["deactivated"]);
        assert!(answer.json().get("moreAvailable").is_none());
        // Acknowledging without asking for more.
        let taken = jti(&sets_of(&answer.json())[0]);
        let only_ack = json!({"maxEvents": 0, "ack": [taken, "not one of ours"]});
        let answer = world.app(Some(caller.clone())).post(&format!("/v1/ssf/poll/{stream}")).json(&only_ack).send().await;
        assert_eq!(answer.json(), json!({"sets": {}}));
        assert!(world.poll(&caller, &stream, &[]).await.is_empty());
    }

    async fn a_question_that_waits_is_answered_when_something_happens(database: Database) {
        let world = World::new(database).await;
        let caller = admin(1, 1);
        let stream = world.stream(&caller, poll()).await;
        let app = world.app(Some(caller));
        let path = format!("/v1/ssf/poll/{stream}");
        let asking = tokio::spawn(async move { app.post(&path).json(&json!({})).send().await });
        while world.clock.sleepers() == 0 {
            tokio::task::yield_now().await;
        }
        world.happen(of(5), Kind::Deleted).await;
        world.events.hand_out().await.unwrap();
        let answer = asking.await.unwrap();
        assert_eq!(words(&sets_of(&answer.json())), ["deleted"]);
    }

    async fn a_stream_proves_itself_and_can_be_paused_and_disabled(database: Database) {
        let world = World::new(database).await;
        let caller = admin(1, 1);
        let stream = world.stream(&caller, poll()).await;
        let app = world.app(Some(caller.clone()));
        let verify = json!({"stream_id": stream, "state": "VGhpcyBpcyBhbg=="});
        assert_eq!(app.post("/v1/ssf/verify").json(&verify).send().await.status, 204);
        let again = app.post("/v1/ssf/verify").json(&verify).send().await;
        assert_eq!(again.status, 429);
        assert_eq!(again.header("retry-after"), Some("30"));
        let tokens = drain(&world, &caller, &stream).await;
        let verification = &tokens[0]["events"]["https://schemas.openid.net/secevent/ssf/event-type/verification"];
        assert_eq!(verification["state"], "VGhpcyBpcyBhbg==");
        assert_eq!(tokens[0]["sub_id"], json!({"format": "opaque", "id": stream}));
        let status = |word: &str| json!({"stream_id": stream, "status": word, "reason": "moving house"});
        let paused = app.post("/v1/ssf/status").json(&status("paused")).send().await;
        assert_eq!(paused.json(), status("paused"));
        world.happen(of(5), Kind::Deactivated).await;
        assert!(drain(&world, &caller, &stream).await.is_empty());
        app.post("/v1/ssf/status").json(&status("enabled")).send().await;
        assert_eq!(words(&drain(&world, &caller, &stream).await), ["deactivated"], "what happened meanwhile was kept");
        app.post("/v1/ssf/status").json(&status("disabled")).send().await;
        world.happen(of(5), Kind::Reactivated).await;
        world.events.work_once().await.unwrap();
        app.post("/v1/ssf/status").json(&status("enabled")).send().await;
        assert!(drain(&world, &caller, &stream).await.is_empty(), "and now it was not");
        assert_eq!(app.post("/v1/ssf/status").json(&status("sleeping")).send().await.status, 400);
        assert_eq!(app.get(&format!("/v1/ssf/status?stream_id={stream}")).send().await.json()["status"], "enabled");
    }

    async fn only_what_was_asked_for_is_told(database: Database) {
        let world = World::new(database).await;
        let caller = admin(1, 1);
        let common = "https://schemas.openid.net/secevent/caep/event-type/credential-change";
        let body = json!({"delivery": poll(), "events_requested": [common]});
        let made = world.app(Some(caller.clone())).post("/v1/ssf/stream").json(&body).send().await;
        let stream = made.json()["stream_id"].as_str().unwrap().to_owned();
        world.happen(of(5), Kind::Deactivated).await;
        world.happen(of(5), Kind::PasswordReset).await;
        let tokens = drain(&world, &caller, &stream).await;
        assert_eq!(tokens.len(), 1);
        let events = tokens[0]["events"].as_object().unwrap();
        assert_eq!(events.keys().collect::<Vec<_>>(), [common]);
        assert_eq!(events[common]["credential_type"], "password");
        assert_eq!(events[common]["change_type"], "update");
    }

    async fn streams_lead_to_public_addresses_only(database: Database) {
        let world = World::with(database, |_| {}).await;
        let receiver = Receiver::that(Habit::Answers(202)).await;
        let caller = admin(1, 1);
        let app = world.app(Some(caller.clone()));
        let refused = app.post("/v1/ssf/stream").json(&json!({"delivery": push(&receiver)})).send().await;
        assert_eq!(refused.status, 400, "{}", refused.body);
        let by_name = json!({"method": "urn:ietf:rfc:8935", "endpoint_url": format!("https://localhost:{}/", receiver.port())});
        world.stream(&caller, by_name).await;
        world.happen(of(5), Kind::Deleted).await;
        world.events.work_once().await.unwrap();
        assert!(receiver.heard().is_empty());
    }

    async fn whoever_records_holds_the_subject_until_the_cause_is_committed(database: Database) {
        let world = World::new(database).await;
        let caller = admin(1, 1);
        let stream = world.stream(&caller, poll()).await;
        let mut first = world.database.begin().await.unwrap();
        world.recorder.announce(&mut first, &security_event(of(5), Kind::Deactivated)).await.unwrap();
        let (recorder, database) = (world.recorder.clone(), world.database.clone());
        let second = tokio::spawn(async move {
            let mut transaction = database.begin().await.unwrap();
            recorder.announce(&mut transaction, &security_event(of(5), Kind::Reactivated)).await.unwrap();
            transaction.commit().await.unwrap();
        });
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        assert!(!second.is_finished());
        first.commit().await.unwrap();
        second.await.unwrap();
        assert_eq!(words(&drain(&world, &caller, &stream).await), ["deactivated", "reactivated"]);
    }
}
