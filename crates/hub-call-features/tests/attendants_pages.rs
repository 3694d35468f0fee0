//! The administrators' pages of attendants and schedules, as a browser meets them.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use kit_test::{Answer, App};
use support::World;

async fn body(app: &App, path: &str) -> String {
    let answer = app.get(path).send().await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

fn names(body: &str) -> Vec<String> {
    body.split("class=\"row-link\"")
        .skip(1)
        .map(|rest| rest[rest.find('>').unwrap() + 1..rest.find('<').unwrap()].replace("&#39;", "'"))
        .collect()
}

fn first_link(body: &str) -> String {
    let rest = &body[body.find("class=\"row-link\" href=\"").unwrap() + 23..];
    rest[..rest.find('"').unwrap()].to_owned()
}

/// Sends the form of a page back with these values.
async fn send(app: &App, page: &str, fields: &[(&str, &str)]) -> Answer {
    let csrf = app.get(page).send().await.field("csrf");
    let mut fields = fields.to_vec();
    fields.push(("csrf", &csrf));
    let action = page.split('?').next().unwrap();
    app.post(action).form(&fields).send().await
}

const ATTENDANTS: &str = "/calling/features/auto-attendants";
const SCHEDULES: &str = "/calling/features/schedules";

kit_test::both_databases! {
    async fn an_attendant_is_found_and_its_menu_is_a_table_of_keys(database: Database) {
        let world = World::new(&database).await;
        let browser = world.browser().await;
        let list = body(&browser, ATTENDANTS).await;
        assert_eq!(names(&list), ["Main Menu"]);
        assert!(list.contains("aria-current=\"page\">Auto attendants"), "{list}");
        let extension = (world.place(0).first_spare_extension + 150).to_string();
        for query in ["?q=main", &format!("?q={extension}"), &format!("?location={}", world.place(0).id)] {
            assert_eq!(names(&body(&browser, &format!("{ATTENDANTS}{query}")).await), ["Main Menu"], "{query}");
        }
        for query in ["?q=nothing".to_owned(), format!("?location={}", world.place(1).id), "?location=nonsense&q=zzz&page=9".to_owned()] {
            assert!(body(&browser, &format!("{ATTENDANTS}{query}")).await.contains("No auto attendant matches"), "{query}");
        }
        let detail = body(&browser, &first_link(&list)).await;
        for text in ["Business hours menu", "After hours menu", "Dial by name", "Transfer with prompt", &extension, "Business Hours", "National Holidays"] {
            assert!(detail.contains(text), "{text}: {detail}");
        }
        assert!(detail.contains("After 10 seconds without a key: the greeting is repeated one time"), "{detail}");
    }

    async fn an_attendant_is_created_changed_and_deleted(database: Database) {
        let world = World::new(&database).await;
        let browser = world.browser().await;
        assert!(body(&browser, &format!("{ATTENDANTS}/new")).await.contains("Boston Headquarters"));
        let location = world.place(0).id.to_string();
        let page = format!("{ATTENDANTS}/new?location={location}");
        let mut fields = vec![
            ("location", location.as_str()), ("name", "Night Desk"), ("enabled", "on"), ("business_schedule", "Business Hours"),
            ("extension_dialing", "ENTERPRISE"), ("name_dialing", "GROUP"),
        ];
        let refused = send(&browser, &page, &fields).await;
        assert_eq!(refused.status, 400);
        assert!(refused.body.contains("phoneNumber and extension are missing") && refused.body.contains("value=\"Night Desk\""), "{}", refused.body);
        fields.push(("extension", "7001"));
        let created = send(&browser, &page, &fields).await;
        assert_eq!(created.status, 303, "{}", created.body);
        let one = created.location().split('?').next().unwrap().to_owned();
        let shown = body(&browser, created.location()).await;
        assert!(shown.contains("The auto attendant was created") && shown.contains("Hang up"), "{shown}");

        // A menu: keys, a transfer, what happens without a key.
        let menu = format!("{one}/menus/business");
        let keys = [
            ("greeting", "DEFAULT"), ("extension_enabled", "on"), ("action_1", "TRANSFER_WITHOUT_PROMPT"), ("value_1", "2041"),
            ("description_1", "Sales"), ("action_star", "REPEAT_MENU"), ("action_pound", "EXIT"), ("retries", "TWO_TIMES"),
            ("no_input_timer", "15"), ("last_action", "TRANSFER_TO_OPERATOR"), ("transfer_to", "2042"),
        ];
        let saved = send(&browser, &menu, &keys).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let shown = body(&browser, &one).await;
        for text in ["2041", "Sales", "Repeat the menu", "After 15 seconds without a key: the greeting is repeated two times, then the call is handed on to 2042"] {
            assert!(shown.contains(text), "{text}: {shown}");
        }
        let form = body(&browser, &menu).await;
        assert!(form.contains("value=\"2041\"") && form.contains("<option value=\"TRANSFER_WITHOUT_PROMPT\" selected>"), "{form}");
        let wrong = send(&browser, &menu, &[("action_1", "TRANSFER_WITHOUT_PROMPT"), ("retries", "NO_REPEAT"), ("no_input_timer", "10")]).await;
        assert_eq!(wrong.status, 400);
        assert!(wrong.body.contains("needs the number or extension to transfer to"), "{}", wrong.body);
        assert_eq!(browser.get(&format!("{one}/menus/noon")).send().await.status, 404);

        fields[1] = ("name", "Day Desk");
        fields.remove(2);
        let saved = send(&browser, &format!("{one}/edit"), &fields).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let shown = body(&browser, &one).await;
        assert!(shown.contains("Day Desk") && shown.contains("Disabled") && shown.contains("2041"), "{shown}");

        assert!(body(&browser, &format!("{one}/delete")).await.contains("There is no way back"));
        let deleted = send(&browser, &format!("{one}/delete"), &[]).await;
        assert_eq!(deleted.location(), format!("{ATTENDANTS}?done=deleted"));
        assert_eq!(browser.get(&one).send().await.status, 404);
    }

    async fn schedules_are_found_by_name_location_and_type(database: Database) {
        let world = World::new(&database).await;
        let browser = world.browser().await;
        let all = names(&body(&browser, SCHEDULES).await);
        assert_eq!(all.len(), world.small.locations.len() * 2);
        assert_eq!(names(&body(&browser, &format!("{SCHEDULES}?type=holidays")).await).len(), world.small.locations.len());
        assert_eq!(names(&body(&browser, &format!("{SCHEDULES}?location={}&q=HOURS", world.place(1).id)).await), ["Business Hours"]);
        assert!(body(&browser, &format!("{SCHEDULES}?q=zzz")).await.contains("No schedule matches"));
    }

    async fn a_schedule_is_created_filled_renamed_and_deleted(database: Database) {
        let world = World::new(&database).await;
        let browser = world.browser().await;
        let location = world.place(0).id.to_string();
        let page = format!("{SCHEDULES}/new");
        let taken = send(&browser, &page, &[("location", &location), ("type", "holidays"), ("name", "National holidays")]).await;
        assert_eq!(taken.status, 409);
        assert!(taken.body.contains("has another schedule of type holidays"), "{}", taken.body);
        let created = send(&browser, &page, &[("location", &location), ("type", "businessHours"), ("name", "Shifts")]).await;
        assert_eq!(created.status, 303, "{}", created.body);
        let one = created.location().split('?').next().unwrap().to_owned();

        let add = format!("{one}/events/new");
        let refused = send(&browser, &add, &[("name", "Early"), ("first_day", "2026-09-07"), ("begins", "06:00"), ("ends", "05:00"), ("repeats", "once")]).await;
        assert_eq!(refused.status, 400);
        let weekly = [("name", "Early / late"), ("first_day", "2026-09-07"), ("begins", "06:00"), ("ends", "14:00"), ("repeats", "weekly"),
            ("every_weeks", "2"), ("weekday", "MONDAY"), ("weekday", "SUNDAY"), ("until", "2027-01-31")];
        assert_eq!(send(&browser, &add, &weekly).await.status, 303);
        let yearly = [("name", "Picnic"), ("first_day", "2026-06-15"), ("all_day", "on"), ("repeats", "weekday"), ("every_weeks", "1")];
        assert_eq!(send(&browser, &add, &yearly).await.status, 303);
        let fifth = [("name", "Fifth"), ("first_day", "2026-06-29"), ("all_day", "on"), ("repeats", "weekday"), ("every_weeks", "1")];
        assert!(send(&browser, &add, &fifth).await.body.contains("fifth week of its month"));
        let shown = body(&browser, &one).await;
        assert!(shown.contains("Every 2 weeks on Monday, Sunday, until 2027-01-31"), "{shown}");
        assert!(shown.contains("Every year on the third Monday of June") && shown.contains("2026-06-15, all day"), "{shown}");

        // The name stands in the path, whatever it is.
        let event = first_link(&shown);
        let form = body(&browser, &event).await;
        assert!(form.contains("value=\"Early / late\"") && form.contains("value=\"06:00\"") && form.contains("value=\"MONDAY\" checked"), "{form}");
        let changed = [("name", "Early"), ("first_day", "2026-09-07"), ("begins", "06:30"), ("ends", "14:00"), ("repeats", "once"), ("every_weeks", "1")];
        assert_eq!(send(&browser, &event, &changed).await.status, 303);
        assert!(body(&browser, &one).await.contains("2026-09-07, 06:30 to 14:00"));
        assert_eq!(send(&browser, &format!("{one}/event/Picnic/delete"), &[]).await.status, 303);
        assert_eq!(names(&body(&browser, &one).await), ["Early"]);

        assert_eq!(send(&browser, &format!("{one}/edit"), &[("name", "Long shifts")]).await.status, 303);
        assert!(body(&browser, &one).await.contains("<h1>Long shifts</h1>"));
        assert_eq!(send(&browser, &format!("{one}/delete"), &[]).await.location(), format!("{SCHEDULES}?done=deleted"));

        // One that is in use stays.
        let used = first_link(&body(&browser, &format!("{SCHEDULES}?location={location}&type=businessHours")).await);
        assert!(body(&browser, &used).await.contains("the auto attendant “Main Menu”"));
        let refused = send(&browser, &format!("{used}/delete"), &[]).await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("is used by the auto attendant “Main Menu”"), "{}", refused.body);
    }
}
