use kit::Error;

use crate::model::{Progress, ProgressStage, Stage, refusal};
use crate::store::apply::{Application, apply};
use crate::store::{changes, leases, people, runs};
use crate::synch::LEASE;
use crate::synch::execute::Stop;
use crate::synch::fetch::Fetched;
use crate::synch::start::Job;
use crate::users_synch::UsersSynch;

/// Lists of changes are kept for so many runs: four months of a run every six hours.
const RUNS_WITH_LISTS: i64 = 500;

impl UsersSynch {
    /// Makes the directory what was fetched, if that is plausible.
    pub(crate) async fn apply(
        &self,
        job: &Job,
        fetched: &Fetched,
        report: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<(), Stop> {
        let count = |number: i64| u64::try_from(number).unwrap_or(0);
        report(self.progress(
            job,
            ProgressStage::Applying,
            count(fetched.people),
            count(fetched.pages),
        ));
        if let Some(reason) = refusal(fetched.people, job.run.known, job.options.accept_fewer) {
            return Err(Stop::Refused(reason));
        }
        self.note_applying(job).await?;
        let now = self.now();
        let mut transaction = self.database().begin().await?;
        leases::renew(&mut transaction, &job.lease, now.plus(LEASE)).await?;
        let list_added = people::any(&mut transaction, job.run.customer).await?;
        let application = Application {
            run: job.run.id,
            customer: job.run.customer,
            run_number: job.run.number,
            now,
            added: fetched.added,
            list_added,
        };
        let mut changes = apply(&mut transaction, &application, &fetched.seen).await?;
        changes.unchanged = fetched.unchanged;
        if changes.added + changes.changed + changes.returned + changes.unchanged != fetched.people {
            return Err(Stop::Failed(Error::internal(
                "staging does not hold what was fetched",
            )));
        }
        let finished_at = self.now();
        runs::finish(
            &mut transaction,
            job.run.id,
            &Stage::Succeeded { finished_at, changes },
            finished_at,
        )
        .await?;
        // The lease ends with the run.
        leases::renew(&mut transaction, &job.lease, finished_at).await?;
        transaction.commit().await?;
        changes::forget_before(
            self.database(),
            job.run.customer,
            job.run.number - RUNS_WITH_LISTS,
        )
        .await?;
        tracing::info!(customer = %job.run.customer, run = job.run.number, ?changes, "synchronized");
        Ok(())
    }

    async fn note_applying(&self, job: &Job) -> kit::Result<()> {
        let Some(run) = runs::find(self.database(), job.run.id).await? else {
            return Err(Error::internal("a run is gone"));
        };
        runs::note_progress(
            self.database(),
            job.run.id,
            &Stage::Applying,
            run.pages,
            run.people,
            run.locations,
        )
        .await
    }
}
