use hub_caller::{Caller, CallerOrigin};
use kit::{Error, Result, Uuid};

use crate::Events;
use crate::model::filter::Filter;
use crate::model::target::read_target;
use crate::model::webhook::{OwnedBy, Webhook, WebhookDraft, examine};
use crate::store::webhooks::{self, Owner};

/// More than anybody needs, and few enough to be handed out to at once.
const MOST_WEBHOOKS: i64 = 200;
const LONGEST_TEXT: usize = 1_000;

/// A webhook belongs to a token's person, client and grant; a session has none.
pub(crate) fn of_token(caller: &Caller) -> Result<(&str, Uuid)> {
    match &caller.origin {
        CallerOrigin::Token {
            client_id, grant_id, ..
        } => Ok((client_id, *grant_id)),
        CallerOrigin::Session => Err(Error::forbidden(
            "This belongs to an integration: ask with its access token.",
        )),
    }
}

impl Events {
    /// Registers a webhook. It lives as long as the grant of the token that made it.
    pub(crate) async fn create_webhook(&self, caller: &Caller, draft: WebhookDraft) -> Result<Webhook> {
        let (client_id, grant_id) = of_token(caller)?;
        let owned_by = match &draft.owned_by {
            None => OwnedBy::Creator,
            Some(word) => {
                OwnedBy::parse(word).ok_or_else(|| Error::invalid("ownedBy is “creator” or “org”."))?
            }
        };
        let rests = examine(&draft.resource, &draft.event, owned_by)?;
        let sees_organization = caller.has_any_scope(rests.organization) && caller.is_administrator();
        if !sees_organization {
            caller.require_any_scope(rests.own)?;
        }
        if owned_by == OwnedBy::Organization && !sees_organization {
            return Err(Error::forbidden(hub_caller::MISSING_SCOPE_OR_ROLE));
        }
        check_texts(&draft)?;
        let target = read_target(
            "targetUrl",
            &draft.target_url,
            self.options().allow_private_targets,
        )?;
        let webhook = Webhook {
            id: self.randomness().uuid(),
            organization_id: caller.organization_id,
            person_id: caller.person_id,
            client_id: client_id.to_owned(),
            grant_id,
            name: draft.name,
            target_url: target.to_string(),
            resource: draft.resource,
            event: draft.event,
            filter: draft.filter.filter(|filter| !filter.is_empty()),
            secret: draft.secret,
            owned_by,
            sees_organization,
            is_active: true,
            created_at: self.now(),
            failures: 0,
            failing_since: None,
        };
        self.insert_webhook(&webhook).await?;
        Ok(webhook)
    }

    async fn insert_webhook(&self, webhook: &Webhook) -> Result<()> {
        let owner = Owner {
            person_id: webhook.person_id,
            client_id: &webhook.client_id,
        };
        let mut transaction = self.database().begin().await?;
        if webhooks::count(&mut transaction, owner).await? >= MOST_WEBHOOKS {
            return Err(Error::conflict(format!(
                "There are {MOST_WEBHOOKS} webhooks of this person and this integration already. Delete some first."
            )));
        }
        if webhooks::is_registered(&mut transaction, webhook).await? {
            return Err(Error::conflict(
                "A webhook with this targetUrl, resource, event and filter exists already.",
            ));
        }
        webhooks::insert(&mut transaction, webhook).await?;
        transaction.commit().await
    }
}

fn check_texts(draft: &WebhookDraft) -> Result<()> {
    if draft.name.trim().is_empty() {
        return Err(Error::invalid("name is missing."));
    }
    if draft.name.chars().count() > LONGEST_TEXT {
        return Err(Error::invalid("name is longer than 1,000 characters."));
    }
    if let Some(filter) = &draft.filter {
        if filter.chars().count() > LONGEST_TEXT {
            return Err(Error::invalid("filter is longer than 1,000 characters."));
        }
        Filter::parse(filter)?;
    }
    Ok(())
}
