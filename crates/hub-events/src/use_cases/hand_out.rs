use std::collections::HashMap;

use hub_caller::{OrganizationId, PersonId};
use kit::{Error, Result, Uuid};
use kit_sql::Transaction;
use serde_json::Value;

use crate::Events;
use crate::api::webhook_wire;
use crate::model::filter::Filter;
use crate::model::webhook::Webhook;
use crate::store::outbox::{self, OutboxRow, SECURITY, WEBHOOK};
use crate::store::{deliveries, webhooks};

/// How much is handed out in one transaction.
const BATCH: i64 = 200;

/// What waits for one webhook at the most: a receiver that never answers fills no disk.
const MOST_WAITING: i64 = 2_000;

impl Events {
    /// Hands what was recorded to every webhook and stream that may hear of it. Says how much it was.
    pub async fn hand_out(&self) -> Result<u64> {
        let mut total = 0;
        loop {
            let rows = outbox::oldest(self.database(), BATCH).await?;
            if rows.is_empty() {
                return Ok(total);
            }
            // After the rows were read: whatever grant their causes killed is known to be dead now.
            let lives = self.standing_of_streams(&rows).await?;
            total += self.hand_out_rows(rows, &lives).await?;
            self.sets().notify_waiters();
        }
    }

    async fn hand_out_rows(&self, rows: Vec<OutboxRow>, lives: &HashMap<Uuid, bool>) -> Result<u64> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut transaction = self.database().begin().await?;
        outbox::hold_turn(&mut transaction, "hand-out").await?;
        let taken = outbox::take(&mut transaction, &ids).await?;
        let mut handed_out = 0;
        for (place, row) in (0_i64..).zip(&rows) {
            if !taken.contains(&row.id) {
                continue;
            }
            match row.kind.as_str() {
                WEBHOOK => self.to_webhooks(&mut transaction, row, place).await?,
                SECURITY => self.to_streams(&mut transaction, row, lives).await?,
                other => return Err(Error::internal(format!("nobody hears of “{other}”"))),
            }
            handed_out += 1;
        }
        transaction.commit().await?;
        Ok(handed_out)
    }

    async fn to_webhooks(&self, transaction: &mut Transaction, row: &OutboxRow, place: i64) -> Result<()> {
        let news = News::of(row)?;
        let hearing = webhooks::hearing(
            transaction,
            row.organization_id,
            news.owner_person,
            news.owner_client.as_deref(),
            &news.resource,
            &news.event,
        )
        .await?;
        for webhook in hearing.iter().filter(|webhook| news.is_for(webhook)) {
            if deliveries::waiting(transaction, webhook.id).await? >= MOST_WAITING {
                continue;
            }
            let body = webhook_wire::envelope(webhook, &news);
            let id = self.randomness().uuid();
            deliveries::insert(transaction, id, webhook.id, body.to_string(), self.now(), place).await?;
        }
        Ok(())
    }
}

/// News as the outbox keeps it.
pub(crate) struct News {
    pub(crate) organization_id: OrganizationId,
    pub(crate) resource: String,
    pub(crate) event: String,
    pub(crate) actor: Option<PersonId>,
    owner_client: Option<String>,
    owner_person: Option<Uuid>,
    pub(crate) data: Value,
}

impl News {
    fn of(row: &OutboxRow) -> Result<Self> {
        let text = |name: &str| row.payload[name].as_str().map(ToOwned::to_owned);
        let uuid = |name: &str| {
            text(name)
                .map(|text| Uuid::parse_str(&text).map_err(Error::internal))
                .transpose()
        };
        Ok(Self {
            organization_id: OrganizationId::new(row.organization_id),
            resource: text("resource").unwrap_or_default(),
            event: text("event").unwrap_or_default(),
            actor: uuid("actor")?.map(PersonId::new),
            owner_client: text("owner"),
            owner_person: uuid("owner_person")?,
            data: row.payload["data"].clone(),
        })
    }

    /// Whoever does not see the organization hears of what their own person did; an owner hears of what is theirs.
    fn is_for(&self, webhook: &Webhook) -> bool {
        let is_owned = self.owner_client.is_some() || self.owner_person.is_some();
        let may_see = is_owned || webhook.sees_organization || self.actor == Some(webhook.person_id);
        let passes = match &webhook.filter {
            None => true,
            // It was readable when it was registered.
            Some(filter) => Filter::parse(filter).is_ok_and(|filter| filter.lets_pass(&self.data)),
        };
        may_see && passes
    }
}
