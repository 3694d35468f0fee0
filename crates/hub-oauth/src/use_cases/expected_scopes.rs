use kit::Result;
use webex::ScopeSet;

/// What a personal access token of anybody allows.
const EVERYBODY: &str = "openid email profile phone address spark:all spark:people_read spark:people_write \
    spark:calls_read spark:calls_write spark:telephony_config_read spark:telephony_config_write spark:kms spark:applications_token \
    spark:applications_read spark:applications_write application:webhooks_read application:webhooks_write";

/// What an administrator's allows besides. Roles still decide what it reaches.
const ADMINISTRATORS: &str = "spark-admin:people_read spark-admin:people_write spark-admin:organizations_read \
    spark-admin:roles_read spark-admin:licenses_read spark-admin:locations_read spark-admin:locations_write \
    spark-admin:workspaces_read spark-admin:workspaces_write spark-admin:telephony_config_read \
    spark-admin:telephony_config_write spark-admin:calls_read spark-admin:calls_write spark-admin:calling_cdr_read \
    analytics:read_all audit:events_read identity:tokens_read identity:tokens_write identity:people_read identity:people_rw \
    identity:groups_read identity:groups_rw identity:organizations_read identity:organizations_rw \
    spark-admin:policies_read spark-admin:policies_write";

/// The scopes of a personal access token.
pub(super) fn scopes_of_a_developer(is_administrator: bool) -> Result<ScopeSet> {
    let text = if is_administrator {
        format!("{EVERYBODY} {ADMINISTRATORS}")
    } else {
        EVERYBODY.to_owned()
    };
    ScopeSet::parse(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_is_described_and_only_administrators_get_administrative_ones() {
        let (anybody, administrator) = (
            scopes_of_a_developer(false).unwrap(),
            scopes_of_a_developer(true).unwrap(),
        );
        assert!(!anybody.is_administrative());
        assert!(administrator.is_administrative() && anybody.is_subset_of(&administrator));
        for scope in administrator.iter() {
            assert!(
                !webex::describe_scope(scope.as_str()).contains("no description"),
                "{scope}"
            );
        }
    }
}
