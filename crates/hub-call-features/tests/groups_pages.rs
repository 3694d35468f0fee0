//! Hunt groups and call queues as an administrator uses them in a browser.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod support;

use kit_test::{Answer, App};
use serde_json::Value;
use support::World;

async fn csrf(app: &App) -> String {
    app.get("/calling/features").send().await;
    support::csrf_token(&app.cookie("trunkline_hub_browser").unwrap())
}

async fn post(app: &App, path: &str, pairs: &[(&str, &str)]) -> Answer {
    let token = csrf(app).await;
    let mut form = vec![("csrf", token.as_str())];
    form.extend_from_slice(pairs);
    app.post(path).form(&form).send().await
}

async fn names_of_agents(world: &World, path: &str) -> Vec<String> {
    let id = path.rsplit('/').next().unwrap();
    let admin = world.admin().await;
    let id = support::public(webex::ResourceKind::HuntGroup, kit::Uuid::parse_str(id).unwrap());
    let one = format!(
        "/v1/telephony/config/locations/{}/huntGroups/{id}",
        world.location(0)
    );
    let shown: Value = admin.get(&one).send().await.json();
    let agents = shown["agents"].as_array().unwrap();
    agents
        .iter()
        .map(|agent| agent["id"].as_str().unwrap().to_owned())
        .collect()
}

kit_test::both_databases! {
    async fn lists_are_searched_by_name_number_and_location(database: Database) {
        let world = World::new(&database).await;
        let browser = world.browser().await;
        let page = browser.get("/calling/features").send().await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Dispatch Desk") && page.body.contains("IT Help Desk"));
        assert!(!page.body.contains("Freight Claims"), "queues have a tab of their own");
        let page = browser.get("/calling/features?q=dispatch").send().await;
        assert!(page.body.contains("Dispatch Desk") && !page.body.contains("IT Help Desk"));
        let page = browser.get(&format!("/calling/features?location={}", world.place(2).id)).send().await;
        assert!(page.body.contains("Sales Line") && !page.body.contains("Dispatch Desk"));
        let page = browser.get("/calling/features?q=nothing+like+it").send().await;
        assert!(page.body.contains("No hunt group matches"));
        let page = browser.get("/calling/features/call-queues").send().await;
        assert!(page.body.contains("Freight Claims") && page.body.contains("Customer Assist"));
        let number = world.place(0).spare_numbers[5].to_string();
        let page = browser.get(&format!("/calling/features?q={}", &number[4..])).send().await;
        assert!(page.body.contains("Dispatch Desk"), "{}", page.body);
    }

    async fn a_hunt_group_is_created_edited_and_deleted(database: Database) {
        let world = World::new(&database).await;
        let browser = world.browser().await;
        let new = "/calling/features/hunt-groups/new";
        let empty = post(&browser, new, &[]).await;
        assert_eq!(empty.status, 400);
        for sentence in ["Choose a location.", "Give it a name.", "Give it a number, an extension, or both."] {
            assert!(empty.body.contains(sentence), "{sentence}");
        }
        let place = world.place(0).id.to_string();
        let fields = [
            ("location", place.as_str()), ("name", "Yard"), ("extension", "7001"), ("enabled", "on"), ("policy", "REGULAR"),
            ("next_agent_rings", "4"), ("forward_rings", "9"), ("forward", "on"), ("forward_to", "7002"),
        ];
        let made = post(&browser, new, &fields).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let path = made.location().split('?').next().unwrap().to_owned();
        let page = browser.get(made.location()).send().await;
        assert!(page.body.contains("Created. Add the agents"), "{}", page.body);
        assert!(page.body.contains("After 9 rings to 7002") && page.body.contains("Top down"));
        let again = post(&browser, new, &fields).await;
        assert_eq!(again.status, 409);
        assert!(again.body.contains("Choose another name") && again.body.contains("aria-invalid"), "{}", again.body);

        let form = browser.get(&format!("{path}/edit")).send().await;
        assert!(form.body.contains("value=\"7001\"") && form.body.contains("value=\"9\""));
        let saved = post(&browser, &format!("{path}/edit"), &[
            ("name", "Yard Gate"), ("extension", "7003"), ("policy", "UNIFORM"), ("next_agent_rings", "4"), ("forward_rings", "9"),
        ]).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let page = browser.get(&path).send().await;
        assert!(page.body.contains("Yard Gate") && page.body.contains("Disabled") && page.body.contains("7003"));
        assert!(page.body.contains("Not forwarded"));

        assert!(browser.get(&format!("{path}/delete")).send().await.body.contains("Delete Yard Gate?"));
        let gone = post(&browser, &format!("{path}/delete"), &[]).await;
        assert_eq!(gone.location(), "/calling/features?done=deleted");
        assert_eq!(browser.get(&path).send().await.status, 404);
    }

    async fn agents_are_added_moved_and_removed(database: Database) {
        let world = World::new(&database).await;
        let browser = world.browser().await;
        let place = world.place(0).id.to_string();
        let made = post(&browser, "/calling/features/hunt-groups/new", &[
            ("location", place.as_str()), ("name", "Yard"), ("extension", "7001"), ("policy", "WEIGHTED"), ("next_agent_rings", "4"), ("forward_rings", "9"),
        ]).await;
        let path = made.location().split('?').next().unwrap().to_owned();
        let agents = format!("{path}/agents");
        let people = world.callable(0);
        let (one, two) = (people[0].id.to_string(), people[1].id.to_string());
        let page = browser.get(&format!("{agents}?q={}", people[0].last_name)).send().await;
        assert!(page.body.contains(&people[0].display_name), "{}", page.body);
        for id in [&one, &two] {
            let answer = post(&browser, &agents, &[("action", "add"), ("agent", id)]).await;
            assert_eq!(answer.status, 303, "{}", answer.body);
        }
        let twice = post(&browser, &agents, &[("action", "add"), ("agent", &one)]).await;
        assert_eq!(twice.status, 400);
        assert!(twice.body.contains("Nothing was changed"));
        let ids = |order: [&String; 2]| order.map(|id| support::person(kit::Uuid::parse_str(id).unwrap()));
        assert_eq!(names_of_agents(&world, &path).await, ids([&one, &two]));
        post(&browser, &agents, &[("action", "down"), ("agent", &one)]).await;
        assert_eq!(names_of_agents(&world, &path).await, ids([&two, &one]));
        post(&browser, &agents, &[("action", "up"), ("agent", &one)]).await;
        assert_eq!(names_of_agents(&world, &path).await, ids([&one, &two]));
        let stale = post(&browser, &agents, &[("action", "up"), ("agent", &one)]).await;
        assert_eq!(stale.status, 400);
        let heavy = post(&browser, &agents, &[("action", "weight"), ("agent", &one), ("weight", "70")]).await;
        assert_eq!(heavy.status, 303, "{}", heavy.body);
        post(&browser, &agents, &[("action", "remove"), ("agent", &one)]).await;
        assert_eq!(names_of_agents(&world, &path).await, [support::person(people[1].id)]);
    }

    async fn a_queue_is_created_with_its_waiting_room(database: Database) {
        let world = World::new(&database).await;
        let browser = world.browser().await;
        let new = "/calling/features/call-queues/new";
        let place = world.place(1).id.to_string();
        let mut fields = vec![
            ("location", place.as_str()), ("name", "Returns"), ("extension", "7001"), ("enabled", "on"), ("policy", "CIRCULAR"),
            ("customer_assist", "on"), ("queue_size", "900"), ("overflow", "TRANSFER_TO_PHONE_NUMBER"),
        ];
        let refused = post(&browser, new, &fields).await;
        assert_eq!(refused.status, 400);
        assert!(refused.body.contains("The number of calls is from 1 to 250.") && refused.body.contains("Name the number that calls are transferred to."));
        fields[6].1 = "90";
        fields.push(("transfer_to", "7002"));
        let made = post(&browser, new, &fields).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let page = browser.get(made.location()).send().await;
        assert!(page.body.contains("Transfer to a number: 7002") && page.body.contains("Customer Assist at"), "{}", page.body);
    }
}
