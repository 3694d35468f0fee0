//! What a security event token says (RFC 8417), in our own words and, where they have one, in those of CAEP and RISC.

use kit::Timestamp;
use serde_json::{Map, Value, json};
use webex::{PublicId, ResourceKind};

use super::stream::Stream;
use crate::SecurityEventKind as Kind;

/// The event by which somebody proves that a stream works.
pub(crate) const VERIFICATION: &str = "https://schemas.openid.net/secevent/ssf/event-type/verification";
/// The event by which a stream says that its status changed by itself.
pub(crate) const STREAM_UPDATED: &str = "https://schemas.openid.net/secevent/ssf/event-type/stream-updated";

const CREDENTIAL_CHANGE: &str = "https://schemas.openid.net/secevent/caep/event-type/credential-change";
const SESSION_REVOKED: &str = "https://schemas.openid.net/secevent/caep/event-type/session-revoked";
const TOKEN_CLAIMS_CHANGE: &str = "https://schemas.openid.net/secevent/caep/event-type/token-claims-change";
const ACCOUNT_DISABLED: &str = "https://schemas.openid.net/secevent/risc/event-type/account-disabled";
const ACCOUNT_ENABLED: &str = "https://schemas.openid.net/secevent/risc/event-type/account-enabled";
const ACCOUNT_PURGED: &str = "https://schemas.openid.net/secevent/risc/event-type/account-purged";

/// Our own type of an event.
pub(crate) fn own_type(issuer: &str, kind: Kind) -> String {
    format!("{issuer}/secevent/event-type/{}", kind.word())
}

/// The type that others know, with the members that it wants.
fn common_type(kind: Kind) -> Option<(&'static str, Value)> {
    let found = match kind {
        Kind::PasswordChanged | Kind::PasswordReset => (
            CREDENTIAL_CHANGE,
            json!({"credential_type": "password", "change_type": "update"}),
        ),
        Kind::Deactivated => (ACCOUNT_DISABLED, json!({})),
        Kind::Reactivated => (ACCOUNT_ENABLED, json!({})),
        Kind::Deleted => (ACCOUNT_PURGED, json!({})),
        Kind::FullAdministratorRemoved => (
            TOKEN_CLAIMS_CHANGE,
            json!({"claims": {"full_administrator": false}}),
        ),
        Kind::CallRecordsRoleRemoved => (
            TOKEN_CLAIMS_CHANGE,
            json!({"claims": {"call_records_role": false}}),
        ),
        Kind::AccessReset
        | Kind::IntegrationBlocked
        | Kind::IntegrationRevoked
        | Kind::IntegrationDeleted
        | Kind::AuthorizationDeleted
        | Kind::AuthorizationRevokedByClient
        | Kind::ConsentWithdrawn
        | Kind::RefreshExpired
        | Kind::RefreshTokenStolen
        | Kind::OrganizationClosed => (SESSION_REVOKED, json!({})),
        Kind::PresenceHidden
        | Kind::PresenceShown
        | Kind::IntegrationBlockedForNew
        | Kind::IntegrationAllowed
        | Kind::SecretRotated
        | Kind::TokenCeilingReached => return None,
    };
    Some(found)
}

/// Whether the event can be the death of a grant that it concerns.
pub(crate) const fn can_end_a_grant(kind: Kind) -> bool {
    match kind {
        Kind::PasswordChanged
        | Kind::PasswordReset
        | Kind::AccessReset
        | Kind::Deactivated
        | Kind::Deleted
        | Kind::FullAdministratorRemoved
        | Kind::IntegrationBlocked
        | Kind::IntegrationRevoked
        | Kind::IntegrationDeleted
        | Kind::AuthorizationDeleted
        | Kind::AuthorizationRevokedByClient
        | Kind::ConsentWithdrawn
        | Kind::RefreshExpired
        | Kind::RefreshTokenStolen
        | Kind::TokenCeilingReached
        | Kind::OrganizationClosed => true,
        Kind::Reactivated
        | Kind::CallRecordsRoleRemoved
        | Kind::PresenceHidden
        | Kind::PresenceShown
        | Kind::IntegrationBlockedForNew
        | Kind::IntegrationAllowed
        | Kind::SecretRotated => false,
    }
}

/// Every type that this Hub can send.
pub(crate) fn supported(issuer: &str) -> Vec<String> {
    let mut types: Vec<String> = Kind::ALL.iter().map(|kind| own_type(issuer, *kind)).collect();
    let mut common: Vec<String> = Kind::ALL
        .iter()
        .filter_map(|kind| common_type(*kind))
        .map(|(uri, _)| uri.to_owned())
        .collect();
    common.sort();
    common.dedup();
    types.append(&mut common);
    types
}

/// A security event as the outbox keeps it.
#[derive(Clone, Debug)]
pub(crate) struct Occurrence {
    pub(crate) id: kit::Uuid,
    pub(crate) organization_id: kit::Uuid,
    pub(crate) at: Timestamp,
    pub(crate) kind: Kind,
    pub(crate) person_id: Option<kit::Uuid>,
    pub(crate) client_id: Option<String>,
    pub(crate) grant_id: Option<kit::Uuid>,
    pub(crate) initiator: String,
    pub(crate) reason: String,
}

impl Occurrence {
    /// Whether the stream may hear of it: what concerns its own client's grants, and people that it can see.
    pub(crate) fn is_for(&self, stream: &Stream) -> bool {
        if self.organization_id != stream.organization_id.uuid() {
            return false;
        }
        let is_own_client = self
            .client_id
            .as_ref()
            .is_none_or(|client| *client == stream.client_id);
        let is_seen = stream.sees_organization
            || self
                .person_id
                .is_none_or(|person| person == stream.person_id.uuid());
        is_own_client && is_seen
    }

    /// Whether it concerns the grant that made the stream.
    pub(crate) fn concerns_grant_of(&self, stream: &Stream) -> bool {
        let is_same = |id: Option<kit::Uuid>, own: kit::Uuid| id.is_none_or(|id| id == own);
        self.is_for(stream)
            && is_same(self.grant_id, stream.grant_id)
            && is_same(self.person_id, stream.person_id.uuid())
    }

    /// The events of the token, of the types that the stream wants.
    pub(crate) fn events(&self, issuer: &str, wanted: &[String]) -> Map<String, Value> {
        let mut own = self.members();
        let mut about = Map::new();
        if let Some(person) = self.person_id {
            let id = PublicId::of_uuid(ResourceKind::People, person).to_string();
            about.insert("person_id".to_owned(), id.into());
        }
        if let Some(client) = &self.client_id {
            about.insert("client_id".to_owned(), client.as_str().into());
        }
        if let Some(grant) = self.grant_id {
            about.insert("grant_id".to_owned(), grant.to_string().into());
        }
        about.insert(
            "org_id".to_owned(),
            PublicId::of_uuid(ResourceKind::Organization, self.organization_id)
                .to_string()
                .into(),
        );
        own.insert("about".to_owned(), Value::Object(about));
        let mut events = Map::new();
        events.insert(own_type(issuer, self.kind), Value::Object(own));
        if let Some((uri, Value::Object(further))) = common_type(self.kind) {
            let mut members = self.members();
            members.extend(further);
            events.insert(uri.to_owned(), Value::Object(members));
        }
        if !wanted.is_empty() {
            events.retain(|uri, _| wanted.contains(uri));
        }
        events
    }

    fn members(&self) -> Map<String, Value> {
        let mut members = Map::new();
        members.insert("event_timestamp".to_owned(), self.at.as_seconds().into());
        members.insert("initiating_entity".to_owned(), self.initiator.as_str().into());
        members.insert("reason_admin".to_owned(), json!({"en": self.reason}));
        members
    }

    /// Whom it concerns (RFC 9493).
    pub(crate) fn subject(&self) -> Value {
        let id = match (self.person_id, &self.client_id) {
            (Some(person), _) => PublicId::of_uuid(ResourceKind::People, person),
            (None, Some(client)) => PublicId::new(ResourceKind::Application, client.as_str()),
            (None, None) => PublicId::of_uuid(ResourceKind::Organization, self.organization_id),
        };
        json!({"format": "opaque", "id": id.to_string()})
    }
}

/// The claims of one token of one stream.
pub(crate) struct Claims<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) jti: kit::Uuid,
    pub(crate) issued_at: Timestamp,
    pub(crate) audience: &'a str,
    /// What several tokens about one thing have in common.
    pub(crate) transaction: String,
    pub(crate) subject: Value,
    pub(crate) events: Map<String, Value>,
}

impl Claims<'_> {
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "iss": self.issuer,
            "jti": self.jti.to_string(),
            "iat": self.issued_at.as_seconds(),
            "aud": self.audience,
            "txn": self.transaction,
            "sub_id": self.subject,
            "events": self.events,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_type_of_its_own() {
        let types = supported("https://hub.example");
        let mut unique = types.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(types.len(), unique.len());
        assert!(types.contains(&"https://hub.example/secevent/event-type/password-changed".to_owned()));
        assert!(types.contains(&CREDENTIAL_CHANGE.to_owned()));
        assert_eq!(types.len(), Kind::ALL.len() + 6);
    }
}
