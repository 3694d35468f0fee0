use std::sync::Arc;
use std::time::Duration;

use kit::{Error, Result, Uuid};
use tokio::task::JoinSet;

use super::deliver_webhooks::log_trouble;
use crate::Events;
use crate::events::PERIOD;
use crate::store::deliveries;

/// How many receivers are spoken to at the same time at the most.
const MOST_AT_ONCE: usize = 64;

/// Which kind of receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Receivers {
    Webhooks,
    Streams,
}

impl Events {
    /// Hands out, delivers and sends for as long as the Hub runs.
    pub async fn work(&self) {
        tokio::join!(
            self.keep_handing_out(),
            self.keep_delivering(Receivers::Webhooks),
            self.keep_delivering(Receivers::Streams),
            self.keep_sending_letters(),
        );
    }

    /// Everything that is due at this moment, once; returns when it is done. What fails now is due again later.
    pub async fn work_once(&self) -> Result<()> {
        self.hand_out().await?;
        for receivers in [Receivers::Webhooks, Receivers::Streams] {
            let mut running = JoinSet::new();
            for id in self.due(receivers, i64::MAX).await? {
                running.spawn(self.clone().deliver_one(receivers, id));
            }
            while let Some(outcome) = running.join_next().await {
                outcome.map_err(Error::internal)??;
            }
        }
        self.send_letters().await
    }

    async fn keep_handing_out(&self) {
        loop {
            let rung = self.bell().notified();
            if let Err(error) = self.hand_out().await {
                log_trouble("handing out", &error);
            }
            tokio::select! {
                () = rung => {}
                () = self.clock().sleep(PERIOD) => {}
            }
        }
    }

    /// One receiver that hangs takes one place for as long as one request may last, and then rests.
    async fn keep_delivering(&self, receivers: Receivers) {
        let mut running = JoinSet::new();
        loop {
            let rung = self.sets().notified();
            let free = MOST_AT_ONCE.saturating_sub(running.len());
            match self.due(receivers, i64::try_from(free).unwrap_or_default()).await {
                Ok(ids) => {
                    for id in ids.into_iter().filter(|id| !self.is_busy_with(*id)) {
                        running.spawn(self.clone().deliver_patiently(receivers, id));
                    }
                }
                Err(error) => log_trouble("looking for deliveries", &error),
            }
            tokio::select! {
                () = rung => {}
                Some(_) = running.join_next(), if !running.is_empty() => {}
                () = self.clock().sleep(PERIOD) => {}
            }
        }
    }

    async fn keep_sending_letters(&self) {
        loop {
            let rung = self.bell().notified();
            if let Err(error) = self.send_letters().await {
                log_trouble("sending letters", &error);
            }
            tokio::select! {
                () = rung => {}
                () = self.clock().sleep(Duration::from_secs(5)) => {}
            }
        }
    }

    async fn due(&self, receivers: Receivers, limit: i64) -> Result<Vec<Uuid>> {
        let now = self.now();
        match receivers {
            Receivers::Webhooks => deliveries::due_webhooks(self.database(), now, limit).await,
            Receivers::Streams => self.due_streams(limit).await,
        }
    }

    async fn deliver_one(self, receivers: Receivers, id: Uuid) -> Result<()> {
        match receivers {
            Receivers::Webhooks => self.deliver_to(id).await,
            Receivers::Streams => self.push_to(id).await,
        }
    }

    /// What goes wrong here (not at the receiver) goes wrong again at once: it waits a moment in its place.
    async fn deliver_patiently(self, receivers: Receivers, id: Uuid) {
        let clock = Arc::clone(self.clock());
        if let Err(error) = self.deliver_one(receivers, id).await {
            log_trouble("delivering", &error);
            clock.sleep(PERIOD).await;
        }
    }
}
