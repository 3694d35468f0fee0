//! What look-ups and pages cost, by the plans of both databases.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

use std::sync::Arc;

use hub_directory::seed::{self, NamedPerson};
use hub_directory::{Directory, OrganizationId, PersonId, SeedOrganization, Size};
use kit::{ManualClock, SeededRandomness, Timestamp};
use kit_sql::{Argument, Database, Dialect, Statement, insert_rows, sql};
use kit_web::PublicUrl;

use super::groups::{self, GroupCondition, GroupOrder, Window};
use super::{extras, members};
use crate::Scim;

const GROUPS: u32 = 5_000;

/// The medium organization, everybody with a name of their own for signing in, and many groups.
async fn filled(database: &Database) -> SeedOrganization {
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(seed::REFERENCE_MOMENT_MS)));
    let randomness = Arc::new(SeededRandomness::new(1));
    let url = PublicUrl::parse("http://127.0.0.1:8080").unwrap();
    let directory = Directory::new(database.clone(), clock.clone(), randomness.clone(), url);
    directory.migrate().await.unwrap();
    let scim = Scim::new(database.clone(), clock, randomness, directory.clone());
    scim.migrate().await.unwrap();
    let organization = seed::organization(Size::Medium, 7);
    directory.seed(&organization).await.unwrap();
    scim.seed(&organization).await.unwrap();
    let (id, people) = (organization.id, &organization.people);
    let rows = (0..).zip(people).map(|(number, person): (u32, _)| {
        let name = format!("user{number}");
        let key = name.clone();
        vec![
            id.into(),
            person.id.into(),
            name.into(),
            key.into(),
            format!("hr/{number}").into(),
            "{}".into(),
        ]
    });
    let insert = "INSERT INTO scim_user_extra (organization_id, person_id, user_name, user_name_key, external_id, kept)";
    insert_rows(database, insert, 6, rows.collect(), "")
        .await
        .unwrap();
    let rows = (0..).zip(people).map(|(number, person): (u32, _)| {
        vec![
            Argument::from(id),
            person.id.into(),
            format!("user{number}@home.example").into(),
        ]
    });
    let insert = "INSERT INTO scim_user_address (organization_id, person_id, address)";
    insert_rows(database, insert, 3, rows.collect(), "")
        .await
        .unwrap();
    many_groups(database, id).await;
    if database.dialect() == Dialect::Postgres {
        // Each by itself, as the store's own upkeep does it.
        for text in [
            "ANALYZE scim_user_extra",
            "ANALYZE scim_user_address",
            "ANALYZE scim_group",
            "ANALYZE scim_group_member",
        ] {
            sql(text).run(database).await.unwrap();
        }
    }
    organization
}

async fn many_groups(database: &Database, id: kit::Uuid) {
    let rows = (0..GROUPS).map(|number| {
        let name = format!("team {number:05}");
        let texts = [name.clone().into(), name.clone().into(), name.into(), "{}".into()];
        let mut row: Vec<Argument> = vec![kit::Uuid::from_u128(u128::from(number)).into(), id.into()];
        row.extend(texts);
        row.extend([
            0_i64.into(),
            1_i64.into(),
            i64::from(number).into(),
            i64::from(number).into(),
        ]);
        row
    });
    let insert = "INSERT INTO scim_group (id, organization_id, display_name, name_key, search_key, kept, member_count, version, created_at, last_modified_at)";
    insert_rows(database, insert, 10, rows.collect(), "")
        .await
        .unwrap();
}

async fn plan(database: &Database, statement: Statement) -> String {
    let column = match database.dialect() {
        Dialect::Sqlite => "detail",
        Dialect::Postgres => "QUERY PLAN",
    };
    let rows = statement
        .explained(database.dialect())
        .all(database)
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.text(column).unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

fn assert_uses(what: &str, plan: &str, indexes: &[&str], may_sort: bool) {
    assert!(indexes.iter().any(|index| plan.contains(index)), "{what}: {plan}");
    assert!(
        !plan.contains("SCAN") && !plan.contains("Seq Scan"),
        "{what}: {plan}"
    );
    let sorts = plan.contains("TEMP B-TREE") || plan.contains("Sort");
    assert!(may_sort || !sorts, "{what}: {plan}");
}

kit_test::both_databases! {
    async fn users_are_looked_up(database: Database) {
        let organization = filled(&database).await;
        let id = OrganizationId::new(organization.id);
        for (what, statement, index) in [
            ("userName", extras::by_user_name_statement(id, "User77"), "scim_user_name"),
            ("externalId", extras::by_external_id_statement(id, "hr/77"), "scim_user_external_id"),
            ("emails", extras::by_further_address_statement(id, "user77@home.example"), "scim_user_address"),
        ] {
            assert_uses(what, &plan(&database, statement).await, &[index], false);
        }
        let person = [PersonId::new(organization.people[77].id)];
        assert_eq!(extras::by_user_name((&database).into(), id, "USER77").await.unwrap(), person);
        assert_eq!(extras::by_external_id((&database).into(), id, "hr/77").await.unwrap(), person);
        assert_eq!(extras::by_further_address((&database).into(), id, "user77@home.example").await.unwrap(), person);
    }

    async fn a_page_of_groups_is_a_stretch_of_an_index(database: Database) {
        let organization = filled(&database).await;
        let id = OrganizationId::new(organization.id);
        let everything = GroupCondition::default();
        for (order, index) in [
            // PostgreSQL takes the primary key where nearly all groups are of this organization.
            (GroupOrder::Id, ["scim_group_order", "scim_group_pkey"].as_slice()),
            (GroupOrder::Name, &["scim_group_name"]),
            (GroupOrder::LastModified, &["scim_group_change"]),
        ] {
            for descending in [false, true] {
                for offset in [0, 500] {
                    let window = Window { order, descending, offset, limit: 101 };
                    assert_uses("page", &plan(&database, groups::page_statement(id, &everything, window)).await, index, false);
                }
            }
        }
        let counted = plan(&database, groups::count_statement(id, &everything)).await;
        assert!(!counted.contains("SCAN"), "{counted}");
        let window = Window { order: GroupOrder::Name, descending: false, offset: 0, limit: 101 };
        for (what, condition) in [
            ("name", GroupCondition { name: Some("team 00077".to_owned()), ..everything.clone() }),
            ("beginning of many names", GroupCondition { name_prefix: Some("team".to_owned()), ..everything.clone() }),
            ("words", GroupCondition { words: "team 0".to_owned(), ..everything.clone() }),
        ] {
            assert_uses(what, &plan(&database, groups::page_statement(id, &condition, window)).await, &["scim_group_name"], false);
        }
        // Where a beginning has about as many groups as a page, PostgreSQL may fetch just these and sort them.
        let few = GroupCondition { name_prefix: Some("team 000".to_owned()), ..everything.clone() };
        assert_uses("beginning of few names", &plan(&database, groups::page_statement(id, &few, window)).await, &["scim_group_name"], true);
        let ids = GroupCondition { ids: Some(vec![kit::Uuid::from_u128(7)]), ..everything };
        let by_id = ["scim_group_order", "scim_group_pkey", "sqlite_autoindex_scim_group_1"];
        for order in [GroupOrder::Id, GroupOrder::Name, GroupOrder::LastModified] {
            let window = Window { order, ..window };
            assert_uses("ids", &plan(&database, groups::page_statement(id, &ids, window)).await, &by_id, true);
        }
        assert_eq!(groups::page((&database).into(), id, &ids, window).await.unwrap().len(), 1);
    }

    async fn a_page_of_members_is_a_stretch_of_the_key(database: Database) {
        let organization = filled(&database).await;
        let id = OrganizationId::new(organization.id);
        let person = organization.named(NamedPerson::HeidiHarper).unwrap().id;
        let name = organization.named(NamedPerson::HeidiHarper).unwrap().department.to_lowercase();
        let condition = GroupCondition { name: Some(name), ..GroupCondition::default() };
        let window = Window { order: GroupOrder::Name, descending: false, offset: 0, limit: 1 };
        let group = groups::page((&database).into(), id, &condition, window).await.unwrap().remove(0);
        let key = ["scim_group_member_pkey", "sqlite_autoindex_scim_group_member_1"];
        for offset in [0, 100] {
            assert_uses("members", &plan(&database, members::page_statement(group.id, offset, 51)).await, &key, false);
        }
        let of = ["scim_group_member_of"];
        assert_uses("groups of people", &plan(&database, members::groups_statement(id, &[PersonId::new(person)])).await, &of, true);
        assert_uses("memberships", &plan(&database, members::memberships_statement(&[person])).await, &of, false);
    }
}
