use kit::Timestamp;
use serde::{Deserialize, Serialize};

/// A person as `GET /v1/people` answers them. What is `None` (or an empty list of numbers) is not on the wire.
///
/// `phoneNumbers`, `extension` and `locationId` come with `callingData=true` only; `roles`, `licenses` and
/// `loginEnabled` only to administrators; `status` and `lastActivity` only to somebody who shares presence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub struct Person {
    pub id: String,
    #[serde(default)]
    pub emails: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phone_numbers: Vec<PhoneNumber>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_id: Option<String>,
    #[serde(default)]
    pub display_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nick_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    #[serde(default)]
    pub org_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licenses: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// The manager's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<PersonAddress>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<Timestamp>,
    /// The published schema says `timezone`; SDKs and live answers say `timeZone`.
    #[serde(default, alias = "timezone", skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_activity: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub site_urls: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sip_addresses: Vec<SipAddress>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<PersonStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite_pending: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login_enabled: Option<bool>,
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<PersonKind>,
}

/// A number of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub struct PhoneNumber {
    #[serde(rename = "type")]
    pub kind: PhoneNumberKind,
    pub value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary: Option<bool>,
}

/// What a number is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub enum PhoneNumberKind {
    Work,
    /// Routing prefix and extension; read-only.
    WorkExtension,
    Mobile,
    Fax,
    Enterprise,
    Alternate1,
    Alternate2,
    /// A kind that Webex added after this was written.
    #[serde(other)]
    Other,
}

/// An address of the SIP world that reaches a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub struct SipAddress {
    #[serde(rename = "type")]
    pub kind: SipAddressKind,
    pub value: String,
    #[serde(default)]
    pub primary: bool,
}

/// What a SIP address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub enum SipAddressKind {
    PersonalRoom,
    Enterprise,
    CloudCalling,
    /// A kind that Webex added after this was written.
    #[serde(other)]
    Unknown,
}

/// A postal address of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub struct PersonAddress {
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locality: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street_address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
}

/// Presence. The mixed spelling is Webex's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub enum PersonStatus {
    #[serde(rename = "active")]
    Active,
    #[serde(rename = "call")]
    Call,
    DoNotDisturb,
    #[serde(rename = "inactive")]
    Inactive,
    #[serde(rename = "meeting")]
    Meeting,
    OutOfOffice,
    #[serde(rename = "pending")]
    Pending,
    #[serde(rename = "presenting")]
    Presenting,
    /// Also whatever Webex added after this was written.
    #[serde(rename = "unknown", other)]
    Unknown,
}

impl PersonStatus {
    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Call => "call",
            Self::DoNotDisturb => "DoNotDisturb",
            Self::Inactive => "inactive",
            Self::Meeting => "meeting",
            Self::OutOfOffice => "OutOfOffice",
            Self::Pending => "pending",
            Self::Presenting => "presenting",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the word; what is not known is [`Self::Unknown`].
    pub fn from_word(word: &str) -> Self {
        let known = [
            Self::Active,
            Self::Call,
            Self::DoNotDisturb,
            Self::Inactive,
            Self::Meeting,
            Self::OutOfOffice,
            Self::Pending,
            Self::Presenting,
        ];
        known
            .into_iter()
            .find(|status| status.word() == word)
            .unwrap_or(Self::Unknown)
    }
}

/// What kind of account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub enum PersonKind {
    Person,
    Bot,
    Appuser,
    /// A kind that Webex added after this was written.
    #[serde(other)]
    Other,
}

/// A page of people. `notFoundIds` is null unless the request named ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub struct PeoplePage {
    #[serde(default)]
    pub not_found_ids: Option<Vec<String>>,
    pub items: Vec<Person>,
}

/// The body of `POST` and `PUT /v1/people`. Keys that only answers have are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub struct PersonWrite {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emails: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_numbers: Option<Vec<PhoneNumber>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nick_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licenses: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addresses: Option<Vec<PersonAddress>>,
    #[serde(default, alias = "timezone", skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login_enabled: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_live_answer_is_read_and_written_back_as_it_came() {
        let text = r#"{"id":"a","emails":["pod0@example.wbx.ai"],"displayName":"Pod 0","nickName":"Pod","firstName":"Pod","lastName":"0","orgId":"o","roles":["r"],"licenses":["l"],"created":"2026-09-23T10:06:45.423Z","lastModified":"2026-09-23T10:08:45.930Z","siteUrls":["x.webex.com"],"sipAddresses":[{"type":"cloud-calling","value":"pod0@example.calls.webex.com","primary":true}],"status":"DoNotDisturb","invitePending":false,"loginEnabled":true,"type":"person"}"#;
        let person: Person = serde_json::from_str(text).unwrap();
        assert_eq!(person.status, Some(PersonStatus::DoNotDisturb));
        assert_eq!(serde_json::to_string(&person).unwrap(), text);
    }

    #[test]
    fn what_webex_adds_tomorrow_does_not_stop_a_reader() {
        let text = r#"{"id":"a","status":"levitating","type":"android","timezone":"Europe/Rome","new":{"x":1},
            "phoneNumbers":[{"type":"satellite","value":"+1"}],"sipAddresses":[{"type":"lunar","value":"v"}]}"#;
        let person: Person = serde_json::from_str(text).unwrap();
        assert_eq!(person.status, Some(PersonStatus::Unknown));
        assert_eq!(person.kind, Some(PersonKind::Other));
        assert_eq!(person.time_zone.as_deref(), Some("Europe/Rome"));
        assert_eq!(person.phone_numbers[0].kind, PhoneNumberKind::Other);
    }

    #[test]
    fn every_status_reads_back() {
        for word in [
            "active",
            "call",
            "DoNotDisturb",
            "inactive",
            "meeting",
            "OutOfOffice",
            "pending",
            "presenting",
            "unknown",
        ] {
            let status = PersonStatus::from_word(word);
            assert_eq!(status.word(), word);
            assert_eq!(serde_json::to_value(status).unwrap(), word);
        }
    }
}
