use std::collections::BTreeSet;

use hub_directory::{Caller, OrganizationId, PersonId};
use kit::{Error, Result, Timestamp};

use super::rights::{require_decide, require_view};
use crate::governance::Governance;
use crate::model::{Audience, Deed, Existing, MOST_LISTED, Rule};
use crate::store::policies::{self, Policies};

/// A policy as the public API knows it: the organization's default, or an exception for one application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Policy {
    pub(crate) organization_id: OrganizationId,
    /// The client id; nothing for the default.
    pub(crate) client_id: Option<String>,
    pub(crate) name: String,
    pub(crate) rule: Rule,
    pub(crate) people: BTreeSet<PersonId>,
    pub(crate) created_at: Timestamp,
}

/// What somebody says who makes or changes one.
#[derive(Clone, Debug)]
pub(crate) struct PolicyDraft {
    pub(crate) client_id: Option<String>,
    pub(crate) name: String,
    pub(crate) rule: Rule,
    pub(crate) people: BTreeSet<PersonId>,
    pub(crate) existing: Existing,
}

/// Which policies a list has.
#[derive(Clone, Debug, Default)]
pub(crate) struct PolicyFilter {
    pub(crate) is_default: Option<bool>,
    pub(crate) client_id: Option<String>,
    pub(crate) person: Option<PersonId>,
    pub(crate) name: Option<String>,
    pub(crate) rule: Option<Rule>,
}

impl PolicyFilter {
    fn keeps(&self, policy: &Policy) -> bool {
        self.is_default
            .is_none_or(|is_default| is_default == policy.client_id.is_none())
            && self
                .client_id
                .as_ref()
                .is_none_or(|wanted| policy.client_id.as_ref() == Some(wanted))
            && self.person.is_none_or(|person| policy.people.contains(&person))
            && self.rule.is_none_or(|rule| rule == policy.rule)
            && self
                .name
                .as_deref()
                .is_none_or(|wanted| kit::search_key(&policy.name) == kit::search_key(wanted))
    }
}

impl Governance {
    /// The policies of the caller's organization: the default, if somebody ever set one, then the exceptions by client
    /// id.
    pub(crate) async fn list_policies(&self, caller: &Caller, filter: &PolicyFilter) -> Result<Vec<Policy>> {
        require_view(caller)?;
        let organization = caller.organization_id;
        let found = policies::policies(&self.core.database, organization).await?;
        let mut listed: Vec<Policy> = default_of(organization, &found).into_iter().collect();
        listed.extend(exceptions_of(organization, found));
        listed.retain(|policy| filter.keeps(policy));
        Ok(listed)
    }

    /// One policy of the caller's organization.
    pub(crate) async fn show_policy(&self, caller: &Caller, client_id: Option<&str>) -> Result<Policy> {
        let filter = PolicyFilter {
            is_default: Some(client_id.is_none()),
            client_id: client_id.map(ToOwned::to_owned),
            ..PolicyFilter::default()
        };
        self.list_policies(caller, &filter)
            .await?
            .pop()
            .ok_or_else(not_found)
    }

    /// Makes a policy where there is none.
    pub(crate) async fn create_policy(&self, caller: &Caller, draft: PolicyDraft) -> Result<Policy> {
        require_decide(caller)?;
        match self.show_policy(caller, draft.client_id.as_deref()).await {
            Ok(_) => Err(Error::conflict(
                "This policy exists already. Change it with PUT, or delete it first.",
            )),
            Err(_) => self.write_policy(caller, draft, true).await,
        }
    }

    /// Changes a policy. One that would say what the default says ends with that: exceptions exist only while they differ.
    pub(crate) async fn update_policy(&self, caller: &Caller, draft: PolicyDraft) -> Result<Policy> {
        require_decide(caller)?;
        self.show_policy(caller, draft.client_id.as_deref()).await?;
        self.write_policy(caller, draft, false).await
    }

    async fn write_policy(&self, caller: &Caller, draft: PolicyDraft, is_new: bool) -> Result<Policy> {
        let PolicyDraft {
            client_id,
            name,
            rule,
            people,
            existing,
        } = draft;
        let organization = caller.organization_id;
        let Some(client_id) = client_id else {
            if !people.is_empty() {
                return Err(Error::invalid(
                    "The default policy counts for everybody: leave personIds out.",
                ));
            }
            self.set_named_default(caller, rule, existing, &name).await?;
            return self.show_policy(caller, None).await;
        };
        let client = self.client(&client_id).await?;
        self.require_people(organization, &people).await?;
        let to = Audience::of(rule, people.clone());
        let default = policies::policies(&self.core.database, organization)
            .await?
            .default;
        if is_new && to == Audience::from(default) {
            return Err(Error::invalid(
                "The default policy says the same already: a policy for one application exists only while it differs.",
            ));
        }
        let deed = match (rule, people.is_empty()) {
            (_, false) => Deed::PeopleChanged,
            (Rule::Allow, true) => Deed::Enabled,
            (Rule::Block, true) => Deed::Disabled,
        };
        self.set_audience(caller, &client.client_id, to, existing, deed)
            .await?;
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        policies::name_exception(&mut transaction, organization, &client.client_id, &name).await?;
        transaction.commit().await?;
        let stored = self.show_policy(caller, Some(&client.client_id)).await;
        Ok(stored.unwrap_or(Policy {
            organization_id: organization,
            client_id: Some(client.client_id),
            name,
            rule,
            people,
            created_at: self.now(),
        }))
    }

    async fn require_people(&self, organization: OrganizationId, people: &BTreeSet<PersonId>) -> Result<()> {
        if people.len() > MOST_LISTED {
            return Err(Error::invalid(format!(
                "personIds has {MOST_LISTED} people at the most."
            )));
        }
        let ids: Vec<PersonId> = people.iter().copied().collect();
        let found = self.core.directory.accounts_of(&ids).await?;
        let known = found
            .iter()
            .filter(|account| account.organization_id == organization)
            .count();
        if known == people.len() {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "{} of the personIds name nobody in your organization. Nothing was changed.",
            people.len() - known
        )))
    }

    /// Deletes a policy: without its own, an application follows the default; without a default, everything is allowed.
    pub(crate) async fn delete_policy(
        &self,
        caller: &Caller,
        client_id: Option<&str>,
        existing: Existing,
    ) -> Result<()> {
        require_decide(caller)?;
        self.show_policy(caller, client_id).await?;
        let organization = caller.organization_id;
        match client_id {
            Some(client_id) => {
                let default = policies::policies(&self.core.database, organization)
                    .await?
                    .default;
                let deed = match default {
                    Rule::Allow => Deed::Enabled,
                    Rule::Block => Deed::Disabled,
                };
                self.set_audience(caller, client_id, Audience::from(default), existing, deed)
                    .await
            }
            None => {
                self.set_named_default(caller, Rule::Allow, existing, "").await?;
                let mut transaction = policies::lock(&self.core.database, organization).await?;
                policies::forget_default(&mut transaction, organization).await?;
                transaction.commit().await
            }
        }
    }
}

fn not_found() -> Error {
    Error::not_found("The requested resource could not be found.")
}

/// An organization that never decided has no default policy: everything is allowed without one.
fn default_of(organization_id: OrganizationId, found: &Policies) -> Option<Policy> {
    let was_decided = found.decided_at.as_millis() > 0 || found.default == Rule::Block;
    was_decided.then(|| Policy {
        organization_id,
        client_id: None,
        name: found.default_name.clone(),
        rule: found.default,
        people: BTreeSet::new(),
        created_at: found.decided_at,
    })
}

fn exceptions_of(organization_id: OrganizationId, found: Policies) -> impl Iterator<Item = Policy> {
    found.exceptions.into_iter().map(move |(client_id, exception)| {
        let (rule, people) = exception.audience.written();
        Policy {
            organization_id,
            client_id: Some(client_id),
            rule,
            people: people.clone(),
            name: exception.name,
            created_at: exception.created_at,
        }
    })
}
