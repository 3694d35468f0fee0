//! Which part of the API a path belongs to: for the coverage page, and for limits that count by part.

/// The name of the family of this path, which stands without `/v1`. Parameters may be filled in.
pub(crate) fn family_of(path: &str) -> &'static str {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        ["telephony", "config", rest @ ..] => calling(rest),
        ["telephony", "calls" | "click2call" | "conference", ..] => "Call control and conferences",
        ["telephony", "pstn", ..] => "Calling: PSTN connections",
        ["telephony", ..] => "Voice messages and external voicemail",
        ["people", _, "features", ..] => "People: call settings at their older addresses",
        ["workspaces", _, "features", ..] => "Workspaces: call settings at their older addresses",
        ["identity", "scim", ..] | ["Schemas", ..] => "SCIM 2",
        [first, ..] => by_first_part(first),
        [] => OTHER,
    }
}

/// What has no family of its own.
const OTHER: &str = "Other";

fn calling(rest: &[&str]) -> &'static str {
    match rest {
        ["people", ..] => "Calling: settings of people",
        ["workspaces", ..] => "Calling: settings of workspaces",
        ["virtualLines", ..] => "Virtual lines",
        ["jobs", ..] => "Calling: jobs in bulk",
        ["devices" | "lists" | "supportedDevices" | "dectNetworks", ..]
        | ["locations", _, "devices" | "dectNetworks", ..] => "Calling: devices and DECT",
        ["premisePstn" | "callRouting" | "routeChoices", ..] | ["locations", _, "callRouting", ..] => {
            "Calling: routing to premises"
        }
        ["numbers", ..] | ["locations", _, "numbers" | "availableNumbers", ..] => "Numbers",
        ["huntGroups", ..] | ["locations", _, "huntGroups", ..] => "Hunt groups",
        ["queues" | "supervisors" | "cxEssentials", ..] | ["locations", _, "queues" | "cxEssentials", ..] => {
            "Call queues and Customer Assist"
        }
        ["autoAttendants", ..] | ["locations", _, "autoAttendants", ..] => "Auto attendants",
        ["operatingModes", ..] | ["locations", _, "schedules" | "operatingModes", ..] => {
            "Schedules and operating modes"
        }
        ["announcements" | "textToSpeech", ..] => "Announcements",
        ["paging" | "voicemailGroups" | "callParkExtensions", ..]
        | [
            "locations",
            _,
            "callParks" | "callPickups" | "callParkExtensions" | "paging" | "voicemailGroups",
            ..,
        ] => "Call park, pickup, paging, voicemail groups",
        ["virtualExtensions" | "virtualExtensionRanges", ..] => "Virtual extensions",
        ["locations"] | ["locations", ..] => "Calling: locations",
        _ => "Calling: settings of the organization",
    }
}

/// First parts of paths, and the family that they name.
const BY_FIRST_PART: &[(&[&str], &str)] = &[
    (&["people"], "People"),
    (
        &["organizations", "roles", "licenses"],
        "Organizations, roles, licences",
    ),
    (&["identity", "contacts"], "Identity and contacts"),
    (&["groups"], "Groups"),
    (&["locations"], "Locations"),
    (&["workspaces"], "Workspaces"),
    (
        &[
            "workspaceLocations",
            "workspaceMetrics",
            "workspaceDurationMetrics",
        ],
        "Workspace locations and metrics",
    ),
    (
        &["devices", "deviceConfigurations", "xapi", "hotdesk"],
        "Devices and xAPI",
    ),
    (&["cdr_feed", "cdr_stream"], "Call detail records"),
    (&["webhooks"], "Webhooks"),
    (&["authorizations", "applications"], "Authorizations"),
    (&["adminAudit", "events"], "Audit and events"),
    (
        &[
            "reports",
            "report",
            "analytics",
            "recordingReport",
            "livemonitoring",
        ],
        "Reports and analytics",
    ),
    (
        &["recordings", "convergedRecordings", "admin", "group"],
        "Recordings and their administration",
    ),
    (
        &[
            "rooms",
            "room",
            "messages",
            "memberships",
            "teams",
            "team",
            "attachment",
            "classifications",
            "guests",
        ],
        "Messaging",
    ),
    (
        &[
            "meetings",
            "meeting",
            "meetingPreferences",
            "meetingInvitees",
            "meetingParticipants",
            "meetingTranscripts",
            "meetingClosedCaptions",
        ],
        "Meetings",
    ),
    (&["partner"], "Partners"),
    (
        &["hybrid", "hds", "resourceGroups", "resourceGroup"],
        "Hybrid services",
    ),
    (&["dataSources", "settings"], "Data sources and settings"),
];

fn by_first_part(first: &str) -> &'static str {
    if first.ends_with("json") {
        return "Status feed (status.webex.com)";
    }
    BY_FIRST_PART
        .iter()
        .find(|(parts, _)| parts.contains(&first))
        .map_or(OTHER, |(_, family)| family)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_published_operation_has_a_family_of_its_own_kind() {
        let lost: Vec<&str> = super::super::published()
            .iter()
            .filter(|operation| operation.family == OTHER)
            .map(|operation| operation.path)
            .collect();
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn a_family_is_found_with_parameters_filled_in() {
        assert_eq!(
            family_of("/telephony/config/locations/a/queues/b"),
            "Call queues and Customer Assist"
        );
        assert_eq!(family_of("/people/me"), "People");
        assert_eq!(family_of("/identity/scim/x/v2/Users"), "SCIM 2");
        assert_eq!(family_of("/nothing"), OTHER);
        assert_eq!(family_of("/"), OTHER);
    }
}
