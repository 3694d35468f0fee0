use serde::Deserialize;
use serde_json::{Value, json};

use crate::model::person_settings::{CallForwarding, CallWaiting, DoNotDisturb, Voicemail};
use crate::use_cases::person_settings::ChangesTogether;

/// What the form sends. A box that is not ticked sends nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SettingsForm {
    pub(super) always: Option<String>,
    pub(super) always_destination: String,
    pub(super) ring_reminder: Option<String>,
    pub(super) busy: Option<String>,
    pub(super) busy_destination: String,
    pub(super) no_answer: Option<String>,
    pub(super) no_answer_destination: String,
    pub(super) rings: String,
    pub(super) continuity: Option<String>,
    pub(super) continuity_destination: String,
    pub(super) voicemail: Option<String>,
    pub(super) voicemail_all: Option<String>,
    pub(super) voicemail_busy: Option<String>,
    pub(super) voicemail_unanswered: Option<String>,
    pub(super) voicemail_rings: String,
    pub(super) notify: Option<String>,
    pub(super) notify_address: String,
    pub(super) copy: Option<String>,
    pub(super) copy_address: String,
    pub(super) transfer: Option<String>,
    pub(super) transfer_destination: String,
    pub(super) do_not_disturb: Option<String>,
    pub(super) ring_splash: Option<String>,
    pub(super) call_waiting: Option<String>,
}

fn ticked(is: bool) -> Option<String> {
    is.then(|| "on".to_owned())
}

fn text(value: Option<String>) -> String {
    value.unwrap_or_default()
}

impl SettingsForm {
    /// The form as it is opened.
    pub(super) fn of(
        forwarding: CallForwarding,
        voicemail: Voicemail,
        dnd: &DoNotDisturb,
        waiting: &CallWaiting,
    ) -> Self {
        let ways = forwarding.call_forwarding;
        let continuity = forwarding.business_continuity;
        Self {
            always: ticked(ways.always.enabled),
            always_destination: text(ways.always.destination),
            ring_reminder: ticked(ways.always.ring_reminder_enabled),
            busy: ticked(ways.busy.enabled),
            busy_destination: text(ways.busy.destination),
            no_answer: ticked(ways.no_answer.enabled),
            no_answer_destination: text(ways.no_answer.destination),
            rings: ways.no_answer.number_of_rings.to_string(),
            continuity: ticked(continuity.enabled),
            continuity_destination: text(continuity.destination),
            voicemail: ticked(voicemail.enabled),
            voicemail_all: ticked(voicemail.send_all_calls.enabled),
            voicemail_busy: ticked(voicemail.send_busy_calls.enabled),
            voicemail_unanswered: ticked(voicemail.send_unanswered_calls.enabled),
            voicemail_rings: voicemail.send_unanswered_calls.number_of_rings.to_string(),
            notify: ticked(voicemail.notifications.enabled),
            notify_address: text(voicemail.notifications.destination),
            copy: ticked(voicemail.email_copy_of_message.enabled),
            copy_address: text(voicemail.email_copy_of_message.email_id),
            transfer: ticked(voicemail.transfer_to_number.enabled),
            transfer_destination: text(voicemail.transfer_to_number.destination),
            do_not_disturb: ticked(dnd.enabled),
            ring_splash: ticked(dnd.ring_splash_enabled),
            call_waiting: ticked(waiting.enabled),
        }
    }

    /// The same as the API takes it. What the form does not show stays as it is.
    pub(super) fn changes(&self) -> ChangesTogether {
        let way = |enabled: &Option<String>, destination: &str| json!({ "enabled": enabled.is_some(), "destination": destination });
        let mut always = way(&self.always, &self.always_destination);
        always["ringReminderEnabled"] = self.ring_reminder.is_some().into();
        let mut no_answer = way(&self.no_answer, &self.no_answer_destination);
        no_answer["numberOfRings"] = number(&self.rings);
        let mut unanswered = json!({ "enabled": self.voicemail_unanswered.is_some() });
        unanswered["numberOfRings"] = number(&self.voicemail_rings);
        ChangesTogether {
            forwarding: json!({
                "callForwarding": {
                    "always": always,
                    "busy": way(&self.busy, &self.busy_destination),
                    "noAnswer": no_answer,
                },
                "businessContinuity": way(&self.continuity, &self.continuity_destination),
            }),
            voicemail: json!({
                "enabled": self.voicemail.is_some(),
                "sendAllCalls": { "enabled": self.voicemail_all.is_some() },
                "sendBusyCalls": { "enabled": self.voicemail_busy.is_some() },
                "sendUnansweredCalls": unanswered,
                "notifications": way(&self.notify, &self.notify_address),
                "emailCopyOfMessage": { "enabled": self.copy.is_some(), "emailId": self.copy_address },
                "transferToNumber": way(&self.transfer, &self.transfer_destination),
            }),
            do_not_disturb: json!({
                "enabled": self.do_not_disturb.is_some(),
                "ringSplashEnabled": self.ring_splash.is_some(),
            }),
            call_waiting: json!({ "enabled": self.call_waiting.is_some() }),
        }
    }
}

/// What is no number is out of every range, and its refusal names the range.
fn number(text: &str) -> Value {
    text.trim().parse::<i64>().unwrap_or(-1).into()
}

/// A refusal names the members of the API; the page calls them by its labels and leads to the field.
pub(super) fn in_words_of_the_page(sentence: &str) -> (&'static str, String) {
    const NAMES: [(&str, &str, &str); 9] = [
        (
            "callForwarding.always.destination",
            "always_destination",
            "Always forward to",
        ),
        (
            "callForwarding.busy.destination",
            "busy_destination",
            "Forward when busy to",
        ),
        (
            "callForwarding.noAnswer.destination",
            "no_answer_destination",
            "Forward when not answered to",
        ),
        (
            "callForwarding.noAnswer.numberOfRings",
            "rings",
            "The number of rings before forwarding",
        ),
        (
            "businessContinuity.destination",
            "continuity_destination",
            "Forward when not reachable to",
        ),
        (
            "sendUnansweredCalls.numberOfRings",
            "voicemail_rings",
            "The number of rings before voicemail",
        ),
        ("notifications.destination", "notify_address", "Notify at"),
        ("emailCopyOfMessage.emailId", "copy_address", "Send a copy to"),
        (
            "transferToNumber.destination",
            "transfer_destination",
            "The destination of 0",
        ),
    ];
    for (member, field, label) in NAMES {
        if let Some(rest) = sentence.strip_prefix(member) {
            return (field, format!("{label}{rest}"));
        }
    }
    ("", sentence.to_owned())
}
