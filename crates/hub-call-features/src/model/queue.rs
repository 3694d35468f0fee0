use std::ops::RangeInclusive;

use kit::{Error, Result};
use serde::{Deserialize, Serialize};

use super::fields::Fields;
use super::hunt_group::MOST_RINGS;
use super::queue_messages::{QueueMessages, only_default};
use super::queue_policies::QueuePolicies;
use super::words::{CallingLineIdPolicy, OverflowAction, RingPattern, RoutingPolicy, RoutingType};

/// How many calls may wait.
pub(crate) const QUEUE_SIZES: RangeInclusive<i64> = 1..=250;
const OVERFLOW_SECONDS: RangeInclusive<i64> = 1..=7_200;
const HOLD_SECONDS: RangeInclusive<i64> = 1..=600;

/// What a queue has beside the settings that every group has. The members are called as on the wire: the same form is
/// kept in the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct QueueSettings {
    pub(crate) call_policies: QueueCallPolicies,
    pub(crate) queue_settings: WaitingRoom,
    pub(crate) allow_call_waiting_for_agents_enabled: bool,
    pub(crate) allow_agent_join_enabled: bool,
    pub(crate) phone_number_for_outgoing_calls_enabled: bool,
    pub(crate) calling_line_id_policy: CallingLineIdPolicy,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) calling_line_id_phone_number: Option<String>,
    /// Services of their own, read and written by themselves.
    pub(crate) policies: QueuePolicies,
}

impl Default for QueueSettings {
    fn default() -> Self {
        Self {
            call_policies: QueueCallPolicies::default(),
            queue_settings: WaitingRoom::default(),
            allow_call_waiting_for_agents_enabled: false,
            allow_agent_join_enabled: false,
            phone_number_for_outgoing_calls_enabled: false,
            calling_line_id_policy: CallingLineIdPolicy::LocationNumber,
            calling_line_id_phone_number: None,
            policies: QueuePolicies::default(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct QueueCallPolicies {
    pub(crate) routing_type: RoutingType,
    pub(crate) policy: RoutingPolicy,
    pub(crate) call_bounce: CallBounce,
    pub(crate) distinctive_ring: DistinctiveRing,
}

impl Default for QueueCallPolicies {
    fn default() -> Self {
        Self {
            routing_type: RoutingType::PriorityBased,
            policy: RoutingPolicy::Circular,
            call_bounce: CallBounce::default(),
            distinctive_ring: DistinctiveRing::default(),
        }
    }
}

/// What takes a call away again from an agent who does not answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct CallBounce {
    pub(crate) call_bounce_enabled: bool,
    pub(crate) call_bounce_max_rings: i64,
    pub(crate) agent_unavailable_enabled: bool,
    pub(crate) alert_agent_enabled: bool,
    pub(crate) alert_agent_max_seconds: i64,
    pub(crate) call_bounce_on_hold_enabled: bool,
    pub(crate) call_bounce_on_hold_max_seconds: i64,
}

impl Default for CallBounce {
    fn default() -> Self {
        Self {
            call_bounce_enabled: true,
            call_bounce_max_rings: 8,
            agent_unavailable_enabled: false,
            alert_agent_enabled: false,
            alert_agent_max_seconds: 30,
            call_bounce_on_hold_enabled: false,
            call_bounce_on_hold_max_seconds: 60,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct DistinctiveRing {
    pub(crate) enabled: bool,
    pub(crate) ring_pattern: RingPattern,
}

impl Default for DistinctiveRing {
    fn default() -> Self {
        Self {
            enabled: true,
            ring_pattern: RingPattern::Normal,
        }
    }
}

/// Where callers wait, and what they hear there: `queueSettings` on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct WaitingRoom {
    pub(crate) queue_size: i64,
    pub(crate) call_offer_tone_enabled: bool,
    pub(crate) reset_call_statistics_enabled: bool,
    pub(crate) overflow: Overflow,
    /// Only a Customer Assist queue has these three.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) assist: Option<AssistSettings>,
    #[serde(flatten)]
    pub(crate) messages: QueueMessages,
    pub(crate) use_enterprise_play_tone_to_agent_settings_enabled: bool,
    pub(crate) play_tone_to_agent_for_barge_in_enabled: bool,
    pub(crate) play_tone_to_agent_for_silent_monitoring_enabled: bool,
    pub(crate) play_tone_to_agent_for_supervisor_coaching_enabled: bool,
}

impl Default for WaitingRoom {
    fn default() -> Self {
        Self {
            queue_size: 25,
            call_offer_tone_enabled: true,
            reset_call_statistics_enabled: false,
            overflow: Overflow::default(),
            assist: None,
            messages: QueueMessages::default(),
            use_enterprise_play_tone_to_agent_settings_enabled: true,
            play_tone_to_agent_for_barge_in_enabled: false,
            play_tone_to_agent_for_silent_monitoring_enabled: false,
            play_tone_to_agent_for_supervisor_coaching_enabled: false,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct AssistSettings {
    pub(crate) auto_answer_enabled: bool,
    pub(crate) auto_answer_delay_seconds: i64,
    pub(crate) allow_agent_to_clear_preferred_answer_endpoint_enabled: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Overflow {
    pub(crate) action: OverflowAction,
    pub(crate) send_to_voicemail: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) transfer_number: Option<String>,
    pub(crate) overflow_after_wait_enabled: bool,
    pub(crate) overflow_after_wait_time: i64,
    pub(crate) play_overflow_greeting_enabled: bool,
}

impl Default for Overflow {
    fn default() -> Self {
        Self {
            action: OverflowAction::BusyTreatment,
            send_to_voicemail: false,
            transfer_number: None,
            overflow_after_wait_enabled: false,
            overflow_after_wait_time: 30,
            play_overflow_greeting_enabled: false,
        }
    }
}

impl QueueSettings {
    pub(crate) fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.flag(
            "allowCallWaitingForAgentsEnabled",
            &mut self.allow_call_waiting_for_agents_enabled,
        )?;
        body.flag("allowAgentJoinEnabled", &mut self.allow_agent_join_enabled)?;
        body.flag(
            "phoneNumberForOutgoingCallsEnabled",
            &mut self.phone_number_for_outgoing_calls_enabled,
        )?;
        body.choice("callingLineIdPolicy", &mut self.calling_line_id_policy)?;
        body.destination("callingLineIdPhoneNumber", &mut self.calling_line_id_phone_number)?;
        if self.calling_line_id_policy == CallingLineIdPolicy::Custom
            && self.calling_line_id_phone_number.is_none()
        {
            return Err(Error::invalid(
                "callingLineIdPhoneNumber is missing: callingLineIdPolicy is CUSTOM, which shows that number.",
            ));
        }
        if body
            .object("department")?
            .is_some_and(|department| department.has("id"))
        {
            return Err(Error::invalid(
                "department.id names no department of this organization. Leave department out.",
            ));
        }
        if let Some(policies) = body.object("callPolicies")? {
            self.call_policies.apply(&policies)?;
        }
        match body.object("queueSettings")? {
            Some(room) => self.queue_settings.apply(&room),
            None => Ok(()),
        }
    }
}

impl QueueCallPolicies {
    fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.choice("routingType", &mut self.routing_type)?;
        body.choice("policy", &mut self.policy)?;
        if let Some(bounce) = body.object("callBounce")? {
            self.call_bounce.apply(&bounce)?;
        }
        if let Some(ring) = body.object("distinctiveRing")? {
            ring.flag("enabled", &mut self.distinctive_ring.enabled)?;
            ring.choice("ringPattern", &mut self.distinctive_ring.ring_pattern)?;
        }
        let skills = self.routing_type == RoutingType::SkillBased;
        if skills && matches!(self.policy, RoutingPolicy::Simultaneous | RoutingPolicy::Weighted) {
            return Err(Error::invalid(format!(
                "{} must be CIRCULAR, REGULAR or UNIFORM where {} is SKILL_BASED.",
                body.way_to("policy"),
                body.way_to("routingType")
            )));
        }
        Ok(())
    }
}

impl CallBounce {
    fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.flag("callBounceEnabled", &mut self.call_bounce_enabled)?;
        body.count(
            "callBounceMaxRings",
            1..=MOST_RINGS,
            &mut self.call_bounce_max_rings,
        )?;
        body.flag("agentUnavailableEnabled", &mut self.agent_unavailable_enabled)?;
        body.flag("alertAgentEnabled", &mut self.alert_agent_enabled)?;
        body.count(
            "alertAgentMaxSeconds",
            HOLD_SECONDS,
            &mut self.alert_agent_max_seconds,
        )?;
        body.flag("callBounceOnHoldEnabled", &mut self.call_bounce_on_hold_enabled)?;
        body.count(
            "callBounceOnHoldMaxSeconds",
            HOLD_SECONDS,
            &mut self.call_bounce_on_hold_max_seconds,
        )
    }
}

impl WaitingRoom {
    fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.count("queueSize", QUEUE_SIZES, &mut self.queue_size)?;
        body.flag("callOfferToneEnabled", &mut self.call_offer_tone_enabled)?;
        body.flag(
            "resetCallStatisticsEnabled",
            &mut self.reset_call_statistics_enabled,
        )?;
        if let Some(overflow) = body.object("overflow")? {
            self.overflow.apply(&overflow)?;
        }
        self.apply_assist(body)?;
        self.messages.apply(body)?;
        body.flag(
            "useEnterprisePlayToneToAgentSettingsEnabled",
            &mut self.use_enterprise_play_tone_to_agent_settings_enabled,
        )?;
        body.flag(
            "playToneToAgentForBargeInEnabled",
            &mut self.play_tone_to_agent_for_barge_in_enabled,
        )?;
        body.flag(
            "playToneToAgentForSilentMonitoringEnabled",
            &mut self.play_tone_to_agent_for_silent_monitoring_enabled,
        )?;
        body.flag(
            "playToneToAgentForSupervisorCoachingEnabled",
            &mut self.play_tone_to_agent_for_supervisor_coaching_enabled,
        )
    }

    fn apply_assist(&mut self, body: &Fields<'_>) -> Result<()> {
        const MEMBERS: [&str; 3] = [
            "autoAnswerEnabled",
            "autoAnswerDelaySeconds",
            "allowAgentToClearPreferredAnswerEndpointEnabled",
        ];
        match &mut self.assist {
            Some(assist) => {
                body.flag(MEMBERS[0], &mut assist.auto_answer_enabled)?;
                body.count(MEMBERS[1], 0..=10, &mut assist.auto_answer_delay_seconds)?;
                body.flag(
                    MEMBERS[2],
                    &mut assist.allow_agent_to_clear_preferred_answer_endpoint_enabled,
                )
            }
            None => match MEMBERS.iter().find(|member| body.has(member)) {
                Some(member) => Err(Error::invalid(format!(
                    "{} is for Customer Assist queues alone. Leave it out.",
                    body.way_to(member)
                ))),
                None => Ok(()),
            },
        }
    }
}

impl Overflow {
    fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.choice("action", &mut self.action)?;
        body.flag("sendToVoicemail", &mut self.send_to_voicemail)?;
        body.destination("transferNumber", &mut self.transfer_number)?;
        body.flag("overflowAfterWaitEnabled", &mut self.overflow_after_wait_enabled)?;
        body.count(
            "overflowAfterWaitTime",
            OVERFLOW_SECONDS,
            &mut self.overflow_after_wait_time,
        )?;
        body.flag(
            "playOverflowGreetingEnabled",
            &mut self.play_overflow_greeting_enabled,
        )?;
        only_default(body)?;
        if self.action == OverflowAction::Transfer && self.transfer_number.is_none() {
            return Err(Error::invalid(format!(
                "{} is missing: {} is TRANSFER_TO_PHONE_NUMBER, which sends calls to that number.",
                body.way_to("transferNumber"),
                body.way_to("action")
            )));
        }
        Ok(())
    }
}
