//! The form of a hunt group or a queue.

use askama::Template;
use hub_directory::Caller;
use kit::{Error, Result};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Part, words};
use crate::CallFeatures;
use crate::model::group::Routing;
use crate::model::queue::QUEUE_SIZES;
use crate::model::words::{OverflowAction, RoutingPolicy, Word};
use crate::pages::common::{Choice, location_choices};
use crate::use_cases::GroupView;

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct GroupForm {
    pub(super) location: String,
    pub(super) name: String,
    pub(super) enabled: Option<String>,
    pub(super) customer_assist: Option<String>,
    pub(super) number: String,
    pub(super) extension: String,
    pub(super) policy: String,
    // Hunt groups.
    pub(super) next_agent: Option<String>,
    pub(super) next_agent_rings: String,
    pub(super) forward: Option<String>,
    pub(super) forward_rings: String,
    pub(super) forward_to: String,
    pub(super) busy_to: String,
    // Queues.
    pub(super) queue_size: String,
    pub(super) overflow: String,
    pub(super) transfer_to: String,
    pub(super) allow_join: Option<String>,
}

/// What is wrong, and at which field; an empty field name stands for the whole form.
pub(super) type Problems = Vec<(&'static str, String)>;

fn on(enabled: bool) -> Option<String> {
    enabled.then(|| "on".to_owned())
}

impl GroupForm {
    /// An empty form.
    pub(super) fn fresh() -> Self {
        Self {
            enabled: on(true),
            policy: RoutingPolicy::Circular.word().to_owned(),
            next_agent: on(true),
            next_agent_rings: "5".to_owned(),
            forward_rings: "15".to_owned(),
            queue_size: "25".to_owned(),
            overflow: OverflowAction::BusyTreatment.word().to_owned(),
            ..Self::default()
        }
    }

    /// The form of a group as it is.
    pub(super) fn of(view: &GroupView) -> Self {
        let (number, extension) = view
            .held
            .as_ref()
            .map(|held| (held.number.clone(), held.extension.clone()))
            .unwrap_or_default();
        let mut form = Self {
            location: view.location.id.to_string(),
            name: view.group.name.clone(),
            enabled: on(view.group.enabled),
            number: number.unwrap_or_default(),
            extension: extension.unwrap_or_default(),
            policy: view.group.settings.policy().word().to_owned(),
            ..Self::fresh()
        };
        form.enabled = on(view.group.enabled);
        match &view.group.settings.routing {
            Routing::HuntGroup(settings) => {
                let policies = &settings.call_policies;
                form.next_agent = on(policies.no_answer.next_agent_enabled);
                form.next_agent_rings = policies.no_answer.next_agent_rings.to_string();
                form.forward = on(policies.no_answer.forward_enabled);
                form.forward_rings = policies.no_answer.number_of_rings.to_string();
                form.forward_to = policies.no_answer.destination.clone().unwrap_or_default();
                let busy = &policies.busy_redirect;
                form.busy_to = busy
                    .destination
                    .clone()
                    .filter(|_| busy.enabled)
                    .unwrap_or_default();
            }
            Routing::Queue(settings) => {
                let room = &settings.queue_settings;
                form.queue_size = room.queue_size.to_string();
                form.overflow = room.overflow.action.word().to_owned();
                form.transfer_to = room.overflow.transfer_number.clone().unwrap_or_default();
                form.allow_join = on(settings.allow_agent_join_enabled);
            }
        }
        form
    }

    /// What can be said without asking anybody.
    pub(super) fn problems(&self, part: Part, is_new: bool) -> Problems {
        let mut problems = Problems::new();
        let mut complain = |wrong: bool, field: &'static str, sentence: &str| {
            if wrong {
                problems.push((field, sentence.to_owned()));
            }
        };
        complain(
            is_new && self.location.is_empty(),
            "location",
            "Choose a location.",
        );
        complain(self.name.trim().is_empty(), "name", "Give it a name.");
        complain(
            self.number.trim().is_empty() && self.extension.trim().is_empty(),
            "extension",
            "Give it a number, an extension, or both.",
        );
        if part.is_queues() {
            let size = self.queue_size.trim().parse::<i64>();
            let fits = size.is_ok_and(|size| QUEUE_SIZES.contains(&size));
            complain(!fits, "queue_size", "The number of calls is from 1 to 250.");
            let transfers = self.overflow == OverflowAction::Transfer.word();
            complain(
                transfers && self.transfer_to.trim().is_empty(),
                "transfer_to",
                "Name the number that calls are transferred to.",
            );
        } else {
            complain(
                self.forward.is_some() && self.forward_to.trim().is_empty(),
                "forward_to",
                "Name the number that calls are forwarded to.",
            );
        }
        problems
    }

    /// The same as a program would send it.
    pub(super) fn body(&self, part: Part, is_new: bool) -> Value {
        let mut body = json!({
            "name": self.name,
            "enabled": self.enabled.is_some(),
            "phoneNumber": self.number.trim(),
            "extension": self.extension.trim(),
            "callPolicies": { "policy": self.policy },
        });
        if is_new {
            body["agents"] = json!([]);
        }
        if part.is_queues() {
            body["allowAgentJoinEnabled"] = self.allow_join.is_some().into();
            body["queueSettings"] = json!({
                "queueSize": self.queue_size.trim(),
                "overflow": { "action": self.overflow, "transferNumber": self.transfer_to },
            });
        } else {
            body["callPolicies"]["noAnswer"] = json!({
                "nextAgentEnabled": self.next_agent.is_some(),
                "nextAgentRings": self.next_agent_rings.trim(),
                "forwardEnabled": self.forward.is_some(),
                "numberOfRings": self.forward_rings.trim(),
                "destination": self.forward_to,
            });
            body["callPolicies"]["busyRedirect"] = json!({
                "enabled": !self.busy_to.trim().is_empty(),
                "destination": self.busy_to,
            });
        }
        body
    }
}

#[derive(Template)]
#[template(path = "group_form.html")]
pub(super) struct GroupFormPage<'a> {
    title: &'static str,
    list: &'static str,
    noun: &'static str,
    is_queues: bool,
    form: &'a GroupForm,
    locations: Vec<Choice>,
    policies: Vec<Choice>,
    overflows: Vec<Choice>,
    problems: &'a Problems,
    /// Name, path and place of the group that is edited.
    edited: Option<(&'a str, String, &'a str)>,
}

impl GroupFormPage<'_> {
    fn problem_at(&self, field: &str) -> Option<&str> {
        self.problems
            .iter()
            .find(|(at, _)| *at == field)
            .map(|(_, sentence)| sentence.as_str())
    }
}

/// The form with what can be chosen.
pub(super) async fn form_page<'a>(
    call_features: &CallFeatures,
    caller: &Caller,
    part: Part,
    form: &'a GroupForm,
    problems: &'a Problems,
    edited: Option<&'a GroupView>,
) -> Result<GroupFormPage<'a>> {
    let locations = if edited.is_none() {
        location_choices(call_features, caller, Some(&form.location)).await?
    } else {
        Vec::new()
    };
    let choices = RoutingPolicy::ALL.iter();
    let overflows = OverflowAction::ALL.iter();
    Ok(GroupFormPage {
        title: part.title(),
        list: part.list(),
        noun: part.noun(),
        is_queues: part.is_queues(),
        form,
        locations,
        policies: choices
            .map(|policy| Choice::new(policy.word(), words::policy(*policy), Some(&form.policy)))
            .collect(),
        overflows: overflows
            .map(|action| Choice::new(action.word(), words::overflow(*action), Some(&form.overflow)))
            .collect(),
        problems,
        edited: edited.map(|view| {
            let path = part.path_of(&view.group);
            (view.group.name.as_str(), path, view.location.name.as_str())
        }),
    })
}

/// The field at which a sentence of the use case belongs, as far as its first word tells.
pub(super) fn field_of(error: &Error) -> &'static str {
    let sentence = error.public();
    let fields = [
        ("name", "name"),
        ("A hunt group named", "name"),
        ("A call queue named", "name"),
        ("A Customer Assist queue named", "name"),
        ("phoneNumber", "number"),
        ("extension", "extension"),
        ("The extension", "extension"),
        ("The number", "number"),
        ("queueSettings.queueSize", "queue_size"),
        ("queueSettings.overflow.transferNumber", "transfer_to"),
        ("callPolicies.noAnswer.destination", "forward_to"),
        ("callPolicies.noAnswer.numberOfRings", "forward_rings"),
        ("callPolicies.noAnswer.nextAgentRings", "next_agent_rings"),
        ("callPolicies.busyRedirect.destination", "busy_to"),
    ];
    fields
        .into_iter()
        .find(|(begin, _)| sentence.starts_with(begin))
        .map_or("", |(_, field)| field)
}
