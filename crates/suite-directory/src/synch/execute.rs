use kit::{Error, Result};

use crate::model::{Progress, Run, Stage};
use crate::store::leases;
use crate::store::{added, changes, runs, staging};
use crate::synch::start::Job;
use crate::users_synch::UsersSynch;

/// Why a run ends without having changed anything.
pub(crate) enum Stop {
    /// The answer is not plausible.
    Refused(String),
    Failed(Error),
    /// The program is about to end.
    Stopping,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<webex_client::ClientError> for Stop {
    fn from(error: webex_client::ClientError) -> Self {
        Self::Failed(error.into())
    }
}

impl UsersSynch {
    /// Fetches, applies, and writes down how it ended.
    pub(crate) async fn execute(&self, job: Job, report: &mut (dyn FnMut(Progress) + Send)) -> Result<Run> {
        let outcome = match self.fetch(&job, report).await {
            Ok(fetched) => self.apply(&job, &fetched, report).await,
            Err(stop) => Err(stop),
        };
        let ended = match outcome {
            Ok(()) => Ok(()),
            Err(stop) => self.end_without_change(&job, stop).await,
        };
        added::forget(self.database(), job.run.customer, Some(job.run.number)).await?;
        staging::clear(self.database(), job.run.id, self.now()).await?;
        ended?;
        self.parts().nudge.notify_one();
        let run = runs::find(self.database(), job.run.id).await?;
        run.ok_or_else(|| Error::internal("a run is gone"))
    }

    async fn end_without_change(&self, job: &Job, stop: Stop) -> Result<()> {
        let now = self.now();
        let stage = match stop {
            Stop::Refused(reason) => Stage::Refused {
                finished_at: now,
                reason,
            },
            Stop::Failed(error) => {
                tracing::warn!(customer = %job.run.customer, run = job.run.number, chain = error.chain(), "a synchronization failed");
                Stage::Failed {
                    finished_at: now,
                    reason: error.public().to_owned(),
                }
            }
            Stop::Stopping => Stage::Interrupted { finished_at: now },
        };
        changes::clear(self.database(), job.run.id).await?;
        let mut transaction = self.database().begin().await?;
        // Who lost the lease has been recorded as interrupted by its new holder.
        leases::renew(&mut transaction, &job.lease, now).await?;
        runs::finish(&mut transaction, job.run.id, &stage, now).await?;
        transaction.commit().await
    }
}
