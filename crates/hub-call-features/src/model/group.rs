use hub_directory::{LocationId, OrganizationId};
use hub_numbers::OwnerKind;
use kit::{Error, Result, Uuid};
use serde::{Deserialize, Serialize};

use super::agent::Agent;
use super::fields::Fields;
use super::hunt_group::HuntGroupSettings;
use super::profile::Profile;
use super::queue::{AssistSettings, QueueSettings};
use super::words::{RoutingPolicy, RoutingType};

/// The longest name that the platform takes.
pub(crate) const LONGEST_NAME: usize = 30;

/// What a group is. A Customer Assist queue is a queue with more rights, listed apart from the plain ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroupKind {
    HuntGroup,
    CallQueue,
    CustomerAssist,
}

impl GroupKind {
    /// Both kinds of queues.
    pub(crate) const QUEUES: &'static [Self] = &[Self::CallQueue, Self::CustomerAssist];
    /// Every kind.
    pub(crate) const ALL: &'static [Self] = &[Self::HuntGroup, Self::CallQueue, Self::CustomerAssist];

    /// The kind of a queue.
    pub(crate) const fn queue(customer_assist: bool) -> Self {
        if customer_assist {
            Self::CustomerAssist
        } else {
            Self::CallQueue
        }
    }

    /// The word in the table.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::HuntGroup => "hunt_group",
            Self::CallQueue => "call_queue",
            Self::CustomerAssist => "customer_assist",
        }
    }

    pub(crate) fn of_key(key: &str) -> Result<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.key() == key)
            .ok_or_else(|| Error::internal(format!("a group of the kind {key}")))
    }

    /// What the stock of numbers knows it as.
    pub(crate) const fn owner(self) -> OwnerKind {
        match self {
            Self::HuntGroup => OwnerKind::HuntGroup,
            Self::CallQueue | Self::CustomerAssist => OwnerKind::CallQueue,
        }
    }

    /// In the middle of a sentence.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::HuntGroup => "hunt group",
            Self::CallQueue => "call queue",
            Self::CustomerAssist => "Customer Assist queue",
        }
    }
}

/// A hunt group or a queue, without its agents and its numbers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    pub(crate) id: Uuid,
    pub(crate) organization_id: OrganizationId,
    pub(crate) location_id: LocationId,
    pub(crate) kind: GroupKind,
    pub(crate) name: String,
    pub(crate) enabled: bool,
    pub(crate) settings: GroupSettings,
}

/// Everything that is neither searched nor listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupSettings {
    pub(crate) profile: Profile,
    pub(crate) routing: Routing,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Routing {
    HuntGroup(HuntGroupSettings),
    Queue(Box<QueueSettings>),
}

impl GroupSettings {
    pub(crate) fn new(kind: GroupKind) -> Self {
        let routing = match kind {
            GroupKind::HuntGroup => Routing::HuntGroup(HuntGroupSettings::default()),
            GroupKind::CallQueue => Routing::Queue(Box::default()),
            GroupKind::CustomerAssist => {
                let mut queue = QueueSettings::default();
                queue.queue_settings.assist = Some(AssistSettings::default());
                Routing::Queue(Box::new(queue))
            }
        };
        Self {
            profile: Profile::default(),
            routing,
        }
    }

    pub(crate) fn policy(&self) -> RoutingPolicy {
        match &self.routing {
            Routing::HuntGroup(settings) => settings.call_policies.policy,
            Routing::Queue(settings) => settings.call_policies.policy,
        }
    }

    pub(crate) fn by_skills(&self) -> bool {
        match &self.routing {
            Routing::HuntGroup(_) => false,
            Routing::Queue(settings) => settings.call_policies.routing_type == RoutingType::SkillBased,
        }
    }
}

impl Group {
    /// Changes what the body names.
    pub(crate) fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.name("name", LONGEST_NAME, &mut self.name)?;
        body.flag("enabled", &mut self.enabled)?;
        self.settings.profile.apply(body)?;
        match &mut self.settings.routing {
            Routing::HuntGroup(settings) => settings.apply(body),
            Routing::Queue(settings) => settings.apply(body),
        }
    }

    /// Refuses a body of a new group that lacks what the platform wants.
    pub(crate) fn require_complete(kind: GroupKind, body: &Fields<'_>) -> Result<()> {
        let wanted: &[&str] = match kind {
            GroupKind::HuntGroup => &["name", "callPolicies"],
            GroupKind::CallQueue | GroupKind::CustomerAssist => {
                &["name", "callPolicies", "queueSettings", "agents"]
            }
        };
        if let Some(key) = wanted.iter().find(|key| !body.has(key)) {
            return Err(body.missing(key));
        }
        match body.object("queueSettings")? {
            Some(room) if kind != GroupKind::HuntGroup && !room.has("queueSize") => {
                Err(room.missing("queueSize"))
            }
            _ => Ok(()),
        }
    }

    /// Refuses agents that the policy cannot serve; spreads the weights evenly where nobody set them.
    pub(crate) fn settle_agents(&self, agents: &mut [Agent]) -> Result<()> {
        let policy = self.settings.policy();
        if agents.len() > policy.most_agents() {
            return Err(Error::invalid(format!(
                "agents holds {} agents. With this policy a {} can have {} at the most.",
                agents.len(),
                self.kind.noun(),
                policy.most_agents()
            )));
        }
        if policy == RoutingPolicy::Weighted {
            spread_weights(agents)?;
        }
        Ok(())
    }
}

fn spread_weights(agents: &mut [Agent]) -> Result<()> {
    const WHOLE: i64 = 100;
    let sum: i64 = agents.iter().map(|agent| agent.weight).sum();
    if sum > WHOLE {
        return Err(Error::invalid(format!(
            "The weights of the agents make {sum}. Together they must not be more than {WHOLE}."
        )));
    }
    if sum == 0 && !agents.is_empty() {
        // At most 100 agents: the conversion loses nothing.
        let count = i64::try_from(agents.len()).unwrap_or(WHOLE);
        for (agent, position) in agents.iter_mut().zip(0..) {
            agent.weight = WHOLE / count + i64::from(position < WHOLE % count);
        }
    }
    Ok(())
}
