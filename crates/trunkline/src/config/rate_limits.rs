//! How much one token may ask of the Hub's public API.

use clap::ValueEnum;
use hub::RateLimits;
use kit_web::Quota;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Whether limits are kept at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RateLimitSwitch {
    /// Refuse with 429 what the limits do not allow.
    On,
    /// Refuse nothing.
    Off,
}

/// One limit: `300/60s`, or `off`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit(Option<Quota>);

impl Serialize for Limit {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self.0 {
            Some(quota) => serializer.collect_str(&quota),
            None => serializer.serialize_str("off"),
        }
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.trim() == "off" {
            return Ok(Self(None));
        }
        let quota = text.parse::<Quota>();
        quota
            .map(|quota| Self(Some(quota)))
            .map_err(|error| serde::de::Error::custom(error.public().trim_end_matches('.')))
    }
}

/// `[limits]`: the limits themselves.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LimitsConfig {
    people_lists: Limit,
    people_reads: Limit,
    call_records: Limit,
    call_record_pages: Limit,
    general: Limit,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        let RateLimits {
            people_lists,
            people_reads,
            call_records,
            call_record_pages,
            general,
        } = RateLimits::default();
        Self {
            people_lists: Limit(people_lists),
            people_reads: Limit(people_reads),
            call_records: Limit(call_records),
            call_record_pages: Limit(call_record_pages),
            general: Limit(general),
        }
    }
}

impl LimitsConfig {
    /// What the composition asks for.
    pub(crate) fn options(&self, switch: RateLimitSwitch) -> RateLimits {
        if switch == RateLimitSwitch::Off {
            return RateLimits::OFF;
        }
        let Self {
            people_lists,
            people_reads,
            call_records,
            call_record_pages,
            general,
        } = self;
        RateLimits {
            people_lists: people_lists.0,
            people_reads: people_reads.0,
            call_records: call_records.0,
            call_record_pages: call_record_pages.0,
            general: general.0,
        }
    }
}
