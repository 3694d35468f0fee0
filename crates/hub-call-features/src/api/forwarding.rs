//! How calls to hunt groups, queues and auto attendants are forwarded.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use http::Method;
use hub_directory::Caller;
use hub_directory::public_api::{
    Answer, Pairs, TELEPHONY_READ, TELEPHONY_WRITE, done, made, object, path_uuid,
};
use hub_numbers::OwnerKind;
use kit::Result;
use kit_web::RouteSpec;
use serde::Serialize;
use serde_json::json;
use webex::PublicId;

use super::access::{Body, location, may_read, may_write};
use crate::CallFeatures;
use crate::model::forwarding::{CallsFrom, ForwardTo, Forwarding, ForwardingRule, RuleSettings};
use crate::model::words::{CallsFromSelection, ForwardToSelection, Word as _};
use crate::use_cases::{FeatureRef, rule_id, rule_name};

/// The paths of one kind of feature, and their lines of the table.
macro_rules! routes_of {
    ($feature:literal) => {
        &[
            RouteSpec::api(
                &Method::GET,
                concat!($feature, "/callForwarding"),
                TELEPHONY_READ,
                "How its calls are forwarded",
            ),
            RouteSpec::api(
                &Method::PUT,
                concat!($feature, "/callForwarding"),
                TELEPHONY_WRITE,
                "Change how its calls are forwarded",
            ),
            RouteSpec::api(
                &Method::POST,
                concat!($feature, "/callForwarding/selectiveRules"),
                TELEPHONY_WRITE,
                "Create a rule of forwarding",
            ),
            RouteSpec::api(
                &Method::GET,
                concat!($feature, "/callForwarding/selectiveRules/{rule_id}"),
                TELEPHONY_READ,
                "One rule of forwarding",
            ),
            RouteSpec::api(
                &Method::PUT,
                concat!($feature, "/callForwarding/selectiveRules/{rule_id}"),
                TELEPHONY_WRITE,
                "Change a rule of forwarding",
            ),
            RouteSpec::api(
                &Method::DELETE,
                concat!($feature, "/callForwarding/selectiveRules/{rule_id}"),
                TELEPHONY_WRITE,
                "Delete a rule of forwarding",
            ),
            RouteSpec::api(
                &Method::POST,
                concat!($feature, "/callForwarding/actions/switchMode/invoke"),
                TELEPHONY_WRITE,
                "Go back to the mode of normal operation",
            ),
        ]
    };
}

const HUNT_GROUP: &str = "/v1/telephony/config/locations/{location_id}/huntGroups/{hunt_group_id}";
const QUEUE: &str = "/v1/telephony/config/locations/{location_id}/queues/{queue_id}";
const ATTENDANT: &str = "/v1/telephony/config/locations/{location_id}/autoAttendants/{auto_attendant_id}";

pub(super) const HUNT_GROUP_ROUTES: &[RouteSpec] =
    routes_of!("/v1/telephony/config/locations/{location_id}/huntGroups/{hunt_group_id}");
pub(super) const QUEUE_ROUTES: &[RouteSpec] =
    routes_of!("/v1/telephony/config/locations/{location_id}/queues/{queue_id}");
pub(super) const ATTENDANT_ROUTES: &[RouteSpec] =
    routes_of!("/v1/telephony/config/locations/{location_id}/autoAttendants/{auto_attendant_id}");

type Features = State<CallFeatures>;
type At = Path<(String, String)>;
type RuleAt = Path<(String, String, String)>;

pub(super) fn router() -> Router<CallFeatures> {
    Router::new()
        .merge(router_of(HUNT_GROUP, OwnerKind::HuntGroup))
        .merge(router_of(QUEUE, OwnerKind::CallQueue))
        .merge(router_of(ATTENDANT, OwnerKind::AutoAttendant))
}

fn router_of(path: &str, kind: OwnerKind) -> Router<CallFeatures> {
    let settings = get(
        move |features: Features, caller: Caller, at: At, pairs: Pairs| async move {
            show(kind, features, caller, at, pairs).await
        },
    )
    .put(
        move |features: Features, caller: Caller, at: At, pairs: Pairs, body: Body| async move {
            update(kind, features, caller, at, pairs, body).await
        },
    );
    let rules = post(
        move |features: Features, caller: Caller, at: At, pairs: Pairs, body: Body| async move {
            create_rule(kind, features, caller, at, pairs, body).await
        },
    );
    let rule = get(
        move |features: Features, caller: Caller, at: RuleAt, pairs: Pairs| async move {
            show_rule(kind, features, caller, at, pairs).await
        },
    )
    .put(
        move |features: Features, caller: Caller, at: RuleAt, pairs: Pairs, body: Body| async move {
            update_rule(kind, features, caller, at, pairs, body).await
        },
    )
    .delete(
        move |features: Features, caller: Caller, at: RuleAt, pairs: Pairs| async move {
            delete_rule(kind, features, caller, at, pairs).await
        },
    );
    let switch = post(
        move |features: Features, caller: Caller, at: At, pairs: Pairs| async move {
            switch_mode(kind, features, caller, at, pairs).await
        },
    );
    Router::new()
        .route(&format!("{path}/callForwarding"), settings)
        .route(&format!("{path}/callForwarding/selectiveRules"), rules)
        .route(&format!("{path}/callForwarding/selectiveRules/{{rule_id}}"), rule)
        .route(
            &format!("{path}/callForwarding/actions/switchMode/invoke"),
            switch,
        )
}

fn feature(kind: OwnerKind, at: &str, id: &str) -> Result<FeatureRef> {
    Ok(FeatureRef {
        kind,
        location_id: location(at)?,
        id: path_uuid(kind.resource(), id)?,
    })
}

async fn show(
    kind: OwnerKind,
    State(features): Features,
    caller: Caller,
    Path((at, id)): At,
    pairs: Pairs,
) -> Answer {
    may_read(&caller, &pairs)?;
    let (forwarding, rules) = features
        .show_forwarding(&caller, feature(kind, &at, &id)?)
        .await?;
    let Forwarding { always, selective } = forwarding;
    let rules: Vec<RuleEntry> = rules
        .into_iter()
        .map(|rule| RuleEntry::new(rule, selective.destination.as_deref()))
        .collect();
    object(&json!({
        "callForwarding": {
            "always": always,
            "selective": selective,
            "rules": rules,
            "operatingModes": { "enabled": false, "modes": [] },
        }
    }))
}

async fn update(
    kind: OwnerKind,
    State(features): Features,
    caller: Caller,
    Path((at, id)): At,
    pairs: Pairs,
    body: Body,
) -> Answer {
    may_write(&caller, &pairs)?;
    features
        .change_forwarding(&caller, feature(kind, &at, &id)?, &body?.0)
        .await?;
    done()
}

async fn switch_mode(
    kind: OwnerKind,
    State(features): Features,
    caller: Caller,
    Path((at, id)): At,
    pairs: Pairs,
) -> Answer {
    may_write(&caller, &pairs)?;
    features.switch_mode(&caller, feature(kind, &at, &id)?).await?;
    done()
}

async fn create_rule(
    kind: OwnerKind,
    State(features): Features,
    caller: Caller,
    Path((at, id)): At,
    pairs: Pairs,
    body: Body,
) -> Answer {
    may_write(&caller, &pairs)?;
    let name = features
        .create_rule(&caller, feature(kind, &at, &id)?, &body?.0)
        .await?;
    made(&rule_id(&name))
}

async fn show_rule(
    kind: OwnerKind,
    State(features): Features,
    caller: Caller,
    Path((at, id, rule)): RuleAt,
    pairs: Pairs,
) -> Answer {
    may_read(&caller, &pairs)?;
    let rule = features
        .show_rule(&caller, feature(kind, &at, &id)?, rule_name(&rule))
        .await?;
    object(&RuleDetail {
        id: rule_id(&rule.name),
        name: rule.name,
        settings: rule.settings,
    })
}

/// Answers the rule's id, which is another one where the name is.
async fn update_rule(
    kind: OwnerKind,
    State(features): Features,
    caller: Caller,
    Path((at, id, rule)): RuleAt,
    pairs: Pairs,
    body: Body,
) -> Answer {
    may_write(&caller, &pairs)?;
    let name = features
        .change_rule(&caller, feature(kind, &at, &id)?, rule_name(&rule), &body?.0)
        .await?;
    object(&json!({ "id": rule_id(&name) }))
}

async fn delete_rule(
    kind: OwnerKind,
    State(features): Features,
    caller: Caller,
    Path((at, id, rule)): RuleAt,
    pairs: Pairs,
) -> Answer {
    may_write(&caller, &pairs)?;
    features
        .delete_rule(&caller, feature(kind, &at, &id)?, rule_name(&rule))
        .await?;
    done()
}

#[derive(Serialize)]
struct RuleDetail {
    id: PublicId,
    name: String,
    #[serde(flatten)]
    settings: RuleSettings,
}

/// A rule in one line.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleEntry {
    id: PublicId,
    name: String,
    calls_from: String,
    calls_to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    forward_to: Option<String>,
    enabled: bool,
}

impl RuleEntry {
    fn new(rule: ForwardingRule, usual: Option<&str>) -> Self {
        let ForwardingRule { name, settings } = rule;
        let numbers = settings.calls_to.numbers.iter();
        let calls_to: Vec<&str> = numbers.map(|number| number.kind.word()).collect();
        Self {
            id: rule_id(&name),
            name,
            calls_from: callers(&settings.calls_from),
            calls_to: calls_to.join(", "),
            forward_to: destination(settings.forward_to, usual),
            enabled: settings.enabled,
        }
    }
}

fn callers(from: &CallsFrom) -> String {
    if from.selection == CallsFromSelection::Any {
        return "Any number".to_owned();
    }
    let custom = &from.custom_numbers;
    let mut words: Vec<&str> = custom.numbers.iter().map(String::as_str).collect();
    if custom.private_number_enabled {
        words.push("Any private number");
    }
    if custom.unavailable_number_enabled {
        words.push("Any unavailable number");
    }
    words.join(", ")
}

fn destination(to: ForwardTo, usual: Option<&str>) -> Option<String> {
    match to.selection {
        ForwardToSelection::DefaultNumber => usual.map(ToOwned::to_owned),
        ForwardToSelection::SpecifiedNumber => to.phone_number,
        ForwardToSelection::DoNotForward => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn callers_are_told_in_words() {
        let mut from = RuleSettings::default().calls_from;
        assert_eq!(callers(&from), "Any number");
        from.selection = CallsFromSelection::Custom;
        from.custom_numbers.numbers = vec!["+16175550100".to_owned()];
        from.custom_numbers.private_number_enabled = true;
        assert_eq!(callers(&from), "+16175550100, Any private number");
        assert_eq!(json!(from)["selection"], Value::from("CUSTOM"));
    }
}
