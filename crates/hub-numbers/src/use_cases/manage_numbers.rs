use std::collections::BTreeMap;

use hub_directory::public_api::{
    FULL_ADMIN, NOT_FOUND, TELEPHONY_READ, TELEPHONY_READERS, TELEPHONY_WRITE, e164, require,
};
use hub_directory::{Caller, Location, LocationId, OrganizationId};
use kit::{Error, Kind, Result, Uuid};
use kit_sql::Transaction;

use super::change_numbers::require_idle;
use crate::Numbers;
use crate::model::{Entry, Job, JobError, Operation};
use crate::store::{entries, jobs, writes};

/// What a job shall do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JobRequest {
    pub(crate) operation: Operation,
    /// Where numbers move to.
    pub(crate) target: Option<LocationId>,
    /// Whether numbers become service numbers.
    pub(crate) service: bool,
    /// The numbers of each location, as they were written.
    pub(crate) numbers: Vec<(LocationId, Vec<String>)>,
    pub(crate) tracking_id: String,
}

const MOST_NUMBERS: usize = 1_000;

impl Numbers {
    /// Moves, removes or marks many numbers. What cannot be done with one number does not stop the others; the job
    /// keeps why. It is done when this returns.
    pub(crate) async fn run_job(&self, caller: &Caller, request: JobRequest) -> Result<Job> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let total: usize = request.numbers.iter().map(|(_, numbers)| numbers.len()).sum();
        if total == 0 || total > MOST_NUMBERS {
            return Err(Error::invalid(format!(
                "numberList must name one to {MOST_NUMBERS} numbers."
            )));
        }
        let mut transaction = self.database().begin().await?;
        let target = self.target(&mut transaction, caller, &request).await?;
        let mut errors = Vec::new();
        for (source_id, numbers) in &request.numbers {
            let source = self.place(&mut transaction, caller, *source_id).await?;
            require_same_country(&source, target.as_ref())?;
            let step = Step {
                request: &request,
                organization_id: caller.organization_id,
                source: &source,
            };
            step.run(&mut transaction, numbers, &mut errors).await?;
        }
        let job = Job {
            id: self.randomness().uuid(),
            organization_id: caller.organization_id,
            instance: jobs::next_instance(&mut transaction, caller.organization_id).await?,
            person_id: caller.person_id,
            operation: request.operation,
            source_location_id: request.numbers.first().map(|(id, _)| *id),
            target_location_id: target.map(|location| location.id),
            created_at: self.clock().now(),
            total: i64::try_from(total).unwrap_or(i64::MAX),
            failed: i64::try_from(errors.len()).unwrap_or(i64::MAX),
            tracking_id: request.tracking_id,
        };
        jobs::insert(&mut transaction, &job, &errors).await?;
        transaction.commit().await?;
        Ok(job)
    }

    /// Jobs of the caller's organization, the newest first, and whether more follow.
    pub(crate) async fn list_jobs(
        &self,
        caller: &Caller,
        start: usize,
        max: usize,
    ) -> Result<(Vec<Job>, bool)> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let as_integer = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let (offset, limit) = (as_integer(start), as_integer(max.saturating_add(1)));
        let mut found = jobs::page(self.database().into(), caller.organization_id, offset, limit).await?;
        let more = found.len() > max;
        found.truncate(max);
        Ok((found, more))
    }

    /// One job, and what failed of it.
    pub(crate) async fn show_job(&self, caller: &Caller, id: Uuid) -> Result<(Job, Vec<JobError>)> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let job = jobs::by_id(self.database().into(), caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let errors = jobs::errors_of(self.database().into(), id).await?;
        Ok((job, errors))
    }

    /// Refuses to pause, resume or abandon a job: every job here is done when it is answered.
    pub(crate) async fn halt_job(&self, caller: &Caller, id: Uuid) -> Result<()> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        match jobs::by_id(self.database().into(), caller.organization_id, id).await? {
            Some(_) => Err(Error::conflict(
                "The job is completed; there is nothing left to pause, resume or abandon.",
            )),
            None => Err(Error::not_found(NOT_FOUND)),
        }
    }

    async fn target(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        request: &JobRequest,
    ) -> Result<Option<Location>> {
        match (request.operation, request.target) {
            (Operation::Move, None) => Err(Error::invalid(
                "targetLocationId is missing: the location to which the numbers shall move.",
            )),
            (Operation::Move, Some(id)) => self.place(transaction, caller, id).await.map(Some),
            (Operation::Delete | Operation::ChangeUsage, _) => Ok(None),
        }
    }

    async fn place(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        id: LocationId,
    ) -> Result<Location> {
        self.existing_location(transaction, caller, id).await?;
        self.directory()
            .location_of(transaction.into(), caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))
    }
}

fn require_same_country(source: &Location, target: Option<&Location>) -> Result<()> {
    match target {
        Some(target) if target.id == source.id => Err(Error::invalid(format!(
            "The numbers are at “{}” already. Choose another targetLocationId.",
            target.name
        ))),
        Some(target) if target.country != source.country => Err(Error::invalid(format!(
            "Numbers cannot move from “{}” to “{}”: the locations are in different countries.",
            source.name, target.name
        ))),
        _ => Ok(()),
    }
}

/// The part of a job at one location.
struct Step<'a> {
    request: &'a JobRequest,
    organization_id: OrganizationId,
    source: &'a Location,
}

impl Step<'_> {
    async fn run(
        &self,
        transaction: &mut Transaction,
        numbers: &[String],
        errors: &mut Vec<JobError>,
    ) -> Result<()> {
        let readable: Vec<String> = numbers.iter().filter_map(|text| e164(text).ok()).collect();
        let mut known = entries::with_numbers(transaction, &readable).await?;
        let mut good = Vec::with_capacity(numbers.len());
        for text in numbers {
            match self.usable(text, &mut known) {
                Ok(number) => good.push(number),
                Err(error) => errors.push(JobError {
                    number: text.chars().take(40).collect(),
                    status: if *error.kind() == Kind::Conflict { 409 } else { 400 },
                    sentence: error.public().to_owned(),
                    location_id: self.source.id,
                }),
            }
        }
        let done = match (self.request.operation, self.request.target) {
            (Operation::Move, Some(target)) => {
                writes::move_free(transaction, self.organization_id, &good, target).await?
            }
            (Operation::Move, None) => 0,
            (Operation::Delete, _) => writes::delete_free(transaction, self.organization_id, &good).await?,
            (Operation::ChangeUsage, _) => {
                writes::set_service(transaction, self.organization_id, &good, self.request.service).await?
            }
        };
        if usize::try_from(done).ok() != Some(good.len()) {
            return Err(Error::conflict(
                "One of these numbers was given to somebody a moment ago. Start the job again.",
            ));
        }
        Ok(())
    }

    /// The number, where it is in the stock of the location and nobody's. Taken out of `known`, so that a second
    /// mention fails.
    fn usable(&self, text: &str, known: &mut BTreeMap<String, (OrganizationId, Entry)>) -> Result<String> {
        let number = e164(text)?;
        match known.remove(&number) {
            Some((of, entry)) if of == self.organization_id && entry.location_id == self.source.id => {
                let what = match self.request.operation {
                    Operation::Move => "moved",
                    Operation::Delete => "removed",
                    Operation::ChangeUsage => "used otherwise",
                };
                require_idle(&entry, what)?;
                Ok(number)
            }
            _ => Err(Error::invalid(format!(
                "The number {number} is not in the stock of “{}”, or is named twice.",
                self.source.name
            ))),
        }
    }
}
