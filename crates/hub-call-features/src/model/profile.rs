use std::collections::BTreeMap;

use hub_directory::public_api::e164;
use hub_numbers::{Held, Wanted};
use kit::{Error, Result};
use serde::{Deserialize, Serialize};

use super::fields::Fields;
use super::words::{CallerIdSelection, RingPattern};

/// How many alternate numbers something can have.
const MOST_ALTERNATES: usize = 10;

/// How a hunt group or a queue presents itself: language, names, and how its numbers ring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Profile {
    /// The location's where it is not set.
    pub(crate) language_code: Option<String>,
    /// The location's where it is not set.
    pub(crate) time_zone: Option<String>,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) caller_id_selection: CallerIdSelection,
    pub(crate) caller_id_custom_name: Option<String>,
    pub(crate) dial_by_name: Option<String>,
    pub(crate) distinctive_ring_enabled: bool,
    /// By alternate number; one that is not here rings normally.
    pub(crate) ring_patterns: BTreeMap<String, RingPattern>,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            language_code: None,
            time_zone: None,
            first_name: None,
            last_name: None,
            caller_id_selection: CallerIdSelection::DisplayName,
            caller_id_custom_name: None,
            dial_by_name: None,
            distinctive_ring_enabled: true,
            ring_patterns: BTreeMap::new(),
        }
    }
}

impl Profile {
    pub(crate) fn apply(&mut self, body: &Fields<'_>) -> Result<()> {
        body.text("languageCode", 10, &mut self.language_code)?;
        if let Some(code) = &mut self.language_code {
            *code = code.to_ascii_lowercase().replace('-', "_");
            if !looks_like_a_language(code) {
                return Err(Error::invalid("languageCode is written like en_us."));
            }
        }
        body.text("timeZone", 64, &mut self.time_zone)?;
        if self
            .time_zone
            .as_deref()
            .is_some_and(|zone| !looks_like_a_zone(zone))
        {
            return Err(Error::invalid("timeZone is a name like America/New_York."));
        }
        body.text("firstName", 64, &mut self.first_name)?;
        body.text("lastName", 64, &mut self.last_name)?;
        body.text("dialByName", 64, &mut self.dial_by_name)?;
        let Some(caller_id) = body.object("directLineCallerIdName")? else {
            return Ok(());
        };
        caller_id.choice("selection", &mut self.caller_id_selection)?;
        caller_id.text("customName", 128, &mut self.caller_id_custom_name)?;
        if self.caller_id_selection == CallerIdSelection::CustomName && self.caller_id_custom_name.is_none() {
            return Err(Error::invalid(
                "directLineCallerIdName.customName is missing: selection is CUSTOM_NAME, which shows that name.",
            ));
        }
        Ok(())
    }

    /// What the stock of numbers is to be asked for: what the body names, and otherwise what is held already.
    pub(crate) fn wanted(&mut self, body: &Fields<'_>, held: Option<&Held>) -> Result<Wanted> {
        let mut wanted = Wanted {
            number: held.and_then(|held| held.number.clone()),
            extension: held.and_then(|held| held.extension.clone()),
            alternates: held.map(|held| held.alternates.clone()).unwrap_or_default(),
        };
        body.text("phoneNumber", 40, &mut wanted.number)?;
        body.text("extension", 10, &mut wanted.extension)?;
        body.flag("distinctiveRing", &mut self.distinctive_ring_enabled)?;
        let mut lists = vec![body.objects("alternateNumbers")?];
        if let Some(settings) = body.object("alternateNumberSettings")? {
            settings.flag("distinctiveRingEnabled", &mut self.distinctive_ring_enabled)?;
            lists.push(settings.objects("alternateNumbers")?);
        }
        for list in lists.into_iter().flatten() {
            wanted.alternates = self.alternates(&list)?;
        }
        self.ring_patterns
            .retain(|number, _| wanted.alternates.contains(number));
        Ok(wanted)
    }

    fn alternates(&mut self, list: &[Fields<'_>]) -> Result<Vec<String>> {
        if list.len() > MOST_ALTERNATES {
            return Err(Error::invalid(format!(
                "alternateNumbers holds more than {MOST_ALTERNATES} numbers."
            )));
        }
        let mut numbers = Vec::with_capacity(list.len());
        for item in list {
            let mut number = None;
            item.text("phoneNumber", 40, &mut number)?;
            let number = e164(&number.ok_or_else(|| item.missing("phoneNumber"))?)?;
            let mut pattern = self
                .ring_patterns
                .get(&number)
                .copied()
                .unwrap_or(RingPattern::Normal);
            item.choice("ringPattern", &mut pattern)?;
            self.ring_patterns.insert(number.clone(), pattern);
            numbers.push(number);
        }
        Ok(numbers)
    }
}

fn looks_like_a_language(code: &str) -> bool {
    matches!(code.len(), 2..=6) && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

fn looks_like_a_zone(zone: &str) -> bool {
    zone.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte))
}

/// The name of a language, as answers show it beside its code.
pub(crate) fn language_name(code: &str) -> &'static str {
    match code.split('_').next().unwrap_or_default() {
        "de" => "German",
        "es" => "Spanish",
        "fr" => "French",
        "it" => "Italian",
        "ja" => "Japanese",
        "ko" => "Korean",
        "nl" => "Dutch",
        "pl" => "Polish",
        "pt" => "Portuguese",
        "sv" => "Swedish",
        "zh" => "Chinese",
        _ => "English",
    }
}
