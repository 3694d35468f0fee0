use aws_lc_rs::digest;

/// What an administrator reads about an integration beside its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IntegrationDetails {
    /// Who makes it.
    pub vendor: &'static str,
    /// What it is for, in a sentence.
    pub purpose: &'static str,
    /// Whom to write to.
    pub contact: &'static str,
    /// Where help is.
    pub support_url: &'static str,
    /// What happens to the data.
    pub privacy_url: &'static str,
}

/// An integration that a Hub knows from its first start.
#[derive(Clone, Copy, Debug)]
pub struct CatalogueEntry {
    /// The exact name.
    pub name: &'static str,
    /// The published client id; nothing where the id is derived from the name.
    pub published_client_id: Option<&'static str>,
    /// What it may ask for.
    pub scopes: &'static str,
    /// Whether a newly seeded organization enables it.
    pub enabled_at_first: bool,
    /// The rest.
    pub details: IntegrationDetails,
}

impl CatalogueEntry {
    /// `C` and 64 hexadecimal digits (65 in two of the published ones).
    pub fn client_id(&self) -> String {
        self.published_client_id
            .map_or_else(|| derived_client_id(self.name), ToOwned::to_owned)
    }
}

/// The same name gives the same id on every machine, so that tests and documents can name it.
fn derived_client_id(name: &str) -> String {
    let hash = digest::digest(&digest::SHA256, format!("trunkline catalogue: {name}").as_bytes());
    let hex: String = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("C{hex}")
}

/// What an integration is for; nothing for one that is not in the catalogue.
pub(crate) fn purpose_of(client_id: &str) -> Option<&'static str> {
    FIVE.iter()
        .chain(OTHERS)
        .find(|entry| entry.client_id() == client_id)
        .map(|entry| entry.details.purpose)
}

const fn imagicle(purpose: &'static str) -> IntegrationDetails {
    IntegrationDetails {
        vendor: "Imagicle",
        purpose,
        contact: "support@imagicle.com",
        support_url: "https://kbp.imagicle.com/",
        privacy_url: "https://www.imagicle.com/",
    }
}

/// The five integrations of the Suite, with the ids under which they are published.
pub const FIVE: &[CatalogueEntry] = &[
    CatalogueEntry {
        name: "Imagicle UCX Suite Users' Synch from Control Hub",
        published_client_id: Some("C89a4ba3aa80c33dd80bfc17a1572c5026049234c0aa90b7793b47dac37d7fa6c"),
        scopes: "spark:people_read spark-admin:people_read spark-admin:organizations_read spark-admin:locations_read spark-admin:telephony_config_read spark-admin:workspaces_read",
        enabled_at_first: true,
        details: imagicle("Keeps the suite's directory in step with the people of your organization."),
    },
    CatalogueEntry {
        name: "Imagicle Attendant Console Webex Presence Retrieval",
        published_client_id: Some("C1468e046a54f78620ca6d1b16eda8096165d0f960078c8e38c5ac09fb7f7f120"),
        scopes: "spark:people_read spark-admin:people_read spark-admin:organizations_read",
        enabled_at_first: true,
        details: imagicle("Shows operators who is available, away or in a call."),
    },
    CatalogueEntry {
        name: "Imagicle Attendant Console Call Control",
        published_client_id: Some("C143958d8c8645673914400fbf4b06fa022da2a7caeac67b5eb48d062709cf24e"),
        scopes: "spark:people_read spark-admin:people_read spark-admin:organizations_read spark-admin:calls_read spark-admin:calls_write spark:calls_read spark:calls_write spark-admin:xsi",
        enabled_at_first: true,
        details: imagicle("Lets operators answer, transfer and park calls from their desk."),
    },
    CatalogueEntry {
        name: "Imagicle Call Analytics CDRs retrieval from Control Hub",
        published_client_id: Some("C2b09ee9cb8a3ae94ae0e6417d7dcf7e33351ae00bbb22fb9937a79796a8371b5"),
        scopes: "spark:people_read spark-admin:people_read spark-admin:organizations_read spark-admin:calling_cdr_read",
        enabled_at_first: true,
        details: imagicle("Collects the call records of your organization for reports."),
    },
    CatalogueEntry {
        name: "Imagicle SSO against Cisco Control Hub",
        published_client_id: Some("C287f727f93d20644fd10a5bd2d3c8b6796497bd21bd28d92e588f470ceb546c4"),
        scopes: "openid email profile spark:people_read",
        enabled_at_first: true,
        details: imagicle("Lets people sign in to the suite with their Webex account."),
    },
];

const fn agat(purpose: &'static str) -> IntegrationDetails {
    IntegrationDetails {
        vendor: "AGAT Software",
        purpose,
        contact: "support@agat.example",
        support_url: "https://agat.example/support",
        privacy_url: "https://agat.example/privacy",
    }
}

const fn agat_entry(name: &'static str, purpose: &'static str) -> CatalogueEntry {
    CatalogueEntry {
        name,
        published_client_id: None,
        scopes: "spark:people_read spark-admin:people_read spark-admin:organizations_read audit:events_read",
        enabled_at_first: false,
        details: agat(purpose),
    }
}

/// Integrations of other makers, as any organization's list has them. Their contacts are invented.
pub const OTHERS: &[CatalogueEntry] = &[
    CatalogueEntry {
        name: "Act-On",
        published_client_id: None,
        scopes: "spark:people_read",
        enabled_at_first: true,
        details: IntegrationDetails {
            vendor: "Act-On Software",
            purpose: "Registers webinar guests with marketing campaigns.",
            contact: "support@act-on.example",
            support_url: "https://act-on.example/support",
            privacy_url: "https://act-on.example/privacy",
        },
    },
    CatalogueEntry {
        name: "Active Mobile: qChat by QWERTY Concepts",
        published_client_id: None,
        scopes: "spark:people_read spark:all",
        enabled_at_first: false,
        details: IntegrationDetails {
            vendor: "QWERTY Concepts",
            purpose: "Brings text messages of customers into spaces.",
            contact: "support@qwerty-concepts.example",
            support_url: "https://qwerty-concepts.example/support",
            privacy_url: "https://qwerty-concepts.example/privacy",
        },
    },
    agat_entry(
        "AGAT - Advanced Controls for External Users",
        "Limits what guests may do in spaces of your organization.",
    ),
    agat_entry(
        "AGAT - AI Virtual Assistant",
        "Answers questions of your people from your own documents.",
    ),
    agat_entry(
        "AGAT - Archive and eDiscovery",
        "Archives conversations and finds them again for a legal request.",
    ),
    agat_entry(
        "AGAT - Ethical Walls",
        "Keeps groups of people from talking to each other.",
    ),
    agat_entry(
        "AGAT - Governance and Retention",
        "Keeps and deletes content by your rules.",
    ),
    agat_entry(
        "AGAT - Real Time DLP",
        "Inspects messages for data that must not leave your organization.",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use webex::{ScopeSet, describe_scope};

    use super::*;

    #[test]
    fn every_id_is_a_client_id_and_none_is_taken_twice() {
        let ids: BTreeSet<String> = FIVE.iter().chain(OTHERS).map(CatalogueEntry::client_id).collect();
        assert_eq!(ids.len(), FIVE.len() + OTHERS.len());
        for id in ids {
            // Two of the five published ids have a digit more than the others.
            assert!((65..=66).contains(&id.len()), "{id}");
            assert!(
                id.starts_with('C') && id[1..].bytes().all(|byte| byte.is_ascii_hexdigit()),
                "{id}"
            );
        }
    }

    #[test]
    fn every_scope_is_said_in_words() {
        let unknown = describe_scope("no:such_scope");
        for entry in FIVE.iter().chain(OTHERS) {
            for scope in ScopeSet::parse(entry.scopes).unwrap().iter() {
                assert_ne!(describe_scope(scope.as_str()), unknown, "{scope}");
            }
        }
    }

    #[test]
    fn the_derived_ids_never_change() {
        assert_eq!(
            OTHERS[0].client_id(),
            "Cb9db52dae1d01bdc0f3d9547c366b6a0c936964d0f94a1ecc0b7a348a0d1dbf3"
        );
    }
}
