use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use kit::{Error, Result, Uuid};

/// What an id names; the third part of `ciscospark://us/PEOPLE/…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub enum ResourceKind {
    People,
    Organization,
    Role,
    License,
    Location,
    Place,
    Application,
    Authorization,
    /// The value is `<organization>:default` or `<organization>:<client id>`.
    Policy,
    /// The value is `<organization>:<client id>`.
    ApplicationUsage,
    Webhook,
    /// The value is `<group>:<organization>`.
    ScimGroup,
    VirtualLine,
    HuntGroup,
    CallQueue,
    AutoAttendant,
    Schedule,
    ScheduleEvent,
    ForwardingRule,
    JobId,
}

impl ResourceKind {
    /// The word inside the id.
    pub const fn word(self) -> &'static str {
        match self {
            Self::People => "PEOPLE",
            Self::Organization => "ORGANIZATION",
            Self::Role => "ROLE",
            Self::License => "LICENSE",
            Self::Location => "LOCATION",
            Self::Place => "PLACE",
            Self::Application => "APPLICATION",
            Self::Authorization => "AUTHORIZATION",
            Self::Policy => "POLICY",
            Self::ApplicationUsage => "APPLICATION_USAGE",
            Self::Webhook => "WEBHOOK",
            Self::ScimGroup => "SCIM_GROUP",
            Self::ForwardingRule => "CALL_FORWARDING_SELECTIVE_RULE",
            Self::JobId => "JOB_ID",
            Self::Schedule => "SCHEDULE",
            Self::ScheduleEvent => "SCHEDULE_EVENT",
            Self::AutoAttendant => "AUTO_ATTENDANT",
            Self::CallQueue => "CALL_QUEUE",
            Self::HuntGroup => "HUNT_GROUP",
            Self::VirtualLine => "VIRTUAL_LINE",
        }
    }
}

/// An id as the public API writes it: base64url without padding of `ciscospark://us/<KIND>/<value>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PublicId {
    kind: ResourceKind,
    value: String,
}

impl PublicId {
    /// The id of this kind around this value (a UUID for most kinds, a name for roles).
    pub fn new(kind: ResourceKind, value: impl Into<String>) -> Self {
        Self {
            kind,
            value: value.into(),
        }
    }

    /// The id of this kind around a UUID.
    pub fn of_uuid(kind: ResourceKind, uuid: Uuid) -> Self {
        Self::new(kind, uuid.to_string())
    }

    /// The text of [`PublicId::of_uuid`] without the steps between: a page of people has hundreds of them.
    pub fn text_of_uuid(kind: ResourceKind, uuid: Uuid) -> String {
        let mut text = String::with_capacity(96);
        text.push_str("ciscospark://us/");
        text.push_str(kind.word());
        text.push('/');
        text.push_str(uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
        URL_SAFE_NO_PAD.encode(text)
    }

    /// What stands behind the last slash.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Reads an id of this kind. The raw value alone (a UUID, a role's key) is accepted too, as Webex does in
    /// practice; an id of another kind is not.
    pub fn parse(kind: ResourceKind, text: &str) -> Result<Self> {
        let unreadable = || {
            let shown: String = text.chars().take(120).collect();
            Error::invalid(format!("“{shown}” is not the id of {}.", article(kind)))
        };
        if Uuid::parse_str(text).is_ok() {
            return Ok(Self::new(kind, text.to_ascii_lowercase()));
        }
        let bytes = URL_SAFE_NO_PAD
            .decode(text)
            .or_else(|_| URL_SAFE.decode(text))
            .map_err(|_| unreadable())?;
        let decoded = String::from_utf8(bytes).map_err(|_| unreadable())?;
        let rest = decoded.strip_prefix("ciscospark://").ok_or_else(unreadable)?;
        let mut parts = rest.splitn(3, '/');
        let (_cluster, word, value) = (parts.next(), parts.next(), parts.next());
        match (word, value) {
            (Some(word), Some(value)) if word == kind.word() && !value.is_empty() => {
                Ok(Self::new(kind, value))
            }
            _ => Err(unreadable()),
        }
    }

    /// Reads an id of this kind whose value is a UUID.
    pub fn parse_uuid(kind: ResourceKind, text: &str) -> Result<Uuid> {
        let id = Self::parse(kind, text)?;
        Uuid::parse_str(&id.value).map_err(|_| {
            Error::invalid(format!(
                "The id “{}” does not hold a UUID.",
                text.chars().take(120).collect::<String>()
            ))
        })
    }
}

const fn article(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::People => "a person",
        ResourceKind::Organization => "an organization",
        ResourceKind::Role => "a role",
        ResourceKind::License => "a licence",
        ResourceKind::Location => "a location",
        ResourceKind::Place => "a workspace",
        ResourceKind::Application => "an application",
        ResourceKind::Authorization => "an authorization",
        ResourceKind::Policy => "a policy",
        ResourceKind::ApplicationUsage => "the usage of an application",
        ResourceKind::Webhook => "a webhook",
        ResourceKind::ScimGroup => "a group",
        ResourceKind::ForwardingRule => "a forwarding rule",
        ResourceKind::JobId => "a job",
        ResourceKind::Schedule => "a schedule",
        ResourceKind::ScheduleEvent => "an event of a schedule",
        ResourceKind::AutoAttendant => "an auto attendant",
        ResourceKind::CallQueue => "a call queue",
        ResourceKind::HuntGroup => "a hunt group",
        ResourceKind::VirtualLine => "a virtual line",
    }
}

impl fmt::Display for PublicId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("ciscospark://us/{}/{}", self.kind.word(), self.value);
        formatter.write_str(&URL_SAFE_NO_PAD.encode(text))
    }
}

impl serde::Serialize for PublicId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The application id (Control Hub's “Integration ID” column) of a client id.
pub fn application_id(client_id: &str) -> String {
    PublicId::new(ResourceKind::Application, client_id).to_string()
}

/// The client id inside an application id; the two are one thing in two spellings.
pub fn client_id_of_application(application_id: &str) -> Option<String> {
    PublicId::parse(ResourceKind::Application, application_id)
        .ok()
        .map(|id| id.value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_full_administrator_has_the_published_id() {
        let id = PublicId::new(ResourceKind::Role, "id_full_admin").to_string();
        assert_eq!(id, "Y2lzY29zcGFyazovL3VzL1JPTEUvaWRfZnVsbF9hZG1pbg");
    }

    #[test]
    fn the_short_way_to_the_text_of_a_uuid_leads_to_the_same_text() {
        let uuid = Uuid::from_u128(0x0f1e_2d3c_4b5a_6978_8796_a5b4_c3d2_e1f0);
        for kind in [ResourceKind::People, ResourceKind::Location] {
            let long = PublicId::of_uuid(kind, uuid).to_string();
            assert_eq!(PublicId::text_of_uuid(kind, uuid), long);
        }
    }

    #[test]
    fn an_id_of_another_kind_is_refused_in_words() {
        let id = PublicId::new(ResourceKind::Role, "id_full_admin").to_string();
        let error = PublicId::parse(ResourceKind::People, &id).unwrap_err();
        assert_eq!(error.public(), format!("“{id}” is not the id of a person."));
    }

    #[test]
    fn application_ids_begin_as_control_hub_shows_them() {
        let id = application_id("C89a4ba3aa80c33dd80bfc17a1572c5026049234c0aa90b7793b47dac37d7fa6c");
        assert!(id.starts_with("Y2lzY29zcGFyazovL"));
        assert_eq!(
            client_id_of_application(&id).as_deref(),
            Some("C89a4ba3aa80c33dd80bfc17a1572c5026049234c0aa90b7793b47dac37d7fa6c")
        );
    }

    proptest! {
        #[test]
        fn whatever_is_written_reads_back_and_nothing_panics(value in "[a-zA-Z0-9:_.-]{1,60}", junk in ".{0,80}") {
            let id = PublicId::new(ResourceKind::License, value);
            prop_assert_eq!(PublicId::parse(ResourceKind::License, &id.to_string()).unwrap(), id);
            let _ = PublicId::parse(ResourceKind::People, &junk);
        }
    }
}
