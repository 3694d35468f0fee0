use hub_directory::Caller;
use hub_oauth::Client;
use kit::{Result, Timestamp};

use super::rights::require_view;
use crate::governance::Governance;
use crate::model::Rule;
use crate::store::adoption::{self, Adoption};
use crate::store::policies::{self, Policies};

/// One row of Apps > Integrations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Integration {
    /// The OAuth client id.
    pub client_id: String,
    /// The “Integration ID”.
    pub application_id: String,
    /// Its name.
    pub name: String,
    /// Who makes it; empty where nobody said.
    pub vendor: String,
    /// Whether anybody of this organization may use it.
    pub enabled: bool,
    /// Who may use it, where that is not everybody or nobody: to how many people the rule is limited.
    pub limited_to: Option<usize>,
    /// How many people of this organization use it, as of the last refresh.
    pub adoption: i64,
}

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct ListQuery {
    /// Part of a name, a client id or an application id; empty for all.
    pub search: String,
    /// Only those with this status.
    pub status: StatusFilter,
    /// The order.
    pub sort: Sort,
}

/// Which integrations by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusFilter {
    /// All of them.
    #[default]
    All,
    /// Those that somebody may use.
    Enabled,
    /// Those that nobody may use.
    Disabled,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By name, A first.
    #[default]
    NameUp,
    /// By name, Z first.
    NameDown,
    /// Enabled ones first.
    StatusUp,
    /// Disabled ones first.
    StatusDown,
    /// The least used first.
    AdoptionUp,
    /// The most used first.
    AdoptionDown,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct IntegrationList {
    /// The rows that match.
    pub rows: Vec<Integration>,
    /// How many there are without a search.
    pub total: usize,
    /// How many of those are enabled.
    pub enabled: usize,
    /// The organization's policy.
    pub default: Rule,
    /// How many integrations differ from it.
    pub exceptions: usize,
    /// When the adoption was counted last.
    pub refreshed_at: Option<Timestamp>,
}

impl Governance {
    /// The integrations as the caller's organization sees them.
    pub async fn integrations(&self, caller: &Caller, query: &ListQuery) -> Result<IntegrationList> {
        require_view(caller)?;
        let organization = caller.organization_id;
        let policies = policies::policies(&self.core.database, organization).await?;
        let adoption = adoption::read(&self.core.database, organization).await?;
        let mut rows: Vec<Integration> = self
            .clients()
            .await?
            .iter()
            .map(|client| row(client, &policies, &adoption))
            .collect();
        let (total, enabled) = (rows.len(), rows.iter().filter(|row| row.enabled).count());
        let wanted = Search::new(&query.search);
        rows.retain(|row| query.status.keeps(row) && wanted.finds(row));
        rows.sort_by_cached_key(|row| (kit::search_key(&row.name), row.client_id.clone()));
        match query.sort {
            Sort::NameUp => {}
            Sort::NameDown => rows.reverse(),
            // A stable order: those with the same stay by name.
            Sort::StatusUp => rows.sort_by_key(|row| !row.enabled),
            Sort::StatusDown => rows.sort_by_key(|row| row.enabled),
            Sort::AdoptionUp => rows.sort_by_key(|row| row.adoption),
            Sort::AdoptionDown => rows.sort_by_key(|row| std::cmp::Reverse(row.adoption)),
        }
        let refreshed_at = adoption.refreshed_at;
        Ok(IntegrationList {
            rows,
            total,
            enabled,
            default: policies.default,
            exceptions: policies.exceptions.len(),
            refreshed_at,
        })
    }
}

impl StatusFilter {
    const fn keeps(self, row: &Integration) -> bool {
        match self {
            Self::All => true,
            Self::Enabled => row.enabled,
            Self::Disabled => !row.enabled,
        }
    }
}

pub(super) fn row(client: &Client, policies: &Policies, adoption: &Adoption) -> Integration {
    let audience = policies.audience_of(&client.client_id);
    Integration {
        client_id: client.client_id.clone(),
        application_id: webex::application_id(&client.client_id),
        name: client.name.clone(),
        vendor: client.vendor.clone(),
        enabled: !audience.is_nobody(),
        limited_to: Some(audience.named().len()).filter(|people| *people > 0),
        adoption: adoption.people.get(&client.client_id).copied().unwrap_or(0),
    }
}

/// What somebody typed or pasted into the search box.
struct Search {
    words: String,
    lower: String,
    raw: String,
    client_id: Option<String>,
}

impl Search {
    fn new(text: &str) -> Self {
        // Ids are pasted with spaces around them, and some tools pad base64.
        let raw = text.trim().trim_end_matches('=').to_owned();
        Self {
            words: kit::search_key(text),
            lower: raw.to_ascii_lowercase(),
            client_id: webex::client_id_of_application(&raw),
            raw,
        }
    }

    fn finds(&self, row: &Integration) -> bool {
        self.words.is_empty()
            || self.finds_name(&kit::search_key(&row.name))
            || row.client_id.to_ascii_lowercase().contains(&self.lower)
            || row.application_id.contains(&self.raw)
            || self.client_id.as_deref() == Some(row.client_id.as_str())
    }

    fn finds_name(&self, name: &str) -> bool {
        self.words.split(' ').all(|word| name.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn presence() -> Integration {
        let client_id = "C1468e046a54f78620ca6d1b16eda8096165d0f960078c8e38c5ac09fb7f7f120";
        Integration {
            client_id: client_id.to_owned(),
            application_id: webex::application_id(client_id),
            name: "Imagicle Attendant Console Webex Présence Retrieval".to_owned(),
            vendor: "Imagicle".to_owned(),
            enabled: true,
            limited_to: None,
            adoption: 0,
        }
    }

    #[test]
    fn a_search_finds_by_name_client_id_and_application_id() {
        let row = presence();
        let padded = format!(" {}== ", row.application_id);
        for text in [
            "",
            "  presence ",
            "imagicle presence",
            "ATTENDANT console",
            "C1468e046a54",
            "c1468E",
            "5ac09fb7f7f120",
            &row.application_id,
            "Y2lzY29zcGFyazovL",
            &padded,
        ] {
            assert!(Search::new(text).finds(&row), "{text}");
        }
        let other =
            webex::application_id("C89a4ba3aa80c33dd80bfc17a1572c5026049234c0aa90b7793b47dac37d7fa6c");
        for text in ["absence", "C89a4", other.as_str(), "imagicle calls"] {
            assert!(!Search::new(text).finds(&row), "{text}");
        }
    }
}
