use kit::{Error, Result};
use serde::{Deserialize, Serialize};

use super::dialable::dialable;
use super::fields::Fields;
use super::words::{CalledNumberKind, CallsFromSelection, ForwardToSelection};

/// How many numbers a rule can name.
const MOST_CALLERS: usize = 12;
const LONGEST_RULE_NAME: usize = 30;

/// How calls to a feature are forwarded: always, or by the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Forwarding {
    pub(crate) always: ForwardAll,
    pub(crate) selective: ForwardAll,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ForwardAll {
    pub(crate) enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) destination: Option<String>,
    pub(crate) ring_reminder_enabled: bool,
    pub(crate) send_to_voicemail_enabled: bool,
}

/// A rule by which some calls are forwarded and others are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ForwardingRule {
    pub(crate) name: String,
    pub(crate) settings: RuleSettings,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RuleSettings {
    pub(crate) enabled: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) holiday_schedule: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) business_schedule: Option<String>,
    pub(crate) forward_to: ForwardTo,
    pub(crate) calls_to: CallsTo,
    pub(crate) calls_from: CallsFrom,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ForwardTo {
    pub(crate) selection: ForwardToSelection,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) phone_number: Option<String>,
}

/// Which of the feature's numbers was called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CallsTo {
    pub(crate) numbers: Vec<CalledNumber>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CalledNumber {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) phone_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) extension: Option<String>,
    #[serde(rename = "type")]
    pub(crate) kind: CalledNumberKind,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CallsFrom {
    pub(crate) selection: CallsFromSelection,
    pub(crate) custom_numbers: CustomNumbers,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CustomNumbers {
    pub(crate) private_number_enabled: bool,
    pub(crate) unavailable_number_enabled: bool,
    pub(crate) numbers: Vec<String>,
}

impl Default for RuleSettings {
    fn default() -> Self {
        Self {
            enabled: false,
            holiday_schedule: None,
            business_schedule: None,
            forward_to: ForwardTo {
                selection: ForwardToSelection::DefaultNumber,
                phone_number: None,
            },
            calls_to: CallsTo::default(),
            calls_from: CallsFrom {
                selection: CallsFromSelection::Any,
                custom_numbers: CustomNumbers::default(),
            },
        }
    }
}

impl Forwarding {
    /// Changes what the body names of both ways.
    pub(crate) fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        if let Some(always) = body.object("always")? {
            self.always.apply(&always)?;
        }
        if let Some(selective) = body.object("selective")? {
            self.selective.apply(&selective)?;
        }
        if let Some(modes) = body.object("operatingModes")? {
            let mut enabled = false;
            modes.flag("enabled", &mut enabled)?;
            if enabled {
                return Err(Error::invalid(format!(
                    "{} must be false: this organization has no operating modes.",
                    modes.way_to("enabled")
                )));
            }
        }
        Ok(())
    }
}

impl ForwardAll {
    fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.flag("enabled", &mut self.enabled)?;
        body.destination("destination", &mut self.destination)?;
        body.flag("ringReminderEnabled", &mut self.ring_reminder_enabled)?;
        // The platform's own pages and its SDK call this switch by three names.
        for name in [
            "destinationVoiceMailEnabled",
            "destinationVoicemailEnabled",
            "sendToVoicemailEnabled",
        ] {
            body.flag(name, &mut self.send_to_voicemail_enabled)?;
        }
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

impl ForwardingRule {
    /// A new rule out of a body.
    pub(crate) fn new(body: &Fields<'_>) -> Result<Self> {
        for key in ["name", "forwardTo", "callsTo", "callsFrom"] {
            if !body.has(key) {
                return Err(body.missing(key));
            }
        }
        let mut rule = Self {
            name: String::new(),
            settings: RuleSettings::default(),
        };
        rule.apply(body)?;
        Ok(rule)
    }

    /// Changes what the body names.
    pub(crate) fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.name("name", LONGEST_RULE_NAME, &mut self.name)?;
        let settings = &mut self.settings;
        body.flag("enabled", &mut settings.enabled)?;
        body.text("holidaySchedule", 80, &mut settings.holiday_schedule)?;
        body.text("businessSchedule", 80, &mut settings.business_schedule)?;
        if let Some(forward) = body.object("forwardTo")? {
            settings.forward_to.apply(&forward)?;
        }
        if let Some(numbers) = body
            .object("callsTo")?
            .map(|to| to.objects("numbers"))
            .transpose()?
        {
            settings.calls_to.numbers = numbers
                .unwrap_or_default()
                .iter()
                .map(CalledNumber::of)
                .collect::<Result<_>>()?;
        }
        match body.object("callsFrom")? {
            Some(from) => settings.calls_from.apply(&from),
            None => Ok(()),
        }
    }
}

impl ForwardTo {
    fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.choice("selection", &mut self.selection)?;
        body.destination("phoneNumber", &mut self.phone_number)?;
        if self.selection == ForwardToSelection::SpecifiedNumber && self.phone_number.is_none() {
            return Err(Error::invalid(format!(
                "{} is missing: {} is FORWARD_TO_SPECIFIED_NUMBER.",
                body.way_to("phoneNumber"),
                body.way_to("selection")
            )));
        }
        Ok(())
    }
}

impl CalledNumber {
    fn of(item: &Fields<'_>) -> Result<Self> {
        let mut number = Self {
            phone_number: None,
            extension: None,
            kind: CalledNumberKind::Primary,
        };
        item.destination("phoneNumber", &mut number.phone_number)?;
        item.destination("extension", &mut number.extension)?;
        item.choice("type", &mut number.kind)?;
        if number.phone_number.is_none() && number.extension.is_none() {
            return Err(item.missing("phoneNumber"));
        }
        Ok(number)
    }
}

impl CallsFrom {
    fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.choice("selection", &mut self.selection)?;
        let Some(custom) = body.object("customNumbers")? else {
            return Ok(());
        };
        let present = &mut self.custom_numbers;
        custom.flag("privateNumberEnabled", &mut present.private_number_enabled)?;
        custom.flag(
            "unavailableNumberEnabled",
            &mut present.unavailable_number_enabled,
        )?;
        let Some(numbers) = custom.texts("numbers")? else {
            return Ok(());
        };
        if numbers.len() > MOST_CALLERS {
            return Err(Error::invalid(format!(
                "{} holds more than {MOST_CALLERS} numbers.",
                custom.way_to("numbers")
            )));
        }
        present.numbers = numbers
            .into_iter()
            .map(|number| dialable(&custom.way_to("numbers"), number))
            .collect::<Result<_>>()?;
        Ok(())
    }
}
