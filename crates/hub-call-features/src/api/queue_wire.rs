//! What only queues have, as answers show it.

use serde::Serialize;
use serde_json::{Value, json};

use super::group_wire::AlternateNumber;
use crate::model::queue::{AssistSettings, Overflow, QueueCallPolicies, QueueSettings, WaitingRoom};
use crate::model::queue_messages::{
    ComfortMessage, ComfortMessageBypass, MusicOnHold, QueueMessages, WaitMessage, WelcomeMessage, Whisper,
};
use crate::model::words::{CallingLineIdPolicy, OverflowAction};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct QueuePart {
    call_policies: QueueCallPolicies,
    queue_settings: RoomWire,
    allow_call_waiting_for_agents_enabled: bool,
    allow_agent_join_enabled: bool,
    phone_number_for_outgoing_calls_enabled: bool,
    calling_line_id_policy: CallingLineIdPolicy,
    #[serde(skip_serializing_if = "Option::is_none")]
    calling_line_id_phone_number: Option<String>,
    alternate_number_settings: AlternateNumberSettings,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AlternateNumberSettings {
    distinctive_ring_enabled: bool,
    alternate_numbers: Vec<AlternateNumber>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RoomWire {
    queue_size: i64,
    call_offer_tone_enabled: bool,
    reset_call_statistics_enabled: bool,
    overflow: OverflowWire,
    #[serde(flatten)]
    assist: Option<AssistSettings>,
    welcome_message: Value,
    wait_message: WaitMessage,
    comfort_message: Value,
    comfort_message_bypass: Value,
    moh_message: Value,
    whisper_message: Value,
    use_enterprise_play_tone_to_agent_settings_enabled: bool,
    play_tone_to_agent_for_barge_in_enabled: bool,
    play_tone_to_agent_for_silent_monitoring_enabled: bool,
    play_tone_to_agent_for_supervisor_coaching_enabled: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OverflowWire {
    action: OverflowAction,
    send_to_voicemail: bool,
    is_transfer_number_set: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    transfer_number: Option<String>,
    overflow_after_wait_enabled: bool,
    overflow_after_wait_time: i64,
    play_overflow_greeting_enabled: bool,
    greeting: &'static str,
    audio_announcement_files: [Value; 0],
}

impl QueuePart {
    pub(super) fn new(
        settings: QueueSettings,
        distinctive_ring: bool,
        alternates: Vec<AlternateNumber>,
    ) -> Self {
        let QueueSettings {
            call_policies,
            queue_settings,
            allow_call_waiting_for_agents_enabled,
            allow_agent_join_enabled,
            phone_number_for_outgoing_calls_enabled,
            calling_line_id_policy,
            calling_line_id_phone_number,
            policies: _,
        } = settings;
        Self {
            call_policies,
            queue_settings: queue_settings.into(),
            allow_call_waiting_for_agents_enabled,
            allow_agent_join_enabled,
            phone_number_for_outgoing_calls_enabled,
            calling_line_id_policy,
            calling_line_id_phone_number,
            alternate_number_settings: AlternateNumberSettings {
                distinctive_ring_enabled: distinctive_ring,
                alternate_numbers: alternates,
            },
        }
    }
}

impl From<WaitingRoom> for RoomWire {
    fn from(room: WaitingRoom) -> Self {
        let WaitingRoom {
            queue_size,
            call_offer_tone_enabled,
            reset_call_statistics_enabled,
            overflow,
            assist,
            messages,
            use_enterprise_play_tone_to_agent_settings_enabled,
            play_tone_to_agent_for_barge_in_enabled,
            play_tone_to_agent_for_silent_monitoring_enabled,
            play_tone_to_agent_for_supervisor_coaching_enabled,
        } = room;
        let QueueMessages {
            welcome_message,
            wait_message,
            comfort_message,
            comfort_message_bypass,
            moh_message,
            whisper_message,
        } = messages;
        Self {
            queue_size,
            call_offer_tone_enabled,
            reset_call_statistics_enabled,
            overflow: overflow.into(),
            assist,
            welcome_message: welcome(&welcome_message),
            wait_message,
            comfort_message: comfort(&comfort_message),
            comfort_message_bypass: bypass(&comfort_message_bypass),
            moh_message: music(&moh_message),
            whisper_message: whisper(&whisper_message),
            use_enterprise_play_tone_to_agent_settings_enabled,
            play_tone_to_agent_for_barge_in_enabled,
            play_tone_to_agent_for_silent_monitoring_enabled,
            play_tone_to_agent_for_supervisor_coaching_enabled,
        }
    }
}

impl From<Overflow> for OverflowWire {
    fn from(overflow: Overflow) -> Self {
        let Overflow {
            action,
            send_to_voicemail,
            transfer_number,
            overflow_after_wait_enabled,
            overflow_after_wait_time,
            play_overflow_greeting_enabled,
        } = overflow;
        Self {
            action,
            send_to_voicemail,
            is_transfer_number_set: transfer_number.is_some(),
            transfer_number,
            overflow_after_wait_enabled,
            overflow_after_wait_time,
            play_overflow_greeting_enabled,
            greeting: "DEFAULT",
            audio_announcement_files: [],
        }
    }
}

/// An announcement of the platform's own; others cannot be chosen.
fn source(enabled: bool) -> Value {
    json!({ "enabled": enabled, "greeting": "DEFAULT", "audioAnnouncementFiles": [] })
}

fn welcome(message: &WelcomeMessage) -> Value {
    let WelcomeMessage {
        enabled,
        always_enabled,
    } = message;
    let mut value = source(*enabled);
    value["alwaysEnabled"] = (*always_enabled).into();
    value
}

fn comfort(message: &ComfortMessage) -> Value {
    let ComfortMessage {
        enabled,
        time_between_messages,
    } = message;
    let mut value = source(*enabled);
    value["timeBetweenMessages"] = (*time_between_messages).into();
    value
}

fn bypass(message: &ComfortMessageBypass) -> Value {
    let ComfortMessageBypass {
        enabled,
        call_waiting_age_threshold,
        play_announcement_after_ringing,
        ring_time_before_playing_announcement,
    } = message;
    let mut value = source(*enabled);
    value["callWaitingAgeThreshold"] = (*call_waiting_age_threshold).into();
    value["playAnnouncementAfterRinging"] = (*play_announcement_after_ringing).into();
    value["ringTimeBeforePlayingAnnouncement"] = (*ring_time_before_playing_announcement).into();
    value
}

fn music(message: &MusicOnHold) -> Value {
    let MusicOnHold { normal, alternate } = message;
    json!({ "normalSource": source(*normal), "alternateSource": source(*alternate) })
}

fn whisper(message: &Whisper) -> Value {
    source(message.enabled)
}
