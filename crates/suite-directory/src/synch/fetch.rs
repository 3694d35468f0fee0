use futures::StreamExt as _;
use kit::{Error, Kind};
use webex::PeoplePage;
use webex_client::{ErrorKind, Pages, PeopleQuery, WebexClient};

use crate::model::{Progress, ProgressStage, Stage, locations_from_wire, person_from_wire};
use crate::store::{leases, people, runs, staging};
use crate::synch::execute::Stop;
use crate::synch::intake::{Batch, Intake};
use crate::synch::seen::Seen;
use crate::synch::start::Job;
use crate::synch::{HEARTBEAT, LEASE};
use crate::users_synch::UsersSynch;

/// The platform answers at most 100 people a page when it adds numbers.
const PEOPLE_A_PAGE: u32 = 100;

/// How many people wait in memory for the next transaction.
const PEOPLE_A_TRANSACTION: usize = 1_000;

/// A transaction is due after this even with few people, so that the progress is seen.
const LONGEST_SILENCE_MS: i64 = 1_000;

/// No organization has more; a list that goes on is no list of locations.
const MOST_LOCATIONS: usize = 100_000;

/// A page may be empty (bots and machines are left out); pages without an end that are empty are no list of people.
const MOST_EMPTY_PAGES: u32 = 1_000;

/// How much was read so far, written or not.
#[derive(Default)]
struct Read {
    people: u64,
    pages: u64,
    empty_pages: u32,
}

/// What was read, all of it.
pub(crate) struct Fetched {
    pub(crate) people: i64,
    /// How many of them are new; they stand in the directory, where nobody sees them yet.
    pub(crate) added: i64,
    /// How many of them are as the directory knows them; the others are staged.
    pub(crate) unchanged: i64,
    pub(crate) pages: i64,
    pub(crate) seen: Seen,
}

impl UsersSynch {
    /// Reads everything into staging.
    pub(crate) async fn fetch(
        &self,
        job: &Job,
        report: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<Fetched, Stop> {
        report(self.progress(job, ProgressStage::Locations, 0, 0));
        let client = self.parts().connections.client_for(job.run.customer).await?;
        let locations = tokio::select! {
            locations = self.fetch_locations(job, &client) => locations?,
            () = self.stopping() => return Err(Stop::Stopping),
        };
        self.fetch_people(job, &client, locations, report).await
    }

    async fn fetch_locations(&self, job: &Job, client: &WebexClient) -> Result<i64, Stop> {
        let (mut plain, mut calling) = (Vec::new(), Vec::new());
        let mut pages = client.locations();
        while let Some(page) = self.alive_while(job, pages.next()).await? {
            plain.extend(page?.items);
            bounded(plain.len())?;
        }
        let mut pages = client.telephony_locations();
        while let Some(page) = self.alive_while(job, pages.next()).await? {
            match page {
                Ok(page) => {
                    calling.extend(page.locations);
                    bounded(calling.len())?;
                }
                // An organization without Webex Calling has no calling side.
                Err(error) if error.kind == ErrorKind::NotFound => break,
                Err(error) => return Err(error.into()),
            }
        }
        let records = locations_from_wire(plain, calling);
        let count = i64::try_from(records.len()).unwrap_or(i64::MAX);
        let mut transaction = self.database().begin().await?;
        leases::renew(&mut transaction, &job.lease, self.now().plus(LEASE)).await?;
        staging::insert_locations(&mut transaction, job.run.id, records).await?;
        runs::note_progress(&mut transaction, job.run.id, &Stage::Fetching, 0, 0, count).await?;
        transaction.commit().await?;
        Ok(count)
    }

    async fn fetch_people(
        &self,
        job: &Job,
        client: &WebexClient,
        locations: i64,
        report: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<Fetched, Stop> {
        let query = PeopleQuery {
            calling_data: true,
            max: Some(PEOPLE_A_PAGE),
            exclude_status: true,
            ..PeopleQuery::default()
        };
        let mut pages = client.people(&query);
        let everybody_is_new = !people::any(self.database(), job.run.customer).await?;
        let mut intake = Intake::new(locations, everybody_is_new);
        let mut read = Read::default();
        report(self.progress(job, ProgressStage::People, 0, 0));
        let mut batch = self.next_batch(job, &mut pages, &mut read, report).await?;
        while !batch.is_last {
            // The next people are read while these are written.
            let writing = self.stage(job, &mut intake, batch);
            let reading = self.next_batch(job, &mut pages, &mut read, report);
            ((), batch) = tokio::try_join!(writing, reading)?;
        }
        self.stage(job, &mut intake, batch).await?;
        Ok(intake.into_fetched())
    }

    /// Reads pages until there is enough for a transaction, or it is time for one.
    async fn next_batch(
        &self,
        job: &Job,
        pages: &mut Pages<PeoplePage>,
        read: &mut Read,
        report: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<Batch, Stop> {
        let mut batch = Batch::default();
        let began = self.now();
        loop {
            let page = tokio::select! {
                page = self.alive_while(job, pages.next()) => page?,
                () = self.stopping() => return Err(Stop::Stopping),
            };
            let Some(page) = page else {
                batch.is_last = true;
                return Ok(batch);
            };
            batch.pages += 1;
            let before = batch.people.len();
            for person in page?.items {
                batch.people.extend(person_from_wire(person)?);
            }
            read.note_page(batch.people.len() - before)?;
            report(self.progress(job, ProgressStage::People, read.people, read.pages));
            let silence = self.now().as_millis() - began.as_millis();
            if batch.people.len() >= PEOPLE_A_TRANSACTION || silence >= LONGEST_SILENCE_MS {
                return Ok(batch);
            }
        }
    }

    /// Waits for `work` and keeps the lease meanwhile: Webex may ask for patience (Retry-After) longer than it lasts.
    async fn alive_while<T>(&self, job: &Job, work: impl Future<Output = T>) -> Result<T, Stop> {
        tokio::pin!(work);
        loop {
            tokio::select! {
                biased;
                done = &mut work => return Ok(done),
                () = self.parts().clock.sleep(HEARTBEAT) => {
                    leases::renew(self.database(), &job.lease, self.now().plus(LEASE)).await?;
                }
            }
        }
    }

    /// Returns when the program is about to end.
    async fn stopping(&self) {
        let mut stop = self.parts().stop.subscribe();
        // The sender lives as long as this value.
        let _ = stop.wait_for(|stopping| *stopping).await;
    }

    pub(crate) fn progress(&self, job: &Job, stage: ProgressStage, people: u64, pages: u64) -> Progress {
        Progress {
            stage,
            people,
            pages,
            expected: u64::try_from(job.run.known).ok().filter(|known| *known > 0),
        }
    }
}

impl Read {
    fn note_page(&mut self, people: usize) -> Result<(), Stop> {
        self.pages += 1;
        self.people += people as u64;
        self.empty_pages = if people == 0 { self.empty_pages + 1 } else { 0 };
        if self.empty_pages >= MOST_EMPTY_PAGES {
            return Err(endless("page after page without a single person"));
        }
        Ok(())
    }
}

fn bounded(locations: usize) -> Result<(), Stop> {
    if locations > MOST_LOCATIONS {
        Err(endless("more locations than any organization has"))
    } else {
        Ok(())
    }
}

fn endless(what: &str) -> Stop {
    let sentence =
        format!("Webex answered {what}; the list was not read to its end and nothing was changed.");
    Stop::Failed(Error::new(Kind::Unavailable, sentence))
}

/// A list that begins again never ends.
pub(crate) fn circular() -> Stop {
    endless("a page on which everybody had been on an earlier page")
}
