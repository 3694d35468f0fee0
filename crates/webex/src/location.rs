use serde::{Deserialize, Deserializer, Serialize};

/// A location as `GET /v1/locations` answers it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub struct Location {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub org_id: String,
    #[serde(default)]
    pub address: LocationAddress,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred_language: Option<String>,
    #[serde(
        default,
        deserialize_with = "text_or_number",
        skip_serializing_if = "Option::is_none"
    )]
    pub latitude: Option<String>,
    #[serde(
        default,
        deserialize_with = "text_or_number",
        skip_serializing_if = "Option::is_none"
    )]
    pub longitude: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// Where a location is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub struct LocationAddress {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address1: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address2: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// The body of `POST` and `PUT /v1/locations` and of `POST /v1/telephony/config/locations`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub struct LocationWrite {
    /// Only where an existing location is enabled for calling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<LocationAddress>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred_language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announcement_language: Option<String>,
    #[serde(
        default,
        deserialize_with = "text_or_number",
        skip_serializing_if = "Option::is_none"
    )]
    pub latitude: Option<String>,
    #[serde(
        default,
        deserialize_with = "text_or_number",
        skip_serializing_if = "Option::is_none"
    )]
    pub longitude: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// A location's calling side, as `GET /v1/telephony/config/locations` answers it. The list has the keys up to
/// `e911SetupRequired`, the detail all but that one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub struct TelephonyLocation {
    pub id: String,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calling_line_id: Option<CallingLineId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routing_prefix: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside_dial_digit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enforce_outside_dial_digit: Option<bool>,
    #[serde(
        default,
        rename = "e911SetupRequired",
        skip_serializing_if = "Option::is_none"
    )]
    pub e911_setup_required: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announcement_language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_caller_id_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_domain: Option<String>,
}

/// How a location shows itself on an outgoing call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub struct CallingLineId {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The location's main number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
}

/// A page of `GET /v1/telephony/config/locations`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TelephonyLocations {
    /// The locations.
    pub locations: Vec<TelephonyLocation>,
}

/// The body of `PUT /v1/telephony/config/locations/{id}`: what is missing stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub struct TelephonyLocationWrite {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announcement_language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calling_line_id: Option<CallingLineId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_caller_id_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routing_prefix: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside_dial_digit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enforce_outside_dial_digit: Option<bool>,
}

/// Coordinates are texts in live answers and numbers in the published schema.
fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Coordinate {
        Text(String),
        Number(f64),
    }
    Ok(
        Option::<Coordinate>::deserialize(deserializer)?.map(|coordinate| match coordinate {
            Coordinate::Text(text) => text,
            Coordinate::Number(number) => number.to_string(),
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_may_be_texts_numbers_or_missing() {
        let read = |text: &str| serde_json::from_str::<LocationWrite>(text).unwrap().latitude;
        assert_eq!(read(r#"{"latitude":"12.9"}"#).as_deref(), Some("12.9"));
        assert_eq!(read(r#"{"latitude":12.9}"#).as_deref(), Some("12.9"));
        assert_eq!(read(r#"{"latitude":null}"#), None);
        assert_eq!(read("{}"), None);
    }

    #[test]
    fn the_odd_key_keeps_its_casing() {
        let location = TelephonyLocation {
            e911_setup_required: Some(false),
            ..TelephonyLocation::default()
        };
        let value = serde_json::to_value(location).unwrap();
        assert_eq!(value["e911SetupRequired"], false);
    }
}
