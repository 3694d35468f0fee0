//! What a client sees, in the words of the table.

use std::collections::HashMap;

use kit_test::Answer;

use crate::table::Thing;
use crate::world::{World, code_of};

/// What a client sees, and of which events the stream told it.
pub(crate) struct Seen {
    pub(crate) things: HashMap<Thing, String>,
    pub(crate) heard: Vec<String>,
}

/// What is seen of each thing once the event has happened and everything that was due was done.
pub(crate) async fn after(world: &World) -> Seen {
    // What happens in one millisecond has no order; a person needs longer.
    world.clock.advance(std::time::Duration::from_secs(1)).await;
    world.hub.sweep().await.unwrap();
    world.hub.tell_now().await.unwrap();
    let program = world.app.other_browser();
    let bearer = &world.held.access;
    let mut seen = HashMap::new();
    // First what asks only, then what changes something.
    let me = program.get("/v1/people/me").bearer(bearer).send().await;
    seen.insert(Thing::AccessToken, of_api(&me));
    let userinfo = program.get("/v1/userinfo").bearer(bearer).send().await;
    seen.insert(Thing::Userinfo, of_api(&userinfo));
    let browser = world.held.browser.as_ref().unwrap();
    seen.insert(Thing::Session, of_page(&browser.get("/me").send().await));
    let (standing, heard) = stream(world).await;
    seen.insert(Thing::EventStream, standing);
    seen.insert(Thing::Webhook, webhook(world).await);
    let pending = match world.accept(browser, &world.held.pending).await {
        Ok(answer) if code_of(&answer).is_some() => "302 with a code".to_owned(),
        Ok(answer) | Err(answer) => of_page(&answer),
    };
    seen.insert(Thing::Pending, pending);
    seen.insert(Thing::RefreshToken, of_token(&world.refresh().await, true));
    seen.insert(
        Thing::Code,
        of_token(&world.redeem(&world.held.code).await, false),
    );
    Seen { things: seen, heard }
}

fn of_api(answer: &Answer) -> String {
    if answer.status == 200 {
        return "200".to_owned();
    }
    let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let message = body["message"]
        .as_str()
        .or(body["error"].as_str())
        .unwrap_or("without words");
    format!("{} {message}", answer.status.as_u16())
}

fn of_token(answer: &Answer, with_description: bool) -> String {
    if answer.status == 200 {
        assert!(answer.json()["access_token"].is_string(), "{}", answer.body);
        return "200 with tokens".to_owned();
    }
    let body = answer.json();
    let error = body["error"].as_str().unwrap_or("without words");
    let status = answer.status.as_u16();
    match body["error_description"].as_str() {
        Some(description) if with_description && error == "invalid_grant" => {
            format!("{status} {error}: {description}")
        }
        _ => format!("{status} {error}"),
    }
}

/// The sentence of the denied page, as far as it fits into a table.
const DENIED: &str = "Access denied - Your administrator denied access to the integration you selected.";

/// Status and heading, or where it leads.
fn of_page(answer: &Answer) -> String {
    let status = answer.status.as_u16();
    if answer.status.is_redirection() {
        let to = answer.location();
        return format!("{status} to {}", to.split('?').next().unwrap_or_default());
    }
    if status == 200 {
        return "200".to_owned();
    }
    if answer.body.contains(DENIED) {
        return format!("{status} {DENIED} …");
    }
    let heading = answer
        .body
        .split("<h1")
        .nth(1)
        .and_then(|rest| rest.split_once('>'));
    let heading = heading
        .and_then(|(_, rest)| rest.split_once("</h1>"))
        .map_or("", |(heading, _)| heading);
    format!("{status} {}", heading.trim()).trim().to_owned()
}

/// A stream that ended says so as its last word. The events are named by the ends of their types.
async fn stream(world: &World) -> (String, Vec<String>) {
    let claims = match world.polled().await {
        Err(answer) => return (of_api(&answer), Vec::new()),
        Ok(claims) => claims,
    };
    let ended = claims
        .iter()
        .any(|claims| claims["events"].to_string().contains("\"disabled\""));
    let types = claims
        .iter()
        .filter_map(|claims| claims["events"].as_object())
        .flat_map(|events| events.keys());
    let heard = types
        .filter_map(|uri| uri.rsplit('/').next())
        .map(ToOwned::to_owned);
    let standing = if ended { "ended" } else { "lives" };
    (standing.to_owned(), heard.collect())
}

async fn webhook(world: &World) -> String {
    world.somebody_asks_for_access().await;
    world.hub.tell_now().await.unwrap();
    if world.receiver.heard() > 0 {
        "delivered".to_owned()
    } else {
        "nothing delivered".to_owned()
    }
}
