use kit::{Error, Result};
use serde::{Deserialize, Serialize};

use super::fields::Fields;
use super::words::{AnnouncementMode, ScheduleLevel, ServiceAction, StrandedAction};

/// The longest name that a schedule can have.
const LONGEST_SCHEDULE_NAME: usize = 80;

/// What a queue does on holidays, at night, when it is closed by hand, and when nobody is left to answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct QueuePolicies {
    pub(crate) holiday: HolidayService,
    pub(crate) night: NightService,
    pub(crate) forced: ForcedForward,
    pub(crate) stranded: StrandedCalls,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct HolidayService {
    pub(crate) holiday_service_enabled: bool,
    pub(crate) action: ServiceAction,
    pub(crate) holiday_schedule_level: ScheduleLevel,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) holiday_schedule_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) transfer_phone_number: Option<String>,
    pub(crate) play_announcement_before_enabled: bool,
}

impl Default for HolidayService {
    fn default() -> Self {
        Self {
            holiday_service_enabled: false,
            action: ServiceAction::Busy,
            holiday_schedule_level: ScheduleLevel::Location,
            holiday_schedule_name: None,
            transfer_phone_number: None,
            play_announcement_before_enabled: false,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct NightService {
    pub(crate) night_service_enabled: bool,
    pub(crate) action: ServiceAction,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) transfer_phone_number: Option<String>,
    pub(crate) play_announcement_before_enabled: bool,
    pub(crate) announcement_mode: AnnouncementMode,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) business_hours_name: Option<String>,
    pub(crate) business_hours_level: ScheduleLevel,
    pub(crate) force_night_service_enabled: bool,
}

impl Default for NightService {
    fn default() -> Self {
        Self {
            night_service_enabled: false,
            action: ServiceAction::Busy,
            transfer_phone_number: None,
            play_announcement_before_enabled: false,
            announcement_mode: AnnouncementMode::Normal,
            business_hours_name: None,
            business_hours_level: ScheduleLevel::Location,
            force_night_service_enabled: false,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ForcedForward {
    pub(crate) forced_forward_enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) transfer_phone_number: Option<String>,
    pub(crate) play_announcement_before_enabled: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct StrandedCalls {
    pub(crate) action: StrandedAction,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) transfer_phone_number: Option<String>,
    pub(crate) trigger_policy_when_all_agents_are_unreachable_enabled: bool,
}

impl Default for StrandedCalls {
    fn default() -> Self {
        Self {
            action: StrandedAction::None,
            transfer_phone_number: None,
            trigger_policy_when_all_agents_are_unreachable_enabled: false,
        }
    }
}

/// A transfer needs a number.
fn require_number(body: &Fields<'_>, number: Option<&str>, cause: &str) -> Result<()> {
    if number.is_some() {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "{} is missing: {cause}, and calls go to that number.",
        body.way_to("transferPhoneNumber")
    )))
}

impl HolidayService {
    pub(crate) fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.flag("holidayServiceEnabled", &mut self.holiday_service_enabled)?;
        body.choice("action", &mut self.action)?;
        body.choice("holidayScheduleLevel", &mut self.holiday_schedule_level)?;
        body.text(
            "holidayScheduleName",
            LONGEST_SCHEDULE_NAME,
            &mut self.holiday_schedule_name,
        )?;
        body.destination("transferPhoneNumber", &mut self.transfer_phone_number)?;
        body.flag(
            "playAnnouncementBeforeEnabled",
            &mut self.play_announcement_before_enabled,
        )?;
        body.only_default_greeting("audioMessageSelection", "audioFiles")?;
        if self.holiday_service_enabled && self.holiday_schedule_name.is_none() {
            return Err(Error::invalid(
                "holidayScheduleName is missing: holidayServiceEnabled is true, and the schedule says when.",
            ));
        }
        if self.action == ServiceAction::Transfer {
            require_number(body, self.transfer_phone_number.as_deref(), "action is TRANSFER")?;
        }
        Ok(())
    }
}

impl NightService {
    pub(crate) fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.flag("nightServiceEnabled", &mut self.night_service_enabled)?;
        body.choice("action", &mut self.action)?;
        body.destination("transferPhoneNumber", &mut self.transfer_phone_number)?;
        body.flag(
            "playAnnouncementBeforeEnabled",
            &mut self.play_announcement_before_enabled,
        )?;
        body.choice("announcementMode", &mut self.announcement_mode)?;
        body.text(
            "businessHoursName",
            LONGEST_SCHEDULE_NAME,
            &mut self.business_hours_name,
        )?;
        body.choice("businessHoursLevel", &mut self.business_hours_level)?;
        body.flag("forceNightServiceEnabled", &mut self.force_night_service_enabled)?;
        body.only_default_greeting("audioMessageSelection", "audioFiles")?;
        body.only_default_greeting("manualAudioMessageSelection", "manualAudioFiles")?;
        if self.night_service_enabled
            && !self.force_night_service_enabled
            && self.business_hours_name.is_none()
        {
            return Err(Error::invalid(
                "businessHoursName is missing: nightServiceEnabled is true, and the schedule says when it is day. Name one, or send forceNightServiceEnabled as true.",
            ));
        }
        if self.action == ServiceAction::Transfer {
            require_number(body, self.transfer_phone_number.as_deref(), "action is TRANSFER")?;
        }
        Ok(())
    }
}

impl ForcedForward {
    pub(crate) fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.flag("forcedForwardEnabled", &mut self.forced_forward_enabled)?;
        body.destination("transferPhoneNumber", &mut self.transfer_phone_number)?;
        body.flag(
            "playAnnouncementBeforeEnabled",
            &mut self.play_announcement_before_enabled,
        )?;
        body.only_default_greeting("audioMessageSelection", "audioFiles")?;
        if self.forced_forward_enabled {
            require_number(
                body,
                self.transfer_phone_number.as_deref(),
                "forcedForwardEnabled is true",
            )?;
        }
        Ok(())
    }
}

impl StrandedCalls {
    pub(crate) fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.choice("action", &mut self.action)?;
        body.destination("transferPhoneNumber", &mut self.transfer_phone_number)?;
        body.flag(
            "triggerPolicyWhenAllAgentsAreUnreachableEnabled",
            &mut self.trigger_policy_when_all_agents_are_unreachable_enabled,
        )?;
        body.only_default_greeting("audioMessageSelection", "audioFiles")?;
        if self.action == StrandedAction::Transfer {
            require_number(body, self.transfer_phone_number.as_deref(), "action is TRANSFER")?;
        }
        Ok(())
    }
}

/// What holds for all queues of an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct QueueDefaults {
    pub(crate) maintain_queue_position_for_sim_ring_enabled: bool,
    pub(crate) force_agent_unavailable_on_bounced_enabled: bool,
    pub(crate) play_tone_to_agent_for_barge_in_enabled: bool,
    pub(crate) play_tone_to_agent_for_silent_monitoring_enabled: bool,
    pub(crate) play_tone_to_agent_for_supervisor_coaching_enabled: bool,
}

impl QueueDefaults {
    pub(crate) fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.flag(
            "maintainQueuePositionForSimRingEnabled",
            &mut self.maintain_queue_position_for_sim_ring_enabled,
        )?;
        body.flag(
            "forceAgentUnavailableOnBouncedEnabled",
            &mut self.force_agent_unavailable_on_bounced_enabled,
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
}
