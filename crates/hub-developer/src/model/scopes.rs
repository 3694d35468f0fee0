use webex::{ScopeSet, describe_scope};

/// Scopes that belong together, in the order of a form.
pub(crate) struct ScopeGroup {
    pub(crate) heading: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) scopes: &'static [&'static str],
    /// Whether a Service App may ask for these; it is nobody and has nothing of its own.
    pub(crate) for_service_apps: bool,
}

impl ScopeGroup {
    pub(crate) fn meaning(scope: &str) -> &'static str {
        describe_scope(scope)
    }
}

const GROUPS: &[ScopeGroup] = &[
    ScopeGroup {
        heading: "Signing in",
        hint: "OpenID Connect: who the person is.",
        scopes: &["openid", "email", "profile", "phone", "address"],
        for_service_apps: false,
    },
    ScopeGroup {
        heading: "Everything",
        hint: "Convenient for trying things out, and hard for an administrator to allow.",
        scopes: &["spark:all"],
        for_service_apps: false,
    },
    ScopeGroup {
        heading: "What the account itself can see and do",
        hint: "Needs no administrator role.",
        scopes: &[
            "spark:people_read",
            "spark:people_write",
            "spark:calls_read",
            "spark:calls_write",
            "spark:telephony_config_read",
            "spark:telephony_config_write",
            "spark:kms",
        ],
        for_service_apps: true,
    },
    ScopeGroup {
        heading: "The organization",
        hint: "An integration gets these from an administrator, and loses them with the role.",
        scopes: &[
            "spark-admin:people_read",
            "spark-admin:people_write",
            "spark-admin:organizations_read",
            "spark-admin:roles_read",
            "spark-admin:licenses_read",
            "spark-admin:locations_read",
            "spark-admin:locations_write",
            "spark-admin:workspaces_read",
            "spark-admin:workspaces_write",
            "spark-admin:telephony_config_read",
            "spark-admin:telephony_config_write",
            "spark-admin:calls_read",
            "spark-admin:calls_write",
            "spark-admin:calling_cdr_read",
            "spark-admin:xsi",
            "spark-admin:policies_read",
            "spark-admin:policies_write",
            "analytics:read_all",
            "audit:events_read",
        ],
        for_service_apps: true,
    },
    ScopeGroup {
        heading: "Identities and tokens",
        hint: "The directory by SCIM, groups, and other applications' authorizations.",
        scopes: &[
            "identity:people_read",
            "identity:people_rw",
            "identity:groups_read",
            "identity:groups_rw",
            "identity:organizations_read",
            "identity:organizations_rw",
            "identity:tokens_read",
            "identity:tokens_write",
        ],
        for_service_apps: true,
    },
    ScopeGroup {
        heading: "For developers",
        hint: "Applications, the tokens of Service Apps, and the news of who authorized them.",
        scopes: &[
            "spark:applications_token",
            "spark:applications_read",
            "spark:applications_write",
            "application:webhooks_read",
            "application:webhooks_write",
        ],
        for_service_apps: false,
    },
];

/// The groups that an application of this kind chooses from.
pub(crate) fn scope_groups(service_app: bool) -> impl Iterator<Item = &'static ScopeGroup> {
    GROUPS
        .iter()
        .filter(move |group| group.for_service_apps || !service_app)
}

/// Every scope that an application of this kind may ask for.
pub fn known_scopes(service_app: bool) -> ScopeSet {
    let names: Vec<&str> = scope_groups(service_app)
        .flat_map(|group| group.scopes.iter().copied())
        .collect();
    ScopeSet::parse(&names.join(" ")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_of_the_form_is_described_and_a_service_app_is_offered_no_sign_in() {
        let all = known_scopes(false);
        assert!(all.iter().count() > 30);
        for scope in all.iter() {
            assert!(
                !describe_scope(scope.as_str()).contains("no description"),
                "{scope}"
            );
        }
        let of_machines = known_scopes(true);
        assert!(of_machines.is_subset_of(&all));
        for scope in ["openid", "spark:all", "spark:applications_token"] {
            assert!(!of_machines.contains(scope), "{scope}");
        }
    }
}
