use kit::{Error, Result};
use serde::{Deserialize, Serialize};

use super::fields::Fields;
use super::words::RoutingPolicy;

/// How many rings there may be anywhere.
pub(crate) const MOST_RINGS: i64 = 20;

/// What a hunt group has beside the settings that every group has. The members are called as on the wire: the same form
/// is kept in the database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct HuntGroupSettings {
    pub(crate) call_policies: HuntGroupPolicies,
    /// Agents may show the group's number when they call out.
    pub(crate) hunt_group_caller_id_for_outgoing_calls_enabled: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct HuntGroupPolicies {
    pub(crate) policy: RoutingPolicy,
    pub(crate) waiting_enabled: bool,
    pub(crate) group_busy_enabled: bool,
    pub(crate) allow_members_to_control_group_busy_enabled: bool,
    pub(crate) no_answer: NoAnswer,
    pub(crate) busy_redirect: Redirect,
    pub(crate) business_continuity_redirect: Redirect,
}

impl Default for HuntGroupPolicies {
    fn default() -> Self {
        Self {
            policy: RoutingPolicy::Circular,
            waiting_enabled: false,
            group_busy_enabled: false,
            allow_members_to_control_group_busy_enabled: false,
            no_answer: NoAnswer::default(),
            busy_redirect: Redirect::default(),
            business_continuity_redirect: Redirect::default(),
        }
    }
}

/// What happens to a call that an agent, or nobody at all, answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct NoAnswer {
    pub(crate) next_agent_enabled: bool,
    pub(crate) next_agent_rings: i64,
    pub(crate) forward_enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) destination: Option<String>,
    pub(crate) number_of_rings: i64,
    pub(crate) system_max_number_of_rings: i64,
    pub(crate) destination_voicemail_enabled: bool,
}

impl Default for NoAnswer {
    fn default() -> Self {
        Self {
            next_agent_enabled: false,
            next_agent_rings: 5,
            forward_enabled: false,
            destination: None,
            number_of_rings: 15,
            system_max_number_of_rings: MOST_RINGS,
            destination_voicemail_enabled: false,
        }
    }
}

/// Where calls go instead.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Redirect {
    pub(crate) enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) destination: Option<String>,
    pub(crate) destination_voicemail_enabled: bool,
}

impl HuntGroupSettings {
    pub(crate) fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.flag(
            "huntGroupCallerIdForOutgoingCallsEnabled",
            &mut self.hunt_group_caller_id_for_outgoing_calls_enabled,
        )?;
        match body.object("callPolicies")? {
            Some(policies) => self.call_policies.apply(&policies),
            None => Ok(()),
        }
    }
}

impl HuntGroupPolicies {
    fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.choice("policy", &mut self.policy)?;
        body.flag("waitingEnabled", &mut self.waiting_enabled)?;
        body.flag("groupBusyEnabled", &mut self.group_busy_enabled)?;
        body.flag(
            "allowMembersToControlGroupBusyEnabled",
            &mut self.allow_members_to_control_group_busy_enabled,
        )?;
        if let Some(no_answer) = body.object("noAnswer")? {
            self.no_answer.apply(&no_answer)?;
        }
        if let Some(redirect) = body.object("busyRedirect")? {
            self.busy_redirect.apply(&redirect)?;
        }
        if let Some(redirect) = body.object("businessContinuityRedirect")? {
            self.business_continuity_redirect.apply(&redirect)?;
        }
        Ok(())
    }
}

impl NoAnswer {
    fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.flag("nextAgentEnabled", &mut self.next_agent_enabled)?;
        body.count("nextAgentRings", 1..=MOST_RINGS, &mut self.next_agent_rings)?;
        body.flag("forwardEnabled", &mut self.forward_enabled)?;
        body.count("numberOfRings", 1..=MOST_RINGS, &mut self.number_of_rings)?;
        body.destination("destination", &mut self.destination)?;
        body.flag(
            "destinationVoicemailEnabled",
            &mut self.destination_voicemail_enabled,
        )?;
        if self.forward_enabled && self.destination.is_none() {
            return Err(Error::invalid(format!(
                "{} is missing: calls that nobody answers are to be forwarded. Name the number, or send {} as false.",
                body.way_to("destination"),
                body.way_to("forwardEnabled")
            )));
        }
        Ok(())
    }
}

impl Redirect {
    fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.flag("enabled", &mut self.enabled)?;
        body.destination("destination", &mut self.destination)?;
        body.flag(
            "destinationVoicemailEnabled",
            &mut self.destination_voicemail_enabled,
        )?;
        if self.enabled && self.destination.is_none() {
            return Err(Error::invalid(format!(
                "{} is missing. Name the number that calls go to, or send {} as false.",
                body.way_to("destination"),
                body.way_to("enabled")
            )));
        }
        Ok(())
    }
}
