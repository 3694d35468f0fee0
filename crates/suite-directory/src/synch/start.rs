use kit::{Error, Result};
use suite_tenancy::{Action, Actor, AuditEntry, CustomerId};

use crate::model::{Progress, Run, RunId, Stage, Trigger};
use crate::store::leases::{self, Lease};
use crate::store::{people, runs, staging};
use crate::synch::LEASE;
use crate::users_synch::UsersSynch;

/// How a run is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SynchOptions {
    /// Accept an answer with fewer than half of the known people.
    pub accept_fewer: bool,
}

/// What asking for a run led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    New(RunId),
    /// One runs already; there is never a second one of the same customer.
    AlreadyRunning(RunId),
}

impl Started {
    pub const fn run(self) -> RunId {
        match self {
            Self::New(run) | Self::AlreadyRunning(run) => run,
        }
    }
}

/// A run that this process holds the lease of.
pub(crate) struct Job {
    pub(crate) lease: Lease,
    pub(crate) run: Run,
    pub(crate) options: SynchOptions,
}

impl UsersSynch {
    /// Starts a run in the background, or finds the one that runs already.
    pub async fn start(&self, actor: &Actor, customer: CustomerId) -> Result<RunId> {
        self.start_with(actor, customer, SynchOptions::default())
            .await
            .map(Started::run)
    }

    /// The same with options, and with the answer whether it is a new one.
    pub async fn start_with(
        &self,
        actor: &Actor,
        customer: CustomerId,
        options: SynchOptions,
    ) -> Result<Started> {
        match self.begin(actor, customer, options, Trigger::Asked).await? {
            Ok(job) => {
                let run = job.run.id;
                self.run_in_background(job).await;
                Ok(Started::New(run))
            }
            Err(running) => Ok(Started::AlreadyRunning(running)),
        }
    }

    /// Runs to the end and reports on the way: for terminals. An error where a run of the customer runs already; a run
    /// that fails or is refused is no error but a [`Run`] that says so.
    pub async fn run_to_end(
        &self,
        actor: &Actor,
        customer: CustomerId,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Run> {
        self.run_to_end_with(actor, customer, SynchOptions::default(), progress)
            .await
    }

    /// The same with options.
    pub async fn run_to_end_with(
        &self,
        actor: &Actor,
        customer: CustomerId,
        options: SynchOptions,
        mut progress: impl FnMut(Progress) + Send,
    ) -> Result<Run> {
        match self.begin(actor, customer, options, Trigger::Asked).await? {
            Ok(job) => self.execute(job, &mut progress).await,
            Err(_) => Err(Error::conflict(
                "A synchronization of this customer runs already. Wait until it has ended.",
            )),
        }
    }

    pub(crate) async fn run_in_background(&self, job: Job) {
        let synch = self.clone();
        let mut running = self.parts().running.lock().await;
        // What has ended is taken out, so that the set does not grow.
        while running.try_join_next().is_some() {}
        running.spawn(async move {
            let (run, customer) = (job.run.number, job.run.customer);
            if let Err(error) = synch.execute(job, &mut |_| {}).await {
                tracing::error!(%customer, run, chain = error.chain(), "a synchronization could not be recorded");
            }
        });
    }

    /// Takes the lease and writes the run down. The inner error is the run that runs already.
    pub(crate) async fn begin(
        &self,
        actor: &Actor,
        customer: CustomerId,
        options: SynchOptions,
        trigger: Trigger,
    ) -> Result<std::result::Result<Job, RunId>> {
        actor.require(Action::RunSynch, Some(customer))?;
        let known_customer = self
            .parts()
            .tenancy
            .customer(&Actor::system("Synchronization"), customer)
            .await?;
        let now = self.now();
        let id = RunId::random(&*self.parts().randomness);
        let mut transaction = self.database().begin().await?;
        let Some(lease) = leases::take(&mut transaction, customer, id, now, now.plus(LEASE)).await? else {
            drop(transaction);
            let holder = leases::holder(self.database(), customer, now).await?;
            return holder.map(Err).ok_or_else(|| {
                Error::conflict("A synchronization of this customer has just ended. Try again.")
            });
        };
        runs::interrupt_abandoned(&mut transaction, customer, id, now).await?;
        let known = people::count_present(&mut transaction, customer).await?;
        let mut run = Run {
            id,
            customer,
            number: 0,
            trigger,
            started_by: actor.name.clone(),
            started_at: now,
            stage: Stage::Fetching,
            pages: 0,
            people: 0,
            locations: 0,
            known,
        };
        run.number = runs::insert(&mut transaction, &run).await?;
        if trigger == Trigger::Asked {
            let detail = format!(
                "Run {}{}.",
                run.number,
                if options.accept_fewer {
                    ", accepting fewer people"
                } else {
                    ""
                }
            );
            let entry = AuditEntry {
                actor,
                customer: Some(customer),
                verb: "synch.started",
                subject: known_customer.name,
                detail,
            };
            self.parts().tenancy.record(&mut transaction, entry).await?;
        }
        transaction.commit().await?;
        staging::clear_abandoned(self.database(), customer, id, now).await?;
        Ok(Ok(Job { lease, run, options }))
    }
}
