//! Every sentence by which attendants and schedules refuse a request.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test fails where it stands"
)]

mod support;

use std::fmt::Write as _;

use kit_test::Answer;
use serde_json::{Value, json};
use support::World;

/// The body with one member set; the way to it is written like `businessHoursMenu.greeting` or `keys.0.value`.
fn with(body: &Value, way: &str, value: Value) -> Value {
    let mut changed = body.clone();
    let mut at = &mut changed;
    for part in way.split('.') {
        at = match part.parse::<usize>() {
            Ok(index) => &mut at[index],
            Err(_) => &mut at[part],
        };
    }
    *at = value;
    changed
}

fn without(body: &Value, member: &str) -> Value {
    let mut changed = body.clone();
    changed.as_object_mut().unwrap().remove(member);
    changed
}

fn attendant() -> Value {
    let menu = json!({ "greeting": "DEFAULT", "extensionEnabled": true, "keyConfigurations": [{ "key": "0", "action": "EXIT" }],
        "callTreatment": { "actionToBePerformed": { "action": "DISCONNECT" } } });
    json!({ "name": "Desk", "extension": "7001", "businessSchedule": "Business Hours", "businessHoursMenu": menu, "afterHoursMenu": menu })
}

fn event() -> Value {
    json!({ "name": "E", "startDate": "2026-09-07", "endDate": "2026-09-07", "startTime": "09:00", "endTime": "17:00" })
}

fn note(text: &mut String, case: &str, answer: &Answer) {
    let body = answer.json();
    assert!(
        answer.status.is_client_error(),
        "{case}: {} {}",
        answer.status,
        answer.body
    );
    let code = body["errorCode"]
        .as_i64()
        .map(|code| format!(" ({code})"))
        .unwrap_or_default();
    writeln!(
        text,
        "{case}\n  {}{code} {}",
        answer.status.as_u16(),
        body["message"].as_str().unwrap()
    )
    .unwrap();
}

kit_test::both_databases! {
    async fn attendants_say_what_to_change(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let path = format!("/v1/telephony/config/locations/{}/autoAttendants", world.location(0));
        let taken = (world.place(0).first_spare_extension + 150).to_string();
        let base = attendant();
        let menu = "businessHoursMenu";
        let set = |way: &str, value: Value| with(&base, way, value);
        let in_menu = |way: &str, value: Value| with(&base, &format!("{menu}.{way}"), value);
        let cases = [
            ("no name", without(&base, "name")),
            ("an empty name", set("name", json!(" "))),
            ("a long name", set("name", json!("x".repeat(81)))),
            ("the name of another one", set("name", json!("main menu"))),
            ("neither number nor extension", without(&base, "extension")),
            ("an extension with letters", set("extension", json!("70a1"))),
            ("an extension that is taken", set("extension", json!(taken))),
            ("a number of another location", set("phoneNumber", json!(world.place(1).spare_numbers[10].to_string()))),
            ("a number that nobody knows", set("phoneNumber", json!("+16175559999"))),
            ("a number that is taken", set("phoneNumber", json!(world.place(0).spare_numbers[9].to_string()))),
            ("a malformed number", set("phoneNumber", json!("call me"))),
            ("an alternate number without a number", set("alternateNumbers", json!([{}]))),
            ("an unknown ring pattern", set("alternateNumbers", json!([{ "phoneNumber": "+16175559999", "ringPattern": "LOUD" }]))),
            ("no business schedule", without(&base, "businessSchedule")),
            ("an unknown business schedule", set("businessSchedule", json!("Nights"))),
            ("holidays as business schedule", set("businessSchedule", json!("National Holidays"))),
            ("business hours as holidays", set("holidaySchedule", json!("Business Hours"))),
            ("no business menu", without(&base, "businessHoursMenu")),
            ("no after hours menu", without(&base, "afterHoursMenu")),
            ("an unknown language", set("languageCode", json!("english"))),
            ("an unknown time zone", set("timeZone", json!("EST"))),
            ("an unknown extension dialing", set("extensionDialing", json!("SITE"))),
            ("an unknown name dialing", set("nameDialing", json!("SITE"))),
            ("an unknown caller id selection", set("directLineCallerIdName", json!({ "selection": "NONE" }))),
            ("a custom caller id without a name", set("directLineCallerIdName", json!({ "selection": "CUSTOM_NAME" }))),
            ("a menu without keys", in_menu("keyConfigurations", Value::Null)),
            ("keys as one object", in_menu("keyConfigurations", json!({ "key": "0", "action": "EXIT" }))),
            ("a key twice", in_menu("keyConfigurations", json!([{ "key": "1", "action": "EXIT" }, { "key": "1", "action": "REPEAT_MENU" }]))),
            ("an unknown key", in_menu("keyConfigurations.0.key", json!("10"))),
            ("an unknown action", in_menu("keyConfigurations.0.action", json!("SING"))),
            ("a value that the action takes not", in_menu("keyConfigurations.0.value", json!("2041"))),
            ("a transfer to nowhere", in_menu("keyConfigurations.0.action", json!("TRANSFER_WITH_PROMPT"))),
            ("a transfer to a word", in_menu("keyConfigurations.0", json!({ "key": "1", "action": "TRANSFER_TO_MAILBOX", "value": "Bob" }))),
            ("an unknown greeting", in_menu("greeting", json!("SONG"))),
            ("a custom greeting without recording", in_menu("greeting", json!("CUSTOM"))),
            ("a recording without name", with(&in_menu("greeting", json!("CUSTOM")), "businessHoursMenu.audioAnnouncementFile", json!({ "mediaFileType": "WAV" }))),
            ("a recording of unknown type", with(&in_menu("greeting", json!("CUSTOM")), "businessHoursMenu.audioAnnouncementFile", json!({ "fileName": "a.mp3", "mediaFileType": "MP3" }))),
            ("too long a wait", in_menu("callTreatment.noInputTimer", json!(61))),
            ("an unknown retry", in_menu("callTreatment.retryAttemptForNoInput", json!("ALWAYS"))),
            ("an unknown last action", in_menu("callTreatment.actionToBePerformed.action", json!("EXPLODE"))),
            ("a last transfer to nowhere", in_menu("callTreatment.actionToBePerformed.action", json!("TRANSFER_TO_OPERATOR"))),
        ];
        let mut text = String::new();
        for (case, body) in &cases {
            note(&mut text, case, &admin.post(&path).json(body).send().await);
        }
        // Nothing of what was refused is there.
        let list = admin.get("/v1/telephony/config/autoAttendants").send().await.json();
        assert_eq!(list["autoAttendants"].as_array().unwrap().len(), 1);
        let one = format!("{path}/{}", list["autoAttendants"][0]["id"].as_str().unwrap());
        let last_number = json!({ "phoneNumber": null, "extension": null });
        note(&mut text, "taking both numbers away", &admin.put(&one).json(&last_number).send().await);
        note(&mut text, "an attendant elsewhere", &admin.get(&one.replace(&world.location(0), &world.location(1))).send().await);
        insta::assert_snapshot!("attendant_errors", text);
    }

    async fn schedules_say_what_to_change(database: Database) {
        let world = World::new(&database).await;
        let admin = world.admin().await;
        let path = format!("/v1/telephony/config/locations/{}/schedules", world.location(0));
        let mut text = String::new();
        for (case, body) in [
            ("no name", json!({ "type": "holidays" })),
            ("no type", json!({ "name": "S" })),
            ("an unknown type", json!({ "name": "S", "type": "nights" })),
            ("the name of another one", json!({ "name": "national holidays", "type": "holidays" })),
            ("two events of one name", json!({ "name": "S", "type": "holidays", "events": [event(), with(&event(), "name", json!("e"))] })),
        ] {
            note(&mut text, case, &admin.post(&path).json(&body).send().await);
        }
        let schedule = admin.post(&path).json(&json!({ "name": "S", "type": "businessHours" })).send().await.json();
        let one = format!("{path}/businessHours/{}", schedule["id"].as_str().unwrap());
        let base = event();
        let set = |way: &str, value: Value| with(&base, way, value);
        let weekly = json!({ "monday": true });
        for (case, body) in [
            ("no event name", without(&base, "name")),
            ("no first day", without(&base, "startDate")),
            ("no last day", without(&base, "endDate")),
            ("a day that is none", set("startDate", json!("2026-02-30"))),
            ("a day with a time", set("startDate", json!("2026-02-03T10:00"))),
            ("the end before the beginning", set("endDate", json!("2026-09-06"))),
            ("no times", without(&base, "startTime")),
            ("a time that is none", set("startTime", json!("25:00"))),
            ("no time between", set("endTime", json!("09:00"))),
            ("times of an all-day event", set("allDayEnabled", json!(true))),
            ("no day of the week", set("recurrence", json!({ "recurWeekly": {} }))),
            ("too many weeks", set("recurrence", json!({ "recurWeekly": { "monday": true, "recurInterval": 27 } }))),
            ("for ever and until", set("recurrence", json!({ "recurWeekly": weekly, "recurForEver": true, "recurEndDate": "2027-01-01" }))),
            ("not for ever and no end", set("recurrence", json!({ "recurWeekly": weekly, "recurForEver": false }))),
            ("until before the beginning", set("recurrence", json!({ "recurWeekly": weekly, "recurEndDate": "2026-01-01" }))),
            ("an end without a pattern", set("recurrence", json!({ "recurForEver": true }))),
            ("two patterns", set("recurrence", json!({ "recurWeekly": weekly, "recurYearlyByDate": { "dayOfMonth": 1, "month": "MAY" } }))),
            ("a pattern of persons", set("recurrence", json!({ "recurDaily": { "recurInterval": 1 } }))),
            ("a day that the month has not", set("recurrence", json!({ "recurYearlyByDate": { "dayOfMonth": 31, "month": "APRIL" } }))),
            ("an unknown month", set("recurrence", json!({ "recurYearlyByDate": { "dayOfMonth": 1, "month": "May" } }))),
            ("an unknown week", set("recurrence", json!({ "recurYearlyByDay": { "day": "MONDAY", "week": "LAST", "month": "MAY" } }))),
            ("an unknown weekday", set("recurrence", json!({ "recurYearlyByDay": { "day": "Mon", "week": "FIRST", "month": "MAY" } }))),
        ] {
            note(&mut text, case, &admin.post(&format!("{one}/events")).json(&body).send().await);
        }
        note(&mut text, "another type", &admin.put(&one).json(&json!({ "name": "S", "type": "holidays" })).send().await);
        note(&mut text, "the new name of another one", &admin.put(&one).json(&json!({ "newName": "Business Hours" })).send().await);
        note(&mut text, "an unknown event", &admin.get(&format!("{one}/events/nothing")).send().await);
        note(&mut text, "an unknown schedule", &admin.get(&format!("{path}/holidays/nothing")).send().await);
        note(&mut text, "an unknown type in the path", &admin.get(&one.replace("businessHours", "nights")).send().await);
        note(&mut text, "an unknown filter", &admin.get(&format!("{path}?type=nights")).send().await);
        insta::assert_snapshot!("schedule_errors", text);
    }
}
