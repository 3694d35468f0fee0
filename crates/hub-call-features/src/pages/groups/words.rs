//! The platform's words as people read them.

use crate::model::group::GroupKind;
use crate::model::words::{OverflowAction, RoutingPolicy};

pub(super) const fn policy(policy: RoutingPolicy) -> &'static str {
    match policy {
        RoutingPolicy::Circular => "Circular: continues after the last agent",
        RoutingPolicy::Regular => "Top down: always begins with the first agent",
        RoutingPolicy::Simultaneous => "Simultaneous: rings all agents at once",
        RoutingPolicy::Uniform => "Longest idle: the agent who has waited longest",
        RoutingPolicy::Weighted => "Weighted: by each agent's share",
    }
}

pub(super) const fn short_policy(policy: RoutingPolicy) -> &'static str {
    match policy {
        RoutingPolicy::Circular => "Circular",
        RoutingPolicy::Regular => "Top down",
        RoutingPolicy::Simultaneous => "Simultaneous",
        RoutingPolicy::Uniform => "Longest idle",
        RoutingPolicy::Weighted => "Weighted",
    }
}

pub(super) const fn overflow(action: OverflowAction) -> &'static str {
    match action {
        OverflowAction::BusyTreatment => "Play a busy tone",
        OverflowAction::Transfer => "Transfer to a number",
        OverflowAction::Ringing => "Ring until the caller hangs up",
    }
}

pub(super) const fn kind(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::HuntGroup => "Hunt group",
        GroupKind::CallQueue => "Call queue",
        GroupKind::CustomerAssist => "Customer Assist",
    }
}

/// What the page that follows an action says of it.
pub(super) fn notice(key: Option<&str>) -> Option<&'static str> {
    Some(match key? {
        "created" => "Created. Add the agents who take its calls.",
        "saved" => "The changes were saved.",
        "agents" => "The agents were changed.",
        "deleted" => "It was deleted. Its number is free again.",
        _ => return None,
    })
}
