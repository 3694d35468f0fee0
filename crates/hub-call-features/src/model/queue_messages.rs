use kit::Result;
use serde::{Deserialize, Serialize};

use super::fields::Fields;
use super::words::WaitMode;

/// What callers and agents of a queue hear. Only the platform's own announcements can be played.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct QueueMessages {
    pub(crate) welcome_message: WelcomeMessage,
    pub(crate) wait_message: WaitMessage,
    pub(crate) comfort_message: ComfortMessage,
    pub(crate) comfort_message_bypass: ComfortMessageBypass,
    pub(crate) moh_message: MusicOnHold,
    pub(crate) whisper_message: Whisper,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct WelcomeMessage {
    pub(crate) enabled: bool,
    pub(crate) always_enabled: bool,
}

impl Default for WelcomeMessage {
    fn default() -> Self {
        Self {
            enabled: true,
            always_enabled: false,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct WaitMessage {
    pub(crate) enabled: bool,
    pub(crate) wait_mode: WaitMode,
    pub(crate) handling_time: i64,
    pub(crate) default_handling_time: i64,
    pub(crate) queue_position: i64,
    pub(crate) high_volume_message_enabled: bool,
    pub(crate) estimated_waiting_time: i64,
    pub(crate) callback_option_enabled: bool,
    pub(crate) minimum_estimated_callback_time: i64,
    pub(crate) international_callback_enabled: bool,
    pub(crate) play_updated_estimated_wait_message: bool,
}

impl Default for WaitMessage {
    fn default() -> Self {
        Self {
            enabled: false,
            wait_mode: WaitMode::Position,
            handling_time: 100,
            default_handling_time: 5,
            queue_position: 100,
            high_volume_message_enabled: false,
            estimated_waiting_time: 600,
            callback_option_enabled: false,
            minimum_estimated_callback_time: 30,
            international_callback_enabled: false,
            play_updated_estimated_wait_message: false,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ComfortMessage {
    pub(crate) enabled: bool,
    pub(crate) time_between_messages: i64,
}

impl Default for ComfortMessage {
    fn default() -> Self {
        Self {
            enabled: false,
            time_between_messages: 10,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ComfortMessageBypass {
    pub(crate) enabled: bool,
    pub(crate) call_waiting_age_threshold: i64,
    pub(crate) play_announcement_after_ringing: bool,
    pub(crate) ring_time_before_playing_announcement: i64,
}

impl Default for ComfortMessageBypass {
    fn default() -> Self {
        Self {
            enabled: false,
            call_waiting_age_threshold: 30,
            play_announcement_after_ringing: false,
            ring_time_before_playing_announcement: 10,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct MusicOnHold {
    pub(crate) normal: bool,
    pub(crate) alternate: bool,
}

impl Default for MusicOnHold {
    fn default() -> Self {
        Self {
            normal: true,
            alternate: false,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Whisper {
    pub(crate) enabled: bool,
}

/// Refuses every announcement but the platform's own.
pub(super) fn only_default(body: &Fields<'_>) -> Result<()> {
    body.only_default_greeting("greeting", "audioAnnouncementFiles")
}

impl QueueMessages {
    pub(super) fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        if let Some(welcome) = body.object("welcomeMessage")? {
            welcome.flag("enabled", &mut self.welcome_message.enabled)?;
            welcome.flag("alwaysEnabled", &mut self.welcome_message.always_enabled)?;
            only_default(&welcome)?;
        }
        if let Some(wait) = body.object("waitMessage")? {
            self.wait_message.apply(&wait)?;
        }
        if let Some(comfort) = body.object("comfortMessage")? {
            let present = &mut self.comfort_message;
            comfort.flag("enabled", &mut present.enabled)?;
            comfort.count(
                "timeBetweenMessages",
                10..=600,
                &mut present.time_between_messages,
            )?;
            only_default(&comfort)?;
        }
        if let Some(bypass) = body.object("comfortMessageBypass")? {
            self.comfort_message_bypass.apply(&bypass)?;
        }
        if let Some(music) = body.object("mohMessage")? {
            let sources = [
                ("normalSource", &mut self.moh_message.normal),
                ("alternateSource", &mut self.moh_message.alternate),
            ];
            for (key, enabled) in sources {
                if let Some(source) = music.object(key)? {
                    source.flag("enabled", enabled)?;
                    only_default(&source)?;
                }
            }
        }
        if let Some(whisper) = body.object("whisperMessage")? {
            whisper.flag("enabled", &mut self.whisper_message.enabled)?;
            only_default(&whisper)?;
        }
        Ok(())
    }
}

impl WaitMessage {
    fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.flag("enabled", &mut self.enabled)?;
        body.choice("waitMode", &mut self.wait_mode)?;
        body.count("handlingTime", 10..=100, &mut self.handling_time)?;
        body.count("defaultHandlingTime", 1..=100, &mut self.default_handling_time)?;
        body.count("queuePosition", 10..=100, &mut self.queue_position)?;
        body.flag("highVolumeMessageEnabled", &mut self.high_volume_message_enabled)?;
        body.count("estimatedWaitingTime", 10..=600, &mut self.estimated_waiting_time)?;
        body.flag("callbackOptionEnabled", &mut self.callback_option_enabled)?;
        body.count(
            "minimumEstimatedCallbackTime",
            1..=100,
            &mut self.minimum_estimated_callback_time,
        )?;
        body.flag(
            "internationalCallbackEnabled",
            &mut self.international_callback_enabled,
        )?;
        body.flag(
            "playUpdatedEstimatedWaitMessage",
            &mut self.play_updated_estimated_wait_message,
        )
    }
}

impl ComfortMessageBypass {
    fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.flag("enabled", &mut self.enabled)?;
        body.count(
            "callWaitingAgeThreshold",
            1..=120,
            &mut self.call_waiting_age_threshold,
        )?;
        body.flag(
            "playAnnouncementAfterRinging",
            &mut self.play_announcement_after_ringing,
        )?;
        body.count(
            "ringTimeBeforePlayingAnnouncement",
            1..=120,
            &mut self.ring_time_before_playing_announcement,
        )?;
        only_default(body)
    }
}
