use std::collections::{HashMap, HashSet};

use aws_lc_rs::digest;
use kit::{Error, Result};
use kit_sql::Transaction;

use crate::model::{PersonRecord, Stage, differences, tail_of};
use crate::store::apply::LISTED_OF_EACH_KIND;
use crate::store::changes::{self, NewChange};
use crate::store::staging::{self, Known, Outcome, PersonRow, StagedPerson};
use crate::store::{leases, runs};
use crate::synch::LEASE;
use crate::synch::execute::Stop;
use crate::synch::fetch::circular;
use crate::synch::start::Job;
use crate::usecases::ChangeKind;
use crate::users_synch::UsersSynch;

/// People on their way from the wire into staging, and what is known of the run so far. Its size is bounded by the
/// transactions that empty it.
pub(crate) struct Intake {
    waiting: Vec<(String, PersonRecord)>,
    pub(crate) pages: u64,
    pub(crate) staged: i64,
    locations: i64,
    batches_without_news: u32,
    listed_changed: i64,
    listed_returned: i64,
}

/// Somebody can be answered twice; everybody again and again is a list without an end.
const MOST_BATCHES_WITHOUT_NEWS: u32 = 10;

impl Intake {
    pub(crate) fn new(locations: i64) -> Self {
        Self {
            waiting: Vec::new(),
            pages: 0,
            staged: 0,
            locations,
            batches_without_news: 0,
            listed_changed: 0,
            listed_returned: 0,
        }
    }

    pub(crate) fn take(&mut self, id: String, record: PersonRecord) {
        self.waiting.push((id, record));
    }

    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn people_so_far(&self) -> u64 {
        u64::try_from(self.staged).unwrap_or(0) + self.waiting.len() as u64
    }
}

impl UsersSynch {
    /// Writes who waits into staging, compared with the directory. The directory cannot change before the run is
    /// applied: the lease sees to that.
    pub(crate) async fn stage(&self, job: &Job, intake: &mut Intake) -> std::result::Result<(), Stop> {
        let mut people = std::mem::take(&mut intake.waiting);
        let answered = people.len();
        let mut transaction = self.database().begin().await?;
        leases::renew(&mut transaction, &job.lease, self.now().plus(LEASE)).await?;
        if answered > 0 {
            leave_out_repeated(&mut transaction, job, &mut people).await?;
            intake.batches_without_news = if people.is_empty() {
                intake.batches_without_news + 1
            } else {
                0
            };
            if intake.batches_without_news >= MOST_BATCHES_WITHOUT_NEWS {
                return Err(circular());
            }
            intake.staged += i64::try_from(people.len()).unwrap_or(i64::MAX);
            let compared = compare(&mut transaction, job, people).await?;
            list_changes(&mut transaction, job, intake, &compared).await?;
            let rows = compared.into_iter().map(Compared::into_staged).collect();
            staging::insert_people(&mut transaction, job.run.id, rows).await?;
        }
        let pages = i64::try_from(intake.pages).unwrap_or(i64::MAX);
        runs::note_progress(
            &mut transaction,
            job.run.id,
            &Stage::Fetching,
            pages,
            intake.staged,
            intake.locations,
        )
        .await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// Somebody can move from one page to the next while the list is read: the first answer counts.
async fn leave_out_repeated(
    transaction: &mut Transaction,
    job: &Job,
    people: &mut Vec<(String, PersonRecord)>,
) -> Result<()> {
    let mut seen: HashSet<String> =
        staging::staged_already(transaction, job.run.id, people.iter().map(|(id, _)| id.as_str())).await?;
    people.retain(|(id, _)| seen.insert(id.clone()));
    Ok(())
}

/// A person with what the directory says of them.
struct Compared {
    id: String,
    record: PersonRecord,
    json: String,
    fingerprint: String,
    outcome: Outcome,
}

async fn compare(
    transaction: &mut Transaction,
    job: &Job,
    people: Vec<(String, PersonRecord)>,
) -> Result<Vec<Compared>> {
    let known = staging::known(
        transaction,
        job.run.customer,
        people.iter().map(|(id, _)| id.as_str()),
    )
    .await?;
    people
        .into_iter()
        .map(|(id, record)| {
            let json = serde_json::to_string(&record).map_err(Error::internal)?;
            let fingerprint = fingerprint(&json);
            let outcome = match known.get(&id) {
                None => Outcome::Added,
                Some(Known { has_left: true, .. }) => Outcome::Returned,
                Some(known) if known.fingerprint == fingerprint => Outcome::Unchanged,
                Some(_) => Outcome::Changed,
            };
            Ok(Compared {
                id,
                record,
                json,
                fingerprint,
                outcome,
            })
        })
        .collect()
}

/// Half of a SHA-256: 128 bits, enough to tell two states of one person apart.
fn fingerprint(json: &str) -> String {
    let digest = digest::digest(&digest::SHA256, json.as_bytes());
    digest
        .as_ref()
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Writes down field by field who changed or came back, as long as the list has room.
async fn list_changes(
    transaction: &mut Transaction,
    job: &Job,
    intake: &mut Intake,
    compared: &[Compared],
) -> Result<()> {
    let mut listed: Vec<(&Compared, ChangeKind)> = Vec::new();
    for person in compared {
        let (count, kind) = match person.outcome {
            Outcome::Changed => (&mut intake.listed_changed, ChangeKind::Changed),
            Outcome::Returned => (&mut intake.listed_returned, ChangeKind::Returned),
            Outcome::Added | Outcome::Unchanged => continue,
        };
        if *count < LISTED_OF_EACH_KIND {
            *count += 1;
            listed.push((person, kind));
        }
    }
    if listed.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = listed.iter().map(|(person, _)| person.id.clone()).collect();
    let before: HashMap<String, String> =
        staging::known_fields(&mut *transaction, job.run.customer, &ids).await?;
    let rows = listed.into_iter().map(|(person, kind)| {
        let old: PersonRecord = before
            .get(&person.id)
            .and_then(|json| serde_json::from_str(json).ok())
            .unwrap_or_default();
        NewChange {
            person_id: person.id.clone(),
            kind,
            display_name: person.record.display_name.clone(),
            sort_key: person.record.ordering_name(),
            fields: differences(&old, &person.record),
        }
    });
    changes::insert(transaction, job.run.id, rows.collect()).await
}

impl Compared {
    fn into_staged(self) -> StagedPerson {
        let Self {
            id,
            record,
            json,
            fingerprint,
            outcome,
        } = self;
        let row = (outcome != Outcome::Unchanged).then(|| {
            let (sort_key, search_key) = (record.ordering_name(), record.searched_text());
            let tails = record
                .numbers
                .iter()
                .map(|number| tail_of(&number.value))
                .filter(|tail| !tail.is_empty())
                .collect();
            PersonRow {
                fingerprint,
                sort_key,
                search_key,
                tails,
                display_name: record.display_name,
                email: record.emails.into_iter().next(),
                department: record.department,
                location_id: record.location_id,
                fields: json,
            }
        });
        StagedPerson {
            person_id: id,
            outcome,
            row,
        }
    }
}
