use kit::{Result, Timestamp};
use kit_sql::{Handle, Transaction, sql};

use crate::store::people_search_scim::{self, Start};
use crate::{Directory, OrganizationId, PersonId};

/// What an index can tell of people; everything that is set must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleCondition {
    /// The beginning of the display name, as [`kit::search_key`] makes it.
    pub name_prefix: Option<String>,
    /// Who can sign in, or who cannot.
    pub active: Option<bool>,
    /// Changed at this moment or later.
    pub modified_from: Option<Timestamp>,
    /// Changed before this moment.
    pub modified_before: Option<Timestamp>,
}

/// The orders that an index has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum PeopleOrder {
    Id { descending: bool },
    Email { descending: bool },
    LastModified { descending: bool },
    DisplayName { descending: bool },
}

/// Where a person stands in an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeoplePosition {
    /// The person.
    pub id: PersonId,
    pub(crate) text: String,
    pub(crate) moment: Timestamp,
}

/// For slices that answer people in a form of their own. They have asked for the right to look already.
impl Directory {
    /// How many people meet the condition.
    pub async fn count_where(
        &self,
        organization_id: OrganizationId,
        condition: &PeopleCondition,
    ) -> Result<usize> {
        people_search_scim::count(self.database().into(), organization_id, condition).await
    }

    /// At most `limit` people behind the first `offset`.
    pub async fn positions_from(
        &self,
        organization_id: OrganizationId,
        condition: &PeopleCondition,
        order: PeopleOrder,
        offset: usize,
        limit: usize,
    ) -> Result<Vec<PeoplePosition>> {
        let start = Start::Offset(offset);
        let database = self.database().into();
        people_search_scim::positions(database, organization_id, condition, order, start, limit).await
    }

    /// At most `limit` people behind `last`, or from the beginning: for walks through a whole organization.
    pub async fn positions_behind(
        &self,
        organization_id: OrganizationId,
        condition: &PeopleCondition,
        order: PeopleOrder,
        last: Option<&PeoplePosition>,
        limit: usize,
    ) -> Result<Vec<PeoplePosition>> {
        let start = last.map_or(Start::Offset(0), |last| Start::Behind(last.clone()));
        let database = self.database().into();
        people_search_scim::positions(database, organization_id, condition, order, start, limit).await
    }

    /// The person of an organization who signs in by this address, in any spelling of its letters.
    pub async fn id_by_email(
        &self,
        on: Handle<'_>,
        organization_id: OrganizationId,
        email: &str,
    ) -> Result<Option<PersonId>> {
        let row = sql("SELECT id FROM person WHERE email = $1 AND organization_id = $2")
            .bind(email.trim().to_lowercase())
            .bind(organization_id.uuid())
            .optional(on)
            .await?;
        row.map(|row| row.uuid("id").map(PersonId::new)).transpose()
    }

    /// Those of these people who are in the organization, kept there until the transaction ends: whoever refers to one
    /// of them refers to somebody.
    pub async fn hold_people(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        ids: &[PersonId],
    ) -> Result<Vec<PersonId>> {
        let for_share = transaction.dialect().for_share();
        let mut held = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(1_000) {
            let rows = sql("SELECT id FROM person WHERE organization_id = ")
                .push_bind(organization_id.uuid())
                .push(" AND id IN ")
                .push_list(chunk.iter().map(|id| id.uuid()))
                // In one order, so that two who hold the same people wait for each other and do not block each other.
                .push(" ORDER BY id")
                .push(for_share)
                .all(&mut *transaction)
                .await?;
            for row in rows {
                held.push(PersonId::new(row.uuid("id")?));
            }
        }
        Ok(held)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kit::{ManualClock, SeededRandomness};
    use kit_sql::{Database, Dialect, Statement};
    use kit_web::PublicUrl;

    use super::*;
    use crate::seed::{self, SeedOrganization, Size};
    use crate::store::people_search_scim::positions_statement;

    async fn medium(database: &Database) -> (Directory, SeedOrganization) {
        let clock = ManualClock::at(Timestamp::from_millis(seed::REFERENCE_MOMENT_MS));
        let public_url = PublicUrl::parse("http://127.0.0.1:8080").unwrap();
        let randomness = Arc::new(SeededRandomness::new(1));
        let directory = Directory::new(database.clone(), Arc::new(clock), randomness, public_url);
        directory.migrate().await.unwrap();
        let organization = seed::organization(Size::Medium, 7);
        directory.seed(&organization).await.unwrap();
        (directory, organization)
    }

    async fn plan(database: &Database, statement: Statement) -> String {
        let rows = statement
            .explained(database.dialect())
            .all(database)
            .await
            .unwrap();
        let column = match database.dialect() {
            Dialect::Sqlite => "detail",
            Dialect::Postgres => "QUERY PLAN",
        };
        let lines: Vec<String> = rows.iter().map(|row| row.text(column).unwrap()).collect();
        lines.join("\n")
    }

    fn walks_an_index(plan: &str) -> bool {
        !plan.contains("Seq Scan")
            && !plan.contains("SCAN person\n")
            && !plan.contains("TEMP B-TREE")
            && !plan.contains("Sort")
            && plan.to_lowercase().contains("index")
    }

    kit_test::both_databases! {
        async fn pages_walk_along_an_index_and_addresses_are_looked_up(database: Database) {
            let (_, organization) = medium(&database).await;
            let organization_id = OrganizationId::new(organization.id);
            let everybody = PeopleCondition::default();
            for order in [
                PeopleOrder::Id { descending: false },
                PeopleOrder::Id { descending: true },
                PeopleOrder::Email { descending: false },
                PeopleOrder::LastModified { descending: true },
                PeopleOrder::DisplayName { descending: false },
            ] {
                let statement = positions_statement(organization_id, &everybody, order, Start::Offset(100), 100);
                let plan = plan(&database, statement).await;
                assert!(walks_an_index(&plan), "{order:?}: {plan}");
            }
            let since = PeopleCondition { modified_from: Some(Timestamp::from_millis(seed::REFERENCE_MOMENT_MS)), ..everybody };
            let order = PeopleOrder::LastModified { descending: false };
            let plan_since = plan(&database, positions_statement(organization_id, &since, order, Start::Offset(0), 100)).await;
            assert!(walks_an_index(&plan_since) && plan_since.contains("person_by_change"), "{plan_since}");
            let lookup = sql("SELECT id FROM person WHERE email = $1 AND organization_id = $2").bind("x").bind(organization_id.uuid());
            let plan_lookup = plan(&database, lookup).await;
            assert!(walks_an_index(&plan_lookup), "{plan_lookup}");
        }

        async fn a_walk_sees_everybody_once_in_every_order(database: Database) {
            let (directory, organization) = medium(&database).await;
            let organization_id = OrganizationId::new(organization.id);
            let everybody = PeopleCondition::default();
            assert_eq!(directory.count_where(organization_id, &everybody).await.unwrap(), 5_000);
            for descending in [false, true] {
                for order in [
                    PeopleOrder::Id { descending },
                    PeopleOrder::Email { descending },
                    PeopleOrder::LastModified { descending },
                    PeopleOrder::DisplayName { descending },
                ] {
                    let all = directory.positions_from(organization_id, &everybody, order, 0, 10_000).await.unwrap();
                    let mut walked = Vec::new();
                    loop {
                        let batch = directory.positions_behind(organization_id, &everybody, order, walked.last(), 1_700).await.unwrap();
                        if batch.is_empty() {
                            break;
                        }
                        walked.extend(batch);
                    }
                    assert_eq!(walked.len(), 5_000, "{order:?}");
                    assert!(walked == all, "{order:?}");
                    assert_eq!(directory.positions_from(organization_id, &everybody, order, 4_990, 100).await.unwrap(), all[4_990..], "{order:?}");
                }
            }
        }

        async fn conditions_hold_together(database: Database) {
            let (directory, organization) = medium(&database).await;
            let organization_id = OrganizationId::new(organization.id);
            let inactive = organization.people.iter().filter(|person| !person.login_enabled).count();
            let of = |condition| { let directory = directory.clone(); async move { directory.count_where(organization_id, &condition).await.unwrap() } };
            assert_eq!(of(PeopleCondition { active: Some(false), ..PeopleCondition::default() }).await, inactive);
            assert_eq!(of(PeopleCondition { active: Some(true), ..PeopleCondition::default() }).await, 5_000 - inactive);
            let middle = organization.people[2_500].last_modified_ms;
            let later = organization.people.iter().filter(|person| person.last_modified_ms >= middle).count();
            let moment = Some(Timestamp::from_millis(middle));
            assert_eq!(of(PeopleCondition { modified_from: moment, ..PeopleCondition::default() }).await, later);
            assert_eq!(of(PeopleCondition { modified_before: moment, ..PeopleCondition::default() }).await, 5_000 - later);
            let prefix = PeopleCondition { name_prefix: Some("al".to_owned()), ..PeopleCondition::default() };
            let named = organization.people.iter().filter(|person| kit::search_key(&person.display_name).starts_with("al")).count();
            assert!(named > 0);
            assert_eq!(of(prefix).await, named);
        }
    }
}
