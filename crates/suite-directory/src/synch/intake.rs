use std::collections::HashMap;

use aws_lc_rs::digest;
use kit::{Error, Result};
use kit_sql::Transaction;

use crate::model::{PersonRecord, Stage, differences, tail_of};
use crate::store::added::{self, AddingRun};
use crate::store::apply::LISTED_OF_EACH_KIND;
use crate::store::changes::{self, NewChange};
use crate::store::staging::{self, Known, Outcome, PersonRow, Staged, StagedPerson};
use crate::store::{leases, runs};
use crate::synch::LEASE;
use crate::synch::execute::Stop;
use crate::synch::fetch::{Fetched, circular};
use crate::synch::seen::Seen;
use crate::synch::start::Job;
use crate::usecases::ChangeKind;
use crate::users_synch::UsersSynch;

/// People on their way from the wire into staging, as many as one transaction writes.
#[derive(Default)]
pub(crate) struct Batch {
    pub(crate) people: Vec<(String, PersonRecord)>,
    pub(crate) pages: i64,
    /// Whether the list ended with it.
    pub(crate) is_last: bool,
}

/// What is known of the run so far.
pub(crate) struct Intake {
    pages: i64,
    people: i64,
    added: i64,
    unchanged: i64,
    locations: i64,
    /// Everybody who was answered, 16 bytes each.
    seen: Seen,
    staged: Staged,
    everybody_is_new: bool,
    batches_without_news: u32,
    listed_changed: i64,
    listed_returned: i64,
}

/// Somebody can be answered twice; everybody again and again is a list without an end.
const MOST_BATCHES_WITHOUT_NEWS: u32 = 10;

impl Intake {
    /// `everybody_is_new` where the directory has nobody to compare with.
    pub(crate) fn new(locations: i64, everybody_is_new: bool) -> Self {
        Self {
            pages: 0,
            people: 0,
            added: 0,
            unchanged: 0,
            locations,
            seen: Seen::default(),
            staged: Staged::default(),
            everybody_is_new,
            batches_without_news: 0,
            listed_changed: 0,
            listed_returned: 0,
        }
    }

    pub(crate) fn into_fetched(self) -> Fetched {
        let Self {
            people,
            added,
            unchanged,
            pages,
            seen,
            ..
        } = self;
        Fetched {
            people,
            added,
            unchanged,
            pages,
            seen,
        }
    }
}

impl UsersSynch {
    /// Writes people into staging, compared with the directory. The directory cannot change before the run is
    /// applied: the lease sees to that.
    pub(crate) async fn stage(
        &self,
        job: &Job,
        intake: &mut Intake,
        batch: Batch,
    ) -> std::result::Result<(), Stop> {
        let Batch {
            mut people,
            pages,
            is_last: _,
        } = batch;
        intake.pages += pages;
        let answered = people.len();
        let mut transaction = self.database().begin().await?;
        leases::renew(&mut transaction, &job.lease, self.now().plus(LEASE)).await?;
        if answered > 0 {
            // Somebody can move from one page to the next while the list is read: the first answer counts.
            people.retain(|(id, _)| intake.seen.insert(id));
            intake.batches_without_news = if people.is_empty() {
                intake.batches_without_news + 1
            } else {
                0
            };
            if intake.batches_without_news >= MOST_BATCHES_WITHOUT_NEWS {
                return Err(circular());
            }
            intake.people += i64::try_from(people.len()).unwrap_or(i64::MAX);
            let compared = compare(&mut transaction, job, intake, people).await?;
            list_changes(&mut transaction, job, intake, &compared).await?;
            let answered = compared.len();
            let rows: Vec<StagedPerson> = compared.into_iter().filter_map(Compared::into_staged).collect();
            intake.unchanged += i64::try_from(answered - rows.len()).unwrap_or(i64::MAX);
            let (new, others): (Vec<_>, Vec<_>) = rows
                .into_iter()
                .partition(|person| person.outcome == Outcome::Added);
            let run = AddingRun {
                id: job.run.id,
                customer: job.run.customer,
                number: job.run.number,
            };
            intake.added += added::insert(&mut transaction, run, self.now(), &mut intake.staged, new).await?;
            staging::insert_people(&mut transaction, job.run.id, &mut intake.staged, others).await?;
        }
        runs::note_progress(
            &mut transaction,
            job.run.id,
            &Stage::Fetching,
            intake.pages,
            intake.people,
            intake.locations,
        )
        .await?;
        transaction.commit().await?;
        Ok(())
    }
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
    intake: &Intake,
    people: Vec<(String, PersonRecord)>,
) -> Result<Vec<Compared>> {
    let known = if intake.everybody_is_new {
        HashMap::new()
    } else {
        staging::known(
            transaction,
            job.run.customer,
            people.iter().map(|(id, _)| id.as_str()),
        )
        .await?
    };
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
    /// What is to be written; nothing where nothing changes.
    fn into_staged(self) -> Option<StagedPerson> {
        let Self {
            id,
            record,
            json,
            fingerprint,
            outcome,
        } = self;
        if outcome == Outcome::Unchanged {
            return None;
        }
        let (sort_key, search_key) = (record.ordering_name(), record.searched_text());
        let mut tails: Vec<String> = record
            .numbers
            .iter()
            .map(|number| tail_of(&number.value))
            .collect();
        tails.retain(|tail| !tail.is_empty());
        tails.sort_unstable();
        tails.dedup();
        let row = PersonRow {
            fingerprint,
            sort_key,
            search_key,
            tails,
            display_name: record.display_name,
            email: record.emails.into_iter().next(),
            department: record.department,
            location_id: record.location_id,
            fields: json,
        };
        Some(StagedPerson {
            person_id: id,
            outcome,
            row,
        })
    }
}
