use std::fmt;

use hub_caller::{OrganizationId, PersonId};
use kit::{Error, Result, SecretString, Timestamp, Uuid};

/// A resource that webhooks can be registered for.
pub(crate) struct WebhookResource {
    pub(crate) name: &'static str,
    events: &'static [&'static str],
    /// Scopes that see what belongs to the token's person.
    own: &'static [&'static str],
    /// Scopes that see what belongs to the organization.
    organization: &'static [&'static str],
    /// Whether `ownedBy: org` is possible.
    org_wide: bool,
}

const fn resource(
    name: &'static str,
    events: &'static [&'static str],
    own: &'static [&'static str],
    organization: &'static [&'static str],
    org_wide: bool,
) -> WebhookResource {
    WebhookResource {
        name,
        events,
        own,
        organization,
        org_wide,
    }
}

const CHANGES: &[&str] = &["created", "updated", "deleted"];
const CALLS: &[&str] = &["spark:calls_read"];
const ALL_CALLS: &[&str] = &["spark-admin:calls_read"];

/// What the platform publishes, and what this Hub tells of its own events.
const RESOURCES: &[WebhookResource] = &[
    resource("telephony_calls", CHANGES, CALLS, ALL_CALLS, false),
    resource("telephony_conference", CHANGES, CALLS, ALL_CALLS, false),
    resource("telephony_mwi", &["updated"], CALLS, ALL_CALLS, false),
    resource("telephony_push", &["updated"], CALLS, ALL_CALLS, true),
    resource("telephony_hookstatus", &["updated"], CALLS, ALL_CALLS, false),
    resource("telephony_agent", &["updated"], CALLS, ALL_CALLS, false),
    resource("telephony_services", &["updated"], CALLS, ALL_CALLS, false),
    resource("telephony_agentMonitoring", &["updated"], CALLS, ALL_CALLS, false),
    resource("telephony_queue", CHANGES, CALLS, ALL_CALLS, false),
    resource("telephony_queueMonitoring", &["updated"], CALLS, ALL_CALLS, false),
    resource(
        "serviceApp",
        &["authorized", "deauthorized"],
        &["application:webhooks_write"],
        &[],
        false,
    ),
    // This Hub's own: who asked for an integration that policy refuses, and what became of it.
    resource(
        "accessRequests",
        &["created", "updated"],
        &[],
        &["spark-admin:policies_read"],
        true,
    ),
    // Ours: somebody was denied an integration, and what became of it.
    resource(
        "accessRequests",
        &["created", "updated"],
        &[],
        &["spark-admin:policies_read"],
        true,
    ),
    resource(
        "rooms",
        &["created", "updated", "deleted", "migrated"],
        &["spark:rooms_read"],
        &[],
        true,
    ),
    resource("memberships", CHANGES, &["spark:memberships_read"], &[], false),
    resource("messages", CHANGES, &["spark:messages_read"], &[], true),
    resource(
        "attachmentActions",
        &["created"],
        &["spark:messages_read"],
        &[],
        false,
    ),
    resource(
        "meetings",
        &["created", "updated", "deleted", "started", "ended"],
        &["meeting:schedules_read"],
        &["meeting:admin_schedule_read"],
        true,
    ),
    resource(
        "meetingParticipants",
        &["joined", "left"],
        &["meeting:participants_read"],
        &["meeting:admin_participants_read"],
        true,
    ),
    resource(
        "meetingTranscripts",
        CHANGES,
        &["meeting:transcripts_read"],
        &["meeting:admin_transcripts_read"],
        true,
    ),
    resource(
        "recordings",
        CHANGES,
        &["meeting:recordings_read"],
        &["meeting:admin_recordings_read"],
        true,
    ),
    resource(
        "convergedRecordings",
        CHANGES,
        &["spark:recordings_read"],
        &["spark-admin:recordings_read"],
        true,
    ),
    resource(
        "adminBatchJobs",
        &["statusChanged"],
        &[],
        &["spark-admin:telephony_config_read", "spark-admin:people_read"],
        true,
    ),
    resource(
        "dataSources",
        CHANGES,
        &[],
        &["spark-admin:datasource_read"],
        true,
    ),
    resource("uc_counters", CHANGES, &[], &["spark-admin:devices_read"], true),
    resource(
        "videoMeshAlerts",
        &["triggered"],
        &[],
        &["spark-admin:video_mesh_alerts_read"],
        true,
    ),
    resource(
        "controlHubAlerts",
        &["triggered"],
        &[],
        &["spark-admin:alerts_read"],
        true,
    ),
    resource("all", &[], &["spark:all"], &[], false),
];

/// What somebody wants to be told.
#[derive(Clone, Debug)]
pub(crate) struct WebhookDraft {
    pub(crate) name: String,
    pub(crate) target_url: String,
    pub(crate) resource: String,
    pub(crate) event: String,
    pub(crate) filter: Option<String>,
    pub(crate) secret: Option<SecretString>,
    pub(crate) owned_by: Option<String>,
}

/// What of a webhook can be changed; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub(crate) struct WebhookChange {
    pub(crate) name: Option<String>,
    pub(crate) target_url: Option<String>,
    pub(crate) secret: Option<SecretString>,
    pub(crate) status: Option<String>,
}

/// A registered webhook.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    pub(crate) id: Uuid,
    pub(crate) organization_id: OrganizationId,
    pub(crate) person_id: PersonId,
    pub(crate) client_id: String,
    pub(crate) grant_id: Uuid,
    pub(crate) name: String,
    pub(crate) target_url: String,
    pub(crate) resource: String,
    pub(crate) event: String,
    pub(crate) filter: Option<String>,
    pub(crate) secret: Option<SecretString>,
    pub(crate) owned_by: OwnedBy,
    /// Whether it hears of everybody, or of its maker only.
    pub(crate) sees_organization: bool,
    pub(crate) is_active: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) failures: i64,
    pub(crate) failing_since: Option<Timestamp>,
}

/// `ownedBy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OwnedBy {
    Creator,
    Organization,
}

impl OwnedBy {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Creator => "creator",
            Self::Organization => "org",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        match word {
            "creator" => Some(Self::Creator),
            "org" => Some(Self::Organization),
            _ => None,
        }
    }
}

impl fmt::Display for OwnedBy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

/// Which scopes a registration rests on.
pub(crate) struct Rests {
    pub(crate) own: &'static [&'static str],
    pub(crate) organization: &'static [&'static str],
}

/// Checks resource, event and owner; says which scopes they rest on.
pub(crate) fn examine(resource: &str, event: &str, owned_by: OwnedBy) -> Result<Rests> {
    let shown: String = resource.chars().take(60).collect();
    let Some(known) = RESOURCES.iter().find(|known| known.name == resource) else {
        let names: Vec<&str> = RESOURCES.iter().map(|known| known.name).collect();
        return Err(Error::invalid(format!(
            "resource “{shown}” is not one of: {}.",
            names.join(", ")
        )));
    };
    if event != "all" && !known.events.contains(&event) {
        let shown_event: String = event.chars().take(60).collect();
        let events: Vec<&str> = known.events.iter().copied().chain(["all"]).collect();
        return Err(Error::invalid(format!(
            "event “{shown_event}” is not one that {shown} has: {}.",
            events.join(", ")
        )));
    }
    if owned_by == OwnedBy::Organization && !known.org_wide {
        return Err(Error::invalid(format!(
            "ownedBy “org” is not possible for the resource {shown}."
        )));
    }
    Ok(Rests {
        own: known.own,
        organization: known.organization,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registration_names_what_the_platform_has() {
        assert!(examine("telephony_calls", "created", OwnedBy::Creator).is_ok());
        assert!(examine("all", "all", OwnedBy::Creator).is_ok());
        let error = examine("telephony_cals", "created", OwnedBy::Creator)
            .err()
            .unwrap();
        assert!(error.public().contains("telephony_calls"), "{error}");
        let error = examine("serviceApp", "created", OwnedBy::Creator).err().unwrap();
        assert_eq!(
            error.public(),
            "event “created” is not one that serviceApp has: authorized, deauthorized, all."
        );
        assert!(examine("serviceApp", "authorized", OwnedBy::Organization).is_err());
    }
}
