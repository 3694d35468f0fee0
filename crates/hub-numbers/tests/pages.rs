//! The console's page of numbers, as a browser meets it.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod support;

use hub_directory::seed::NamedPerson;
use kit_test::{Answer, App};
use support::{World, wanted};

async fn signed_in(world: &World) -> App {
    world.app(Some(world.session(NamedPerson::FullAdmin).await))
}

async fn body(app: &App, path: &str) -> String {
    let answer = app.get(path).send().await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

async fn send(app: &App, action: &str, fields: &[(&str, &str)]) -> Answer {
    let csrf = app.get("/calling/numbers/add").send().await.field("csrf");
    let mut fields = fields.to_vec();
    fields.push(("csrf", &csrf));
    app.post(action).form(&fields).send().await
}

kit_test::both_databases! {
    async fn numbers_are_searched_filtered_and_paged(database: Database) {
        let world = World::new(&database).await;
        let admin = signed_in(&world).await;
        let all = body(&admin, "/calling/numbers").await;
        assert!(all.contains("1–50 of ") && all.contains("page=2"), "{all}");
        let heidi = world.small.named(NamedPerson::HeidiHarper).unwrap();
        let hers = heidi.number.unwrap().to_string();
        for text in [&hers[1..], "heidi", "Harper", &heidi.extension.unwrap().to_string()] {
            let found = body(&admin, &format!("/calling/numbers?q={text}")).await;
            assert!(found.contains(&hers) && found.contains(&format!("/users/{}", heidi.id)), "{text}: {found}");
        }
        let place = world.location(1);
        let here = body(&admin, &format!("/calling/numbers?location={place}&use=unassigned")).await;
        assert!(here.contains(&world.spare(1, 0)) && !here.contains(&world.spare(0, 0)) && here.contains("Main number"));
        let inactive = body(&admin, "/calling/numbers?state=inactive").await;
        assert!(inactive.contains(&world.spare(0, 19)) && !inactive.contains(&world.spare(0, 0)));
        assert!(body(&admin, "/calling/numbers?q=%3Cb%3Ezzz").await.contains("Nothing matches"));
        for odd in ["page=0", "page=99999999999", "page=-3", "order=owner&page=2", "location=nonsense", "q=%2B"] {
            body(&admin, &format!("/calling/numbers?{odd}")).await;
        }
        let group = world.hunt_group(0, "Sales <b>");
        world.assign(&group, &wanted(Some(&world.spare(0, 0)), None)).await.unwrap();
        let found = body(&admin, "/calling/numbers?q=sales").await;
        assert!(found.contains(&format!("/calling/features/hunt-groups/{}", group.id)) && !found.contains("<b>"), "{found}");
    }

    async fn numbers_are_added_line_by_line_and_each_bad_line_is_named(database: Database) {
        let world = World::new(&database).await;
        let admin = signed_in(&world).await;
        let location = world.location(0).to_string();
        let elsewhere = world.spare(1, 0);
        let lines = format!("+16175550177\r\n\r\ncall me\r\n{elsewhere}\r\n");
        let answer = send(&admin, "/calling/numbers/add", &[("location", &location), ("numbers", &lines)]).await;
        assert_eq!(answer.status, 400);
        assert!(answer.body.contains("Line 3: ") && answer.body.contains("Line 4: ") && !answer.body.contains("Line 1: "), "{}", answer.body);
        assert!(answer.body.contains("+16175550177"), "what was written is still there");
        let answer = send(&admin, "/calling/numbers/add", &[("location", ""), ("numbers", "+16175550177")]).await;
        assert!(answer.status == 400 && answer.body.contains("Choose a location."));
        let answer = send(&admin, "/calling/numbers/add", &[("location", &location), ("numbers", " \n")]).await;
        assert!(answer.status == 400 && answer.body.contains("at least one number"));
        let fields = [("location", location.as_str()), ("numbers", "617 555 0177\n+16175550178"), ("state", "inactive")];
        let answer = send(&admin, "/calling/numbers/add", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let list = body(&admin, answer.location()).await;
        assert!(list.contains("The numbers were added.") && list.contains("+16175550177") && list.contains("+16175550178"));
    }

    async fn a_number_is_activated_and_removed(database: Database) {
        let world = World::new(&database).await;
        let admin = signed_in(&world).await;
        let (location, spare) = (world.location(0).to_string(), world.spare(0, 19));
        let back = format!("/calling/numbers?q={}&use=unassigned", &spare[1..]);
        let one = [("number", spare.as_str()), ("location", location.as_str()), ("back", back.as_str())];
        let answer = send(&admin, "/calling/numbers/activate", &one).await;
        assert_eq!(answer.status, 303);
        let page = body(&admin, answer.location()).await;
        assert!(page.contains("The number is in service.") && page.contains("Deactivate"), "{page}");
        assert!(body(&admin, &format!("/calling/numbers/remove?number=%2B{}&location={location}", &spare[1..])).await.contains("What will happen"));
        let answer = send(&admin, "/calling/numbers/remove", &one).await;
        assert_eq!(answer.status, 303);
        assert!(body(&admin, answer.location()).await.contains("The number was removed."));
        assert!(body(&admin, &back).await.contains("Nothing matches"));
        let main = world.place(0).main_number.to_string();
        let answer = send(&admin, "/calling/numbers/remove", &[("number", main.as_str()), ("location", location.as_str())]).await;
        assert!(answer.status == 409 && answer.body.contains("is the main number"), "{}", answer.body);
        // Where the form says it came from decides nothing but the filters of our own list.
        let odd = [("number", world.spare(0, 18)), ("location", location.clone()), ("back", "https://evil.example/?x=1".to_owned())];
        let odd: Vec<(&str, &str)> = odd.iter().map(|(key, value)| (*key, value.as_str())).collect();
        assert_eq!(send(&admin, "/calling/numbers/activate", &odd).await.location(), "/calling/numbers?done=activated");
    }
}
