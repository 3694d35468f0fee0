use std::time::Duration;

use kit::{Result, Timestamp};
use suite_tenancy::{Actor, CustomerId};

use crate::model::{Trigger, next_due};
use crate::store::runs;
use crate::synch::SynchOptions;
use crate::users_synch::UsersSynch;

/// Customers and authorizations come and go without telling; so often the reconciler looks again.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

impl UsersSynch {
    /// Keeps every customer synchronized until [`UsersSynch::stop`]: woken by the moment at which the next run is due,
    /// and by nudges. Idempotent; several processes may do it at once.
    pub async fn keep_running(&self) {
        let mut stop = self.parts().stop.subscribe();
        loop {
            let now = self.now();
            let next = match self.start_what_is_due().await {
                Ok(next) => next
                    .unwrap_or_else(|| now.plus(LOOK_AGAIN))
                    .min(now.plus(LOOK_AGAIN)),
                Err(error) => {
                    tracing::error!(
                        chain = error.chain(),
                        "the schedule of synchronizations cannot be read"
                    );
                    now.plus(LOOK_AGAIN)
                }
            };
            tokio::select! {
                () = self.parts().clock.sleep_until(next) => {}
                () = self.parts().nudge.notified() => {}
                _ = stop.wait_for(|stopping| *stopping) => return,
            }
        }
    }

    /// Wakes the reconciler: something changed that it should look at.
    pub fn nudge(&self) {
        self.parts().nudge.notify_one();
    }

    /// Starts every run whose time has come, and answers when the next one is due.
    pub(crate) async fn start_what_is_due(&self) -> Result<Option<Timestamp>> {
        let actor = Actor::system("Schedule");
        let mut next: Option<Timestamp> = None;
        for customer in self.parts().tenancy.customers(&actor).await? {
            let due = match self.due(customer.id).await? {
                Some(due) if due <= self.now() => {
                    self.start_scheduled(&actor, customer.id).await?;
                    continue;
                }
                Some(due) => due,
                None => continue,
            };
            next = Some(next.map_or(due, |next| next.min(due)));
        }
        Ok(next)
    }

    /// When the customer's next run is due; a run whose program stopped is due again when its lease ends.
    pub(crate) async fn due(&self, customer: CustomerId) -> Result<Option<Timestamp>> {
        let last = runs::list(self.database(), customer, i64::MAX, 1)
            .await?
            .into_iter()
            .next();
        if let Some(running) = last.as_ref().filter(|run| run.is_running()) {
            let held = crate::store::leases::holder(self.database(), customer, self.now()).await?;
            return Ok((held != Some(running.id)).then(|| self.now()));
        }
        Ok(next_due(last.as_ref(), self.period(), self.now()))
    }

    async fn start_scheduled(&self, actor: &Actor, customer: CustomerId) -> Result<()> {
        // Without an authorization there is nothing to run, and no record every half an hour that says so.
        if self.parts().connections.client_for(customer).await.is_err() {
            return Ok(());
        }
        if let Ok(job) = self
            .begin(actor, customer, SynchOptions::default(), Trigger::Scheduled)
            .await?
        {
            self.run_in_background(job).await;
        }
        Ok(())
    }
}
